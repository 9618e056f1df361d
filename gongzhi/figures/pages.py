"""The list of the matters behind a figure."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs, page_asked, query_without, text_asked
from gongzhi.figures import queries
from gongzhi.figures.capabilities import Can
from gongzhi.figures.forms import behind_from
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.places import queries as places


@require_safe
@needs(Can.VIEW)
def behind(request: HttpRequest) -> HttpResponse:
    actor, at, asked = actor_of(request), timezone.now(), _asked(request)
    oldest_first = request.GET.get("sort") == "old"
    page, rows = queries.behind_page(
        actor, asked, at=at, oldest_first=oldest_first, **page_asked(request)
    )
    context = {
        "asked": asked, "title": _title(asked), "page": page, "rows": rows, "at": at, "oldest_first": oldest_first,
        "count": queries.behind_count(actor, asked, at=at), "most": queries.MOST_COUNTED,
        "again": query_without(request, "after", "before"), "kept": query_without(request, "after", "before", "sort"),
        "narrowed": _narrowed(asked), "text": request.GET.get("q", "")[:20],
        "problem": matters.number_problem(request.GET.get("q", "")[:20]),
        "hidden": [(name, value) for name, value in request.GET.items() if name not in {"q", "after", "before"}],
        "can_export": actor.can(Matters.EXPORT),
    }  # fmt: skip
    return render(request, "figures/behind.html", context)


@require_safe
@needs(Matters.EXPORT)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    if form not in {"xlsx", "csv"}:
        raise Http404
    actor, at, asked = actor_of(request), timezone.now(), _asked(request)
    about = {"filter": request.GET.urlencode()[:500], "form": form}
    audit.record(actor=actor, verb="figures.export", subject=f"figure:{asked.what}", at=at, detail=about)  # fmt: skip
    cells = (_cells(row) for row in queries.behind_rows(actor, asked, at=at))
    title = _title(asked)
    return table_download(
        _headings(), cells, name=f"{title}-{timezone.localdate()}", form=form, title=title
    )


def _asked(request: HttpRequest) -> queries.Behind:
    asked = behind_from(request.GET.dict())
    if not asked.is_known:
        raise Http404
    text = text_asked(request, most=20)
    return replace(asked, number=matters.whole_number(text) or text) if text else asked


def _title(asked: queries.Behind) -> str:
    title = str(queries.WORDS.get(asked.what, _("Matters")))
    if asked.without:
        title = _("{title}, without: {without}").format(
            title=title, without=queries.WORDS[asked.without]
        )
    return title


def _narrowed(asked: queries.Behind) -> list[str]:
    """Say in words what the list is narrowed to."""
    by, words = asked.by, []
    if by.area:
        words.append(places.full_name(by.area) or by.area)
    if by.since or by.until:
        words.append(
            _("reported {since} to {until}").format(since=by.since or "…", until=by.until or "…")
        )
    if asked.on:
        words.append(_("closed on {day}").format(day=asked.on))
    return words


def _headings() -> list[Any]:
    return [
        _("Number"), _("Title"), _("State"), _("Place"), _("Item"), pgettext("figures", "Unit"), _("Reported at"),
        _("To be handled by"), _("Handled at"), _("In time"), _("Closed at"), _("Hours"), _("Rating"),
    ]  # fmt: skip


def _cells(row: queries.BehindRow) -> list[Any]:
    rated = {3: _("Solved"), 2: _("Half solved"), 1: _("Not solved")}
    kept = {True: _("yes"), False: _("no")}
    return [
        row.number, row.title, row.state, row.place, row.item, row.unit, row.reported_at, row.handle_due_at, row.handled_at,
        kept.get(row.handled_in_time, "") if row.handled_in_time is not None else "", row.closed_at,
        None if row.hours is None else round(row.hours, 1), rated.get(row.rating or 0, ""),
    ]  # fmt: skip
