"""A list as a file to take away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs
from gongzhi.matters import queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.pages.inbox import asked, box_named, titles


@needs(Can.EXPORT)
def export(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    if form not in {"xlsx", "csv"}:
        raise Http404
    which, at = box_named(name), timezone.now()
    by = queries.filter_from(request.GET)
    cells = (_cells(row) for row in queries.rows_for_export(which, actor_of(request), by=by, at=at))
    asked_for = {"filter": asked(request)[:500], "form": form}
    audit.record(
        actor=actor_of(request),
        verb="matters.export",
        subject=f"list:{which}",
        at=at,
        detail=asked_for,
    )
    title = titles()[which]
    name = f"{title}-{timezone.localdate()}"
    return table_download(_headings(), cells, name=name, form=form, title=title)


def _headings() -> list[str]:
    return [
        _("Number"), _("Title"), _("Kind"), _("Item"), _("State"), _("Place"), _("Address"), _("Reported through"),
        _("Whose move"), _("Clock"), _("Reported at"), _("Closed at"), _("Reports"), _("Reworked"), _("Rating"),
    ]  # fmt: skip


def _cells(row: queries.Row) -> list[Any]:
    rated = {3: _("Solved"), 2: _("Half solved"), 1: _("Not solved")}
    return [
        row.number, row.title, row.kind_name, row.item, row.state_label, row.place, row.address, row.source,
        row.party, row.face.words, row.reported_at, row.closed_at, row.report_count, row.rework_count,
        rated.get(row.rating or 0, ""),
    ]  # fmt: skip
