"""Turns lives of matters into rows of the register, a chunk at a time; equal seeds give equal bytes."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from gongzhi.base.secrets import encrypt
from gongzhi.clocks import queries as clocks
from gongzhi.demo import texts
from gongzhi.demo.life import OWING, Ask, Clock, Course, Matter
from gongzhi.demo.premises import Premise
from gongzhi.demo.rhythm import EAST_EIGHT, SOURCE_NAMES, Moments, rain_on
from gongzhi.demo.seeds import dice, generator
from gongzhi.demo.world import World
from gongzhi.matters import actions as register

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
HEARD = {"portal": 0.9, "12345": 1.0, "110": 0.8, "counter": 0.95}  # who leaves a way to be told
TITLE = 60
ECHOES = 0.03  # reports of a thing that was reported before
LOOK_BACK = 60
KEPT_WHOLE = 90 * 86400
TRIES = 60
STORY_OFFICE = 0.7  # of the reports that shall wait somewhere: how many are for the story's own office
_CALLERS = "陈 黄 李 梁 张 林 刘 何 王 罗 邓 谢 叶 卢 袁 钟 曾 吴 周 莫 冯 苏 方".split()

Rows = dict[str, list[Any]]


@dataclass(frozen=True)
class Plan:
    """One chunk of the history: which reports, and which of them end where."""

    seed: int
    first_id: int
    seconds: Any  # of each report
    sources: Any
    now: int
    forced: Mapping[int, str] = field(default_factory=dict)  # position → the state it shall be in


@dataclass(slots=True)
class Told:
    """What is said about a matter, beside its course."""

    spot: Premise
    text: str
    title: str


def chunk_rows(world: World, plan: Plan, photos: Mapping[tuple[str, bool], list[int]]) -> Rows:
    """Live through the chunk's matters and return the rows of every table."""
    grids = generator(plan.seed, "grids", plan.first_id).choice(
        len(world.paths), len(plan.seconds), p=world.story_weights
    )
    lived: list[tuple[Matter, Told]] = []
    recent: list[tuple[Matter, Told]] = []
    for position in range(len(plan.seconds)):
        pair = _live(world, plan, position, int(grids[position]), recent)
        lived.append(pair)
        recent = [*recent[-LOOK_BACK:], pair]
    rows: Rows = {
        name: []
        for name in (*register.HISTORY, "incidents", "clocks")
    }
    for m, told in lived:
        _write(world, plan, m, told, rows, photos)
    return rows


def _live(world: World, plan: Plan, position: int, grid: int, recent: list[tuple[Matter, Told]]) -> tuple[Matter, Told]:
    wanted = plan.forced.get(position, "")
    best = _once(world, plan, position, grid, recent, wanted, 0)
    attempt = 0
    while wanted and best[0].state != wanted and attempt < TRIES:
        attempt += 1
        best = _once(world, plan, position, grid, recent, wanted, attempt)
    return best


def _once(
    world: World, plan: Plan, position: int, grid: int, recent: list[tuple[Matter, Told]], wanted: str, attempt: int
) -> tuple[Matter, Told]:
    chance = dice(plan.seed, "matter", plan.first_id + position, attempt)
    at, source = int(plan.seconds[position]), SOURCE_NAMES[int(plan.sources[position])]
    if wanted:
        grid = chance.choice(world.story_grids)
        source = {"to_verify": "portal", "to_register": "patrol"}.get(wanted, source)
    echo = _echo(chance, recent, at, source, wanted)
    if echo:
        item, subject = echo[0].item, echo[0].subject
    else:
        index = _item(world, chance, plan.seed, at, source, wanted)
        item, subject = world.items[index], world.subjects[index]
    spot = echo[1].spot if echo else world.spot(chance, grid, subject.place)
    m = Matter(
        id=plan.first_id + position, at=at, source=source, item=item, subject=subject, grid=spot.grid,
        path=spot.area_path, echo=echo[0] if echo else None,
    )  # fmt: skip
    lines = len(m.echo.lines) if m.echo else 0
    Course(world, chance, plan.now, halt=wanted).run(m)
    if wanted and m.state != wanted and m.echo and len(m.echo.lines) > lines:
        raise AssertionError("a matter that is tried again must not leave a trace in another")
    return m, _tell(chance, m, spot)


