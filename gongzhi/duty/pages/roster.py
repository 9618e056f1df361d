"""The roster: a month, a list, one place, shifts, rotations, tables in and out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.accounts import queries as accounts
from gongzhi.base.downloads import download, table_download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.clocks import queries as clocks
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import ReasonForm, SeatForm
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.pages import door
from gongzhi.duty.rules import events_as_ics

ICS = "text/calendar; charset=utf-8"


@require_GET
@needs(Can.VIEW)
def month(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    desk = door.desk_asked(request)
    if desk is None:
        return render(request, "duty/no_desk.html", {"tabs": door.tabs(request, "roster")})
    first = door.day_asked(request, "month") or timezone.localdate(at)
    context = _frame(request, desk) | {
        "month": queries.month(desk, first, at=at), "today": timezone.localdate(at),
        "weekdays": clocks.weekday_names(),
        "mine": actor.id,
    }  # fmt: skip
    return render(request, "duty/roster.html", context)


def _frame(request: HttpRequest, desk: Any) -> dict[str, Any]:
    """Return what every page of one desk's roster needs."""
    actor = actor_of(request)
    return {
        "tabs": door.tabs(request, "roster"), "desk": desk, "unit_name": accounts.unit_name(desk.unit_id),
        "desks": queries.desks_to_choose(actor), "can_roster": may_roster(request, desk),
    }  # fmt: skip


def may_roster(request: HttpRequest, desk: Any) -> bool:
    try:
        queries.desk(actor_of(request), desk.unit_id, Can.ROSTER)
    except OutOfReach:
        return False
    return True


def _filter(request: HttpRequest) -> queries.RosterFilter:
    since = door.day_asked(request, "since")
    if since is None and "since" not in request.GET:
        since = timezone.localdate()
    return queries.RosterFilter(
        since, door.day_asked(request, "until"), door.one_asked(request, "post", dict(Post.choices)),
        door.text_asked(request),
    )  # fmt: skip


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    desk = door.desk_asked(request)
    if desk is None:
        return render(request, "duty/no_desk.html", {"tabs": door.tabs(request, "roster")})
    by, sort = _filter(request), door.one_asked(request, "sort", {"-starts": 1, "name": 1})
    context = _frame(request, desk) | {
        "by": by, "sort": sort, "page": queries.stints_page(desk, by, sort=sort, **page_asked(request)),
        "posts": Post.choices, "again": query_without(request, "after", "before"),
        "sorts": query_without(request, "after", "before", "sort"), "at": timezone.now(),
    }  # fmt: skip
    return render(request, "duty/roster_list.html", context)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    """Write the roster as a table that imports again, as CSV for calendar programs, or as iCalendar."""
    desk = door.desk_asked(request)
    if desk is None:
        raise OutOfReach
    form, place = request.GET.get("format", "csv"), accounts.unit_name(desk.unit_id)
    rows = queries.stints(desk, _filter(request)).order_by("starts_at", "id")
    door.note_export(request, f"roster:{desk.unit_id}", form[:10])
    name = f"roster-{timezone.localdate():%Y%m%d}"
    if form == "ics":
        content = events_as_ics(
            queries.calendar_events(rows, place=place), name=place, at=timezone.now()
        )
        return download(content.encode(), name=f"{name}.ics", kind=ICS)
    if form == "calendar":
        return table_download(
            CALENDAR, queries.calendar_table(rows, place=place), name=f"{name}-calendar", form="csv"
        )
    return table_download(
        _headings(), queries.roster_table(rows), name=name, form=door.form_asked(request), title=place
    )  # fmt: skip


# What calendar programs expect in the first line, in English whatever the language.
CALENDAR = (
    "Subject",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "All Day Event",
    "Description",
    "Location",
)


def _headings() -> list[str]:
    return [
        _("Date"), _("Shift"), _("Begins"), _("Ends"),
        _("Post"), _("User name or unit code"), _("Name"),
        _("Note"),
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Can.ROSTER)
def seat(request: HttpRequest) -> HttpResponse:
    """One place of one shift: who may hold it, and who does."""
    actor, at = actor_of(request), timezone.now()
    desk = door.desk_asked(request, Can.ROSTER)
    if desk is None:
        raise OutOfReach
    pattern, on, post = _place(request, desk, at)
    members = [(one.id, one.name) for one in queries.candidates(desk, post, on=on)]
    form = SeatForm(request.POST or None, members=members)
    if request.method == "POST":
        done = attempt(
            form,
            lambda member, note: actions.assign(
                unit_id=desk.unit_id,
                seat=actions.Seat(pattern.pk, on, post, member, note),
                actor=actor,
                at=at,
            ),
        )
        if done is not FAILED:
            messages.success(
                request,
                _("{name} is on duty on {day}, {shift}.").format(
                    name=done.name, day=on, shift=pattern.name
                ),
            )
            return _to_month(desk, on)
    context = _frame(request, desk) | {
        "form": form, "pattern": pattern, "on": on, "post": Post(post).label, "post_code": post,
        "present": queries.stints(desk, queries.RosterFilter(on, on, post)).filter(pattern=pattern),
    }  # fmt: skip
    return render(request, "duty/seat.html", context, status=422 if form.errors else 200)


def _place(request: HttpRequest, desk: Any, at: datetime) -> tuple[Any, Any, str]:
    on = door.day_asked(request, "on") or timezone.localdate(at)
    post = door.one_asked(request, "post", dict(Post.choices), Post.DISPATCHER)
    rows = {row.pk: row for row in queries.patterns(desk)}
    pattern = rows.get(door.number_asked(request, "shift") or 0) or next(iter(rows.values()), None)
    if pattern is None:
        raise OutOfReach
    return pattern, on, post


def _to_month(desk: Any, on: Any) -> HttpResponse:
    answer = redirect("duty:roster")
    answer["Location"] += f"?unit={desk.unit_id}&month={on:%Y-%m-%d}#d{on:%d}"
    return answer


@require_http_methods(["GET", "POST"])
@needs(Can.VIEW)
def stint(request: HttpRequest, row_id: int) -> HttpResponse:
    """One place of the roster that is held: taking off, and for one's own asking for a change."""
    actor, at = actor_of(request), timezone.now()
    row = queries.stint(actor, row_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        gone = attempt(form, lambda reason: _released(row, reason, actor=actor, at=at))
        if gone is not FAILED:
            messages.success(request, _("{name} is off this shift.").format(name=row.name))
            return _to_month(row.desk, row.on)
    context = _frame(request, row.desk) | {
        "row": row, "form": form, "is_mine": row.user_id == actor.id, "is_to_come": row.starts_at > at,
        "is_over": row.ends_at <= at,
    }  # fmt: skip
    return render(request, "duty/stint.html", context, status=422 if form.errors else 200)


def _released(row: Any, reason: str, **who: Any) -> bool:
    actions.release(stint_id=row.pk, reason=reason, **who)
    return True


@require_POST
@needs(Can.ROSTER)
def take_back(request: HttpRequest) -> HttpResponse:
    unit = door.number_of(request.POST.get("unit", ""))
    if unit is None:
        raise Invalid({"unit": _("Choose a unit first.")})

    def deed() -> str:
        count = actions.take_back(
            unit_id=unit,
            batch=request.POST.get("batch", "")[:40],
            actor=actor_of(request),
            at=timezone.now(),
        )
        return _("{n} places are free again.").format(n=count)

    answer = door.done(request, deed, "duty:roster")
    answer["Location"] += f"?unit={unit}"
    return answer


def choices_of(rows: Iterable[Any]) -> list[tuple[int, str]]:
    return [(row.pk, row.name) for row in rows]
