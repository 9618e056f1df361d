"""The day's tasks: who has how much, one by one, another officer, a new drawing for an absence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs, page_asked, page_of_ours, query_without
from gongzhi.base.texts import as_numbers
from gongzhi.patrol import actions
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import RedrawForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

SHARES = 60  # officers shown at once; a village has fewer


def _filter(request: HttpRequest) -> desk.TaskFilter:
    asked = {name: request.GET.get(name, "") for name in ("state", "kind")}
    return desk.TaskFilter(
        on=door.day_asked(request),
        area_path=door.area_asked(request) or door.home_of(actor_of(request)),
        user_id=door.number_asked(request, "officer"),
        state=asked["state"] if asked["state"] in dict(desk.TASK_STATES) else "",
        kind=asked["kind"] if asked["kind"] in dict(desk.TASK_KINDS) else "",
        urgent="urgent" in request.GET,
        carried="carried" in request.GET,
    )


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, by = actor_of(request), _filter(request)
    sort = request.GET.get("sort", "due")
    page = desk.tasks(actor, by=by, sort=sort, **page_asked(request))
    may_plan = actor.can(Can.PLAN)
    shown = desk.balance(actor, on=by.on, area_path=by.area_path)
    here = reverse("patrol:tasks")
    day = urlencode({"on": by.on.isoformat(), "area": by.area_path})
    context = {
        "tabs": door.tabs(request, "tasks"),
        "by": by,
        "rows": [
            (row, places.full_name(row.area_path), desk.why_words(row.why)) for row in page.rows
        ],
        "page": page,
        "count": desk.count_tasks(actor, by=by),
        "stats": _stats(desk.day_counts(actor, on=by.on, area_path=by.area_path), f"{here}?{day}"),
        "shares": _shares(shown),
        "more_shares": max(0, len(shown.shares) - SHARES),
        "balance": shown,
        "day": day,
        "sort": sort,
        "areas": door.areas_to_choose(actor, by.area_path),
        "states": desk.TASK_STATES,
        "kinds": desk.TASK_KINDS,
        "again": query_without(request, "after", "before"),
        "filters": query_without(request, "after", "before", "sort"),
        "may_plan": may_plan,
        "officers": desk.officers_near(by.area_path, on=by.on) if may_plan else [],
        "may_redraw": may_plan and by.on == door.today(),
        "redraw": RedrawForm(initial={"on": by.on, "area": by.area_path}),
        "back": request.get_full_path(),
    }
    return render(request, "patrol/tasks.html", context)


def _shares(balance: desk.Balance) -> list[dict[str, Any]]:
    most = max([balance.largest, *(share.total for share in balance.shares)], default=0) or 1
    return [
        {
            "share": share,
            "width": round(100 * share.total / most),
            "done": round(100 * share.done / share.total) if share.total else 0,
            "grids": "、".join(sorted(places.area(path).name for path in share.grids)),
        }
        for share in balance.shares[:SHARES]
    ]


def _stats(counts: desk.DayCounts, here: str) -> list[dict[str, Any]]:
    done = _("{share} % of the day").format(share=counts.done_percent)
    return [
        door.stat(_("To do on the day"), counts.total, here),
        door.stat(_("Done"), counts.done, f"{here}&state=done", tone="ok", words=done),
        door.stat(pgettext("patrol task", "Open"), counts.open, f"{here}&state=open"),
        door.stat(_("Urgent, open"), counts.urgent, f"{here}&state=open&urgent=1", tone="late"),
        door.stat(_("Carried over"), counts.carried, f"{here}&state=open&carried=1", tone="warn"),
        door.stat(
            _("Without an officer"), counts.nobody, f"{here}&state=open&officer=0", tone="late"
        ),
    ]


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    actor, by = actor_of(request), _filter(request)
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    audit.record(
        actor=actor, verb="patrol.export", subject="tasks", at=timezone.now(),
        detail={"filter": query_without(request)[:500], "form": form},
    )  # fmt: skip
    cells = (_cells(row) for row in desk.task_rows(actor, by=by))
    name = f"patrol-tasks-{by.on:%Y%m%d}"
    return table_download(_headings(), cells, name=name, form=form, title=_("Tasks"))


def _headings() -> list[str]:
    return [
        _("Code"), _("Name"), _("Address"), _("Grid"), _("Task"), _("Officer"), _("Due on"), _("Day"), _("State"),
        _("Urgent"), _("Why"),
    ]  # fmt: skip


def _cells(row: Any) -> list[Any]:
    return [
        row.premises.code, row.premises.name, row.premises.address, places.full_name(row.area_path),
        row.get_kind_display(), row.user.name if row.user else "", row.due_on, row.planned_on,
        row.get_state_display(), _("yes") if row.is_urgent else "", desk.why_words(row.why),
    ]  # fmt: skip


@require_POST
@needs(Can.PLAN)
def reassign(request: HttpRequest) -> HttpResponse:
    """Give the chosen tasks to another officer."""
    chosen = as_numbers(request.POST.getlist("ids"))
    officer = request.POST.get("officer", "")
    if not (officer.isascii() and officer.isdigit() and len(officer) < 16):
        raise Invalid({"officer": _("Choose an officer.")})
    moved = actions.reassign(
        task_ids=chosen, user_id=int(officer), reason=request.POST.get("reason", "")[:200],
        actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    words = ngettext(
        "{n} task has another officer now.", "{n} tasks have another officer now.", moved
    )
    messages.success(request, words.format(n=moved))
    return redirect(page_of_ours(request.POST.get("back", ""), reverse("patrol:tasks")))


@require_POST
@needs(Can.PLAN)
def redraw(request: HttpRequest) -> HttpResponse:
    """Share a day's open tasks anew: somebody is absent, or is there again."""
    form = RedrawForm(request.POST)
    if not form.is_valid():
        raise Invalid({field: " ".join(map(str, said)) for field, said in form.errors.items()})
    values = form.cleaned_data
    drawn = actions.redraw(
        on=values["on"], area_path=values["area"], actor=actor_of(request), at=timezone.now()
    )
    words = _("Shared anew: {new} new, {moved} to another officer, {left} left for tomorrow.")
    messages.success(
        request, words.format(new=drawn.new, moved=drawn.reassigned, left=drawn.left_over)
    )
    query = urlencode({"on": values["on"], "area": values["area"]})
    return redirect(f"{reverse('patrol:tasks')}?{query}")
