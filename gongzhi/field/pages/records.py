"""What handsets sent and could not be done at once; quick mediations."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.field import actions, queries
from gongzhi.field.capabilities import Can


@require_safe
@needs(Can.RECORDS)
def records(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    asked = {name: request.GET.get(key, "") for name, key in (("text", "q"), ("state", "state"), ("kind", "kind"))}  # fmt: skip
    if form := request.GET.get("format"):
        found = queries.records(actor, **asked).order_by("-received_at")
        rows = queries.record_rows(found.iterator(2000))
        return table_download(
            _headings(), rows, name="field-records", form=form, title=_("Field records")
        )
    page = queries.records_page(actor, **asked, **page_asked(request))
    context = {
        **asked, "page": page, "rows": [(row, queries.places_name(row.area_path)) for row in page.rows],
        "states": queries.RECORD_STATES, "kinds": queries.RECORD_KINDS,
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "field/record_list.html", context)


@require_safe
@needs(Can.RECORDS)
def record(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    found = queries.record(actor_of(request), operation_id)
    return render(request, "field/record.html", {"record": found, "photos": _photos(found.photos)})


@require_safe
@needs(Can.MEDIATIONS, Can.USE)
def mediations(request: HttpRequest) -> HttpResponseBase:
    actor, text = actor_of(request), request.GET.get("q", "")
    if form := request.GET.get("format"):
        found = queries.mediations(actor, text=text).order_by("-made_at")
        rows = queries.mediation_rows(found.iterator(2000))
        return table_download(
            _mediation_headings(), rows, name="mediations", form=form, title=_("Quick mediations")
        )
    page = queries.mediations_page(actor, text=text, **page_asked(request))
    context = {
        "page": page, "rows": [(row, queries.places_name(row.area_path)) for row in page.rows],
        "text": text, "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "field/mediation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEDIATIONS, Can.USE)
def mediation(request: HttpRequest, mediation_id: int) -> HttpResponse:
    """Show a mediation; its parties after a reason was given."""
    row, photos = queries.mediation(actor_of(request), mediation_id)
    context: dict[str, Any] = {
        "row": row, "place": queries.places_name(row.area_path), "photos": _photos(photos), "parties": None, "problem": "",
        "dispute": actions.handed_number(row),
    }  # fmt: skip
    if request.method == "POST":
        try:
            context["parties"] = actions.see_parties(
                mediation_id=row.pk, reason=request.POST.get("reason", ""), actor=actor_of(request), at=timezone.now()
            )  # fmt: skip
        except Invalid as trouble:
            context["problem"] = str(trouble)
    status = 422 if context["problem"] else 200
    answer = render(request, "field/mediation.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _photos(links: list[Any]) -> list[dict[str, str]]:
    return [
        {"url": link.url, "thumb_url": link.thumb_url, "kind": link.kind, "words": ""}
        for link in links
    ]


def _headings() -> list[str]:
    return [
        _("Received"), _("Recorded"), _("By the device's clock"), _("Officer"), _("Area"), _("Kind"), _("State"), _("What happened"),
        _("Record"),
    ]  # fmt: skip


def _mediation_headings() -> list[str]:
    return [
        _("Number"), _("Recorded"), _("Area"), _("Address"), _("Officer"), _("To be kept by"), _("Signed"),
    ]  # fmt: skip
