"""The area tree: list, detail with versions, renaming, closing, export."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.base.downloads import download, table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.places import actions, queries
from gongzhi.places.capabilities import Can
from gongzhi.places.forms import CloseForm, RenameForm
from gongzhi.places.pages import door


@require_GET
@needs(Can.VIEW)
def tree(request: HttpRequest) -> HttpResponse:
    on, text = door.day_asked(request), request.GET.get("q", "").strip()[:80]
    tops = queries.children("", on=on)
    context = {
        "on": on,
        "q": text,
        "found": queries.areas_named(text, on=on) if text else None,
        "tops": tops,
        "branches": [
            (row, len(queries.children(row.path, on=on))) for row in _first_level(tops, on)
        ],
        "counts": queries.level_counts(on=on),
        "can_manage": actor_of(request).can(Can.MANAGE),
    }
    return render(request, "places/area_tree.html", context)


def _first_level(tops: list[queries.AreaRow], on: date) -> list[queries.AreaRow]:
    return [row for top in tops for row in queries.children(top.path, on=on)]


@require_GET
@needs(Can.VIEW)
def branch(request: HttpRequest) -> HttpResponse:
    """Return the areas directly below one, for a branch of the tree that is opened."""
    on = door.day_asked(request)
    below = queries.children(queries.area(request.GET.get("path", "")).path, on=on)
    branches = [(row, len(queries.children(row.path, on=on))) for row in below]
    return render(request, "places/_branch.html", {"branches": branches, "on": on})


@require_GET
@needs(Can.VIEW)
def detail(request: HttpRequest, path: str) -> HttpResponse:
    return _detail(request, path, None, None)


def _detail(
    request: HttpRequest, path: str, closing: CloseForm | None, renaming: RenameForm | None
) -> HttpResponse:
    on, row = door.day_asked(request), queries.area(path)
    version = request.GET.get("version", "")
    context = {
        "area": row,
        "on": on,
        "level": queries.level_name(row.level),
        "above": queries.ancestors(path)[:-1],
        "below": queries.children(path, on=on),
        "versions": queries.versions_of(row.id),
        "version": int(version) if version.isdecimal() and len(version) < 5 else None,
        "replaced_by": [queries.area_by_code(code) for code in row.replaced_by],
        "can_manage": actor_of(request).can(Can.MANAGE),
        "closing": closing or CloseForm(initial={"on": door.today()}),
        "renaming": renaming or RenameForm(initial={"name": row.name}),
    }
    status = 422 if closing or renaming else 200
    return render(request, "places/area_detail.html", context, status=status)


@require_POST
@needs(Can.MANAGE)
def close(request: HttpRequest, path: str) -> HttpResponse:
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close(
                path=path, on=form.cleaned_data["on"], replaced_by=form.codes(),
                actor=actor_of(request), at=timezone.now(),
            )  # fmt: skip
            return redirect("places:area", path=path)
        except Invalid as error:
            blame(form, error)
    return _detail(request, path, form, None)


@require_POST
@needs(Can.MANAGE)
def rename(request: HttpRequest, path: str) -> HttpResponse:
    form = RenameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        actions.rename(path=path, name=name, actor=actor_of(request), at=timezone.now())
        return redirect("places:area", path=path)
    return _detail(request, path, None, form)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    on, within = door.day_asked(request), request.GET.get("within", "")[:240]
    kind = request.GET.get("format", "geojson")
    if kind == "geojson":
        pieces = queries.areas_as_features(within=within, on=on)
        return download(pieces, name="areas.geojson", kind="application/geo+json")
    # A cell of a workbook holds 32,767 characters: outlines do not fit, points do.
    width = len(queries.AREA_COLUMNS) - (kind == "xlsx")
    rows = (row[:width] for row in queries.area_rows(within=within, on=on))
    return table_download(
        queries.AREA_COLUMNS[:width], rows, name="areas", form=kind, title=_("Areas")
    )
