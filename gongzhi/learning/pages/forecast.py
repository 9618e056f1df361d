"""Tomorrow's and next week's load: chart, towns, groups, errors, and the file."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs
from gongzhi.learning import queries
from gongzhi.learning.capabilities import Can
from gongzhi.learning.pages import door

FORMS = ("csv", "xlsx")
LOOK_BACK_DAYS = 7


@require_safe
@needs(Can.VIEW)
def forecast(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    version = queries.newest_forecast()
    context: dict[str, Any] = {"tabs": door.tabs("forecast"), "version": version}
    if version is None or not version.series_count:
        return render(request, "learning/forecast.html", context | _too_short(version))
    area, group = door.area_asked(request, actor), _group_asked(request, version)
    if not queries.covers(actor, area):
        raise OutOfReach
    context |= _figures(actor, version, area, group)
    return render(request, "learning/forecast.html", context)


def _too_short(version: Any) -> dict[str, Any]:
    if version is None:
        return {}
    days = (version.cutoff - version.since).days + 1 if version.since else 0
    return {"days": days, "needed": version.needed_days}


def _group_asked(request: HttpRequest, version: Any) -> str:
    group = request.GET.get("group", "")[:8]
    return group if group in queries.group_names(version.cutoff) else ""


def _figures(actor: Actor, version: Any, area: str, group: str) -> dict[str, Any]:
    found = queries.chart(actor, version, area_path=area, item_class=group)
    earlier, past = queries.looked_back(
        actor, version, area_path=area, item_class=group, days=LOOK_BACK_DAYS
    )
    is_city = area == queries.city_path()
    return {
        "chart": found, "line": found.line, "area": area, "group": group,
        "whole": found.line if not group else queries.whole(actor, version, area_path=area),
        "areas": door.areas_to_choose(actor), "groups": queries.group_names(version.cutoff).items(),
        "towns": queries.of_towns(actor, version, item_class=group) if is_city else [],
        "lines": queries.of_groups(actor, version, area_path=area), "earlier": earlier, "past": past,
        "inside": sum(day.is_inside for day in past),
        "past_came": sum(day.came for day in past), "past_told": sum(day.told for day in past),
        "today": version.cutoff + timedelta(days=1), "tomorrow": version.cutoff + timedelta(days=2),
        "week_until": version.cutoff + timedelta(days=8), "percent": round(version.plan["interval_percent"]),
        "parameters": queries.parameters_of("forecast", on=door.today()), "is_city": is_city,
        "past_list": _list_of(area, group, version.cutoff - timedelta(days=6), version.cutoff),
    }  # fmt: skip


def _list_of(area: str, group: str, since: Any, until: Any) -> str:
    """Return the address of the matters that were counted (反查)."""
    return queries.behind_address(
        "valid", area_path=area, since=since, until=until, item_class=group
    )


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with every series within reach, a line a day, with the errors beside it."""
    actor, version = actor_of(request), queries.newest_forecast()
    if form not in FORMS or version is None:
        raise OutOfReach
    headings = [
        _("Area"), _("Group"), _("Day"), _("Expected"), pgettext("interval", "From"), pgettext("interval", "To"), _("Method"),
        _("Error, % of what came"), _("Error of “as a week ago”, %"), _("Relative error"),
    ]  # fmt: skip
    audit.record(
        actor=actor, verb="learning.export_forecast", subject=f"forecast:{version.pk}", at=timezone.now(),
        detail={"form": form},
    )  # fmt: skip
    name = _("Forecast to {day}").format(day=version.cutoff.isoformat())
    return table_download(headings, queries.all_lines(actor, version), name=name, form=form)
