"""For residents: the rules in plain words, and one's own award with number and code."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, attempt
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.matters import queries as matters
from gongzhi.rewards import actions, queries
from gongzhi.rewards.forms import ClaimForm, ObjectForm


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    context = {
        "rules": queries.public_rules(on=timezone.localdate()),
        "ways": queries.payment_ways(),
    }
    return render(request, "rewards/public.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def award(request: HttpRequest, number: str) -> HttpResponse:
    """Show one's award; take the claim or the objection."""
    at = timezone.now()
    whole = matters.whole_number(number)
    asked = (
        request.POST.get("code")
        or request.GET.get("code")
        or matters.followed(request).get(whole, "")
    )
    code = asked.strip().upper()[:12]
    if matters.followed(request).get(whole) != code and not _may_look(request, at):
        return render(
            request, "rewards/own.html", {"number": number[:20], "too_often": True}, status=429
        )
    try:
        reporter = matters.reporter_of(whole, code)
    except ObjectDoesNotExist:
        return HttpResponseRedirect(f"/progress?{urlencode({'number': number[:20]})}")
    own = queries.own_award(reporter.matter_id, reporter.pk, at=at)
    if own is None:
        raise OutOfReach
    if request.method != "POST":
        return _page(request, own, code)
    return _acted(request, own, code, at)


def _may_look(request: HttpRequest, at: datetime) -> bool:
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at
    ).allowed


def _acted(request: HttpRequest, own: queries.OwnAward, code: str, at: datetime) -> HttpResponse:
    if "text" in request.POST:
        name: str = "object_form"
        form: Any = ObjectForm(request.POST)
        done = attempt(
            form, lambda text: actions.object_to(number=own.number, code=code, text=text, at=at)
        )
        words = _("Your objection has arrived. A person answers it with a reason, on this page.")
    else:
        name, form = "claim_form", ClaimForm(request.POST)
        done = attempt(
            form,
            lambda **said: actions.claim(
                number=own.number, code=code, payment=actions.Payment(**said), at=at
            ),
        )
        words = _("Thank you. The reward is paid out with the next batch.")
    if done is FAILED:
        return _page(request, own, code, status=422, **{name: form})
    messages.success(request, words)
    return HttpResponseRedirect(f"/rewards/{own.number}?{urlencode({'code': code})}")


def _page(
    request: HttpRequest, own: queries.OwnAward, code: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "own": own, "number": own.number, "code": code, "claim_form": ClaimForm(), "object_form": ObjectForm(),
        "ways": queries.payment_ways(),
    }  # fmt: skip
    return render(request, "rewards/own.html", context | forms, status=status)
