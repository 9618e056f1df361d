"""Rows of the register's tables, made from the lives of matters."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from gongzhi.base.secrets import encrypt
from gongzhi.clocks import queries as clocks
from gongzhi.demo.life import OWING, Ask, Clock, Matter
from gongzhi.demo.premises import Premise
from gongzhi.demo.rhythm import EAST_EIGHT
from gongzhi.demo.seeds import dice
from gongzhi.demo.world import World
from gongzhi.matters import actions as register

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
HEARD = {"portal": 0.9, "12345": 1.0, "110": 0.8, "counter": 0.95}  # who leaves a way to be told
TITLE = 60
KEPT_WHOLE = 90 * 86400
_CALLERS = "陈 黄 李 梁 张 林 刘 何 王 罗 邓 谢 叶 卢 袁 钟 曾 吴 周 莫 冯 苏 方".split()

Rows: TypeAlias = dict[str, list[Any]]
Photos: TypeAlias = Mapping[tuple[str, bool], list[int]]  # by scene and whether it is settled


@dataclass(slots=True)
class Told:
    """What is said about a matter, beside its course."""

    spot: Premise
    text: str
    title: str


@lru_cache(maxsize=4096)
def _day_number(number: int) -> Any:
    return datetime.fromtimestamp(number * 86400, UTC).date()


def day_of(at: int) -> Any:
    """Return the local day an instant belongs to."""
    return _day_number((at + int(EAST_EIGHT.total_seconds())) // 86400)


def write(
    world: World, m: Matter, told: Told, rows: Rows, photos: Photos, *, seed: int, now: int
) -> None:
    """Append the rows of one matter to those of every table."""
    chance = dice(seed, "papers", m.id)
    head = _entries(m, rows["entries"])
    running = _clocks(m, rows["clocks"], now)
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
                line.source, line.target, line.note, json.dumps(line.facts, ensure_ascii=False) if line.facts else "{}", head,
            )
        )  # fmt: skip
    return head


def _clocks(m: Matter, rows: list[Any], now: int) -> dict[str, dict[str, Any]]:
    """
    Append the matter's clocks and return those that run.

    Of a matter that ended long ago only what the figures need is kept: the handling.
    """
    running = {}
    is_old = m.closed_at is not None and m.closed_at < now - KEPT_WHOLE
    for clock in m.clocks:
        if is_old and not clock.is_handling:
            continue
        values = _clock(m, clock)
        rows.append(values)
        if clock.stop is None:
            running[clock.name] = values
    return running


def _clock(m: Matter, clock: Clock) -> dict[str, Any]:
    stopped = None if clock.stop is None else _when(clock.stop)
    start = clocks.Start(clock.name, clock.limit, party=clock.party, rule=clock.rule)
    values = clocks.row_values(
        subject=m.id, start=start, started_at=_when(clock.start), stopped_at=stopped
    )
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
    stretches = [
        clocks.Stretch(_when(a), _when(b), clock.reason, "suspension") for a, b in clock.pauses
    ]
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


def _matter(
    world: World, m: Matter, told: Told, head: str, running: dict[str, dict[str, Any]]
) -> tuple[Any, ...]:
    stage, first, spot = running.get("stage"), m.lines[0], told.spot
    reported = _when(first.at)
    # The title stands in the text; what repeats from matter to matter is cut into words only once.
    about = _words_about(m.item.name, m.item.class_name, world.full_names[m.grid])
    words = dict.fromkeys([*register.search_words(told.text, spot.address), *about])
    rules = {
        "item": m.item.id,
        "item_version": m.item.version,
        "standard": m.standard.id if m.standard else None,
    }
    return (
        m.id, world.number(m.id, first.at), "incident", m.state, m.is_open, told.title, told.text, m.source,
        _outside_number(m), m.item.id, m.is_urgent, m.path, register.district_of(m.path), day_of(first.at),
        spot.address, spot.lon, spot.lat, spot.code, m.level, OWING.get(m.state, ""),
        m.owing_unit.id if m.owing_unit else None, m.lead.id if m.lead else None, m.units,
        stage["started_at"] if stage else None, stage["warn_at"] if stage else None,
        stage["due_at"] if stage else None, _whole_due(m), _counting(m), stage["paused_at"] if stage else None,
        m.paused_for[:200], m.supervised, reported, reported, _when(m.at), None if m.is_open else _when(m.closed_at or m.at),
        len(m.lines) - 1, len(m.lines), head, m.reports, m.reworks, m.reopens, m.extensions, m.urges,
        m.rating.rating if m.rating else None, m.exempt, json.dumps(rules), " ".join(words),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def _words_about(*texts: str) -> list[str]:
    return register.search_words(*texts)


def _whole_due(m: Matter) -> datetime | None:
    whole = m.clocks[0]
    pauses = [(_when(start), _when(end)) for start, end in whole.pauses]
    return clocks.deadline(
        start=_when(whole.start), limit=whole.limit, calendar=clocks.calendar(), pauses=pauses
    ).due_at


def _counting(m: Matter) -> str:
    return m.stage.limit.counting if m.stage is not None else ""


def _outside_number(m: Matter) -> str:
    if m.source not in {"12345", "110"}:
        return ""
    return (
        f"{'RX' if m.source == '12345' else 'JJ'}{day_of(m.lines[0].at):%Y%m%d}{m.id % 100_000:05d}"
    )


def _reporters(chance: random.Random, m: Matter, told: Told, rows: list[Any]) -> None:
    if chance.random() > HEARD.get(m.source, 0.0):
        return
    name = chance.choice(_CALLERS) + chance.choice(("先生", "女士"))
    # Numbers that begin with 100 are given to nobody: a text message could never reach a person.
    phone = f"1000000{chance.randrange(10**4):04d}"
    code = "".join(chance.choices(CODE_LETTERS, k=6))
    holder = m.echo.id if m.merged and m.echo else m.id
    rating = m.rating
    rows.append(
        (
            holder, code, _hidden(name), _hidden(phone), "", told.text if m.merged else "", _when(m.lines[0].at),
            not m.merged, rating.rating if rating else None, rating.text if rating else "", [],
            _when(rating.at) if rating else None,
        )
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _hidden(text: str) -> str:
    return encrypt(text)


def _attachments(chance: random.Random, m: Matter, rows: list[Any], photos: Photos) -> None:
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
        m.id, ask.nature, ask.state, ask.reason, day_of(ask.until) if ask.until else None, _when(ask.at), ask.by.id,
        ask.by.name, first[1].id if first else None, _when(first[0]) if first else None, first[2] if first else "",
        last[1].id if last else None, _when(last[0]) if last else None, last[2] if last else "", m.path, m.units,
    )  # fmt: skip
