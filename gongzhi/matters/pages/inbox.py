"""Lists of the workbench."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.base.pages import actor_of, needs, page_of_ours
from gongzhi.base.texts import as_numbers
from gongzhi.matters import actions, queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import all_kinds
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.pages.choices import item_words, unit_words
from gongzhi.matters.queries import Box
from gongzhi.places import queries as places

BULK = frozenset({"accept", "dispatch", "pass_check", "close", "urge", "note"})
FILTERS = (
    "q", "area", "item", "unit", "state", "source", "clock", "level", "urgent", "since", "until",
)  # fmt: skip
BEHIND = (
    "q",
    "source",
    "level",
    "unit",
    "urgent",
    "since",
    "until",
)  # filters behind the "More" button


@dataclass(frozen=True)
class Tab:
    """A saved filter as a tab."""

    id: int
    name: str
    query: str
    is_current: bool


@needs(Can.VIEW)
def box(request: HttpRequest, name: str = Box.TODO) -> HttpResponse:
    which, actor = box_named(name), actor_of(request)
    by = queries.filter_from(request.GET)
    if number := queries.whole_number(by.q):
        return HttpResponseRedirect(f"/desk/matters/{number}")
    page = queries.matters_in(
        which,
        actor,
        by=by,
        at=timezone.now(),
        cursor=request.GET.get("after", ""),
        sort=request.GET.get("sort", ""),
    )
    context = {
        "box": which,
        "title": titles()[which],
        "page": page,
        "rows": _shown(page.rows, actor),
        "by": by,
        "problem": by.problem or queries.number_problem(by.q),
        "next": _with(request, after=page.next) if page.next else "",
        "previous": _with(request, after=page.previous) if page.previous else "",
        "other_sort": _with(request, sort="new" if page.by_due else "due"),
        "saved": (tabs := _tabs(actor, asked(request))),
        "is_saved": any(tab.is_current for tab in tabs),
        "asked": asked(request),
        "can_export": actor.can(Can.EXPORT),
        "empty_words": empty_words()[which],
        "bulk_moves": _bulk_moves(actor),
        "count": _known_count(page),
        "behind": sum(bool(request.GET.get(name)) for name in BEHIND),
        **_choices(actor, by),
    }
    is_part = request.headers.get("HX-Target") == "list"
    return render(request, "matters/_list.html" if is_part else "matters/box.html", context)


def box_named(name: str) -> Box:
    try:
        return Box(name)
    except ValueError:
        raise Http404 from None


def _shown(rows: list[queries.Row], actor: Actor) -> list[queries.Row]:
    """Leave out what goes without saying: the area everything of the reader's lies in."""
    grants = actor.grants_for(Can.VIEW)
    home = places.full_name(grants[0].area) if len(grants) == 1 and grants[0].area else ""
    return [
        replace(
            row,
            place=row.place.removeprefix(home).strip() or row.place,
            face=replace(row.face, party=""),
        )
        for row in rows
    ]


def _known_count(page: queries.Page) -> int | None:
    return None if page.next or page.previous else len(page.rows)


def _tabs(actor: Actor, now: str) -> list[Tab]:
    return [Tab(f.id, f.name, f.query, f.query == now) for f in queries.saved_filters(actor)]


def titles() -> dict[Box, str]:
    return {
        Box.TODO: _("To do"),
        Box.DOING: _("Under way"),
        Box.DONE: _("Done by me"),
        Box.SUPERVISED: _("Supervised"),
        Box.WAITING: _("Requests to decide"),
        Box.HELPING: _("Asked to help"),
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
        Box.HELPING: _("No unit waits for your help."),
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


def asked(request: HttpRequest) -> str:
    return urlencode([(k, v) for k in FILTERS if (v := request.GET.get(k))])


def _with(request: HttpRequest, **changes: str) -> str:
    kept = {k: v for k in (*FILTERS, "sort") if (v := request.GET.get(k))}
    return f"?{urlencode(kept | changes)}"


def _choices(actor: Actor, by: queries.Filter) -> dict[str, Any]:
    kind = all_kinds()[0]
    return {
        "states": [(state, kind.label(state)) for state in kind.lifecycle.labels],
        "sources": Source.choices,
        "areas": _areas(actor, by),
        "item_words": item_words(by),
        "unit_words": unit_words(by),
        "clocks": [("late", _("Overdue")), ("soon", _("Due soon")), ("paused", _("Paused"))],
    }


def _areas(actor: Actor, by: queries.Filter) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    grants = actor.grants_for(Can.VIEW)
    base = by.area or (grants[0].area if len(grants) == 1 else "")
    below = (
        places.children(base)
        if base
        else [t for c in places.children("") for t in places.children(c.path)]
    )
    chosen = [(by.area, places.full_name(by.area))] if by.area else []
    return chosen + [(row.path, row.name) for row in below]


@needs(Can.VIEW)
def counts(request: HttpRequest, name: str) -> HttpResponse:
    """Say how many matters the tabs hold; asked for after the list, so that it never waits for it."""
    which, actor = box_named(name), actor_of(request)
    tabs = _tabs(actor, asked(request))
    queried = [(str(tab.id), queries.filter_from(dict(parse_qsl(tab.query)))) for tab in tabs]
    if "now" in request.GET:  # else the list is so short that it counted itself
        queried.append(("now", queries.filter_from(request.GET)))
    found = queries.counts_of(which, actor, [by for _name, by in queried], at=timezone.now())
    rows = [(name, count) for (name, _by), count in zip(queried, found, strict=True)]
    return render(request, "matters/_counts.html", {"rows": rows, "asked": asked(request)})


@needs(Can.VIEW)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    actions.save_filter(name=request.POST.get("name", ""), query=query, actor=actor_of(request))
    return HttpResponseRedirect(f"/desk/{box_named(request.POST.get('box', 'todo'))}?{query}")


@needs(Can.VIEW)
@require_POST
def forget_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    actions.forget_filter(filter_id=filter_id, actor=actor_of(request))
    return HttpResponseRedirect(f"/desk/{box_named(request.POST.get('box', 'todo'))}")


@needs(Can.VIEW)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Make one move on the chosen matters and say for each whether it went through."""
    ids = as_numbers(request.POST.getlist("ids"))
    name = request.POST.get("move", "")
    if name not in BULK:  # the others need an input of their own for each matter
        raise Refused(_("This cannot be done for many matters at once."))
    values = {"reason": request.POST.get("note", ""), "note": request.POST.get("note", "")}
    outcomes = actions.move_many(
        matter_ids=ids, name=name, values=values, actor=actor_of(request), at=timezone.now()
    )
    back = request.POST.get("back", "/desk")
    context = {
        "outcomes": sorted(outcomes, key=lambda outcome: not outcome.problem),
        "done": sum(not o.problem for o in outcomes),
        "move": dict(_bulk_moves(actor_of(request))).get(name, ""),
        "back": page_of_ours(back, "/desk"),
    }
    return render(request, "matters/bulk.html", context)
