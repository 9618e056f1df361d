"""Start, stop, pause and lengthen the clocks of a subject."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.copying import copy_rows
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import queries, rules
from gongzhi.clocks.models import RunningClock
from gongzhi.clocks.queries import COPY_COLUMNS, ClockRow, Limit, Start, Stretch
from gongzhi.clocks.queries.running import alert_time, row_of
from gongzhi.clocks.rules import OutsideCalendar, seconds_of

STOP = """
UPDATE clocks_runningclock SET
    stopped_at = %(at)s,
    outcome = CASE WHEN date_trunc('second', COALESCE(paused_at, %(at)s)) > due_at
              THEN 'late' ELSE 'kept' END,
    pauses = CASE WHEN paused_at IS NULL THEN pauses ELSE pauses || jsonb_build_array(
        jsonb_build_object('from', paused_at, 'to', %(at)s::timestamptz,
                           'reason', pause_reason, 'kind', pause_kind)) END,
    paused_at = NULL, paused_until = NULL, alert_at = NULL
WHERE subject = %(subject)s AND (name = ANY(%(names)s) OR '*' = ANY(%(names)s)) AND stopped_at IS NULL
RETURNING *
"""
EVERY = "*"  # in place of a name: whatever runs for the subject
_COLUMNS = ", ".join(f'"{column}"' for column in COPY_COLUMNS)  # "limit" is a word of SQL
INSERT = f"INSERT INTO clocks_runningclock ({_COLUMNS}) VALUES "  # noqa: S608 - names of our own
ONCE = " ON CONFLICT (subject, name) WHERE stopped_at IS NULL DO NOTHING RETURNING id, name"
_ROW = f"({', '.join(['%s'] * len(COPY_COLUMNS))})"


def change(
    *, subject: int, at: datetime, stop: Sequence[str] = (), start: Sequence[Start] = ()
) -> list[ClockRow]:
    """Stop some clocks and start others, one statement each; return the started ones."""
    with transaction.atomic(savepoint=False):
        if stop:
            stop_clocks(subject=subject, names=stop, at=at)
        return _start(subject, start, at) if start else []


def stop_clocks(*, subject: int, names: Sequence[str], at: datetime) -> list[ClockRow]:
    """Stop the named clocks that run, or EVERY one; return them with their outcome (kept or late)."""
    stopped = RunningClock.objects.raw(STOP, {"subject": subject, "names": list(names), "at": at})
    return [row_of(clock) for clock in stopped]


def _start(subject: int, starts: Sequence[Start], at: datetime) -> list[ClockRow]:
    rows = [queries.row_values(subject=subject, start=start, started_at=at) for start in starts]
    statement = INSERT + ", ".join([_ROW] * len(rows)) + ONCE
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in queries.copy_values(row)])
        ids = {name: clock_id for clock_id, name in cursor.fetchall()}
    for start in starts:
        if start.name not in ids:
            raise Refused(_("The clock “{name}” is already running.").format(name=start.name))
    return [_started(ids[start.name], row, start) for start, row in zip(starts, rows, strict=True)]


def _started(clock_id: int, values: dict[str, Any], start: Start) -> ClockRow:
    kept = ("subject", "name", "party", "rule", "calendar", "calendar_version", "started_at", "due_at", "warn_at")  # fmt: skip
    return ClockRow(
        id=clock_id,
        limit=start.limit,
        uncovered=tuple(values["uncovered"]),
        **{name: values[name] for name in kept},
    )


def copy_in(*, rows: Iterable[dict[str, Any]]) -> int:
    """Write rows made by queries.row_values through COPY, for loaders of history."""
    return copy_rows(RunningClock, COPY_COLUMNS, map(queries.copy_values, rows))


def hand_to(*, subject: int, party: str, names: Sequence[str] = ()) -> None:
    """Say who owes the answer now, without touching the time."""
    found = RunningClock.objects.filter(subject=subject, stopped_at__isnull=True)
    if names:
        found = found.filter(name__in=names)
    found.update(party=party)


# Pauses


@transaction.atomic
def pause(
    *, subject: int, reason: str, at: datetime, until: datetime | None = None, kind: str = "pause"
) -> list[ClockRow]:
    """Hold every running clock of a subject; with `until` it goes on by itself that moment."""
    if not reason.strip():
        raise Invalid({"reason": _("Say why the clock is paused.")})
    if until is not None and until <= at:
        raise Invalid({"until": _("A pause must end later than it begins.")})
    clocks = _locked(subject)
    if not clocks:
        raise Refused(_("No clock is running that could be paused."))
    if any(clock.paused_at for clock in clocks):
        raise Refused(_("The clock is already paused."))
    for clock in clocks:
        clock.paused_at, clock.paused_until = at, until
        clock.pause_reason, clock.pause_kind = reason.strip()[:200], kind
    RunningClock.objects.bulk_update(
        clocks, ["paused_at", "paused_until", "pause_reason", "pause_kind"]
    )
    return list(map(row_of, clocks))


def suspend(
    *,
    subject: int,
    reason: str,
    until: datetime,
    at: datetime,
    rule: str = "incident.suspension",
) -> list[ClockRow]:
    """Put a matter on the shelf (挂账): as often and as long as the rule allows."""
    ruled = queries.rule(rule, timezone.localdate(at))
    with transaction.atomic():
        if ruled.most is not None and _suspensions(subject) >= ruled.most:
            raise Refused(_("A matter can be suspended only {n} time(s).").format(n=ruled.most))
        if ruled.limit is not None:
            longest = queries.deadline(start=at, limit=ruled.limit, calendar=queries.calendar())
            if longest.due_at is not None and until > longest.due_at:
                raise Invalid(
                    {
                        "until": _("A suspension ends at the latest on {day}.").format(
                            day=timezone.localdate(longest.due_at)
                        )
                    }
                )
        return pause(subject=subject, reason=reason, at=at, until=until, kind="suspension")


def _suspensions(subject: int) -> int:
    """Count how often the subject was suspended: one suspension holds several clocks at once."""
    begun = {
        stretch["from"]
        for pauses in RunningClock.objects.filter(subject=subject).values_list("pauses", flat=True)
        for stretch in pauses
        if stretch.get("kind") == "suspension"
    }
    return len(begun)


@transaction.atomic
def resume(*, subject: int, at: datetime) -> list[ClockRow]:
    """
    Let the paused clocks of a subject go on, their ends worked out again; return all that run.

    Safe to repeat: a pause that ended by itself a moment ago is no reason to refuse.
    """
    clocks = _locked(subject)
    if not clocks:
        raise Refused(_("No clock is running that could go on."))
    if paused := [clock for clock in clocks if clock.paused_at]:
        wake(paused, at)
    return list(map(row_of, clocks))


def wake(clocks: Sequence[RunningClock], at: datetime) -> list[ClockRow]:
    """Close the open pause of locked clocks and write their new ends, in one statement."""
    rows = []
    for clock in clocks:
        assert clock.paused_at is not None
        held = Stretch(
            clock.paused_at, max(at, clock.paused_at), clock.pause_reason, clock.pause_kind
        )
        clock.pauses = [*clock.pauses, held.as_dict()]
        clock.paused_at = clock.paused_until = None
        clock.pause_reason = clock.pause_kind = ""
        rows.append(reckon(clock))
    RunningClock.objects.bulk_update(
        clocks, ["pauses", "paused_at", "paused_until", "pause_reason", "pause_kind", *RECKONED]
    )
    return rows


# Extensions and exclusions


@transaction.atomic
def extend(
    *,
    subject: int,
    name: str,
    at: datetime,
    by: Limit | None = None,
    rule: str = "incident.extension",
) -> ClockRow:
    """Lengthen a clock by the original limit, or by one given; not once it is overdue."""
    clock = _one(subject, name)
    ruled = queries.rule(rule, timezone.localdate(at))
    if clock.paused_at:
        raise Refused(_("The clock is paused; resume it before it is extended."))
    if seconds_of(at) > seconds_of(clock.due_at):
        raise Refused(_("The limit is over; an extension has to be granted before."))
    if ruled.most is not None and len(clock.extensions) >= ruled.most:
        raise Refused(
            _("It was extended {n} time(s) already, which is the most.").format(n=ruled.most)
        )
    added = by or ruled.limit or Limit.from_dict(clock.limit)
    if added.counting != Limit.from_dict(clock.limit).counting:
        raise Invalid({"by": _("An extension has to count time the way the limit does.")})
    clock.extensions = [*clock.extensions, added.as_dict()]
    return _saved(clock, "extensions")


@transaction.atomic
def exclude(
    *, subject: int, name: str, start: datetime, end: datetime, reason: str, at: datetime
) -> ClockRow:
    """Take a period out of a limit, as the law does with appraisals and hearings."""
    if not reason.strip():
        raise Invalid({"reason": _("Say why this time does not count.")})
    if end <= start:
        raise Invalid({"end": _("The end must be later than the beginning.")})
    clock = _one(subject, name)
    if clock.started_at >= end or start > at:
        raise Invalid({"start": _("The period has to lie within the time of the clock.")})
    clock.exclusions = [
        *clock.exclusions,
        Stretch(start, end, reason.strip()[:200], "exclusion").as_dict(),
    ]
    return _saved(clock, "exclusions")


RECKONED = (
    "due_at",
    "warn_at",
    "alert_at",
    "warned_at",
    "urged_at",
    "escalated_level",
    "uncovered",
)


def reckon(clock: RunningClock) -> ClockRow:
    """
    Work out the end of a clock from what is written on its row.

    A clock that gained time is told about anew: its new end has not been warned of.
    """
    row = row_of(clock)
    try:
        due = rules.deadline(**replace(row, paused_at=None).terms())
    except OutsideCalendar as error:
        raise queries.outside(error) from error
    assert due.due_at is not None
    assert due.warn_at is not None
    if due.due_at > clock.due_at:
        clock.warned_at = clock.urged_at = None
        clock.escalated_level = 0
        clock.alert_at = alert_time(due.warn_at, row.limit, queries.calendar(row.calendar))
    clock.due_at, clock.warn_at = due.due_at, due.warn_at
    clock.uncovered = list(due.uncovered)
    return row_of(clock)


def _saved(clock: RunningClock, *changed: str) -> ClockRow:
    row = reckon(clock)
    clock.save(update_fields=[*changed, *RECKONED])
    return row


def _locked(subject: int) -> list[RunningClock]:
    found = RunningClock.objects.select_for_update().filter(
        subject=subject, stopped_at__isnull=True
    )
    return list(found.order_by("id"))


def _one(subject: int, name: str) -> RunningClock:
    clock = next((clock for clock in _locked(subject) if clock.name == name), None)
    if clock is None:
        raise Refused(_("The clock “{name}” is not running.").format(name=name))
    return clock
