"""The matters of one stretch, drawn: where, what, what became of it, and the columns that several tables share."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gongzhi.demo.annals.columns import Texts, day, flag, moment, number
from gongzhi.demo.annals.courses import Course
from gongzhi.demo.annals.ground import Ground
from gongzhi.demo.annals.offices import NOBODY, SENSORS, one_of
from gongzhi.demo.annals.timetable import Stretch
from gongzhi.demo.rhythm import EAST_EIGHT, SOURCE_NAMES
from gongzhi.demo.seeds import generator
from gongzhi.demo.texts import NOTES

UPHELD = 0.03  # of what was late: an appeal showed that it was not the unit's fault
# What the last entry says, by how the matter stands: state, move, state before, notes, and who signs.
LASTS = (
    ("closed", "close", "to_close", "close", "duty_officer"),
    ("not_accepted", "refuse", "to_register", "refuse", "registrar"),
    ("void", "void", "to_register", "void", "duty_officer"),
    ("handling", "accept", "to_accept", "accept", "handler"),
    ("suspended", "suspend", "handling", "suspend", "duty_officer"),
)
CLOSED, REFUSED, VOID, HANDLING, SUSPENDED = range(len(LASTS))
STATES = Texts(last[0] for last in LASTS)
MOVES = Texts(last[1] for last in LASTS)
BEFORE = Texts(last[2] for last in LASTS)
ROUTES = ("to_register", "to_verify", "to_accept", "to_close")
_NOTES = [NOTES[last[3]] for last in LASTS]
NOTE = Texts(note for notes in _NOTES for note in notes)
NOTE_JSON = NOTE.as_json()
_FIRST_NOTE = np.array([sum(map(len, _NOTES[:n])) for n in range(len(_NOTES))])
_NOTE_COUNT = np.array(list(map(len, _NOTES)))


@dataclass
class Lives:
    """A stretch's columns; those that are written to several tables are texts already."""

    number: Any  # the ids as numbers
    course: Course
    place: Any
    rng: np.random.Generator
    how: Any  # place in LASTS
    exempt: Any
    route: Any  # place in ROUTES
    first_by: Any  # workers of the first and the last entry
    last_by: Any
    last_at: Any
    note: Any
    id: Any = None
    source: Any = None
    state: Any = None
    is_urgent: Any = None
    level: Any = None
    reported_at: Any = None
    reported_on: Any = None
    clocks: list[Any] = field(default_factory=list)  # of what is open
    asks: list[Any] = field(default_factory=list)


def live(ground: Ground, stretch: Stretch) -> Lives:
    """Draw a stretch; the same seed and stretch give the same columns."""
    at, source = ground.timetable.moments(stretch)
    rng = generator(ground.seed, "history", stretch.first_id)
    grid = rng.choice(len(ground.offices.weights), len(at), p=ground.offices.weights)
    case = ground.cases.draw(rng, ground.timetable.rain(at), source)
    course = Course(at=at, source=source, grid=grid, case=case)
    ground.courses.run(course, rng)
    place = ground.places.pick(rng, grid, ground.cases.kind[case])
    how = np.select(
        [course.is_refused, course.is_void, course.is_suspended, course.is_open],
        [REFUSED, VOID, SUSPENDED, HANDLING], CLOSED,
    )  # fmt: skip
    lives = Lives(
        number=np.arange(stretch.first_id, stretch.first_id + stretch.count), course=course, place=place, rng=rng, how=how,
        exempt=_exempt(course, rng), route=_route(ground, course), first_by=_reporters(ground, course, rng),
        last_by=_signers(ground, course, rng, how), last_at=_last_at(course),
        note=_FIRST_NOTE[how] + (rng.random(len(at)) * _NOTE_COUNT[how]).astype(np.int64),
    )  # fmt: skip
    return _shared(ground, lives)


def _shared(ground: Ground, m: Lives) -> Lives:
    c = m.course
    m.id, m.source, m.state = number(m.number), SOURCES.take(c.source), STATES.take(m.how)
    m.is_urgent = flag(ground.cases.is_urgent[c.case] & ~c.is_refused & ~c.is_void)
    m.level = number(np.where(c.raised, 0, 1))
    m.reported_at = moment(c.at)
    m.reported_on = day((c.at + int(EAST_EIGHT.total_seconds())) // 86400)
    return m


SOURCES = Texts(SOURCE_NAMES)


def _exempt(c: Course, rng: np.random.Generator) -> Any:
    late = c.goes_on & ~c.is_open & (c.ends["handle"] > c.dues["handle"])
    return late & (rng.random(len(c.at)) < UPHELD)


def _route(ground: Ground, c: Course) -> Any:
    direct = ground.cases.goes_direct[c.case]
    asked = c.dues["verify"] != -1
    return np.select([c.settled_alone, direct, asked], [3, 2, 1], 0)


def _reporters(ground: Ground, c: Course, rng: np.random.Generator) -> Any:
    offices, town = ground.offices, ground.offices.town[c.grid]
    officers = one_of(rng, offices.officers[c.grid])
    clerks = one_of(rng, offices.clerks["registrar"][town])
    inspectors = one_of(rng, np.repeat(offices.supervisors, len(c.at), axis=0))
    by = {"patrol": officers, "inspection": inspectors, "sensor": SENSORS, "portal": NOBODY}
    choices = [by.get(name, clerks) for name in SOURCE_NAMES]
    return np.select([c.source == n for n in range(len(SOURCE_NAMES))], choices, NOBODY)


def _signers(ground: Ground, c: Course, rng: np.random.Generator, how: Any) -> Any:
    offices, town = ground.offices, ground.offices.town[c.grid]
    by = {role: one_of(rng, offices.clerks[role][town]) for role in ("duty_officer", "registrar")}
    by["handler"] = one_of(rng, offices.handlers[c.lead])
    return np.select([how == n for n in range(len(LASTS))], [by[last[4]] for last in LASTS])


def _last_at(c: Course) -> Any:
    return np.select([c.is_suspended, c.is_open], [c.suspended_at, c.ends["accept"]], c.end)