def _echo(
    chance: random.Random, recent: list[tuple[Matter, Told]], at: int, source: str, wanted: str
) -> tuple[Matter, Told] | None:
    """Choose an open matter that this report repeats, now and then."""
    if source not in {"portal", "12345", "patrol"} or (chance.random() > ECHOES and wanted != "merged"):
        return None
    if wanted not in {"", "merged"}:
        return None
    still_open = [pair for pair in recent if pair[0].closed_at is None or pair[0].closed_at > at + 7200]
    still_open = [pair for pair in still_open if not pair[0].is_urgent and pair[0].state not in {"merged", "void"}]
    return chance.choice(still_open) if still_open else None


def _item(world: World, chance: random.Random, seed: int, at: int, source: str, wanted: str) -> int:
    if wanted and chance.random() < STORY_OFFICE:
        return chance.choice(world.story_items)
    shares = world.sensed if source == "sensor" else world.shares[round(rain_on(seed, _day(at)))]
    return chance.choices(range(len(world.items)), cum_weights=shares)[0]


@lru_cache(maxsize=4096)
def _day_number(number: int) -> Any:
    return datetime.fromtimestamp(number * 86400, UTC).date()


def _day(at: int) -> Any:
    return _day_number((at + int(EAST_EIGHT.total_seconds())) // 86400)


def _tell(chance: random.Random, m: Matter, spot: Premise) -> Told:
    place = texts.where(chance, m.subject, _door(spot), spot.name)
    standard = m.standard or m.item.standards[0]
    wrong, text = texts.report(
        chance, source=m.source, item=m.item.name, counts=standard.when_counts, place=place,
        subject=m.subject, is_urgent=standard.urgent,
    )  # fmt: skip
    return Told(spot, text, wrong if len(wrong) <= TITLE else wrong[: TITLE - 1] + "…")


def _door(spot: Premise) -> str:
    """Return street and number, without town and village."""
    return _DOOR.sub("", spot.address, count=1)


_DOOR = re.compile(r"^.*?(?:街道|镇|松山湖)[^社村]{1,3}(?:社区|村)")


# Rows


def _write(
    world: World, plan: Plan, m: Matter, told: Told, rows: Rows, photos: Mapping[tuple[str, bool], list[int]]
) -> None:
    chance = dice(plan.seed, "papers", m.id)
    head = _entries(m, rows["entries"])
    running = _clocks(m, rows["clocks"], plan.now)
    rows["matters"].append(_matter(world, m, told, head, running))
    rows["incidents"].append(
        (
            m.id, m.standard.id if m.standard else None, "{}", m.proposed.unit.id if m.proposed and m.proposed.unit else None,
            m.proposed.why if m.proposed else "", m.overridden[:300], m.is_true, m.self_handled, 0.0,
        )
    )  # fmt: skip
    _reporters(chance, m, told, rows["reporters"])
    _attachments(chance, m, rows["attachments"], photos)
    rows["asks"] += [_ask(m, ask) for ask in m.asks]
    if m.merged:
        assert m.echo is not None
        rows["links"].append((m.id, m.echo.id, "duplicate_of", _when(m.at)))


def _when(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _entries(m: Matter, rows: list[Any]) -> str:
    """Append the matter's lines, chained as the register chains them; return the newest hash."""
    head = ""
    for seq, line in enumerate(m.lines, start=1):
        at = _when(line.at)
        content = {
            "matter_id": m.id, "seq": seq, "at": at, "actor_id": line.who.id, "actor_name": line.who.name,
            "move": line.move, "source": line.source, "target": line.target, "note": line.note,
            "values": line.facts,
        }  # fmt: skip
        head = register.entry_hash(head, content)
        rows.append(
            (
                m.id, seq, at, at, line.who.id, line.who.name, line.who.role, line.who.unit, line.move,
                line.source, line.target, line.note, json.dumps(line.facts, ensure_ascii=False), head,
            )
        )  # fmt: skip
    return head


def _clocks(m: Matter, rows: list[Any], now: int) -> dict[str, dict[str, Any]]:
    """
    Append the matter's clocks and return those that run.

    Of a matter that ended long ago only what the figures need is kept: the whole, and the handling.
    """
    running = {}
    is_old = m.closed_at is not None and m.closed_at < now - KEPT_WHOLE
    for clock in m.clocks:
        if is_old and clock.name != "whole" and not clock.is_handling:
            continue
        values = _clock(m, clock)
        rows.append(values)
        if clock.stop is None or clock.name == "whole":
            running[clock.name] = values
    return running


def _clock(m: Matter, clock: Clock) -> dict[str, Any]:
    stopped = None if clock.stop is None else _when(clock.stop)
    start = clocks.Start(clock.name, clock.limit, party=clock.party, rule=clock.rule)
    values = clocks.row_values(subject=m.id, start=start, started_at=_when(clock.start), stopped_at=stopped)
    if clock.extra is not None or clock.pauses:
        _reckon(values, clock, stopped)
    if clock.paused_at is not None:
        values |= {
            "paused_at": _when(clock.paused_at), "paused_until": _when(clock.paused_until or clock.paused_at),
            "pause_kind": "suspension", "pause_reason": clock.reason,
        }  # fmt: skip
    return values


def _reckon(values: dict[str, Any], clock: Clock, stopped: datetime | None) -> None:
    """Work out the end of a clock that was lengthened or stood still."""
    stretches = [clocks.Stretch(_when(a), _when(b), clock.reason, "suspension") for a, b in clock.pauses]
    extensions = [clock.extra] if clock.extra is not None else []
    due = clocks.deadline(
        start=_when(clock.start), limit=clock.limit, calendar=clocks.calendar(),
        pauses=[(stretch.start, stretch.end) for stretch in stretches], extensions=extensions,
    )  # fmt: skip
    assert due.due_at is not None
    values |= {
        "due_at": due.due_at, "warn_at": due.warn_at,
        "alert_at": None if stopped else due.warn_at,
        "pauses": json.dumps([stretch.as_dict() for stretch in stretches], ensure_ascii=False),
        "extensions": json.dumps([limit.as_dict() for limit in extensions]),
    }  # fmt: skip
    if stopped is not None:
        values["outcome"] = "late" if stopped > due.due_at else "kept"


def _matter(world: World, m: Matter, told: Told, head: str, running: dict[str, dict[str, Any]]) -> tuple[Any, ...]:
    stage, first, spot = running.get("stage"), m.lines[0], told.spot
    reported = _when(first.at)
    full_name = world.full_names[m.grid]
    words = register.search_words(told.title, told.text, spot.address, m.item.name, m.item.class_name, full_name)
    rules = {"item": m.item.id, "item_version": m.item.version, "standard": m.standard.id if m.standard else None}
    return (
        m.id, world.number(m.id, first.at), "incident", m.state, m.is_open, told.title, told.text, m.source,
        _outside_number(m), m.item.id, m.is_urgent, m.path, register.district_of(m.path), _day(first.at),
        spot.address, spot.lon, spot.lat, spot.code, m.level, OWING.get(m.state, ""),
        m.owing_unit.id if m.owing_unit else None, m.lead.id if m.lead else None, m.units,
        stage["started_at"] if stage else None, stage["warn_at"] if stage else None,
        stage["due_at"] if stage else None, running["whole"]["due_at"], _counting(m), stage["paused_at"] if stage else None,
        m.paused_for[:200], m.supervised, reported, reported, _when(m.at), None if m.is_open else _when(m.closed_at or m.at),
        len(m.lines) - 1, len(m.lines), head, m.reports, m.reworks, m.reopens, m.extensions, m.urges,
        m.rating.rating if m.rating else None, m.exempt, json.dumps(rules), " ".join(words),
    )  # fmt: skip


def _counting(m: Matter) -> str:
    return m.stage.limit.counting if m.stage is not None else ""


def _outside_number(m: Matter) -> str:
    if m.source not in {"12345", "110"}:
        return ""
    return f"{'RX' if m.source == '12345' else 'JJ'}{_day(m.lines[0].at):%Y%m%d}{m.id % 100_000:05d}"


def _reporters(chance: random.Random, m: Matter, told: Told, rows: list[Any]) -> None:
    if chance.random() > HEARD.get(m.source, 0.0):
        return
    name = chance.choice(_CALLERS) + chance.choice(("先生", "女士"))
    # Numbers that begin with 100 are given to nobody: a text message could never reach a person.
    phone = f"100{chance.randrange(10**8):08d}"
    code = "".join(chance.choices(CODE_LETTERS, k=6))
    holder = m.echo.id if m.merged and m.echo else m.id
    rating = m.rating
    rows.append(
        (
            holder, code, encrypt(name), encrypt(phone), "", told.text if m.merged else "", _when(m.lines[0].at),
            not m.merged, rating.rating if rating else None, rating.text if rating else "",
            _when(rating.at) if rating else None,
        )
    )  # fmt: skip


def _attachments(
    chance: random.Random, m: Matter, rows: list[Any], photos: Mapping[tuple[str, bool], list[int]]
) -> None:
    before, after = photos.get((m.subject.scene, False)), photos.get((m.subject.scene, True))
    if not before or not after or m.source == "sensor":
        return
    chosen = chance.randrange(len(after))
    if m.source in {"patrol", "portal", "inspection"} or chance.random() < 0.3:
        rows.append((m.id, before[chosen], "report", True, _when(m.lines[0].at)))
    for line in m.lines:
        if line.move == "hand_in":
            rows.append((m.id, after[chosen], "hand_in", True, _when(line.at)))
        elif line.move == "verify" and chance.random() < 0.4:
            rows.append((m.id, before[(chosen + 1) % len(before)], "verify", True, _when(line.at)))


def _ask(m: Matter, ask: Ask) -> tuple[Any, ...]:
    first, last = ask.first, ask.last
    return (
        m.id, ask.nature, ask.state, ask.reason, _day(ask.until) if ask.until else None, _when(ask.at), ask.by.id,
        ask.by.name, first[1].id if first else None, _when(first[0]) if first else None, first[2] if first else "",
        last[1].id if last else None, _when(last[0]) if last else None, last[2] if last else "", m.path, m.units,
    )  # fmt: skip


def plans(*, seed: int, seconds: Any, sources: Any, now: int, first_id: int, size: int, forced: Mapping[int, str]) -> Iterator[Plan]:
    """Cut the history into chunks that can be made in any order, by any process."""
    for start in range(0, len(seconds), size):
        end = min(start + size, len(seconds))
        part = {position - start: state for position, state in forced.items() if start <= position < end}
        yield Plan(seed, first_id + start, seconds[start:end], sources[start:end], now, part)


# How many service hours ago a matter was reported that now waits in a state.
AGES = {
    "to_verify": 0.7, "to_register": 0.9, "to_dispatch": 2.2, "to_correct": 3.5, "to_accept": 4, "returned": 6,
    "handling": 12, "to_check": 26, "to_close": 30, "not_accepted": 9, "merged": 10, "void": 10, "closed": 60,
    "suspended": 90,
}  # fmt: skip
OF_EACH = 6


def stage_moments(moments: Moments, *, now: int) -> tuple[Moments, dict[int, str]]:
    """
    Move the newest reports to where they wait in a state by now, so that every state has some.

    Return the moments, again in order, and which position shall end in which state.
    """
    calendar = clocks.calendar()
    here = calendar.position(now)
    each = min(OF_EACH, max(1, len(moments.seconds) // (2 * len(AGES))))
    wanted = [(state, hours * (0.7 + 0.6 * n / each)) for state, hours in AGES.items() for n in range(each)]
    wanted = wanted[: len(moments.seconds)]
    seconds = moments.seconds.copy()
    for position, (_state, hours) in enumerate(wanted, start=len(seconds) - len(wanted)):
        seconds[position] = min(now - 300, calendar.instant(here - int(hours * 3600)))
    order = np.argsort(seconds, kind="stable")
    first = len(seconds) - len(wanted)
    forced = {
        place: wanted[old - first][0]
        for place, old in enumerate(order.tolist())
        if old >= first
    }
    return Moments(seconds[order], moments.source[order]), forced
