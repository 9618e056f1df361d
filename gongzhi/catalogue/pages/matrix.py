"""The responsibility matrix with its tester, and the no-report list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.pages import actor_of, needs
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.capabilities import Can
from gongzhi.catalogue.forms import EndForm, NoReportForm, PlaceForm, ResponsibilityForm
from gongzhi.catalogue.pages.door import may_manage, today

ROWS = 100


@require_http_methods(["GET", "POST"])
@needs(Can.VIEW)
def matrix(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _matrix(request, ResponsibilityForm(initial={"valid_from": today()}), 200)
    form = ResponsibilityForm(request.POST)
    if not form.is_valid():
        return _matrix(request, form, 422)
    actions.make_responsible(row=form.row(), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The row is in the matrix."))
    return redirect("catalogue:matrix")


def _matrix(request: HttpRequest, form: ResponsibilityForm, status: int) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")
    rows = queries.matrix_lines(text, on=today(), after=int(after) if after.isdecimal() else 0)
    place = PlaceForm(request.GET) if "code" in request.GET else PlaceForm()
    context = {
        "rows": rows[:ROWS],
        "next": f"?q={text}&after={rows[ROWS - 1].row.id}" if len(rows) > ROWS else "",
        "q": text,
        "form": form,
        "place": place,
        "answer": _answer(place) if place.is_bound else None,
        "items": queries.items_in_force(today()),
        "towns": queries.towns(today()),
        "today": today(),
        "can_manage": may_manage(request),
    }
    return render(request, "catalogue/matrix.html", context, status=status)


def _answer(place: PlaceForm) -> dict[str, Any] | None:
    if not place.is_valid():
        return None
    values, now = place.cleaned_data, timezone.now()
    try:
        item = queries.item_named(values["code"], today())
    except ObjectDoesNotExist:
        place.add_error("code", _("There is no such item today; choose one from the list."))
        return None
    found = queries.responsible(
        item_id=item.id, area_path=values["area_path"], level=values["level"], on=today()
    )
    tip = queries.advice(item_id=item.id, area_path=values["area_path"], at=now)
    return {"item": item, "found": found, "tip": tip}


@require_POST
@needs(Can.MANAGE)
def end_responsibility(request: HttpRequest, row_id: int) -> HttpResponse:
    form = EndForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else today()
    actions.end_responsibility(row_id=row_id, on=on, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The row has ended."))
    return redirect("catalogue:matrix")


@require_http_methods(["GET", "POST"])
@needs(Can.VIEW)
def no_report(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _no_report(request, NoReportForm(initial={"valid_from": today()}), 200)
    form = NoReportForm(request.POST)
    if not form.is_valid():
        return _no_report(request, form, 422)
    actions.forbid_reports(row=form.row(), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The tip is shown from now on."))
    return redirect("catalogue:no_report")


def _no_report(request: HttpRequest, form: NoReportForm, status: int) -> HttpResponse:
    context = {
        "rows": queries.no_report_lines(on=today()),
        "form": form,
        "towns": queries.towns(today()),
        "today": today(),
        "can_manage": may_manage(request),
    }
    return render(request, "catalogue/no_report.html", context, status=status)


@require_POST
@needs(Can.MANAGE)
def end_no_report(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.end_no_report(row_id=row_id, on=today(), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The row has ended."))
    return redirect("catalogue:no_report")
