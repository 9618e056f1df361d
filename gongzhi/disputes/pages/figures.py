"""The figures of mediation: the form and the rates, what stands behind each, and a mediator's own."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.pages import figure_cells
from gongzhi.disputes.queries import figures as queries
from gongzhi.disputes.queries.figures import Asked, Behind, FigureRow
from gongzhi.places import queries as places

DAY = timedelta(days=1)
LONGEST = 3700  # days: ten years
VIEWS = (figure_cells.FORM, figure_cells.RATE)
LEAST = "figures.least"


def asked_of(request: HttpRequest, *, is_own: bool = False) -> Asked:
    """Return what the address asks to see; without a period, the last twelve months."""
    today = timezone.localdate()
    since, last = _day(request, "since"), _day(request, "last")
    if since is None or last is None or not 0 <= (last - since).days <= LONGEST:
        since, last = today - timedelta(days=364), today
    by, kind = request.GET.get("by", ""), request.GET.get("kind", "")
    is_public = not is_own and request.GET.get("public") == "1"
    return Asked(
        since, last + DAY, area=_area(request), kind=kind if kind in dict(queries.first_kinds()) else "",
        by=by if by in queries.DIMENSIONS else ("kind" if is_own else "area"), is_own=is_own,
        hide_below=queries.norm(LEAST, on=today) if is_public else 0,
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _area(request: HttpRequest) -> str:
    path = request.GET.get("area", "")[:60]
    try:
        return places.area(path).path if path else ""
    except ObjectDoesNotExist:
        return ""


@require_safe
@needs(Can.SEE_FIGURES)
def table(request: HttpRequest) -> HttpResponse:
    asked, actor = asked_of(request), actor_of(request)
    found = queries.figure_table(actor, asked)
    context = {
        **_frame(request, asked), **_shown(request, found, asked, reverse("disputes:figures-behind")), "areas": _areas(actor, asked.area),
        "coverage": None if asked.hide_below else queries.coverage(actor, asked),
    }  # fmt: skip
    return render(request, "disputes/figures.html", context)


@require_safe
@needs(Can.MEDIATE)
def own(request: HttpRequest) -> HttpResponse:
    """A mediator's own figures: shown to nobody else, each with its disputes and the way to appeal."""
    asked = asked_of(request, is_own=True)
    found = queries.figure_table(actor_of(request), asked)
    context = {**_frame(request, asked), **_shown(request, found, asked, reverse("disputes:own-figures-behind"))}  # fmt: skip
    return render(request, "disputes/own_figures.html", context)


def _kept(asked: Asked) -> str:
    """Return the part of an address that says what the figures were counted from."""
    said = {"since": str(asked.since), "last": str(asked.until - DAY), "area": asked.area, "kind": asked.kind, "by": asked.by, "public": "1" if asked.hide_below else ""}  # fmt: skip
    return urlencode({name: value for name, value in said.items() if value})


def _frame(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked, "last": asked.until - DAY, "kept": _kept(asked), "kinds": queries.first_kinds(),
        "dimensions": [(code, one.label) for code, one in queries.DIMENSIONS.items()], "presets": _presets(request),
        "definitions": queries.figure_definitions().values(), "least_source": queries.norm_source(LEAST, on=timezone.localdate()),
    }  # fmt: skip


def _presets(request: HttpRequest) -> list[tuple[str, str]]:
    today = timezone.localdate()
    month = today.replace(day=1)
    before = (month - DAY).replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    spans = (
        (_("This month"), month, today), (_("Last month"), before, month - DAY), (_("This quarter"), quarter, today),
        (_("This year"), today.replace(month=1, day=1), today),
    )  # fmt: skip
    rest = query_without(request, "since", "last")
    return [(words, f"since={since}&last={last}{'&' if rest else ''}{rest}") for words, since, last in spans]  # fmt: skip


def _shown(
    request: HttpRequest, found: queries.FigureTable, asked: Asked, behind: str
) -> dict[str, Any]:
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    sort = request.GET.get("sort", "")
    column, rows, address = sort.removeprefix("-"), found.rows, f"{behind}?{_kept(asked)}"
    if column:
        rows = sorted(rows, key=lambda row: _sort_key(row, column), reverse=sort.startswith("-"))
    return {
        "view": view, "views": ((VIEWS[0], _("The form")), (VIEWS[1], _("Rates and times"))),
        "columns": figure_cells.columns(view), "lines": figure_cells.lines(found, rows, view=view, asked=asked, behind=address),
        "cards": figure_cells.cards(found, asked=asked, behind=address), "total": found.total, "column": column, "sort": sort,
        "unsorted": query_without(request, "sort"), "unviewed": query_without(request, "view", "sort"),
    }  # fmt: skip


def _sort_key(row: FigureRow, column: str) -> Any:
    """Hidden counts and unknown rates stand at the low end, in no order of their own."""
    if column in row.hidden:
        return -1
    if column in row.counts:
        return row.counts[column]
    if column in row.rates:
        value = row.rates[column].value
        return -1 if value is None else value
    return {"people": row.people, "amount": row.amount, "half": row.half_days or 0, "most": row.most_days or 0}.get(column, row.name)  # fmt: skip


