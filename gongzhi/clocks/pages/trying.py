"""Try a deadline: enter a beginning and a limit, read when it ends and why."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongzhi.base.errors import Refused
from gongzhi.base.pages import blame, needs
from gongzhi.clocks import queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.forms import TryForm
from gongzhi.clocks.pages.shared import show


@require_GET
@needs(Can.VIEW)
def try_deadline(request: HttpRequest) -> HttpResponse:
    asked = "start" in request.GET
    now = timezone.localtime().replace(second=0, microsecond=0)
    start = {"start": now, "amount": 5, "unit": "day", "counting": "service"}
    form = TryForm(request.GET) if asked else TryForm(initial=start)
    trial = None
    if asked and form.is_valid():
        values = form.cleaned_data
        pauses = [(values["paused_from"], values["paused_to"])] if values["paused_from"] else []
        try:
            trial = queries.trial(
                start=values["start"], calendar=values["calendar"], limit=values["limit"],
                rule=values["rule"], pauses=pauses,
            )  # fmt: skip
        except Refused as refusal:
            blame(form, refusal)
    status = 422 if asked and form.errors else 200
    return show(request, "try.html", {"form": form, "trial": trial}, status=status)
