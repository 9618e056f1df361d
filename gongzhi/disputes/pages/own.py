"""For the sides: what is kept about oneself, to take away, with number and code."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.downloads import download
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes import actions
from gongzhi.disputes.forms import OwnDataForm
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.matters import queries as matters


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; hand over what is kept about that party."""
    if request.method != "POST":
        number = request.GET.get("number", "")[:20]
        return _asked(request, OwnDataForm(initial={"number": number}))
    form, at = OwnDataForm(request.POST), timezone.now()
    if not form.is_valid():
        return _asked(request, form, status=422)
    sender = guarding.sender_of(request)
    if not guard.admit(deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at).allowed:  # fmt: skip
        form.add_error(None, _("That was very often in a short time. Please wait a few minutes; what you typed is kept."))  # fmt: skip
        return _asked(request, form, status=429)
    number = matters.whole_number(form.cleaned_data["number"])
    try:
        own = actions.take_own_data(number=number, code=form.cleaned_data["code"], at=at)
    except OutOfReach:
        form.add_error(None, _("This number and this code do not belong together. Compare both with your receipt."))  # fmt: skip
        return _asked(request, form, status=404)
    return _handed(own, number)


def _handed(own: Any, number: str) -> HttpResponseBase:
    answer = JsonResponse(own, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return download(answer.content, name=f"{number}.json", kind="application/json")


def _asked(request: HttpRequest, form: OwnDataForm, *, status: int = 200) -> HttpResponse:
    return render(request, "disputes/own.html", {"form": form}, status=status)
