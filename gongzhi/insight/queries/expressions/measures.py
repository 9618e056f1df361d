"""Which facts each count counts. The same conditions stand behind the city's counts (figures) and its scores."""

from collections.abc import Iterable

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Scalar, Table, Value

from gongzhi.insight.rules.measures import COUNTS, SUMS


def condition(t: Table, name: str) -> BooleanValue:
    """Return whether a fact is counted under the name. 挂账 and 申诉成立 stand outside every rate."""
    counted = ~t.is_suspended & ~t.is_exempt
    valid = counted & t.is_valid
    dispatched = valid & t.dispatched_at.notnull()
    handled = dispatched & t.handled_at.notnull()
    registered = valid & t.registered_at.notnull()
    closed = registered & t.closed_at.notnull()
    return {
        "reported": ibis.literal(True),  # noqa: FBT003 - a column of SQL
        "valid": t.is_valid,
        "registered": t.registered_at.notnull() & t.is_valid,
        "missed": t.is_missed & t.is_valid,
        "urgent": t.is_urgent,
        "suspended": t.is_suspended,
        "exempt": t.is_exempt,
        "supervised": t.is_supervised,
        "to_verify": counted & t.verified_in_time.notnull(),
        "verified_in_time": counted & _yes(t.verified_in_time),
        "to_register": counted & t.registered_in_time.notnull(),
        "registered_in_time": counted & _yes(t.registered_in_time),
        "registered_right": registered & _yes(t.registered_right),
        "to_dispatch": counted & t.dispatched_in_time.notnull(),
        "dispatched_in_time": counted & _yes(t.dispatched_in_time),
        "dispatched": dispatched,
        "dispatched_right": dispatched & _yes(t.dispatched_right),
        "to_handle": dispatched,
        "handled": handled,
        "handled_in_time": handled & _yes(t.handled_in_time),
        "to_check": counted & t.checked_in_time.notnull(),
        "checked_in_time": counted & _yes(t.checked_in_time),
        "to_close": registered,
        "closed": closed,
        "closed_in_time": closed & _yes(t.closed_in_time),
        "reworked": registered & (t.rework_count > 0),
        "reopened": registered & (t.reopen_count > 0),
        "extended": dispatched & (t.extension_count > 0),
        "returned": dispatched & (t.return_count > 0),
        "urged": t.urge_count > 0,
        "rated": t.rating.notnull(),
        "solved": _yes(t.rating == 3),
        "half_solved": _yes(t.rating == 2),
        "not_solved": _yes(t.rating == 1),
        "minutes": closed & t.hours.notnull(),
        "handling_minutes": handled & t.handling_hours.notnull(),
    }[name]


def _yes(value: Value) -> BooleanValue:
    """Null is no: a promise that was never owed is not kept."""
    return value.fill_null(False)  # noqa: FBT003 - a value of SQL


def counted(t: Table, name: str) -> Scalar:
    """Return one count (or sum of whole minutes) over facts."""
    if name in SUMS:
        hours = t.hours if name == "minutes" else t.handling_hours
        minutes = (hours * 60 + 0.5).floor().cast("int64")
        return condition(t, name).ifelse(minutes, 0).sum().cast("int64")
    if name == "reported":
        return t.count().cast("int64")
    return condition(t, name).cast("int8").sum().cast("int64")


def added(t: Table, name: str) -> Scalar:
    """Return the same from rows in which it was counted before."""
    total: IntegerValue = t[name].sum()
    return total.cast("int64")


def all_counts(t: Table, names: Iterable[str] = (*COUNTS, *SUMS)) -> dict[str, Scalar]:
    return {name: counted(t, name) for name in names}