def _areas(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below where the actor reads."""
    homes = list(dict.fromkeys(grant.area for grant in actor.grants_for(Can.SEE_FIGURES)))
    base = chosen or (homes[0] if len(homes) == 1 else "")
    if not base:
        return [(row.path, row.name) for row in places.areas_at_level(1)]
    picked = [(chosen, places.full_name(chosen) or places.area(chosen).name)] if chosen else []
    below = [] if base.count("/") > 2 else places.children(base)
    return picked + [(row.path, row.name) for row in below]


@require_safe
@needs(Can.SEE_FIGURES)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    return _exported(request, asked_of(request), form)


@require_safe
@needs(Can.MEDIATE)
def own_export(request: HttpRequest, form: str) -> HttpResponseBase:
    return _exported(request, asked_of(request, is_own=True), form)


def _exported(request: HttpRequest, asked: Asked, form: str) -> HttpResponseBase:
    found = queries.figure_table(actor_of(request), asked)
    figures = queries.figure_definitions().values()
    headings: list[Any] = [queries.DIMENSIONS[asked.by].label]
    headings += [one.name for one in figures if not one.is_rate]
    headings += [_("People of those settled"), _("In dispute of those settled (yuan)")]
    for one in figures:
        if one.is_rate:
            headings += [f"{one.name} {words}" for words in (pgettext("column", "numerator"), pgettext("column", "denominator"), "%")]  # fmt: skip
    headings += [_("Days to agreement, half"), _("Days to agreement, nine in ten")]
    name = f"mediation-{asked.since:%Y%m%d}-{asked.until - DAY:%Y%m%d}"
    return table_download(headings, _cells(found, asked), name=name, form=form)


def _cells(found: queries.FigureTable, asked: Asked) -> Iterator[list[Any]]:
    few = f"<{asked.hide_below}"
    for row in (found.total, *found.rows):
        cells: list[Any] = [row.name or _("All together")]
        cells += [few if code in row.hidden else count for code, count in row.counts.items()]
        cells += [few, few] if "settled" in row.hidden else [row.people, row.amount]
        for rate in row.rates.values():
            cells += [few, few, ""] if rate.is_hidden else [rate.kept, rate.asked, "" if rate.value is None else rate.value]  # fmt: skip
        yield [*cells, "" if row.half_days is None else row.half_days, "" if row.most_days is None else row.most_days]  # fmt: skip


def _behind_of(request: HttpRequest, *, is_own: bool) -> Behind:
    figure = queries.figure_definitions().get(request.GET.get("figure", ""))
    asked = asked_of(request, is_own=is_own)
    if figure is None or asked.hide_below:
        raise OutOfReach
    part, key = request.GET.get("part", ""), request.GET.get("key")
    return Behind(
        figure, asked, None if key is None else key[:60].replace("\0", ""), part if part in queries.PARTS else "asked",
        text=request.GET.get("q", "").replace("\0", "").strip()[:60], oldest_first=request.GET.get("sort") == "old",
    )  # fmt: skip


@require_safe
@needs(Can.SEE_FIGURES)
def behind(request: HttpRequest) -> HttpResponse:
    """反查: the disputes a figure was counted from."""
    return _list_behind(request, is_own=False)


@require_safe
@needs(Can.MEDIATE)
def own_behind(request: HttpRequest) -> HttpResponse:
    return _list_behind(request, is_own=True)


def _list_behind(request: HttpRequest, *, is_own: bool) -> HttpResponse:
    asked = _behind_of(request, is_own=is_own)
    page, lines = queries.page_behind(
        actor_of(request), asked, at=timezone.now(), **page_asked(request)
    )
    names = ("disputes:own-figures", "disputes:own-figures-behind-export") if is_own else ("disputes:figures", "disputes:figures-behind-export")  # fmt: skip
    parts = (("asked", _("Denominator")), ("kept", _("Numerator")), ("missed", _("Not in the numerator")))  # fmt: skip
    context = {
        "behind": asked, "page": page, "lines": lines, "parts": parts if asked.figure.is_rate else (), "back_url": reverse(names[0]),
        "export_name": names[1], "row_name": _row_name(asked), "last": asked.asked.until - DAY,
        "again": query_without(request, "after", "before"), "unparted": query_without(request, "after", "before", "part"),
        "unsorted": query_without(request, "after", "before", "sort"), "back": query_without(request, "after", "before", "part", "figure", "key", "q", "sort"),
        "hidden_fields": [(name, value) for name, value in request.GET.items() if name not in {"q", "after", "before"}],
    }  # fmt: skip
    return render(request, "disputes/figures_behind.html", context)


def _row_name(asked: Behind) -> str:
    if not asked.key:
        return ""
    return queries.row_name(asked.asked.by, asked.key)


@require_safe
@needs(Can.SEE_FIGURES)
def behind_export(request: HttpRequest, form: str) -> HttpResponseBase:
    return _exported_behind(request, form, is_own=False)


@require_safe
@needs(Can.MEDIATE)
def own_behind_export(request: HttpRequest, form: str) -> HttpResponseBase:
    return _exported_behind(request, form, is_own=True)


def _exported_behind(request: HttpRequest, form: str, *, is_own: bool) -> HttpResponseBase:
    asked = _behind_of(request, is_own=is_own)
    headings = [
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), _("Mediation body"),
        pgettext("column", "state"), _("Outcome"), pgettext("column", "opened on"), _("Agreed at"), _("Performed on"),
    ]  # fmt: skip
    lines = queries.rows_behind(actor_of(request), asked, at=timezone.now())
    return table_download(headings, lines, name=f"{asked.figure.code}-{asked.part}", form=form)
