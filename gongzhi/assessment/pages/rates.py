"""The table of rates, the matters behind a figure, and what each rate means."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.assessment import queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.pages import door
from gongzhi.assessment.queries import Asked, Behind
from gongzhi.assessment.rules import Period, Span, following, previous, year_before
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.places import queries as places


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks to see; what it does not say follows from where the reader works."""
    actor, families = actor_of(request), [family.code for family in queries.families()]
    within = door.area_asked(request) or ("" if door.is_bound(actor) else door.home_of(actor))
    by, family, post = (request.GET.get(name, "") for name in ("by", "family", "post"))
    by = by if by in queries.DIMENSIONS else _dimension(actor, within)
    posts = queries.posts()
    return Asked(
        door.period_asked(request), by=by, family=family if family in families[:-1] else families[0],
        post=post if post in posts else next(iter(posts)), within=within, text=door.text_asked(request),
        sort=request.GET.get("sort", "")[:30], page=door.number_asked(request, "page", 1),
    )  # fmt: skip


def _dimension(actor: Actor, within: str) -> str:
    """Return the level below the area that is looked at."""
    if door.is_bound(actor):
        return "unit"
    return {0: "town", 1: "town", 2: "village"}.get(within.count("/"), "grid")


@require_safe
@needs(Can.VIEW)
def table(request: HttpRequest) -> HttpResponse:
    asked, actor = asked_of(request), actor_of(request)
    is_awaited = door.is_awaited(request, asked.period)
    found = None if is_awaited else queries.rate_table(actor, asked, at=timezone.now())
    context = {
        **_frame(request, asked), "table": found, "rows": found.rows if found else [], "is_awaited": is_awaited, "families": queries.families()[:-1],
        "dimensions": queries.DIMENSIONS.items(), "posts": queries.posts().values(), "spans": queries.SPANS.items(),
        "areas": door.areas_to_choose(actor, asked.within), "standing": _standing(asked.within),
        "words_before": queries.period_words(previous(asked.period)), "words_year": queries.period_words(year_before(asked.period)),
        "is_unsettled": asked.period.until > door.today(),
    }  # fmt: skip
    return render(request, "assessment/rates.html", context)


def _frame(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    period = asked.period
    later = _later(period)
    return {
        "tabs": door.tabs(request, "rates"), "asked": asked, "period": period,
        "period_words": queries.period_words(period), "range_words": queries.range_words(period),
        "filters": query_without(request, "page"), "unsorted": query_without(request, "page", "sort"),
        "earlier": _moved(request, previous(period)), "later": _moved(request, later) if later else "",
        "column": asked.sort.removeprefix("-"), "kept": _kept(asked),
    }  # fmt: skip


def _later(period: Period) -> Period | None:
    """Return the period after, unless it has not begun."""
    return None if period.until > door.today() else following(period)


def _moved(request: HttpRequest, period: Period) -> str:
    query: QueryDict = request.GET.copy()
    for name in ("page", "on", "since", "last", "span"):
        query.pop(name, None)
    return f"{query.urlencode()}&{_period_query(period)}"


def _period_query(period: Period) -> str:
    if period.span == Span.CUSTOM:
        return urlencode({"span": "custom", "since": str(period.since), "last": str(period.last)})
    return urlencode({"span": period.span.value, "on": str(period.since)})


def _kept(asked: Asked) -> str:
    """Return the part of an address that says what a figure was counted from."""
    said = {"by": asked.by, "post": asked.post if asked.by == "post" else "", "area": asked.within}
    return f"{_period_query(asked.period)}&{urlencode({key: value for key, value in said.items() if value})}"


def _standing(path: str) -> str:
    return places.full_name(path) or places.area(path).name if path else ""


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = asked_of(request)
    lines = queries.rate_lines(actor_of(request), asked, at=timezone.now())
    headings = [str(queries.DIMENSIONS[asked.by]), pgettext("column", "matters")]
    kept, of = pgettext("column", "numerator"), pgettext("column", "denominator")
    before, year = pgettext("column", "against the period before"), pgettext("column", "against the year before")  # fmt: skip
    for rate in asked.shown:
        headings += [f"{rate.name} {words}" for words in (kept, of, "%", before, year)]
    rows = ([line[0] or _("All together"), *line[1:]] for line in lines)
    return table_download(headings, rows, name=f"rates-{asked.period.since:%Y%m%d}", form=form)


def behind_of(request: HttpRequest) -> Behind:
    rate = queries.rate_of(request.GET.get("rate", ""))
    if rate is None:
        raise OutOfReach
    part, key = request.GET.get("part", ""), request.GET.get("key", "")[:60]
    asked = asked_of(request)
    if asked.dimension in {"unit", "department", "item"} and not key.isdigit():
        key = ""
    return Behind(rate, asked, key or None, part if part in queries.PARTS else "asked")


@require_safe
@needs(Can.VIEW)
def matters(request: HttpRequest) -> HttpResponse:
    """反查: every figure of the table opens the list it was counted from."""
    behind, at = behind_of(request), timezone.now()
    page, lines = queries.page_behind(actor_of(request), behind, at=at, **page_asked(request))
    missed = _("These cost the rate") if behind.rate.is_better_high else _("Not in the numerator")
    labels = {**queries.PARTS, "missed": missed}
    if not behind.rate.is_better_high:
        labels["kept"] = _("Numerator: these cost the rate")
    context = {
        **_frame(request, behind.asked), "behind": behind, "page": page, "lines": lines, "labels": labels.items(),
        "again": query_without(request, "after", "before"), "unparted": query_without(request, "after", "before", "part"),
        "back": query_without(request, "after", "before", "part", "rate", "key"),
    }  # fmt: skip
    return render(request, "assessment/matters.html", context)


@require_safe
@needs(Can.VIEW)
def matters_export(request: HttpRequest, form: str) -> HttpResponseBase:
    behind = behind_of(request)
    headings = [
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "handling unit"),
        pgettext("column", "state"), pgettext("column", "reported at"), pgettext("column", "closed at"),
    ]  # fmt: skip
    lines = queries.lines_behind(actor_of(request), behind, at=timezone.now())
    return table_download(headings, lines, name=f"{behind.rate.code}-{behind.part}", form=form)


@require_safe
@needs(Can.VIEW)
def definitions(request: HttpRequest) -> HttpResponse:
    context = {
        "tabs": door.tabs(request, "rates"), "families": queries.families(), "rates": queries.rates().values(),
        "tallies": queries.tallies().values(), "natures": queries.finding_natures().values(),
    }  # fmt: skip
    return render(request, "assessment/definitions.html", context)
