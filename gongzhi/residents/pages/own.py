"""My reports: the list, the export, and earlier ones that are claimed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, page_asked, query_without, text_asked
from gongzhi.matters import queries as matters
from gongzhi.residents import actions, queries
from gongzhi.residents.forms import ClaimForm
from gongzhi.residents.pages import door


@require_safe
@door.own_corner
def mine(request: HttpRequest, *, resident: Any) -> HttpResponse:
    by = _filter(request)
    rows, page = queries.own_page(resident, by=by, at=timezone.now(), **page_asked(request))
    context = {
        "account": resident, "rows": rows, "page": page, "by": by, "again": query_without(request, "after", "before"),
        "states": _states(by), "is_empty": not rows and by == queries.OwnFilter(),
    }  # fmt: skip
    return render(request, "residents/mine.html", context)


def _filter(request: HttpRequest) -> queries.OwnFilter:
    text = text_asked(request, most=60)
    return queries.OwnFilter(text, request.GET.get("state", "")[:10])


def _states(by: queries.OwnFilter) -> list[dict[str, Any]]:
    words = {
        "": _("All"), "open": _("Under way"), "ended": _("Ended"), "to_rate": _("To be rated"),
    }  # fmt: skip
    return [
        {"value": value, "label": label, "current": value == by.state}
        for value, label in words.items()
    ]


@require_safe
@door.own_corner
def export(request: HttpRequest, form: str, *, resident: Any) -> HttpResponseBase:
    headings = [
        _("Number"), _("Receipt code"), _("Problem"), _("Where it is"), _("Address"), _("State"), _("Reported"), _("Closed"),
        _("Rating"),
    ]  # fmt: skip
    at = timezone.now()
    rows = (
        [
            one.row.number, one.code, one.row.item or one.row.title, one.row.place, one.row.address, str(one.row.state_label),
            _minute(one.reported_at), _minute(one.row.closed_at), one.rating or "",
        ]
        for one in queries.own_export(resident, by=_filter(request), at=at)
    )  # fmt: skip
    return table_download(headings, rows, name=_("my reports"), form=form)


def _minute(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


@require_http_methods(["GET", "HEAD", "POST"])
@door.own_corner
def claim(request: HttpRequest, *, resident: Any) -> HttpResponse:
    """Add an earlier report by number and code."""
    form = ClaimForm(request.POST or None)
    status = 200
    if form.is_bound:
        status = _claimed(request, form, resident)
        if status == 302:
            return HttpResponseRedirect(door.HOME)
    return render(request, "residents/claim.html", {"form": form}, status=status)


def _claimed(request: HttpRequest, form: ClaimForm, resident: Any) -> int:
    if not form.is_valid():
        return 422
    if not door.may_try(request, at=timezone.now()):
        form.add_error(None, door.too_often())
        return 429
    number = form.cleaned_data["number"]
    if problem := matters.number_problem(number):
        form.add_error("number", problem)
        return 422
    try:
        actions.claim(
            resident=resident, number=matters.whole_number(number), code=form.cleaned_data["code"],
            actor=actor_of(request), at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        form.add_error(None, _("Number and code do not belong together. Look at the receipt."))
        return 404
    messages.success(request, _("The report stands in your list now."))
    return 302


@require_POST
@door.own_corner
def let_go(request: HttpRequest, number: str, *, resident: Any) -> HttpResponse:
    actions.let_go(resident=resident, number=number)
    messages.success(request, _("Taken out of your list. The matter itself goes on."))
    return HttpResponseRedirect(door.HOME)
