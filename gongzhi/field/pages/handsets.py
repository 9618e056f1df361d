"""The list of handsets, and one's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Refused
from gongzhi.base.pages import actor_of, needs, page_asked, page_of_ours, query_without
from gongzhi.field import actions, queries
from gongzhi.field.capabilities import Can


@require_safe
@needs(Can.REVOKE)
def handsets(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    asked = {"text": request.GET.get("q", ""), "state": request.GET.get("state", "")}
    if form := request.GET.get("format"):
        rows = queries.handset_rows(
            queries.handsets(actor, **asked).order_by("-seen_at").iterator(2000)
        )
        return table_download(_headings(), rows, name="handsets", form=form, title=_("Handsets"))
    page = queries.handsets_page(actor, **asked, **page_asked(request))
    context = {
        **asked, "page": page, "rows": [(row, queries.places_name(row.area_path)) for row in page.rows],
        "states": queries.HANDSET_STATES, "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "field/handset_list.html", context)


@require_safe
@needs(Can.USE)
def mine(request: HttpRequest) -> HttpResponse:
    rows = queries.own_handsets(actor_of(request))
    return render(request, "field/my_handsets.html", {"rows": rows})


@require_POST
@needs(Can.REVOKE, Can.USE)
def revoke(request: HttpRequest, handset_id: UUID) -> HttpResponse:
    at_once = request.POST.get("how") == "wipe"
    try:
        row = actions.revoke(
            handset_id=handset_id, at_once=at_once, actor=actor_of(request), at=timezone.now()
        )
    except Refused as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _said(row, at_once=at_once))
    return redirect(page_of_ours(request.POST.get("next", ""), "/setup/handsets"))


def _said(row: Any, *, at_once: bool) -> str:
    words = (
        _("“{name}” removes its data at its next contact.")
        if at_once
        else _("“{name}” sends what is unsent at its next contact and then removes its data.")
    )
    return words.format(name=row.name)


def _headings() -> list[str]:
    return [
        _("Officer"), _("Area"), _("Device"), _("System"), _("App version"), _("Last contact"), _("Registered"),
        _("Clock wrong by (s)"), _("Unsent"), _("State"),
    ]  # fmt: skip
