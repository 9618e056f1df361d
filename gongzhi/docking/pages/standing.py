"""How villages stand in 诉源治理: areas, each point with its two numbers and its source."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.base.pages import actor_of, needs, query_without
from gongzhi.docking import queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.pages.door import area_asked, areas_to_choose, send_table, tabs

YEAR = timedelta(days=364)


def _found(request: HttpRequest) -> list[queries.Standing]:
    today = timezone.localdate()
    return queries.standings(
        actor_of(request), since=today - YEAR, until=today, area=area_asked(request), on=today
    )


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponseBase:
    rows = _found(request)
    if form := request.GET.get("form"):
        return _table(request, form, rows)
    area, actor, today = area_asked(request), actor_of(request), timezone.localdate()
    context: dict[str, Any] = {
        "tabs": tabs("standing", actor), "rows": rows, "area": area, "areas": areas_to_choose(actor, area),
        "marks": queries.marks(on=today), "since": today - YEAR, "until": today, "again": query_without(request, "form"),
    }  # fmt: skip
    response: HttpResponse = render(request, "docking/standing.html", context)
    return response


def _table(request: HttpRequest, form: str, rows: list[queries.Standing]) -> HttpResponseBase:
    columns = (
        pgettext("column", "place"), pgettext("column", "disputes"), pgettext("column", "points"),
        *(mark for mark in dict.fromkeys(one.name for one in queries.marks(on=timezone.localdate()))),
    )  # fmt: skip
    lines = [
        (row.name, row.total, row.points, *(f"{one.part}/{one.whole}" for one in row.scores))
        for row in rows
        if row.is_told
    ]
    return send_table(request, form, name="standing", title=_("Standing of villages"), columns=columns, rows=lines)  # fmt: skip
