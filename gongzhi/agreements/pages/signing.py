"""Offering, taking back, signing on paper, the mediator's hand, the seal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.agreements import actions
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.forms import DrawForm, PaperSignForm, TakeBackForm, UploadsForm
from gongzhi.agreements.pages.builder import opened, page
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.base.texts import as_number


@require_POST
@needs(Can.DRAFT, Can.SIGN, Can.SEAL)
def act(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    deeds: dict[str, Callable[[HttpRequest, str, int], HttpResponse]] = {
        "offer": _offer,
        "take_back": _take_back,
        "sign_paper": _sign_paper,
        "sign_mediator": _sign_mediator,
        "seal": _seal,
    }
    if deed not in deeds:
        raise Http404
    return deeds[deed](request, number, opened(request, number))


def _offer(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    sent = request.POST.get("version", "")
    version = as_number(sent, digits=5) or 0
    try:
        actions.offer(matter_id=matter_id, version=version, actor=actor_of(request), at=timezone.now())  # fmt: skip
    except (Refused, Invalid) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("The text is fixed. Now each side signs."))
    return redirect("agreements:one", number)


def _done(
    request: HttpRequest,
    number: str,
    matter_id: int,
    *,
    form: Any,
    name: str,
    deed: Any,
    words: str,
) -> HttpResponse:
    said: dict[str, Any] = {"matter_id": matter_id, "actor": actor_of(request), "at": timezone.now()}  # fmt: skip
    if attempt(form, lambda **values: deed(**said, **values)) is FAILED:
        return page(request, number, matter_id, status=422, **{name: form})
    messages.success(request, words)
    return redirect("agreements:one", number)


def _take_back(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    return _done(request, number, matter_id, form=TakeBackForm(request.POST), name="take_back", deed=actions.take_back, words=_("It is a draft again."))  # fmt: skip


def _sign_paper(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    return _done(request, number, matter_id, form=PaperSignForm(request.POST), name="paper_form", deed=actions.sign_on_paper, words=_("The signature is recorded."))  # fmt: skip


def _sign_mediator(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    return _done(request, number, matter_id, form=DrawForm(request.POST), name="draw_form", deed=actions.sign_as_mediator, words=_("The signature is recorded."))  # fmt: skip


def _seal(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    return _done(request, number, matter_id, form=UploadsForm(request.POST), name="seal_form", deed=actions.seal, words=_("Sealed: the agreement is in force, its performance is followed."))  # fmt: skip
