"""What the clock does by itself: wake, warn, urge, and tell the next level up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base import bus
from gongzhi.clocks import queries
from gongzhi.clocks.actions.running import RECKONED, reckon, wake
from gongzhi.clocks.events import (
    CalendarChanged,
    ClockEscalated,
    ClockFact,
    ClockMoved,
    ClockOverdue,
    ClockResumed,
    ClockWarned,
)
from gongzhi.clocks.models import RunningClock
from gongzhi.clocks.queries.running import alert_time
from gongzhi.clocks.rules import Limit, seconds_of

BATCH = 500
ALERTED = ("alert_at", "warned_at", "urged_at", "escalated_level")


def tick(*, at: datetime) -> int:
    """Do everything that is due by now, batch by batch; return how many clocks were touched."""
    touched = 0
    for step in (wake_up, alert):
        while count := step(at=at):
            touched += count
            if count < BATCH:
                break
    return touched


@transaction.atomic
def wake_up(*, at: datetime) -> int:
    """Resume the clocks whose pause ends by now, from the moment it was to end."""
    clocks = _next(
        RunningClock.objects.filter(stopped_at__isnull=True, paused_until__lte=at), "paused_until"
    )
    for moment in sorted({clock.paused_until for clock in clocks if clock.paused_until}):
        waking = [clock for clock in clocks if clock.paused_until == moment]
        reasons = {clock.pk: clock.pause_reason for clock in waking}
        for row in wake(waking, moment):
            bus.publish(
                ClockResumed(
                    row.id, row.subject, row.name, row.party, row.due_at, at, row.warn_at,
                    reasons[row.id],
                )
            )  # fmt: skip
    return len(clocks)


@transaction.atomic
def alert(*, at: datetime) -> int:
    """Warn, urge and escalate what is due; each step is told once, and only when people are at work."""
    due = RunningClock.objects.filter(
        stopped_at__isnull=True, paused_at__isnull=True, alert_at__lte=at
    )
    clocks = _next(due, "alert_at")
    for clock in clocks:
        if fact := _advance(clock, at):
            bus.publish(fact)
    if clocks:
        RunningClock.objects.bulk_update(clocks, ALERTED)
    return len(clocks)


def _next(found: QuerySet[RunningClock], order: str) -> list[RunningClock]:
    """Take the next batch, leaving rows to whoever holds them already."""
    return list(found.order_by(order, "id").select_for_update(skip_locked=True)[:BATCH])


def _advance(clock: RunningClock, at: datetime) -> ClockFact | None:
    """Take one step on the clock and set when the next is due; nothing is told out of hours."""
    limit = Limit.from_dict(clock.limit)
    opens = alert_time(at, limit, queries.calendar(clock.calendar))
    if opens > at:
        clock.alert_at = opens
        return None
    facts = (clock.pk, clock.subject, clock.name, clock.party, clock.due_at, at)
    if seconds_of(at) <= seconds_of(clock.due_at):
        clock.warned_at = clock.warned_at or at
        clock.alert_at = _when_overdue(clock, limit)
        return ClockWarned(*facts)
    if clock.urged_at is None:
        clock.warned_at, clock.urged_at = clock.warned_at or at, at
        clock.alert_at = _next_level(clock, limit, at)
        return ClockOverdue(*facts)
    clock.escalated_level += 1
    clock.alert_at = _next_level(clock, limit, at)
    return ClockEscalated(*facts, clock.escalated_level)


def _when_overdue(clock: RunningClock, limit: Limit) -> datetime:
    return alert_time(clock.due_at + timedelta(seconds=1), limit, queries.calendar(clock.calendar))


def _next_level(clock: RunningClock, limit: Limit, at: datetime) -> datetime | None:
    """Give the level just told the time the rule sets before the next one hears of it."""
    code = "clock.escalation.urgent" if limit.is_urgent else "clock.escalation"
    rule = queries.rule(code, timezone.localdate(at))
    if rule.limit is None or clock.escalated_level >= (rule.most or 0):
        return None
    calendar = queries.calendar(clock.calendar)
    due = queries.deadline(start=at, limit=rule.limit, calendar=calendar).due_at
    return None if due is None else alert_time(due, limit, calendar)


def recount(*, change: CalendarChanged) -> int:
    """Work out again what runs over changed days; who shows the old end is told the new one."""
    calendar = queries.calendar(change.calendar)
    begin = calendar.local(calendar.midnight(change.first.toordinal()))
    end = calendar.local(calendar.last_second(change.last.toordinal()))
    running = RunningClock.objects.filter(
        stopped_at__isnull=True, paused_at__isnull=True, started_at__lte=end, due_at__gte=begin
    )
    if change.calendar != "default":
        running = running.filter(calendar=change.calendar)
    moved, last = 0, 0
    while ids := list(
        running.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:BATCH]
    ):
        moved += _recount(ids, change.at)
        last = ids[-1]
    return moved


@transaction.atomic
def _recount(ids: list[int], at: datetime) -> int:
    locked = RunningClock.objects.select_for_update(of=("self",)).order_by("id")
    clocks = list(locked.filter(id__in=ids, stopped_at__isnull=True, paused_at__isnull=True))
    before = {clock.pk: (clock.due_at, clock.warn_at) for clock in clocks}
    moved = [
        row for clock in clocks if before[clock.pk] != ((row := reckon(clock)).due_at, row.warn_at)
    ]
    if clocks:
        RunningClock.objects.bulk_update(clocks, RECKONED)
    for row in moved:
        bus.publish(
            ClockMoved(
                row.id, row.subject, row.name, row.party, row.due_at, at, row.warn_at
            )
        )  # fmt: skip
    return len(moved)
