"""What the history says to statistics: one row of facts a matter, from the same columns as its other rows."""

from typing import Any

import numpy as np

from gongzhi.demo.annals.columns import day, decimal, flag, moment, number
from gongzhi.demo.annals.courses import NEVER, PATROL, Course
from gongzhi.demo.annals.ground import Ground
from gongzhi.demo.annals.lives import Lives

COLUMNS = (
    "matter_id", "kind", "source", "state", "is_open", "item_id", "item_class", "is_urgent", "level", "area_path",
    "town", "village", "lon", "lat", "cell", "unit_id", "department_id", "reported_at", "reported_on", "is_valid",
    "is_missed", "verified_in_time", "registered_at", "registered_in_time", "registered_right", "dispatched_at",
    "dispatched_in_time", "dispatched_right", "handle_due_at", "handled_at", "handled_in_time", "checked_in_time",
    "whole_due_at", "closed_at", "closed_in_time", "hours", "handling_hours", "rework_count", "reopen_count",
    "extension_count", "urge_count", "return_count", "is_suspended", "is_exempt", "is_supervised", "rating",
)  # fmt: skip


def columns_of(ground: Ground, m: Lives) -> list[Any]:
    """Return the columns in the order of COLUMNS."""
    return [*_where(ground, m), *_promises(m.course, ground.now), *_counts(m)]


def _where(ground: Ground, m: Lives) -> list[Any]:
    c, offices, places, cases = m.course, ground.offices, ground.places, ground.cases
    away = ~c.goes_on
    return [
        m.id, "incident", m.source, m.state, flag(c.is_open), number(cases.item_id[c.case]), cases.item_class.take(c.case),
        m.is_urgent, m.level, offices.paths.take(c.grid), offices.districts.take(c.grid), offices.villages.take(c.grid),
        decimal(places.lon[m.place]), decimal(places.lat[m.place]), number(places.cell[m.place]),
        number(offices.unit_id[c.lead], empty=away), number(offices.department[c.lead], empty=away),
        m.reported_at, m.reported_on, flag(~(c.is_refused | c.is_void)),
        flag(~(c.is_refused | c.is_void) & (c.source != PATROL)),
    ]  # fmt: skip


def _promises(c: Course, now: int) -> list[Any]:
    """Return the columns of the stages; a promise that was never owed is null."""
    left = c.goes_on
    registered = ~(c.is_refused | c.is_void | c.settled_alone)
    done = {stage: moment(at, empty=at == NEVER) for stage, at in c.ends.items()}
    register = np.where(registered, c.ends["register"], NEVER)
    whole, ended = c.dues["whole"], ~c.is_open
    worked = left & (c.ends["handle"] != NEVER) & ~c.is_open
    hours = (c.end - c.at) / 3600
    handling = (c.ends["handle"] - c.ends["dispatch"]) / 3600
    return [
        _in_time(c, "verify", now), moment(register, empty=register == NEVER), _in_time(c, "register", now),
        flag(~c.to_clerk, empty=~registered), done["dispatch"], _in_time(c, "dispatch", now),
        flag(~c.returned, empty=~left), moment(c.dues["handle"], empty=~left),
        moment(c.ends["handle"], empty=~worked), _in_time(c, "handle", now), _in_time(c, "check", now),
        moment(whole), moment(c.end, empty=c.is_open), flag(ended & (c.end <= whole), empty=c.is_open & (whole > now)),
        decimal(hours, empty=c.is_open), decimal(handling, empty=~worked),
    ]  # fmt: skip


def _in_time(c: Course, stage: str, now: int) -> Any:
    """Tell whether the stage ended in time; null where it was not owed, or is owed and not due yet."""
    due, done = c.dues[stage], c.ends[stage]
    is_open = c.is_open & (done > now)
    kept = (done <= due) & ~is_open
    return flag(kept, empty=(due == NEVER) | (is_open & (due > now)) | (done == NEVER))


def _counts(m: Lives) -> list[Any]:
    c = m.course
    return [
        number(c.reworks), number(c.reopened.astype(np.int64)), number(c.extended.astype(np.int64)), number(c.urges),
        number(c.returned.astype(np.int64)), flag(c.is_suspended), flag(m.exempt), flag(c.supervised),
        number(c.rating, empty=c.rating == 0),
    ]  # fmt: skip


def day_number(seconds: Any) -> Any:
    return day((seconds + 8 * 3600) // 86400)
