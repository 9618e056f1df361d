"""Times, limits and explanations in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongzhi.clocks.rules import Calendar, Explanation, Limit, Step, format_week

DAY = 86400


def moment(at: datetime) -> str:
    """Say a local time; the last second of a day is called 24:00, as the law does."""
    clock = "24:00" if (at.hour, at.minute, at.second) == (23, 59, 59) else f"{at:%H:%M}"
    return _("{month}-{day} {clock}").format(month=at.month, day=at.day, clock=clock)


def day_words(day: date, *, year: int | None = None) -> str:
    if year is not None and day.year != year:
        return _("{year}-{month}-{day}").format(year=day.year, month=day.month, day=day.day)
    return _("{month}-{day}").format(month=day.month, day=day.day)


def duration(seconds: int, day_seconds: int = DAY) -> str:
    """Say a length of time in its two largest parts; a day is as long as the calendar says."""
    days, rest = divmod(seconds, day_seconds or DAY)
    hours, minutes = rest // 3600, rest % 3600 // 60
    parts = [(days, _("{n} d")), (hours, _("{n} h")), (minutes, _("{n} min"))]
    first = next((index for index, (n, _unit) in enumerate(parts) if n), None)
    if first is None:
        return _("less than 1 min")
    return " ".join(unit.format(n=n) for n, unit in parts[first : first + 2] if n)


def limit_words(limit: Limit) -> str:
    """Say a limit, with what counts."""
    return _counting()[limit.counting].format(
        amount=_amounts()[limit.unit].format(n=limit.amount), n=limit.amount
    ) + "".join(
        words
        for said, words in (
            (limit.from_next_day, _(", counted from the next day")),
            (limit.rolls_over, _(", a last day off moves to the next working day")),
        )
        if said
    )


def _amounts() -> dict[str, str]:
    return {
        "minute": _("{n} minutes"),
        "hour": _("{n} hours"),
        "day": _("{n} days"),
        "month": _("{n} months"),
        "year": _("{n} years"),
    }


def _counting() -> dict[str, str]:
    return {
        "continuous": _("{amount} (urgent, counted without a break)"),
        "service": _("{amount} of service time"),
        "working": _("{n} working days"),
        "calendar": _("{amount} by the calendar"),
    }


def explanation_words(
    explained: Explanation, reasons: Mapping[datetime, str] | None = None
) -> list[str]:
    """Say every step of an explanation in one sentence."""
    sentences = [_sentence(step, explained, reasons or {}) for step in explained.steps]
    return [sentence for sentence in sentences if sentence]


def _sentence(step: Step, explained: Explanation, reasons: Mapping[datetime, str]) -> str:
    if step.first is not None and step.last is not None:
        return _days_sentence(step, explained)
    if step.at is not None:
        return _time_sentence(step, reasons)
    if step.limit is not None:
        template = _("Limit: {limit}.") if step.kind == "limit" else _("Extended once, by {limit}.")
        return template.format(limit=limit_words(step.limit))
    if step.kind == "calendar":
        return _calendar_sentence(explained.calendar)
    if step.kind == "held":
        return _("The clock stands still; when it goes on, the end is worked out again.")
    return _(
        "The holidays of {years} are not entered yet; ordinary weekends were assumed, so the end may move."
    ).format(years="、".join(map(str, step.years)))


def _calendar_sentence(calendar: Calendar) -> str:
    schedule = calendar.schedules[-1]
    return _("Calendar: {name} ({hours}); one service day is {day}.").format(
        name=calendar.name or calendar.code,
        hours=week_words(schedule.weekdays),
        day=duration(schedule.day_seconds),
    )


def _time_sentence(step: Step, reasons: Mapping[datetime, str]) -> str:
    assert step.at is not None
    if step.kind == "due":
        return _("It ends {time}.").format(time=full_moment(step.at))
    if step.kind == "start":
        if step.until is not None and step.until != step.at.replace(microsecond=0):
            return _("Begun {time}; counted from {counted}.").format(
                time=full_moment(step.at), counted=full_moment(step.until)
            )
        return _("Begun {time}.").format(time=full_moment(step.at))
    end = full_moment(step.until) if step.until else _("further notice")
    template = (
        _("Paused from {start} to {end}{reason}; this time does not count.")
        if step.kind == "pause"
        else _("Excluded from {start} to {end}{reason}; this time does not count.")
    )
    reason = reasons.get(step.at, "")
    said = _(" ({reason})").format(reason=reason) if reason else ""
    return template.format(start=full_moment(step.at), end=end, reason=said)


def full_moment(at: datetime) -> str:
    return _("{year}, {moment}").format(year=at.year, moment=moment(at))


def _days_sentence(step: Step, explained: Explanation) -> str:
    assert step.first is not None
    assert step.last is not None
    first = day_words(step.first)
    if step.kind == "rolled":
        return _("The last day, {day}, is {why}; it moves to {moved}.").format(
            day=first, why=step.name or _("a weekend"), moved=day_words(step.last)
        )
    days = (
        first
        if step.first == step.last
        else _("{first} to {last}").format(first=first, last=day_words(step.last))
    )
    if step.kind == "counted" and step.seconds and step.days > 1:
        return _("{days}: {each} a day counted, {total} in all.").format(
            days=days, each=_hours(step.seconds // step.days), total=_hours(step.seconds)
        )
    return _day_templates()[step.kind].format(
        days=days, name=step.name or _("Day off"), amount=_counted(step)
    )


def _counted(step: Step) -> str:
    return _hours(step.seconds) if step.seconds else _("{n} days").format(n=step.days)


def _hours(seconds: int) -> str:
    """Say hours and minutes without turning them into days, whose length differs by calendar."""
    hours, minutes = divmod(seconds // 60, 60)
    parts = [_("{n} h").format(n=hours)] * bool(hours) + [_("{n} min").format(n=minutes)] * bool(
        minutes
    )
    return " ".join(parts) or _("less than 1 min")


def _day_templates() -> dict[str, str]:
    return {
        "counted": _("{days}: {amount} counted."),
        "makeup": _("{days}, make-up workday ({name}): {amount} counted."),
        "weekend": _("{days}: weekend, not counted."),
        "holiday": _("{days}: {name}, not counted."),
        "idle": _("{days}: outside counted time."),
    }


def week_words(week: Sequence[tuple[tuple[int, int], ...]]) -> str:
    """Say the hours of a week: Mon–Fri 08:00–12:00 14:00–18:00."""
    names = weekday_names()
    said = []
    for part in format_week(week).split("; "):
        days, _space, hours = part.partition(" ")
        first, _dash, last = days.partition("-")
        span = names[int(first) - 1] if first else ""
        if last:
            span = _("{first} to {last}").format(first=span, last=names[int(last) - 1])
        said.append(f"{span} {hours}".strip())
    return "；".join(said) or _("never open")


def weekday_names() -> list[str]:
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
