"""Charts of an area, each with its table and its files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs
from gongzhi.command import queries
from gongzhi.command.capabilities import Can
from gongzhi.command.pages.door import area_of
from gongzhi.places.queries import AreaRow, area


def _area(request: HttpRequest) -> AreaRow:
    """Return the area asked for, of a grid its village: figures are kept down to there."""
    return area(queries.board_area(area_of(request)))


@require_safe
@needs(Can.VIEW)
def charts(request: HttpRequest) -> HttpResponse:
    actor, at, row = actor_of(request), timezone.now(), _area(request)
    context = {
        "area": queries.place_of(row),
        "crumbs": queries.crumbs(actor, row),
        "charts": queries.charts(actor, row, at=at),
        "now": at,
    }
    return render(request, "command/charts.html", context)


@require_safe
@needs(Can.VIEW)
def download(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    at, row = timezone.now(), _area(request)
    chart = queries.chart(actor_of(request), row, code, at=at)
    if chart is None or form not in {"csv", "xlsx"}:
        raise Http404
    name = f"{row.name}-{chart.title}-{timezone.localdate(at):%Y%m%d}"
    return table_download(chart.headings, chart.rows, name=name, form=form, title=chart.title)
