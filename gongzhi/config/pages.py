"""The page that shows every component of the interface, for whoever builds the next page."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.pages import needs


@needs()
def style(request: HttpRequest) -> HttpResponse:
    return render(request, "style.html", {"clocks": _clocks()})


def _clocks() -> list[dict[str, object]]:
    now = timezone.now()
    hints = [_("Working time 8–12 and 14–18"), _("The midday break does not count")]
    return [
        {"state": "ok", "percent": 62, "words": _("2 h 20 min left"), "party": _("Dispatcher"), "hints": hints},
        {"state": "warn", "percent": 18, "words": _("38 min left"), "party": _("Urban management"),
         "hints": hints, "due": now + timedelta(minutes=38), "start": now - timedelta(minutes=172)},
        {"state": "late", "percent": 0, "words": _("1 day late"), "party": _("Verifier"), "hints": hints},
        {"state": "paused", "percent": 80, "words": _("Paused: typhoon"), "party": ""},
        {"state": "done", "percent": 100, "words": _("Done in time, 3 h 5 min"), "party": ""},
    ]  # fmt: skip
