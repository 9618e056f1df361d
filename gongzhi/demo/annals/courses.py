"""
What became of each report, as columns: every stage of every matter at once, by the same limits and chances as `course`.

Offices differ, as they do: some are late twice as often as others, and most get better over the years.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gongzhi.demo.annals.cases import Cases
from gongzhi.demo.annals.offices import Offices
from gongzhi.demo.annals.service import ServiceTime
from gongzhi.demo.life import STAGE_OF
from gongzhi.demo.rhythm import SOURCE_NAMES
from gongzhi.demo.seeds import generator
from gongzhi.demo.world import SECONDS

DAY = 86400
STAGES = ("verify", "register", "dispatch", "accept", "handle", "check", "close")
ANSWER = "first_response"
WHOLE = ("whole", ANSWER)  # limits that run beside the stages
CLOSED, REFUSED, VOID, OPEN = "closed", "not_accepted", "void", "open"
TOLD = np.array([name in {"portal", "12345", "110", "counter"} for name in SOURCE_NAMES])
VERIFIED = np.array([name not in {"patrol", "inspection"} for name in SOURCE_NAMES])
PATROL = SOURCE_NAMES.index("patrol")
LONGEST_FORGOTTEN = 12.0  # times its limit

NEVER = -1  # an instant of something that did not happen


@dataclass
class Course:
    """The columns of one stretch; instants in seconds, NEVER where nothing happened."""

    at: Any
    source: Any
    grid: Any
    case: Any
    ends: dict[str, Any] = field(default_factory=dict)  # stage → instant it was first done
    dues: dict[str, Any] = field(default_factory=dict)
    named: Any = None  # place in Offices.units: the unit the matrix names
    lead: Any = None  # and the one that did it
    settled_alone: Any = None
    is_refused: Any = None
    is_void: Any = None
    is_true: Any = None
    to_clerk: Any = None
    raised: Any = None
    returned: Any = None
    extended: Any = None
    suspended_at: Any = None
    resumed_at: Any = None
    reworks: Any = None
    reopened: Any = None
    urges: Any = None
    supervised: Any = None
    rating: Any = None
    end: Any = None  # of the whole
    is_open: Any = None
    is_suspended: Any = None

    @property
    def goes_on(self) -> Any:
        """Tell which were registered and left to a unit."""
        return ~(self.is_refused | self.is_void | self.settled_alone)


class Chances:
    """How much more often than the average each unit, town and kind of place is late, sends back, does badly."""

    def __init__(self, seed: int, offices: Offices) -> None:
        rng = generator(seed, "offices differ")
        self.unit = np.clip(rng.lognormal(-0.15, 0.55, len(offices.units)), 0.25, 3.2)
        self.town = np.clip(rng.lognormal(-0.04, 0.3, len(offices.town_paths)), 0.5, 1.9)
        self.better = rng.uniform(0.82, 1.03, len(offices.units))  # a year


class Courses:
    def __init__(
        self, *, seed: int, now: int, start: int, offices: Offices, cases: Cases, service: ServiceTime, rule: Any
    ) -> None:  # fmt: skip
        self.seed, self.now, self.start = seed, now, start
        self.offices, self.cases, self.service = offices, cases, service
        self.chances = Chances(seed, offices)
        self.limits = {stage: _limits(rule, stage) for stage in (*STAGES, *WHOLE)}

    def run(self, c: Course, rng: np.random.Generator) -> None:
        self._begin(c, rng)
        self._before_dispatch(c, rng)
        self._dispatch(c, rng)
        self._handle(c, rng)
        self._afterwards(c, rng)
        self._whole(c)
        self._stop_at_present(c, rng)

    # Time

    def limit(self, c: Course, stage: str) -> tuple[Any, Any]:
        """Return the stage's limit in seconds for each matter, and whether service time counts."""
        urgent = self._urgent(c, stage)
        (slow, in_service), (fast, _never) = self.limits[stage]
        seconds = np.where(urgent, fast, slow)
        counts = ~urgent if in_service else np.zeros(len(urgent), dtype=np.bool_)
        if stage != "handle":
            return seconds, counts
        own = self.cases.has_limit[c.case]
        return (
            np.where(own, self.cases.seconds[c.case], seconds),
            np.where(own, self.cases.in_service[c.case], counts),
        )

    def _urgent(self, c: Course, stage: str) -> Any:
        """A first answer is owed by what was known at the report: most standards are chosen later."""
        urgent = self.cases.is_urgent[c.case]
        if stage == ANSWER:
            return np.where(c.settled_alone, urgent, self.cases.goes_direct[c.case])
        return urgent

    def later(self, c: Course, stage: str, start: Any, share: Any) -> Any:
        seconds, in_service = self.limit(c, stage)
        return self.service.later(start, (seconds * share).astype(np.int64), in_service)

    def share(self, rng: np.random.Generator, late: Any, *, forgotten: float) -> Any:
        """Return which share of a limit somebody takes; now and then more than all of it."""
        dice, size = rng.random(len(late)), len(late)
        taken = 0.03 + 0.9 * rng.random(size) ** 1.75
        taken = np.where(dice < late, 1.04 + rng.exponential(1 / 2.2, size), taken)
        return np.where(dice < late * forgotten, LONGEST_FORGOTTEN, taken)

    def stage(
        self, c: Course, rng: np.random.Generator, stage: str, start: Any, late: float, within: Any
    ) -> Any:
        """Walk through one stage and keep when it was due and done; those outside do not take part."""
        size = len(c.at)
        often = late * self.chances.town[self.offices.town[c.grid]]
        done = self.later(c, stage, start, self.share(rng, often, forgotten=0.0)) + rng.integers(
            0, 50, size
        )
        c.dues[stage] = np.where(within, self.later(c, stage, start, np.ones(size)), NEVER)
        c.ends[stage] = np.where(within, done, NEVER)
        return np.where(within, done, start)

    # The stages

    def _begin(self, c: Course, rng: np.random.Generator) -> None:
        size = len(c.at)
        c.settled_alone = (
            (c.source == PATROL) & self.cases.may_settle[c.case] & (rng.random(size) < 0.45)
        )
        verifies = VERIFIED[c.source] & ~self.cases.goes_direct[c.case]
        c.is_true = ~verifies | (rng.random(size) > 0.055)
        dice = rng.random(size)
        direct = self.cases.goes_direct[c.case] | c.settled_alone
        c.is_refused = ~direct & (~c.is_true | (dice < 0.018))
        c.is_void = ~direct & ~c.is_refused & (dice < 0.026)

    def _before_dispatch(self, c: Course, rng: np.random.Generator) -> None:
        direct = self.cases.goes_direct[c.case] | c.settled_alone
        verifies = VERIFIED[c.source] & ~direct
        at = self.stage(c, rng, "verify", c.at, 0.012, verifies)
        at = self.stage(c, rng, "register", at, 0.008, ~direct)
        c.ends["register"] = np.where(direct, c.at, c.ends["register"])
        size = len(c.at)
        c.to_clerk = c.goes_on & ~direct & (rng.random(size) < 0.007)
        corrected = self.later(c, "register", at, rng.random(size) + 0.2)
        at = self.stage(
            c, rng, "dispatch", np.where(c.to_clerk, corrected, at), 0.01, c.goes_on & ~direct
        )
        c.ends["dispatch"] = np.where(c.goes_on & direct, c.at, c.ends["dispatch"])
        c.raised = c.goes_on & ~direct & (rng.random(size) < 0.01)
        c.end = at

    def _dispatch(self, c: Course, rng: np.random.Generator) -> None:
        """Leave it to the unit the matrix names; the first one may send it back, the second never does."""
        size, town = len(c.at), self.offices.town[c.grid]
        c.named = named = self.offices.lead[self.cases.item[c.case], town]
        astray = rng.random(size)
        others = self.offices.others[town, rng.integers(0, self.offices.others.shape[1], size)]
        unfit = self.chances.unit[named]
        c.returned = c.goes_on & (astray < 0.022 * unfit)
        overridden = c.returned | (astray > 0.988)
        c.lead = np.where(overridden & ~self.cases.goes_direct[c.case], others, named)
        again = self.later(c, "dispatch", c.end, rng.random(size) + 0.3)
        c.end = np.where(c.returned, again, c.end)
        c.end = self.stage(c, rng, "accept", c.end, 0.012, c.goes_on)

    def _handle(self, c: Course, rng: np.random.Generator) -> None:
        size, units = len(c.at), self.chances
        years = (c.at - self.start) / (365.25 * DAY)
        worse = units.unit[c.lead] * units.better[c.lead] ** years
        share = self.share(rng, 0.036 * worse, forgotten=0.06)
        start, calm = c.end, ~self.cases.is_urgent[c.case] & c.goes_on
        dice = rng.random(size)
        held = calm & (dice < 0.004)
        asked = calm & ~held & (dice < 0.028)
        c.extended = asked & (rng.random(size) < 0.88)
        share = np.where(c.extended, 0.95 + 0.9 * rng.random(size), share)
        due = self.later(c, "handle", start, np.where(c.extended, 2.0, 1.0))
        done = self.later(c, "handle", start, share)
        c.suspended_at = np.where(held, self.later(c, "handle", start, 0.6 * np.ones(size)), NEVER)
        c.resumed_at = np.where(held, c.suspended_at + rng.integers(30, 240, size) * DAY, NEVER)
        back = np.where(held, c.resumed_at, start)
        done = np.where(held, self.later(c, "handle", back, 0.25 * rng.random(size)), done)
        due = np.where(held, self.later(c, "handle", back, 0.4 * np.ones(size)), due)
        c.dues["handle"] = np.where(c.goes_on, due, NEVER)
        c.ends["handle"] = np.where(c.goes_on, done, NEVER)
        c.urges = ((share > 1) & ~held & c.goes_on & (rng.random(size) < 0.8)).astype(np.int64)
        c.supervised = (c.urges > 0) & (rng.random(size) < 0.35)
        c.end = np.where(c.goes_on, done, c.end)
        self._check(c, rng)

    def _check(self, c: Course, rng: np.random.Generator) -> None:
        size = len(c.at)
        worse = self.chances.unit[c.lead]
        failed = c.goes_on & (rng.random(size) < 0.038 * worse)
        again = c.goes_on & (rng.random(size) < np.where(failed, 0.06, 0.006) * worse)
        c.reworks = failed.astype(np.int64) + again
        at = self.stage(c, rng, "check", c.end, 0.012, c.goes_on)
        redone = self.later(c, "handle", at, 0.1 + 0.7 * rng.random(size))
        redone = self.later(c, "check", redone, 0.1 + 0.7 * rng.random(size))
        at = np.where(c.reworks > 0, redone, at)
        closes = ~(c.is_refused | c.is_void)
        at = np.where(c.settled_alone, c.at, at)
        c.end = self.stage(c, rng, "close", at, 0.008, closes)

    def _afterwards(self, c: Course, rng: np.random.Generator) -> None:
        """Those who were told may rate it; half of those it did not help have it opened again, once."""
        size = len(c.at)
        told = TOLD[c.source] & ~(c.is_refused | c.is_void) & (rng.random(size) < 0.38)
        bad = np.clip(0.06 * self.chances.unit[c.lead], 0.01, 0.3)
        dice = rng.random(size)
        rating = np.where(dice < bad, 1, np.where(dice < bad + 0.1, 2, 3))
        c.reopened = told & (rating == 1) & (rng.random(size) < 0.5) & ~c.settled_alone
        second = self.later(
            c, "handle", c.end + rng.integers(3600, 2 * DAY, size), rng.random(size)
        )
        c.end = np.where(c.reopened, self.later(c, "close", second, rng.random(size)), c.end)
        c.rating = np.where(told & ~c.reopened, rating, 0)

    def _whole(self, c: Course) -> None:
        whole = self.later(c, "whole", c.at, np.ones(len(c.at)))
        held = np.where(c.suspended_at != NEVER, c.resumed_at - c.suspended_at, 0)
        c.dues["whole"] = whole + held
        c.dues[ANSWER] = self.later(c, ANSWER, c.at, np.ones(len(c.at)))

    def _stop_at_present(self, c: Course, rng: np.random.Generator) -> None:
        """Leave what a unit still works on open; whatever else would end tomorrow ended just now."""
        now = self.now
        begun = c.goes_on & (c.ends["accept"] <= now) & (c.ends["handle"] > now)
        c.is_open = begun
        c.is_suspended = begun & (c.suspended_at != NEVER) & (c.suspended_at <= now)
        c.is_suspended &= c.resumed_at > now
        hurried = ~begun & (c.end > now)
        c.end = np.where(hurried, now - rng.integers(60, 7200, len(c.at)), c.end)
        for stage, done in c.ends.items():
            c.ends[stage] = np.where(hurried, np.minimum(done, c.end), done)
        c.ends["check"] = np.where(begun, NEVER, c.ends["check"])
        for name in ("rating", "reworks"):
            setattr(c, name, np.where(begun, 0, getattr(c, name)))
        c.reopened = c.reopened & ~begun


def _limits(rule: Any, stage: str) -> tuple[tuple[int, bool], tuple[int, bool]]:
    return _seconds(rule(f"incident.{stage}")), _seconds(rule(f"incident.{stage}.urgent"))


def _seconds(limit: Any) -> tuple[int, bool]:
    in_service = limit.counting == "service"
    day = 8 * 3600 if in_service else DAY
    return limit.amount * (day if limit.unit == "day" else SECONDS[limit.unit]), in_service


assert set(STAGES) == set(STAGE_OF.values())
