"""The desk of talks: sittings, whom to reach, answers, safety plans; the calendar feed and the meeting room."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.counting import told
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    query_without,
    text_asked,
)
from gongzhi.talks import actions, queries
from gongzhi.talks.capabilities import Can
from gongzhi.talks.forms import LinkForm

DESK = (Can.VIEW, Can.CONTACT, Can.HOLD, Can.PROTECT)


def _asked(request: HttpRequest) -> queries.Asked:
    box, sort = request.GET.get("box", ""), request.GET.get("sort", "")
    return queries.Asked(
        box=box if box in queries.LISTS else "sittings",
        text=text_asked(request, most=40),
        sort=sort if sort in queries.SORTS else "soon", is_past=request.GET.get("past") == "1",
    )  # fmt: skip


@require_safe
@needs(*DESK)
def show(request: HttpRequest) -> HttpResponse:
    actor, at, asked = actor_of(request), timezone.now(), _asked(request)
    page, rows = queries.desk_page(actor, asked, at=at, **page_asked(request))
    waiting = queries.counts(actor, at=at)
    context = {
        "page": page, "rows": rows, "asked": asked, "again": query_without(request, "after", "before"),
        "tabs": [(name, label, told(waiting[name])) for name, label in queries.LISTS.items()], "sorts": queries.SORTS,
        "filters": query_without(request, "after", "before", "box", "past"), "feed": queries.feed_address(actor.id),
    }  # fmt: skip
    return render(request, "talks/desk.html", context)


@require_safe
@needs(*DESK)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    actor, at, asked = actor_of(request), timezone.now(), _asked(request)
    audit.record(actor=actor, verb="talks.export", subject="list:talks", at=at, detail={"box": asked.box})  # fmt: skip
    headings = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "when"), pgettext("column", "side"),
        pgettext("column", "what"), pgettext("column", "state"),
    )  # fmt: skip
    rows = queries.table(queries.rows_in(actor, asked, at=at).order_by("pk"), asked.box, at=at)  # fmt: skip
    return table_download(
        headings, rows, name=f"talks-{asked.box}-{timezone.localdate():%Y%m%d}", form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show, make anew or end the secret address of one's own calendar feed."""
    actor, at = actor_of(request), timezone.now()
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_calendar_key(actor=actor, at=at)
        else:
            actions.new_calendar_key(actor=actor, at=at)
        return redirect("talks_calendar")
    return render(request, "talks/calendar.html", _settings_of(request))


def _settings_of(request: HttpRequest, **forms: Any) -> dict[str, Any]:
    actor, on = actor_of(request), timezone.localdate()
    homes = {grant.home for grant in actor.grants_for(Can.HOLD)}
    bodies = queries.own_bodies(homes)
    links = queries.meeting_links(list(bodies))
    rows = [
        (
            pk,
            name,
            LinkForm(initial={"body_id": pk, "address": links.get(pk, "")}, auto_id=f"id_{pk}_%s"),
        )
        for pk, name in bodies.items()
    ]
    return {"feed": queries.feed_address(actor.id), "bodies": rows, "hosts": queries.hosts(on=on), **forms}  # fmt: skip


@require_POST
@needs(Can.HOLD)
def link(request: HttpRequest) -> HttpResponse:
    form, actor, at = LinkForm(request.POST), actor_of(request), timezone.now()
    done = attempt(form, lambda **said: actions.set_meeting_link(actor=actor, at=at, **said))
    if done is FAILED:
        return render(request, "talks/calendar.html", _settings_of(request, form=form), status=422)
    messages.success(request, _("The meeting room is kept."))
    return redirect("talks_calendar")
