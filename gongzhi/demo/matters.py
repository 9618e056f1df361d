"""Turns lives of matters into rows of the register, a chunk at a time; equal seeds give equal bytes."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gongzhi.clocks import queries as clocks
from gongzhi.demo import texts
from gongzhi.demo.course import Course
from gongzhi.demo.life import Matter
from gongzhi.demo.premises import Premise
from gongzhi.demo.rhythm import SOURCE_NAMES, Moments, rain_on
from gongzhi.demo.rows import TITLE, Photos, Rows, Told, day_of, write
from gongzhi.demo.seeds import dice, generator
from gongzhi.demo.world import World
from gongzhi.matters import actions as register

ECHOES = 0.03  # reports of a thing that was reported before
LOOK_BACK = 60
TRIES = 60
STORY_OFFICE = (
    0.7  # of the reports that shall wait somewhere: how many are for the story's own office
)


@dataclass(frozen=True)
class Plan:
    """One chunk of the history: which reports, and which of them end where."""

    seed: int
    first_id: int
    seconds: Any  # of each report
    sources: Any
    now: int
    forced: Mapping[int, str] = field(default_factory=dict)  # position → the state it shall be in


def chunk_rows(world: World, plan: Plan, photos: Photos) -> Rows:
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
    rows: Rows = {name: [] for name in (*register.HISTORY, "incidents", "clocks")}
    for m, told in lived:
        write(world, m, told, rows, photos, seed=plan.seed, now=plan.now)
    return rows


def _live(
    world: World, plan: Plan, position: int, grid: int, recent: list[tuple[Matter, Told]]
) -> tuple[Matter, Told]:
    wanted = plan.forced.get(position, "")
    best = _once(world, plan, position, grid, recent, wanted, 0)
    attempt = 0
    while wanted and best[0].state != wanted and attempt < TRIES:
        attempt += 1
        best = _once(world, plan, position, grid, recent, wanted, attempt)
    return best


def _once(
    world: World,
    plan: Plan,
    position: int,
    grid: int,
    recent: list[tuple[Matter, Told]],
    wanted: str,
    attempt: int,
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
    if source not in {"portal", "12345", "patrol"} or (
        chance.random() > ECHOES and wanted != "merged"
    ):
        return None
    if wanted not in {"", "merged"}:
        return None
    still_open = [
        pair for pair in recent if pair[0].closed_at is None or pair[0].closed_at > at + 7200
    ]
    still_open = [
        pair
        for pair in still_open
        if not pair[0].is_urgent and pair[0].state not in {"merged", "void"}
    ]
    return chance.choice(still_open) if still_open else None


def _item(world: World, chance: random.Random, seed: int, at: int, source: str, wanted: str) -> int:
    if wanted and chance.random() < STORY_OFFICE:
        return chance.choice(world.story_items)
    shares = world.sensed if source == "sensor" else world.shares[round(rain_on(seed, day_of(at)))]
    return chance.choices(range(len(world.items)), cum_weights=shares)[0]


def _tell(chance: random.Random, m: Matter, spot: Premise) -> Told:
    place = texts.where(chance, m.subject, door_of(spot), spot.name)
    standard = m.standard or m.item.standards[0]
    wrong, text = texts.report(
        chance, source=m.source, item=m.item.name, counts=standard.when_counts, place=place,
        subject=m.subject, is_urgent=standard.urgent,
    )  # fmt: skip
    return Told(spot, text, wrong if len(wrong) <= TITLE else wrong[: TITLE - 1] + "…")


def door_of(spot: Premise) -> str:
    """Return street and number, without town and village."""
    return _DOOR.sub("", spot.address, count=1)


_DOOR = re.compile(r"^.*?(?:街道|镇|松山湖)[^社村]{1,3}(?:社区|村)")


def plans(
    *,
    seed: int,
    seconds: Any,
    sources: Any,
    now: int,
    first_id: int,
    size: int,
    forced: Mapping[int, str],
) -> Iterator[Plan]:
    """Cut the history into chunks that can be made in any order, by any process."""
    for start in range(0, len(seconds), size):
        end = min(start + size, len(seconds))
        part = {
            position - start: state for position, state in forced.items() if start <= position < end
        }
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
    wanted = [
        (state, hours * (0.7 + 0.6 * n / each))
        for state, hours in AGES.items()
        for n in range(each)
    ]
    wanted = wanted[: len(moments.seconds)]
    seconds = moments.seconds.copy()
    for position, (_state, hours) in enumerate(wanted, start=len(seconds) - len(wanted)):
        seconds[position] = min(now - 300, calendar.instant(here - int(hours * 3600)))
    order = np.argsort(seconds, kind="stable")
    first = len(seconds) - len(wanted)
    forced = {
        place: wanted[old - first][0] for place, old in enumerate(order.tolist()) if old >= first
    }
    return Moments(seconds[order], moments.source[order]), forced
