"""Calendars: the year at a glance, single days, service hours, export."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.accounts import queries as accounts
from gongzhi.base.downloads import CSV, XLSX, download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.clocks import actions, queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.forms import CalendarForm, DayForm, HoursForm
from gongzhi.clocks.pages.shared import show, whole_number

YEARS_AHEAD = 2


@require_GET
@needs(Can.VIEW)
def calendars(request: HttpRequest) -> HttpResponse:
    this_year = timezone.localdate().year
    rows = [
        {"row": row, "hours": queries.week_words(queries.hours_on(row.code, timezone.localdate()))}
        for row in queries.calendars()
    ]
    missing = queries.uncovered_years(this_year, this_year + YEARS_AHEAD - 1)
    return show(request, "calendars.html", {"rows": rows, "missing": missing, "year": this_year})


@require_GET
@needs(Can.VIEW)
def year(request: HttpRequest, code: str) -> HttpResponse:
    return _year(request, code)


@require_POST
@needs(Can.MANAGE)
def day(request: HttpRequest, code: str) -> HttpResponse:
    form = DayForm(request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        chosen = values.pop("date")
        try:
            actions.set_day(
                calendar=code,
                day=chosen,
                actor=actor_of(request),
                at=timezone.now(),
                **values,
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved; running clocks are worked out again."))
            return redirect(
                f"{reverse('clocks:year', args=[code])}?year={chosen.year}&day={chosen}"
            )
    return _year(request, code, day_form=form, status=422)


@require_POST
@needs(Can.MANAGE)
def clear(request: HttpRequest, code: str) -> HttpResponse:
    form = DayForm(request.POST)
    form.is_valid()
    chosen = form.cleaned_data.get("date")
    if chosen is None:
        raise Invalid({"date": _("Choose a day.")})
    actions.clear_day(calendar=code, day=chosen, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The shipped arrangement holds again for this day."))
    return redirect(f"{reverse('clocks:year', args=[code])}?year={chosen.year}&day={chosen}")


@require_POST
@needs(Can.MANAGE)
def hours(request: HttpRequest, code: str) -> HttpResponse:
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            actions.change_hours(
                calendar=code,
                actor=actor_of(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("The new service hours are kept."))
            return redirect("clocks:year", code)
    return _year(request, code, hours_form=form, status=422)


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def new_calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            values["unit"] = _unit(values["unit"])
            actions.open_calendar(actor=actor_of(request), at=timezone.now(), **values)
        except Invalid as error:
            blame(form, error)
        else:
            return redirect("clocks:year", values["code"])
    return show(request, "new_calendar.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    calendar = queries.calendar(_known(code))
    first = whole_number(request.GET.get("year", ""), 0)
    years = [first] if first else list(range(calendar.first_year, calendar.last_year + 1))
    name = f"{code}-{first or 'all'}"
    if request.GET.get("format") == "xlsx":
        return download(queries.days_xlsx(code, years), name=f"{name}.xlsx", kind=XLSX)
    return download(queries.days_csv(code, years), name=f"{name}.csv", kind=CSV)


def _known(code: str) -> str:
    if code not in {row.code for row in queries.calendars()}:
        raise OutOfReach
    return code


def _unit(code: str) -> int | None:
    if not code:
        return None
    try:
        return accounts.unit_by_code(code).id
    except OutOfReach as error:
        raise Invalid({"unit": _("There is no unit with this code.")}) from error


def _year(
    request: HttpRequest,
    code: str,
    *,
    day_form: DayForm | None = None,
    hours_form: HoursForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = queries.calendar_row(_known(code))
    view = queries.year_view(
        code, whole_number(request.GET.get("year", ""), timezone.localdate().year)
    )
    chosen = _chosen(request, code)
    values: dict[str, Any] = {
        "row": row,
        "view": view,
        "versions": queries.hour_versions(code),
        "weekdays": queries.weekday_names(),
        "chosen": chosen,
        "today": timezone.localdate(),
        "day_form": day_form or (DayForm(initial=_initial(chosen)) if chosen else None),
        "hours_form": hours_form or HoursForm(),
    }
    return show(request, "year.html", values, status=status)


def _chosen(request: HttpRequest, code: str) -> queries.DayCell | None:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        return queries.day_cell(code, day)
    except (ValueError, queries.OutsideCalendar):
        return None


def _initial(cell: queries.DayCell) -> dict[str, Any]:
    kinds = {"holiday": "holiday", "makeup": "workday", "weekend": "workday", "working": "holiday"}
    source = cell.source if cell.is_ours else ""
    return {"date": cell.day, "kind": kinds[cell.kind], "name": cell.name, "source": source}
