"""The matters behind a figure."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs
from gongzhi.insight import queries
from gongzhi.insight.capabilities import Can
from gongzhi.insight.pages import door
from gongzhi.insight.pages.analyses import note_export
from gongzhi.insight.rules.slices import Slice
from gongzhi.matters.capabilities import Can as Matters

MONTHS = 12


@require_safe
@needs(Can.VIEW)
def matters(request: HttpRequest) -> HttpResponseBase:
    by, problem = door.slice_asked(request, months=MONTHS)
    page = request.GET.get("page", "1")

    def make() -> HttpResponse:
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        listed = queries.listed(actor_of(request), by, page=number, at=timezone.now())
        context = {
            "tabs": door.tabs(""), "listed": listed, "by": by, "problem": problem, "words": _words(by),
            "next": "?" + door.address_of(request, "page", page=str(listed.page + 1)) if listed.has_more else "",
            "previous": "?" + door.address_of(request, "page", page=str(listed.page - 1)) if listed.page > 1 else "",
            "again": door.address_of(request, "page"), "can_export": actor_of(request).can(Matters.EXPORT),
        }  # fmt: skip
        return render(request, "insight/matters.html", context)

    return door.answered(request, "", make)


def _words(by: Slice) -> list[tuple[str, str]]:
    """Say in words which matters these are."""
    names, dims, measures = queries.Names(on=by.until), queries.dimensions(), queries.measures()
    said = [(_("Reported"), f"{by.since} – {by.until}")]
    if by.area:
        said.append((_("Area"), names.of("grid", by.area)))
    said += [(dims[dim], names.of(dim, value)) for dim, value in by.where]
    said += [(_("Counted as"), measures[name].title) for name in by.inside]
    said += [(_("Not counted as"), measures[name].title) for name in by.outside]
    return said


@require_safe
@needs(Matters.EXPORT)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    by, _problem = door.slice_asked(request, months=MONTHS)

    def make() -> Any:
        rows = queries.listed_for_export(actor_of(request), by, at=timezone.now())
        first = list(rows)
        note_export(actor_of(request), "matters", by, form, at=timezone.now())
        return table_download(
            _headings(),
            map(_cells, first),
            name=f"{_('Matters')}-{timezone.localdate()}",
            form=form,
        )

    return door.answered(request, "", make)


def _headings() -> list[str]:
    return [
        pgettext("column", "number"), pgettext("column", "title"), pgettext("column", "item"), pgettext("column of matters", "state"),
        pgettext("column of matters", "place"), pgettext("column", "reported through"), pgettext("column", "reported at"),
        pgettext("column", "closed at"),
    ]  # fmt: skip


def _cells(row: Any) -> list[Any]:
    return [
        row.number,
        row.title,
        row.item,
        row.state_label,
        row.place,
        row.source,
        row.reported_at,
        row.closed_at,
    ]
