"""Premises: list, detail, form, map, labels, export, and what the label's code opens."""

from collections.abc import Iterator

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, blame, needs, page_asked, query_without
from gongzhi.places import actions, queries
from gongzhi.places.capabilities import Can
from gongzhi.places.forms import PremisesForm, starting_values
from gongzhi.places.pages import door

LABELS = 48  # a page of the list on two sheets of A4
MOST_LABELS = 480


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, where = door.filter_asked(request)
    sort = request.GET.get("sort", "code")
    page = queries.search_premises(actor, where=where, sort=sort, **page_asked(request))
    context = {
        "form": form,
        "where": where,
        "rows": [(row, queries.full_name(row.area_path)) for row in page.rows],
        "page": page,
        "again": query_without(request, "after", "before"),
        "filters": query_without(request, "after", "before", "sort"),
        "sort": sort,
        "count": queries.count_about(actor, where),
        "area": queries.area(where.area_path) if where.area_path else None,
        "can_manage": actor.can(Can.MANAGE),
    }
    return render(request, "places/premises_list.html", context)


@require_GET
@needs(Can.VIEW)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = queries.premises(actor, code)
    context = {
        "row": row,
        "above": queries.ancestors(row.area_path),
        "details": (row.details or {}).items(),
        "parts": queries.search_premises(
            actor, where=queries.PremisesFilter(parent_code=row.code), limit=20
        ).rows,
        "qr": qr_of(row.code),
        "can_manage": actor.can(Can.MANAGE),
    }
    return render(request, "places/premises_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def edit(request: HttpRequest, code: str = "") -> HttpResponse:
    row = queries.premises(actor_of(request), code) if code else None
    form = PremisesForm(request.POST or None, initial=starting_values(row) if row else None)
    if row is not None:
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.register(
                values=form.values(),
                on=door.today(),
                actor=actor_of(request),
                at=timezone.now(),
            )
            return redirect("places:premises", code=saved.code)
        except Invalid as error:
            blame(form, error)
    status = 422 if form.errors else 200
    return render(request, "places/premises_form.html", {"form": form, "row": row}, status=status)


@require_GET
@needs(Can.VIEW)
def on_map(request: HttpRequest) -> HttpResponse:
    form, _where = door.filter_asked(request)
    points = f"{reverse('places:map-premises')}?{query_without(request, 'bbox')}"
    filters = query_without(request)
    return render(
        request, "places/premises_map.html", {"form": form, "points": points, "filters": filters}
    )


@require_GET
@needs(Can.VIEW)
def labels(request: HttpRequest) -> HttpResponse:
    """Draw a sheet of labels to print: of the codes ticked, else of what the filters leave."""
    actor = actor_of(request)
    codes = request.GET.getlist("codes")[:MOST_LABELS]
    if codes:
        rows, page = queries.premises_with_codes(actor, codes), None
    else:
        _form, where = door.filter_asked(request)
        page = queries.search_premises(actor, where=where, limit=LABELS, **page_asked(request))
        rows = page.rows
    context = {
        "labels": [(row, queries.full_name(row.area_path), qr_of(row.code)) for row in rows],
        "page": page,
        "again": query_without(request, "after", "before"),
    }
    return render(request, "places/labels.html", context)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    _filters, where = door.filter_asked(request)
    rows: Iterator[list[object]] = queries.export_rows(actor_of(request), where)
    form = request.GET.get("format", "csv")
    return table_download(
        queries.EXPORT_COLUMNS, rows, name="premises", form=form, title=_("Premises")
    )


@require_GET
def behind_label(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a resident who scanned the label on a door: what this is, and how to report a problem here."""
    row = queries.premises_by_code(code)
    context = {"row": row, "area": queries.full_name(row.area_path)}
    return render(request, "places/behind_label.html", context)


def qr_of(code: str) -> SafeString:
    """Draw the label's code as SVG; level Q still reads with a quarter of it worn off."""
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}/p/{code}"
    drawn = segno.make(address, error="q", micro=False)
    svg: str = drawn.svg_inline(scale=1, border=2, omitsize=True, lineclass=None)
    return SafeString(svg)
