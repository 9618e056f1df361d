"""What the history says to statistics: one row of facts a matter, from the same columns as its other rows."""

from typing import Any

import numpy as np

from gongzhi.demo.annals.columns import decimal, flag, moment, number
from gongzhi.demo.annals.courses import ANSWER, NEVER, PATROL, Course
from gongzhi.demo.annals.ground import Ground
from gongzhi.demo.annals.lives import Lives

COLUMNS = (
    "matter_id", "kind", "source", "state", "is_open", "item_id", "item_class", "is_urgent", "level", "area_path",
    "town", "village", "lon", "lat", "cell", "unit_id", "department_id", "reported_at", "reported_on", "is_valid",
    "response_due_at", "responded_in_time", "is_missed", "verified_in_time", "registered_at", "registered_in_time", "registered_right", "dispatched_at",
    "dispatched_in_time", "dispatched_right", "handle_due_at", "handled_at", "handled_in_time", "checked_in_time",
    "whole_due_at", "closed_at", "closed_in_time", "hours", "handling_hours", "rework_count", "reopen_count",
    "extension_count", "urge_count", "return_count", "is_suspended", "is_exempt", "is_supervised", "rating", "line_count",
)  # fmt: skip
LINES = "2"  # of the file, when its facts were told


def columns_of(ground: Ground, m: Lives) -> list[Any]:
    """Return the columns in the order of COLUMNS."""
    return [*_where(ground, m), *_promises(m.course), *_counts(m)]


def _where(ground: Ground, m: Lives) -> list[Any]:
    c, offices, places, cases = m.course, ground.offices, ground.places, ground.cases
    away = ~c.goes_on
    return [
        m.id, "incident", m.source, m.state, flag(c.is_open), number(cases.item_id[c.case]), cases.item_class.take(c.case),
        m.is_urgent, m.level, offices.paths.take(c.grid), offices.districts.take(c.grid), offices.villages.take(c.grid),
        decimal(places.lon[m.place]), decimal(places.lat[m.place]), number(places.cell[m.place]),
        number(offices.unit_id[c.lead], empty=away), number(offices.department[c.lead], empty=away),
        m.reported_at, m.reported_on, flag(~(c.is_refused | c.is_void)),
        *_answer(c), flag(~(c.is_refused | c.is_void) & (c.source != PATROL)),
    ]  # fmt: skip


def _answer(c: Course) -> list[Any]:
    """Return by when a first answer was owed and whether it came: by whoever looked first."""
    by_unit = np.where(c.settled_alone, c.ends["close"], c.ends["accept"])
    by_clerk = np.where(c.dues["register"] != NEVER, c.ends["register"], by_unit)
    answered = np.where(c.dues["verify"] != NEVER, c.ends["verify"], by_clerk)
    return [moment(c.dues[ANSWER]), flag(answered <= c.dues[ANSWER])]


def _promises(c: Course) -> list[Any]:
    """Return the columns of the stages; a promise that was never owed, or is owed still, is null."""
    fell_away = c.is_refused | c.is_void
    register = np.where(fell_away, NEVER, c.ends["register"])
    worked = c.goes_on & ~c.is_open
    settled = ~c.is_open & ~fell_away
    return [
        _in_time(c, "verify"), moment(register, empty=fell_away), _in_time(c, "register", owed=~fell_away),
        flag(~c.to_clerk, empty=fell_away), moment(c.ends["dispatch"], empty=~c.goes_on), _in_time(c, "dispatch"),
        flag(~c.returned, empty=~c.goes_on), moment(c.dues["handle"], empty=~c.goes_on),
        moment(c.ends["handle"], empty=~worked), _in_time(c, "handle", owed=worked), _in_time(c, "check", owed=worked),
        moment(c.dues["whole"]), moment(c.end, empty=~settled), flag(c.end <= c.dues["whole"], empty=~settled),
        decimal((c.end - c.at) / 3600, empty=~settled),
        decimal((c.ends["handle"] - c.ends["dispatch"]) / 3600, empty=~worked),
    ]  # fmt: skip


def _in_time(c: Course, stage: str, *, owed: Any = True) -> Any:
    due, done = c.dues[stage], c.ends[stage]
    return flag(done <= due, empty=~((due != NEVER) & owed))


def _counts(m: Lives) -> list[Any]:
    c = m.course
    return [
        number(c.reworks), number(c.reopened.astype(np.int64)), number(c.extended.astype(np.int64)), number(c.urges),
        number(c.returned.astype(np.int64)), flag(c.is_suspended), flag(m.exempt), flag(c.supervised),
        number(c.rating, empty=c.rating == 0), LINES,
    ]  # fmt: skip
