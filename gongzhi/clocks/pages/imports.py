"""Holiday tables: look first, then write. What was looked at is what is written."""

from datetime import date

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.clocks import actions, queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.forms import ImportForm
from gongzhi.clocks.pages.shared import show

SALT = "clocks.import"
LOOKED_AT_MOST = 3600  # seconds between looking and writing


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def import_days(request: HttpRequest) -> HttpResponse:
    if "checked" in request.POST:
        return _write(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    table = None
    if form.is_valid():
        try:
            table = queries.day_table(form.cleaned_data["file"].read())
        except Invalid as error:
            blame(form, error)
    values = {
        "form": form,
        "table": table,
        "problems": queries.problem_words(table) if table else [],
        "checked": _sealed(table) if table and not table.problems else "",
    }
    return show(request, "import.html", values, status=422 if form.errors else 200)


def _sealed(table: queries.DayTable) -> str:
    rows = [(line.date.isoformat(), line.kind, line.name, line.source) for line in table.lines]
    return signing.dumps(rows, salt=SALT, compress=True)


def _write(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["checked"], salt=SALT, max_age=LOOKED_AT_MOST)
    except signing.BadSignature as error:
        raise Invalid({"file": _("The check is too old; choose the file again.")}) from error
    lines = [queries.DayLine(date.fromisoformat(row[0]), *row[1:]) for row in rows]
    years = {line.date.year for line in lines}
    complete = sorted(year for year in years if f"complete-{year}" in request.POST)
    count = actions.set_days(
        calendar="default",
        lines=lines,
        complete_years=complete,
        actor=actor_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("{n} days are kept.").format(n=count))
    return redirect("clocks:calendars")
