"""Places over time: a chart with its table."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.assessment import queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.pages import door
from gongzhi.assessment.rules import Period, Span, bump_chart
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs, query_without
from gongzhi.places import queries as places

MOST_LINES = 40  # more cannot be told apart


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    series, chosen, found = _found(request)
    drawn = bump_chart([(row.name, row.ranks) for row in found.rows[:MOST_LINES]], periods=len(found.periods)) if found else None  # fmt: skip
    words = _period_words(found) if found else []
    rows = [{"row": row, "told": list(zip(row.scores, row.ranks, words, strict=True))} for row in found.rows] if found else []  # fmt: skip
    context = {
        "tabs": door.tabs(request, "league"), "rows": rows, "series": _choices(series), "chosen": chosen, "found": found,
        "chart": drawn, "words": words, "columns": list(zip(drawn.columns, words, strict=True)) if drawn else [],
        "again": query_without(request),
    }  # fmt: skip
    return render(request, "assessment/league.html", context)


def _found(request: HttpRequest) -> tuple[list[Any], str, Any]:
    actor = actor_of(request)
    series = queries.series(actor)
    named = {f"{code}:{path}:{span}": (code, path, span) for code, _name, path, span in series}
    asked = request.GET.get("of", "")
    chosen = asked if asked in named else next(iter(named), "")
    if not chosen:
        return series, "", None
    code, path, span = named[chosen]
    return series, chosen, queries.league(actor, code=code, area_path=path, span=span)


def _choices(series: list[Any]) -> list[tuple[str, str]]:
    return [
        (
            f"{code}:{path}:{span}",
            f"{name} · {places.area(path).name} · {queries.SPANS[Span(span)]}",
        )
        for code, name, path, span in series
    ]


def _period_words(found: Any) -> list[str]:
    return [queries.period_words(Period(Span(row.span), row.since, row.until)) for row in found.periods]  # fmt: skip


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    _series, _chosen, found = _found(request)
    headings = [pgettext("column", "name")]
    score, place = pgettext("column", "score"), pgettext("column", "position")
    for words in _period_words(found) if found else []:
        headings += [f"{words} {score}", f"{words} {place}"]
    rows = (
        [row.name, *(cell for pair in zip(map(_float, row.scores), row.ranks, strict=True) for cell in pair)]
        for row in (found.rows if found else [])
    )  # fmt: skip
    return table_download(headings, rows, name=_("places over time"), form=form)


def _float(number: Any) -> float | None:
    return None if number is None else float(number)
