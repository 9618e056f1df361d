"""Lines for COPY of one stretch: matters, their first and last entries, what grid matters have beyond, facts."""

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gongzhi.demo.annals import facts, pending
from gongzhi.demo.annals.columns import Texts, decimal, flag, joined, lines, moment, number
from gongzhi.demo.annals.courses import NEVER
from gongzhi.demo.annals.ground import Ground
from gongzhi.demo.annals.lives import BEFORE, MOVES, NOTE, NOTE_JSON, ROUTES, Lives
from gongzhi.demo.annals.numbers import numbers_of
from gongzhi.demo.rhythm import SOURCE_NAMES
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as register

ENTRIES = ("id", *register.HISTORY["entries"])
OWES = "handler"  # of every matter that is still open here
_ROUTES = Texts(ROUTES)
_LETTERS = {SOURCE_NAMES.index("12345"): "RX", SOURCE_NAMES.index("110"): "JJ"}


def tables(ground: Ground, m: Lives) -> Iterator[tuple[str, tuple[str, ...], memoryview]]:
    """Yield table, columns and lines for each table of a stretch; a matter's row knows its newest entry's hash."""
    held = pending.settle(ground, m)
    first, last = _chain(ground, m)
    yield "matters_matter", register.HISTORY["matters"], lines(_matter(ground, m, held, last))
    yield "matters_entry", ENTRIES, lines(_first(ground, m, first))
    yield "matters_entry", ENTRIES, lines(_last(ground, m, last))
    yield "incidents_incident", incidents.HISTORY, lines(_incident(ground, m))
    yield "figures_fact", facts.COLUMNS, lines(facts.columns_of(ground, m))


# Entries


def _chain(ground: Ground, m: Lives) -> tuple[Any, Any]:
    """Return the hashes of the first and the last entry of each matter, as the register chains them."""
    names, ids = ground.offices.worker_json, ground.offices.worker_id
    target = joined('"', _ROUTES.take(m.route), '"')
    opened = _content(
        ids[m.first_by], names.take(m.first_by), m.course.at, m.id, '"report"', '""', "1", '""', target
    )  # fmt: skip
    ended = _content(
        ids[m.last_by], names.take(m.last_by), m.last_at, m.id, joined('"', MOVES.take(m.how), '"'),
        NOTE_JSON.take(m.note), "2", joined('"', BEFORE.take(m.how), '"'), joined('"', m.state, '"'),
    )  # fmt: skip
    sha = hashlib.sha256
    first = [sha(content).hexdigest() for content in opened]
    last = [sha(a.encode() + b).hexdigest() for a, b in zip(first, ended, strict=True)]
    return pa.array(first), pa.array(last)


def _content(
    actor: Any, name: Any, at: Any, matter: Any, move: Any, note: Any, seq: str, source: Any, target: Any
) -> list[bytes]:  # fmt: skip
    """Return what an entry's hash is made of: keys in the order of the alphabet, no blanks, micro-seconds."""
    text = joined(
        '{"actor_id":', number(actor), ',"actor_name":', name, ',"at":', number(at * 1_000_000), ',"matter_id":', matter,
        ',"move":', move, ',"note":', note, f',"seq":{seq},"source":', source, ',"target":', target, ',"values":{}}',
    )  # fmt: skip
    found: list[bytes] = pc.cast(text, pa.binary()).to_pylist()
    return found


def _first(ground: Ground, m: Lives, hashes: Any) -> list[Any]:
    return [
        number(m.number * 2 - 1), m.id, "1", m.reported_at, m.reported_at, *_worker(ground, m.first_by), "report", "",
        _ROUTES.take(m.route), "", "{}", hashes,
    ]  # fmt: skip


def _last(ground: Ground, m: Lives, hashes: Any) -> list[Any]:
    at = moment(m.last_at)
    return [
        number(m.number * 2), m.id, "2", at, at, *_worker(ground, m.last_by), MOVES.take(m.how), BEFORE.take(m.how),
        m.state, NOTE.take(m.note), "{}", hashes,
    ]  # fmt: skip


def _worker(ground: Ground, by: Any) -> list[Any]:
    o = ground.offices
    unit = o.worker_unit[by]
    return [
        number(o.worker_id[by]), o.worker_name.take(by), o.worker_role.take(by), number(unit, empty=unit == 0)
    ]  # fmt: skip


# Matters


def _matter(ground: Ground, m: Lives, held: "pending.Held", head: Any) -> list[Any]:
    c = m.course
    said = ground.places.said.take(m.place)
    title, text, phrase_words = ground.cases.told(m.rng, c.case, c.source, said)
    words = joined(
        phrase_words, ground.places.words.take(m.place), ground.offices.words.take(c.grid), by=" "
    )
    changed = moment(m.last_at)
    return [
        m.id, _number(m), "incident", m.state, flag(c.is_open), title, text, m.source, _outside(m),
        number(ground.cases.item_id[c.case]), m.is_urgent, *_place(ground, m), m.level, *_units(ground, m),
        *held.columns(), m.reported_at, m.reported_at, changed, moment(c.end, empty=c.is_open), "1", "2", head, "1",
        number(c.reworks), number(c.reopened.astype(np.int64)), number(c.extended.astype(np.int64)), number(c.urges),
        number(c.rating, empty=c.rating == 0), flag(m.exempt), ground.cases.rules.take(c.case), words,
    ]  # fmt: skip


def _number(m: Lives) -> Any:
    year = m.course.at.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970
    return numbers_of(year=year, serial=m.number)


def _outside(m: Lives) -> Any:
    """Return the number of the 12345 or 110 order, empty for all others."""
    days = pc.replace_substring(m.reported_on, "-", "")
    made = joined(days, pc.utf8_lpad(number(m.number % 100_000), width=5, padding="0"))
    index = np.select([m.course.source == source for source in _LETTERS], [1, 2], 0)
    letters = Texts(["", *_LETTERS.values()]).take(index)
    return pc.if_else(pa.array(index > 0), joined(letters, made), "")


def _place(ground: Ground, m: Lives) -> list[Any]:
    places, grid = ground.places, m.course.grid
    return [
        ground.offices.paths.take(grid), ground.offices.districts.take(grid), m.reported_on,
        places.address.take(m.place), decimal(places.lon[m.place]), decimal(places.lat[m.place]),
        places.code.take(m.place),
    ]  # fmt: skip


def _units(ground: Ground, m: Lives) -> list[Any]:
    """Return who owes, the lead unit, and all units with a part in it."""
    c, o = m.course, ground.offices
    lead = number(o.unit_id[c.lead], empty=~c.goes_on)
    handed = joined("{", o.branch.take(o.station[c.grid]), ",", o.branch.take(c.lead), "}")
    kept = joined("{", o.branch.take(o.station[c.grid]), "}")
    role = pc.if_else(pa.array(c.is_open), OWES, "")
    return [
        role, number(o.unit_id[c.lead], empty=~c.is_open), lead, pc.if_else(pa.array(c.goes_on), handed, kept)
    ]  # fmt: skip


def _incident(ground: Ground, m: Lives) -> list[Any]:
    c = m.course
    away = ~c.goes_on
    standard = number(ground.cases.standard[c.case], empty=c.is_refused | c.is_void)
    asked = c.dues["verify"] != NEVER
    return [
        m.id, standard, "{}", number(ground.offices.unit_id[c.named], empty=away), "", "", flag(c.is_true, empty=~asked),
        flag(c.settled_alone), "0",
    ]  # fmt: skip
