"""The clock as everybody sees it: state, share left and words, from values on the row alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from gongzhi.clocks.queries.calendars import calendar as calendar_named
from gongzhi.clocks.queries.words import duration, moment
from gongzhi.clocks.rules import Calendar, Counting, OutsideCalendar, elapsed, seconds_of

FaceState = Literal["ok", "warn", "late", "paused", "done", "none"]


@dataclass(frozen=True)
class Face:
    state: FaceState
    percent: int  # of the limit that is left, 0 to 100
    words: str  # 剩 3 小时 20 分
    title: str = ""  # the same in full, for hover and screen readers
    party: str = ""  # who owes the next move
    hints: tuple[str, ...] = ()  # what explains the words
    sentence: str = ""
    due: datetime | None = None  # both only where time runs without a break: the page ticks on
    start: datetime | None = None


def face(
    *,
    due_at: datetime | None,
    at: datetime,
    warn_at: datetime | None = None,
    started_at: datetime | None = None,
    stopped_at: datetime | None = None,
    paused: str = "",
    paused_at: datetime | None = None,
    calendar: str = "default",
    counting: Counting = "service",
    party: str = "",
) -> Face:
    """Draw the clock. It asks no table: the calendar is in memory, the rest stands on the row."""
    if due_at is None:
        return Face("none", 0, _("No limit"))
    compiled = calendar_named(calendar)
    reading = _Reading(due_at, started_at, counting, compiled)
    try:
        if stopped_at is not None:
            drawn = _done(reading, stopped_at)
        elif paused or paused_at is not None:
            drawn = _paused(reading, paused, paused_at)
        else:
            drawn = _running(reading, at, warn_at)
    except OutsideCalendar:
        words = moment(due_at.astimezone(compiled.zone))
        drawn = Face("late" if due_at < at else "ok", 0, words)
    return replace(drawn, party=party)


@dataclass(frozen=True)
class _Reading:
    due_at: datetime
    started_at: datetime | None
    counting: Counting
    calendar: Calendar

    def between(self, start: datetime, end: datetime) -> int:
        return elapsed(start=start, end=end, counting=self.counting, calendar=self.calendar)

    def words(self, start: datetime, end: datetime) -> str:
        """Say the time between two instants the way this limit counts it."""
        if self.counting in {"working", "calendar"} and (days := self._days(start, end)):
            template = _("{n} working days") if self.counting == "working" else _("{n} d")
            return template.format(n=days)
        continuous = self.counting in {"continuous", "calendar"}
        day = 86400 if continuous else self.calendar.day_seconds_at(seconds_of(start))
        return duration(self.between(start, end), day)

    def _days(self, start: datetime, end: datetime) -> int:
        first = self.calendar.ordinal_at(seconds_of(start))
        last = self.calendar.ordinal_at(seconds_of(end))
        if self.counting == "calendar":
            return last - first
        return self.calendar.working_position(last + 1) - self.calendar.working_position(first + 1)

    def percent(self, at: datetime) -> int:
        if self.started_at is None or (total := self.between(self.started_at, self.due_at)) <= 0:
            return 100 if at < self.due_at else 0
        return max(0, min(100, round(100 * self.between(at, self.due_at) / total)))

    @property
    def ends(self) -> str:
        return _("due {time}").format(time=moment(self.due_at.astimezone(self.calendar.zone)))

    @property
    def unit(self) -> str:
        if self.counting == "service":
            return _("service time")
        return _("counted without a break") if self.counting == "continuous" else ""

    @property
    def hints(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.unit, self.ends)))

    def title(self, words: str) -> str:
        return _("{words}, {ends}").format(
            words=f"{words}（{self.unit}）" if self.unit else words, ends=self.ends
        )


def _running(reading: _Reading, at: datetime, warn_at: datetime | None) -> Face:
    if at > reading.due_at and seconds_of(at) > seconds_of(reading.due_at):
        words = _("{amount} overdue").format(amount=reading.words(reading.due_at, at))
        return _ticking(reading, Face("late", 0, words, reading.title(words), hints=reading.hints))
    if reading.counting in {"working", "calendar"} and _same_day(reading, at):
        words = _("Due today")
    else:
        words = _("{amount} left").format(amount=reading.words(at, reading.due_at))
    state: FaceState = "warn" if warn_at is not None and at >= warn_at else "ok"
    drawn = Face(state, reading.percent(at), words, reading.title(words), hints=reading.hints)
    return _ticking(reading, drawn)


def _ticking(reading: _Reading, drawn: Face) -> Face:
    if reading.counting != "continuous":
        return drawn
    return replace(drawn, due=reading.due_at, start=reading.started_at)


def _same_day(reading: _Reading, at: datetime) -> bool:
    return _local_day(reading, at) == _local_day(reading, reading.due_at)


def _local_day(reading: _Reading, at: datetime) -> date:
    return at.astimezone(reading.calendar.zone).date()


def _paused(reading: _Reading, reason: str, paused_at: datetime | None) -> Face:
    words = _("Paused: {reason}").format(reason=reason) if reason else _("Paused")
    if paused_at is None or paused_at > reading.due_at:
        return Face("paused", 0, words, words)
    left = _("{amount} left").format(amount=reading.words(paused_at, reading.due_at))
    title = _("{words}, {ends}").format(words=words, ends=left)
    return Face("paused", reading.percent(paused_at), words, title, hints=(left,))


def _done(reading: _Reading, stopped_at: datetime) -> Face:
    if seconds_of(stopped_at) <= seconds_of(reading.due_at):
        return Face("done", reading.percent(stopped_at), _("In time"), reading.title(_("In time")))
    words = _("{amount} late").format(amount=reading.words(reading.due_at, stopped_at))
    return Face("done", 0, words, reading.title(words))
