"""Lists of the workbench."""

from typing import Any
from urllib.parse import quote, urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base import tables
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.base.pages import actor_of, needs, page_of_ours
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import actions, queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import all_kinds
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.queries import Box
from gongzhi.places import queries as places

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BULK = frozenset({"accept", "dispatch", "pass_check", "close", "urge", "note"})
FILTERS = ("q", "area", "item", "unit", "state", "source", "clock", "urgent", "since", "until")


@needs(Can.VIEW)
def box(request: HttpRequest, name: str = Box.TODO) -> HttpResponse:
    which = _box(name)
    at = timezone.now()
    by = queries.filter_from(request.GET)
    if number := _exact_number(by):
        return HttpResponseRedirect(f"/desk/matters/{number}")
    page = queries.matters_in(
        which,
        actor_of(request),
        by=by,
        at=at,
        cursor=request.GET.get("after", ""),
        sort=request.GET.get("sort", ""),
    )
    context = {
        "box": which,
        "title": titles()[which],
        "page": page,
        "by": by,
        "problem": by.problem or queries.number_problem(by.q),
        "next": _with(request, after=page.next) if page.next else "",
        "previous": _with(request, after=page.previous) if page.previous else "",
        "sort_due": _with(request, sort="due", after=""),
        "sort_new": _with(request, sort="new", after=""),
        "saved": queries.saved_filters(actor_of(request)),
        "asked": _asked(request),
        "can_export": actor_of(request).can(Can.EXPORT),
        "clear_url": f"/desk/{which.value}",
        "empty_words": empty_words()[which],
        "bulk_moves": _bulk_moves(actor_of(request)),
        "count": None,
        **_choices(request, by),
    }
    template = (
        "matters/_list.html" if request.headers.get("HX-Target") == "list" else "matters/box.html"
    )
    return render(request, template, context)


def _box(name: str) -> Box:
    try:
        return Box(name)
    except ValueError:
        raise Http404 from None


def titles() -> dict[Box, str]:
    return {
        Box.TODO: _("To do"),
        Box.DOING: _("Under way"),
        Box.DONE: _("Done by me"),
        Box.SUPERVISED: _("Supervised"),
        Box.WAITING: _("Extensions, suspensions, appeals"),
        Box.TWINS: _("Likely duplicates"),
        Box.ALL: _("All matters"),
    }


def empty_words() -> dict[Box, str]:
    return {
        Box.TODO: _("Everything you owed is done. New matters appear here by themselves."),
        Box.DOING: _("No open matter lies within your reach."),
        Box.DONE: _("Matters on which you make a move will be listed here."),
        Box.SUPERVISED: _("No matter is under supervision."),
        Box.WAITING: _("Nobody waits for your decision."),
        Box.TWINS: _("No likely duplicates."),
        Box.ALL: _("The register is empty."),
    }


def _bulk_moves(actor: Actor) -> list[tuple[str, str]]:
    """Return the moves that make sense on many matters at once and need no further input."""
    return [
        (move.name, str(move.label))
        for kind in all_kinds()
        for move in kind.lifecycle.moves
        if move.name in BULK and actor.can(move.capability)
    ]


def _exact_number(by: queries.Filter) -> str:
    return queries.whole_number(by.q)


def _asked(request: HttpRequest) -> str:
    return urlencode([(k, v) for k in FILTERS if (v := request.GET.get(k))])


def _with(request: HttpRequest, **changes: str) -> str:
    asked = {k: v for k in (*FILTERS, "sort") if (v := request.GET.get(k))} | {
        k: v for k, v in changes.items() if v
    }
    return f"?{urlencode(asked)}"


def _choices(request: HttpRequest, by: queries.Filter) -> dict[str, Any]:
    kind = all_kinds()[0]
    return {
        "states": [(state, kind.label(state)) for state in kind.lifecycle.labels],
        "sources": Source.choices,
        "areas": _areas(request, by),
        "item_name": catalogue.item(by.item).name if by.item else "",
        "clocks": [("late", _("Overdue")), ("soon", _("Due soon")), ("paused", _("Paused"))],
    }


def _areas(request: HttpRequest, by: queries.Filter) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    grants = actor_of(request).grants_for(Can.VIEW)
    base = by.area or (grants[0].area if len(grants) == 1 else "")
    below = (
        places.children(base)
        if base
        else [t for c in places.children("") for t in places.children(c.path)]
    )
    chosen = [(by.area, places.full_name(by.area))] if by.area else []
    return chosen + [(row.path, row.name) for row in below]


@needs(Can.EXPORT)
def export(request: HttpRequest, name: str, form: str) -> HttpResponse | StreamingHttpResponse:
    which, at = _box(name), timezone.now()
    rows = queries.rows_for_export(
        which, actor_of(request), by=queries.filter_from(request.GET), at=at
    )
    cells = (_cells(row) for row in rows)
    name = quote(f"{titles()[which]}-{timezone.localdate()}")
    if form == "xlsx":
        content = tables.xlsx_bytes(_headings(), cells, title=titles()[which])
        return HttpResponse(
            content,
            content_type=XLSX,
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}.xlsx"},
        )
    lines = tables.csv_lines(_headings(), cells)
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}.csv"},
    )


@needs(Can.VIEW)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("query", "")
    actions.save_filter(name=request.POST.get("name", ""), query=asked, actor=actor_of(request))
    return HttpResponseRedirect(f"/desk/{_box(request.POST.get('box', 'todo'))}?{asked}")


@needs(Can.VIEW)
@require_POST
def forget_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    actions.forget_filter(filter_id=filter_id, actor=actor_of(request))
    return HttpResponseRedirect(page_of_ours(request.POST.get("back", ""), "/desk"))


@needs(Can.VIEW)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Make one move on the chosen matters and say for each whether it went through."""
    ids = [int(i) for i in request.POST.getlist("ids") if i.isascii() and i.isdigit()]
    name = request.POST.get("move", "")
    if name not in BULK:  # the others need an input of their own for each matter
        raise Refused(_("This cannot be done for many matters at once."))
    values = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
    outcomes = actions.move_many(
        matter_ids=ids, name=name, values=values, actor=actor_of(request), at=timezone.now()
    )
    back = request.POST.get("back", "/desk")
    context = {
        "outcomes": outcomes,
        "done": sum(not o.problem for o in outcomes),
        "back": page_of_ours(back, "/desk"),
    }
    return render(request, "matters/bulk.html", context)


def _headings() -> list[str]:
    return [
        _("Number"), _("Title"), _("Kind"), _("Item"), _("State"), _("Place"), _("Address"), _("Reported through"),
        _("Whose move"), _("Clock"), _("Reported at"), _("Closed at"), _("Reports"), _("Reworked"), _("Rating"),
    ]  # fmt: skip


def _cells(row: queries.Row) -> list[Any]:
    return [
        row.number, row.title, row.kind_name, row.item, row.state_label, row.place, row.address, row.source,
        row.party, row.face.words, row.reported_at, row.closed_at, row.report_count, row.rework_count, row.rating or "",
    ]  # fmt: skip
