"""
An officer's figures, each with how it was computed and the rows behind it.

Volume alone is never good or bad work: numbers of visits stand beside what came of them, and nothing
is added up into a mark. Figures that an upheld appeal concerns say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.matters import queries as matters
from gongzhi.patrol.models import Appeal, Call, Finding, SampleItem, Shift, Task, Visit

MOST_ROWS: Final = 500
LABELS: Final = {
    "visits": gettext_lazy("Visits made"),
    "on_time": gettext_lazy("Planned tasks done by their day"),
    "lines": gettext_lazy("Lines checked"),
    "findings": gettext_lazy("Findings reported"),
    "confirmed": gettext_lazy("Findings confirmed by the office"),
    "verified": gettext_lazy("Verified in time"),
    "checked": gettext_lazy("Checked in time"),
    "agreed": gettext_lazy("Visits that a re-check agreed with"),
    "shifts": gettext_lazy("Days on shift"),
}


@dataclass(frozen=True)
class Figure:
    code: str
    label: str
    value: str  # "12" or "9 / 12"
    how: str  # how it was computed, in a sentence
    rows: list[dict[str, Any]] = field(
        default_factory=list
    )  # what was counted, MOST_ROWS at the most
    appeal: str = ""  # "" | asked | upheld | refused


def statistics(*, user_id: int, since: date, until: date) -> list[Figure]:
    """Return somebody's figures for a period, both days included; the number of statements is constant."""
    visits = list(
        Visit.objects.filter(user=user_id, on__range=(since, until))
        .order_by("-at")
        .values(
            "id", "on", "outcome", "line_count", "fail_count", "premises__code", "premises__name"
        )
    )
    figures = [
        *_of_visits(visits),
        _on_time(user_id, since, until),
        *_of_findings(user_id, since, until),
        *_of_calls(user_id, since, until),
        _agreed(user_id, since, until),
        _shifts(user_id, since, until),
    ]
    states = dict(
        Appeal.objects.filter(user=user_id, since=since, until=until)
        .order_by("asked_at")
        .values_list("figure", "state")
    )
    return [
        Figure(
            one.code, one.label, one.value, one.how, one.rows[:MOST_ROWS], states.get(one.code, "")
        )
        for one in figures
    ]


def _figure(code: str, value: str, how: str, rows: list[dict[str, Any]]) -> Figure:
    return Figure(code, str(LABELS[code]), value, how, rows)


def _share(part: int, whole: int) -> str:
    return f"{part} / {whole}"


def _of_visits(visits: Sequence[Any]) -> list[Figure]:
    rows = [
        {
            "day": visit["on"].isoformat(), "premises": visit["premises__code"],
            "name": visit["premises__name"], "outcome": visit["outcome"], "lines": visit["line_count"],
        }
        for visit in visits
    ]  # fmt: skip
    there = [row for row in rows if row["outcome"] == Visit.Outcome.VISITED]
    return [
        _figure(
            "visits", _share(len(there), len(rows)),
            _("Visits at which somebody was met, of all journeys to premises. More is not better: the plan says how many are due."),
            rows,
        ),
        _figure(
            "lines", str(sum(row["lines"] for row in there)),
            _("Lines of check-lists that were answered, over all visits."), there,
        ),
    ]  # fmt: skip


def _on_time(user_id: int, since: date, until: date) -> Figure:
    tasks = Task.objects.filter(user=user_id, first_on__range=(since, until)).exclude(
        state=Task.State.DROPPED
    )
    rows = [
        {
            "day": first_on.isoformat(), "premises": code, "state": state,
            "in_time": done_at is not None and timezone.localdate(done_at) <= first_on,
        }
        for first_on, code, state, done_at in tasks.order_by("first_on", "id").values_list(
            "first_on", "premises__code", "state", "done_at"
        )
    ]  # fmt: skip
    done = sum(bool(row["in_time"]) for row in rows)
    how = _(
        "Tasks done on the day they were first planned for, of all tasks of these days. Tasks moved on because nobody was there stay in the second number."
    )
    return _figure("on_time", _share(done, len(rows)), how, rows)


