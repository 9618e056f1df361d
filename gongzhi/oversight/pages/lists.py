"""Lists of what presses: urged matters 催办, suspended and extended ones 挂账 延期, old ones 积案."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.matters import queries as matters
from gongzhi.oversight import queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.pages.door import area_asked, areas_to_choose, send_table, tabs

STATES: dict[str, tuple[str, ...]] = {
    "approved": ("approved",),
    "asked": ("asked", "first_approved"),
    "refused": ("refused",),
}


def _narrowing(request: HttpRequest) -> dict[str, Any]:
    area = area_asked(request)
    return {"area": area, "areas": areas_to_choose(actor_of(request), area), "again": query_without(request, "after", "before")}  # fmt: skip


@require_safe
@needs(Can.VIEW)
def urged(request: HttpRequest) -> HttpResponse:
    by = matters.Filter(area=area_asked(request))
    page, rows = matters.urged(actor_of(request), by=by, at=timezone.now(), **page_asked(request))
    context = {"tabs": tabs("urged"), "page": page, "rows": rows, **_narrowing(request)}
    return render(request, "oversight/urged.html", context)


@require_safe
@needs(Can.VIEW)
def export_urged(request: HttpRequest, form: str) -> HttpResponseBase:
    by = matters.Filter(area=area_asked(request))
    found = matters.urged_for_export(actor_of(request), by=by, at=timezone.now())
    rows = (
        [u.row.number, u.row.title, u.row.place, u.row.state_label, u.row.party, u.row.face.words, u.count, u.last_at, u.last_by, u.last_note]
        for u in found
    )  # fmt: skip
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "state"),
        pgettext("column", "unit name"), pgettext("column", "clock"), pgettext("column", "times urged"),
        pgettext("column", "last urged at"), pgettext("column", "by"), pgettext("column", "words"),
    )  # fmt: skip
    return send_table(request, form, name="urged", title=_("Urged matters"), columns=columns, rows=rows)  # fmt: skip


def _held_asked(request: HttpRequest) -> dict[str, Any]:
    nature, state = request.GET.get("nature", ""), request.GET.get("state", "")
    return {
        "nature": nature if nature in {"suspension", "extension"} else "suspension",
        "states": STATES.get(state, STATES["approved"]),
        "area": area_asked(request),
    }


@require_safe
@needs(Can.VIEW)
def held(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), _held_asked(request)
    page, rows = matters.held(actor, at=timezone.now(), **asked, **page_asked(request))
    counts = matters.held_counts(actor)
    state = next(name for name, states in STATES.items() if states == asked["states"])
    context = {
        "tabs": tabs("held"), "page": page, "rows": rows, "nature": asked["nature"], "state": state,
        "natures": [
            (name, label, sum(counts.get((name, one), 0) for one in STATES["approved"]))
            for name, label in (("suspension", _("Suspended")), ("extension", _("Extended")))
        ],
        "choices": [("approved", _("Granted")), ("asked", _("Waiting for a decision")), ("refused", _("Refused"))],
        **_narrowing(request),
    }  # fmt: skip
    return render(request, "oversight/held.html", context)


@require_safe
@needs(Can.VIEW)
def export_held(request: HttpRequest, form: str) -> HttpResponseBase:
    found = matters.held_for_export(actor_of(request), at=timezone.now(), **_held_asked(request))
    rows = (
        [h.row.number, h.row.title, h.row.place, h.row.party, h.reason, h.by, h.asked_at, h.decided_at, h.until, h.due_at, h.extension_count]
        for h in found
    )  # fmt: skip
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "unit name"),
        pgettext("column", "reason"), pgettext("column", "asked by"), pgettext("column", "asked at"),
        pgettext("column", "decided at"), pgettext("column", "suspended until"), pgettext("column", "stage due"),
        pgettext("column", "times extended"),
    )  # fmt: skip
    return send_table(request, form, name="held", title=_("Suspended and extended matters"), columns=columns, rows=rows)  # fmt: skip


@require_safe
@needs(Can.VIEW)
def ageing(request: HttpRequest) -> HttpResponse:
    actor, at, area = actor_of(request), timezone.now(), area_asked(request)
    on, band = timezone.localdate(at), request.GET.get("band", "")
    by = queries.band_filter(band, area=area, on=on)
    page, rows = matters.oldest_open(actor, by=by, at=at, **page_asked(request))
    owners = queries.owners_of([row.id for row in rows])
    context = {
        "tabs": tabs("ageing"), "page": page, "bands": queries.ageing(actor, area=area, at=at), "band": band,
        "rows": [(row, (on - timezone.localdate(row.reported_at)).days, owners.get(row.id)) for row in rows],
        "can_name": actor.can(Can.NAME_OWNER), **_narrowing(request),
    }  # fmt: skip
    return render(request, "oversight/ageing.html", context)


@require_safe
@needs(Can.VIEW)
def export_ageing(request: HttpRequest, form: str) -> HttpResponseBase:
    at = timezone.now()
    on = timezone.localdate(at)
    by = queries.band_filter(request.GET.get("band", ""), area=area_asked(request), on=on)
    found = matters.oldest_for_export(actor_of(request), by=by, at=at)
    rows = (
        [r.number, r.title, r.item, r.place, r.state_label, r.party, r.reported_at, (on - timezone.localdate(r.reported_at)).days, r.face.words]
        for r in found
    )  # fmt: skip
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "item"), pgettext("column", "place"),
        pgettext("column", "state"), pgettext("column", "unit name"), pgettext("column", "reported at"),
        pgettext("column", "days open"), pgettext("column", "clock"),
    )  # fmt: skip
    return send_table(request, form, name="ageing", title=_("Old matters"), columns=columns, rows=rows)  # fmt: skip
