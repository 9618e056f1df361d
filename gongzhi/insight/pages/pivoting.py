"""The free pivot, and the questions that were kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, needs
from gongzhi.insight import actions, queries
from gongzhi.insight.capabilities import Can
from gongzhi.insight.pages import door
from gongzhi.insight.pages.analyses import file_of, note_export
from gongzhi.insight.rules import pivoting
from gongzhi.insight.rules.dims import DIMS
from gongzhi.insight.rules.measures import PIVOTED

MONTHS = 12
NOT_OFFERED = {"place"}  # too many to lie in a table


@require_safe
@needs(Can.VIEW)
def pivot(request: HttpRequest) -> HttpResponseBase:
    asked, (by, problem) = _asked(request), door.slice_asked(request, months=MONTHS)

    def make() -> HttpResponse:
        shown = queries.pivot(actor_of(request), by, asked)
        words, measures = queries.dimensions(), queries.measures()
        context = {
            "tabs": door.tabs("pivot"), "shown": shown, "problem": problem, "pivot": asked,
            "dims": [(code, words[code]) for code in DIMS if code not in NOT_OFFERED],
            "measures": [measures[code] for code in PIVOTED], "drawings": _drawings(), "again": door.address_of(request),
            "definitions": [measures[code] for code in asked.measures], "can_share": actor_of(request).can(Can.SHARE),
            **door.filters_of(request, by),
        }  # fmt: skip
        return render(request, "insight/pivot.html", context)

    return door.answered(request, "pivot", make)


def _asked(request: HttpRequest) -> pivoting.Pivot:
    return pivoting.read(dict(request.GET.lists()))


def _drawings() -> list[tuple[str, str]]:
    return [
        ("auto", _("as fits")), ("bars", _("bars")), ("columns", _("columns")), ("line", _("line")), ("map", _("map")),
        ("none", _("none")),
    ]  # fmt: skip


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    asked, (by, _problem) = _asked(request), door.slice_asked(request, months=MONTHS)

    def make() -> Any:
        shown = queries.pivot(actor_of(request), by, asked)
        note_export(actor_of(request), "pivot", by, form, at=timezone.now())
        return file_of(shown, name=_("Free pivot"), form=form)

    return door.answered(request, "pivot", make)


@require_safe
@needs(Can.VIEW)
def saved(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "tabs": door.tabs("saved"), "views": queries.views_page(actor), "me": actor.id, "can_share": actor.can(Can.SHARE)
    }  # fmt: skip
    return render(request, "insight/saved.html", context)


@require_POST
@needs(Can.VIEW)
def save(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    try:
        actions.save_view(
            name=request.POST.get("name", ""),
            query=query,
            actor=actor_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Kept. You find it under “Saved”."))
    except (Invalid, Refused) as trouble:
        messages.error(request, str(trouble))
    return redirect(f"{reverse('insight:pivot')}?{query[:2000]}")


@require_POST
@needs(Can.SHARE)
def share(request: HttpRequest, view_id: int) -> HttpResponse:
    actions.share_view(view_id=view_id, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("Shared: whoever works in your area can open it and sees what they may see.")
    )
    return redirect("insight:saved")


@require_POST
@needs(Can.VIEW)
def unshare(request: HttpRequest, view_id: int) -> HttpResponse:
    actions.unshare_view(view_id=view_id, actor=actor_of(request), at=timezone.now())
    return redirect("insight:saved")


@require_POST
@needs(Can.VIEW)
def forget(request: HttpRequest, view_id: int) -> HttpResponse:
    actions.forget_view(view_id=view_id, actor=actor_of(request))
    messages.success(request, _("Forgotten."))
    return redirect("insight:saved")