def _of_findings(user_id: int, since: date, until: date) -> list[Figure]:
    found = list(
        Finding.objects.filter(visit__user=user_id, visit__on__range=(since, until))
        .order_by("-visit__at", "n")
        .values("n", "item_code", "matter_key", "visit__on", "visit__premises__code")
    )
    opened = matters.standings({one["matter_key"] for one in found if one["matter_key"]})
    rows = [
        {
            "day": one["visit__on"].isoformat(), "premises": one["visit__premises__code"],
            "item": one["item_code"],
            "number": opened[one["matter_key"]].number if one["matter_key"] in opened else "",
            "state": opened[one["matter_key"]].state_label if one["matter_key"] in opened else "",
            "confirmed": one["matter_key"] in opened and opened[one["matter_key"]].is_confirmed,
        }
        for one in found
    ]  # fmt: skip
    reported = [row for row in rows if row["number"]]
    confirmed = [row for row in reported if row["confirmed"]]
    return [
        _figure(
            "findings", _share(len(reported), len(rows)),
            _("Failed lines that became a matter, of all failed lines."), rows,
        ),
        _figure(
            "confirmed", _share(len(confirmed), len(reported)),
            _("Matters from own findings that the office registered and did not void, of those reported."),
            reported,
        ),
    ]  # fmt: skip


def _of_calls(user_id: int, since: date, until: date) -> list[Figure]:
    calls = list(
        Call.objects.filter(user=user_id, sent_at__range=_moments(since, until))
        .filter(kind__in=(Call.Kind.VERIFY, Call.Kind.CHECK))
        .exclude(state__in=(Call.State.WITHDRAWN, Call.State.WAITING))
        .order_by("sent_at")
    )
    about = matters.standing_ids({call.matter_id for call in calls if call.matter_id})
    return [
        _calls_figure(code, [call for call in calls if call.kind == kind], about, how)
        for code, kind, how in (
            ("verified", Call.Kind.VERIFY, _("Calls to verify that were done before their time was up, of all that were sent and not withdrawn.")),
            ("checked", Call.Kind.CHECK, _("Calls to check that were done before their time was up, of all that were sent and not withdrawn.")),
        )
    ]  # fmt: skip


def _calls_figure(
    code: str, calls: Sequence[Call], about: dict[int, matters.Standing], how: str
) -> Figure:
    rows = [
        {
            "sent_at": timezone.localtime(call.sent_at).isoformat(timespec="minutes"),
            "number": about[call.matter_id].number if call.matter_id in about else "",
            "state": str(call.get_state_display()),
            "in_time": is_in_time(call.state, call.ended_at, call.due_at),
        }
        for call in calls
    ]
    return _figure(code, _share(sum(bool(row["in_time"]) for row in rows), len(rows)), how, rows)


def is_in_time(state: str, ended_at: datetime | None, due_at: datetime | None) -> bool:
    done = state == Call.State.DONE and ended_at is not None
    return done and (due_at is None or (ended_at is not None and ended_at <= due_at))


def _agreed(user_id: int, since: date, until: date) -> Figure:
    items = SampleItem.objects.filter(
        visit__user=user_id, visit__on__range=(since, until), agrees__isnull=False
    ).order_by("id")
    rows = [
        {"day": on.isoformat(), "premises": code, "agrees": agrees, "differences": differences}
        for on, code, agrees, differences in items.values_list(
            "visit__on", "visit__premises__code", "agrees", "differences"
        )
    ]
    how = _(
        "Own visits that an officer drawn by lot found the same on every line, of those re-checked. Things may change between two visits."
    )
    return _figure("agreed", _share(sum(bool(row["agrees"]) for row in rows), len(rows)), how, rows)


def _shifts(user_id: int, since: date, until: date) -> Figure:
    rows = [
        {
            "started_at": timezone.localtime(started).isoformat(timespec="minutes"),
            "ended_at": timezone.localtime(ended).isoformat(timespec="minutes") if ended else "",
            "ended_by_itself": by_itself,
        }
        for started, ended, by_itself in Shift.objects.filter(
            user=user_id, started_at__range=_moments(since, until)
        ).order_by("started_at").values_list("started_at", "ended_at", "ended_by_itself")
    ]  # fmt: skip
    days = {str(row["started_at"])[:10] for row in rows}
    return _figure(
        "shifts",
        str(len(days)),
        _(
            "Days on which a shift was started. Where somebody was between the two moments is not known."
        ),
        rows,
    )


def _moments(since: date, until: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    return start, end - timedelta(microseconds=1)


def appeals_of(*, user_id: int, limit: int = 20) -> list[Appeal]:
    return list(Appeal.objects.filter(user=user_id).order_by("-asked_at")[:limit])
