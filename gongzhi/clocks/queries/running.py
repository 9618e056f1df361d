"""Running clocks as rows, and the values of a new one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from gongzhi.clocks import rules
from gongzhi.clocks.models import RunningClock
from gongzhi.clocks.queries.calendars import calendar as calendar_named
from gongzhi.clocks.queries.calendars import deadline
from gongzhi.clocks.queries.face import Face, face
from gongzhi.clocks.queries.words import explanation_words
from gongzhi.clocks.rules import Calendar, Limit, OutsideCalendar, Span, seconds_of

COPY_COLUMNS = (
    "subject", "name", "party", "rule", "limit", "calendar", "calendar_version", "uncovered",
    "started_at", "due_at", "warn_at", "alert_at", "warned_at", "urged_at", "escalated_level",
    "stopped_at", "outcome", "paused_at", "paused_until", "pause_kind", "pause_reason",
    "pauses", "exclusions", "extensions",
)  # fmt: skip


@dataclass(frozen=True)
class Start:
    """A clock to be started: whose answer, to what limit, by which calendar."""

    name: str
    limit: Limit
    calendar: str = "default"
    party: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Stretch:
    """Time that did not count, and why."""

    start: datetime
    end: datetime | None
    reason: str = ""
    kind: str = "pause"

    def as_dict(self) -> dict[str, Any]:
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "reason": self.reason,
            "kind": self.kind,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Stretch":
        end = values.get("to")
        return cls(
            datetime.fromisoformat(values["from"]),
            datetime.fromisoformat(end) if end else None,
            values.get("reason", ""),
            values.get("kind", "pause"),
        )

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True)
class ClockRow:
    id: int
    subject: int
    name: str
    party: str
    rule: str
    limit: Limit
    calendar: str
    calendar_version: int
    uncovered: tuple[int, ...]
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    stopped_at: datetime | None = None
    outcome: str = ""
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    pause_reason: str = ""
    pause_kind: str = ""
    pauses: tuple[Stretch, ...] = ()
    exclusions: tuple[Stretch, ...] = ()
    extensions: tuple[Limit, ...] = ()
    warned_at: datetime | None = None
    urged_at: datetime | None = None
    escalated_level: int = 0

    @property
    def red_at(self) -> datetime:
        return self.due_at

    @property
    def counting(self) -> rules.Counting:
        return self.limit.counting

    @property
    def is_late(self) -> bool:
        return self.outcome == "late"

    def face(self, at: datetime) -> Face:
        return face(
            due_at=self.due_at, at=at, warn_at=self.warn_at, started_at=self.started_at,
            stopped_at=self.stopped_at, paused=self.pause_reason, paused_at=self.paused_at,
            calendar=self.calendar, counting=self.counting,
        )  # fmt: skip

    def terms(self) -> dict[str, Any]:
        """Return what rules.deadline and rules.explain need to work this clock out again."""
        pauses = [stretch.span for stretch in self.pauses]
        if self.paused_at is not None:
            pauses.append((self.paused_at, None))
        return {
            "start": self.started_at,
            "limit": self.limit,
            "calendar": calendar_named(self.calendar),
            "pauses": pauses,
            "exclusions": [stretch.span for stretch in self.exclusions],
            "extensions": self.extensions,
        }


def row_of(clock: RunningClock) -> ClockRow:
    values = {
        name: getattr(clock, name)
        for name in ClockRow.__dataclass_fields__
        if name not in {"id", "limit", "uncovered", "pauses", "exclusions", "extensions"}
    }
    return ClockRow(
        id=clock.pk,
        limit=Limit.from_dict(clock.limit),
        uncovered=tuple(clock.uncovered),
        pauses=tuple(map(Stretch.from_dict, clock.pauses)),
        exclusions=tuple(map(Stretch.from_dict, clock.exclusions)),
        extensions=tuple(map(Limit.from_dict, clock.extensions)),
        **values,
    )


def clocks_of(subject: int) -> list[ClockRow]:
    """Return every clock of a subject, those that run first, then the latest."""
    found = RunningClock.objects.filter(subject=subject).order_by("-started_at", "-id")
    return sorted(map(row_of, found), key=lambda row: row.stopped_at is not None)


def running_of(subjects: Iterable[int], name: str) -> dict[int, ClockRow]:
    """Return the running clock of one name for many subjects, in one statement."""
    found = RunningClock.objects.filter(
        subject__in=list(subjects), name=name, stopped_at__isnull=True
    )
    return {clock.subject: row_of(clock) for clock in found}


def clock(clock_id: int) -> ClockRow:
    return row_of(RunningClock.objects.get(pk=clock_id))


def remaining(row: ClockRow, at: datetime) -> int:
    """Return the counted seconds left to a clock; negative once overdue."""
    return rules.remaining(at=row.stopped_at or at, **row.terms())


def explanation(row: ClockRow, at: datetime | None = None) -> list[str]:
    """Say in sentences how the end of a clock was worked out."""
    reasons = {stretch.start: stretch.reason for stretch in (*row.pauses, *row.exclusions)}
    if row.paused_at is not None:
        reasons[row.paused_at] = row.pause_reason
    explained = rules.explain(at=row.paused_at or at, **row.terms())
    return explanation_words(explained, reasons)


def row_values(
    *,
    subject: int,
    start: Start,
    started_at: datetime,
    stopped_at: datetime | None = None,
    told: bool = False,
) -> dict[str, Any]:
    """Work out a clock; the values of its row by column (json as text, as COPY takes them)."""
    compiled = calendar_named(start.calendar)
    due = deadline(start=started_at, limit=start.limit, calendar=compiled)
    assert due.due_at is not None
    assert due.warn_at is not None
    late = stopped_at is not None and seconds_of(stopped_at) > seconds_of(due.due_at)
    return {
        "subject": subject, "name": start.name, "party": start.party, "rule": start.rule,
        "limit": _written(start.limit), "calendar": start.calendar,
        "calendar_version": compiled.schedule_on(timezone.localdate(due.due_at)).version,
        "uncovered": list(due.uncovered), "started_at": started_at, "due_at": due.due_at,
        "warn_at": due.warn_at,
        "alert_at": None if told or stopped_at else alert_time(due.warn_at, start.limit, compiled),
        "warned_at": None, "urged_at": None, "escalated_level": 0, "stopped_at": stopped_at,
        "outcome": "" if stopped_at is None else "late" if late else "kept",
        "paused_at": None, "paused_until": None, "pause_kind": "", "pause_reason": "",
        "pauses": "[]", "exclusions": "[]", "extensions": "[]",
    }  # fmt: skip


@lru_cache(maxsize=1024)
def _written(limit: Limit) -> str:
    return json.dumps(limit.as_dict())


def copy_values(values: Mapping[str, Any]) -> Sequence[Any]:
    """Return the values in the order of COPY_COLUMNS."""
    return [values[column] for column in COPY_COLUMNS]


def alert_time(wanted: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return when people may be told: at once if urgent, else when service is open."""
    if limit.is_urgent:
        return wanted
    try:
        return calendar.local(calendar.next_service(seconds_of(wanted)))
    except OutsideCalendar:
        return wanted
