"""The overview and every analysis: filters, chart, table, map, file."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs
from gongzhi.insight import queries
from gongzhi.insight.capabilities import Can
from gongzhi.insight.pages import door
from gongzhi.insight.rules.slices import Slice

FORMS = ("csv", "xlsx")


@require_safe
@needs(Can.VIEW)
def overview(request: HttpRequest) -> HttpResponseBase:
    by, _problem = door.slice_asked(request, months=13)

    def make() -> HttpResponse:
        state = queries.state()
        shown = queries.SHOWN["trend"].show(actor_of(request), by, {})
        context = {
            "tabs": door.tabs("overview"), "state": state, "as_of": shown.as_of, "analyses": [(row, queries.SHOWN[code].icon) for code, row in queries.analyses().items()],
            "chart": next(iter(shown.charts), None), "views": queries.views_page(actor_of(request))[:8],
            "measures": queries.measures().values(),
        }  # fmt: skip
        return render(request, "insight/overview.html", context)

    return door.answered(request, "overview", make)


@require_safe
@needs(Can.VIEW)
def analysis(request: HttpRequest, code: str) -> HttpResponseBase:
    row, options, by, problem = _asked(request, code)

    def make() -> HttpResponse:
        shown = queries.SHOWN[code].show(actor_of(request), by, options)
        context = {
            "tabs": door.tabs(code), "row": row, "shown": shown, "problem": problem, "chosen": options,
            "options": queries.SHOWN[code].options, "again": door.address_of(request),
            "asked": [(option, options[option.name]) for option in queries.SHOWN[code].options],
            **door.filters_of(request, by),
        }  # fmt: skip
        return render(request, "insight/analysis.html", context)

    return door.answered(request, code, make)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    row, options, by, _problem = _asked(request, code)
    _known_form(form)

    def make() -> Any:
        shown = queries.SHOWN[code].show(actor_of(request), by, options)
        note_export(actor_of(request), code, by, form, at=timezone.now())
        answer: HttpResponse = file_of(shown, name=row.title, form=form)
        return answer

    return door.answered(request, code, make)


def file_of(shown: queries.Shown, *, name: str, form: str) -> Any:
    headings = [column.label for column in shown.columns]
    rows = ([cell.value for cell in line] for line in shown.rows)
    return table_download(
        headings, rows, name=f"{name}-{timezone.localdate(shown.as_of)}", form=form, title=name
    )


def note_export(actor: Actor, code: str, by: Slice, form: str, *, at: datetime) -> None:
    """Whoever takes a table away stands in the trail."""
    detail = {"asked": by.query(), "form": form}
    audit.record(
        actor=actor, verb="insight.export", subject=f"analysis:{code}", at=at, detail=detail
    )


def _known_form(form: str) -> None:
    if form not in FORMS:
        raise Http404


def _asked(
    request: HttpRequest, code: str
) -> tuple[queries.AnalysisRow, dict[str, str], Slice, str]:
    row, known = queries.analyses().get(code), queries.SHOWN.get(code)
    if row is None or known is None:
        raise Http404
    by, problem = door.slice_asked(request, months=known.months)
    asked = request.GET.dict()
    return row, {option.name: option.read(asked) for option in known.options}, by, problem
