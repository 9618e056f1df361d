"""A side's own page: read, declare, draw, receipt; and the page that says what a receipt proves."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.agreements import actions, queries
from gongzhi.agreements.forms import CodeForm, DeclareForm, DrawForm, ReceiptForm
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.base.pages import FAILED, attempt
from gongzhi.disputes import queries as disputes
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.matters import queries as matters
from gongzhi.talks import queries as talks


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; both stand on the message the body sent."""
    if request.method != "POST":
        form = CodeForm(initial={"number": request.GET.get("number", "")[:30]})
        return render(request, "agreements/sign_ask.html", {"form": form})
    form = CodeForm(request.POST)
    at = timezone.now()
    if not form.is_valid():
        return render(request, "agreements/sign_ask.html", {"form": form}, status=422)
    if not _may_look(request, at):
        form.add_error(None, _("That was very often in a short time. Please wait a few minutes."))
        return render(request, "agreements/sign_ask.html", {"form": form}, status=429)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"].strip().upper()
    seat = talks.seat(number, code)
    if seat is None:
        form.add_error(None, _("This number and this code do not belong together. Compare both with your message."))  # fmt: skip
        return render(request, "agreements/sign_ask.html", {"form": form}, status=404)
    answer = redirect("agreements:sign", seat.number)
    # The seat of the talks: one code opens both, and the quick way out leaves both.
    answer.set_signed_cookie(
        talks.COOKIE, f"{seat.number}_{code}", max_age=talks.SEAT_HOURS * 3600, httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
    return answer


def _may_look(request: HttpRequest, at: datetime) -> bool:
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at
    ).allowed


def _mine(request: HttpRequest, number: str) -> tuple[int, int] | None:
    """Return the dispute and the side this browser has opened with its code, while the code still is that side's."""
    seat = talks.seated(request)
    if seat is None or seat.number != (matters.whole_number(number) or number):
        return None
    return seat.matter_id, disputes.party(seat.party_id).seq


@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    mine = _mine(request, number)
    if mine is None:
        return redirect(f"/sign?number={number[:20]}")
    return _page(request, number, mine)


def _page(
    request: HttpRequest, number: str, mine: tuple[int, int], *, status: int = 200, form: Any = None
) -> HttpResponse:
    try:
        seen = queries.to_sign(*mine, at=timezone.now())
    except OutOfReach:
        return render(request, "agreements/sign_nothing.html", {"number": number}, status=404)
    forms = {"declare": DeclareForm(), "draw": DrawForm()}
    context = {"number": number, "seen": seen, "form": form or forms.get(seen.step), "steps": STEPS}
    return render(request, "agreements/sign.html", context, status=status)


STEPS = ("read", "declare", "draw", "signed")


@require_POST
@never_cache
def act(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take one step; each is kept, so that a dead link goes on where it ended."""
    mine = _mine(request, number)
    if mine is None:
        return redirect(f"/sign?number={number[:20]}")
    said: dict[str, Any] = {"matter_id": mine[0], "seq": mine[1], "at": timezone.now()}
    if step == "read":
        return _read(request, number, mine, said)
    forms: dict[str, tuple[Any, Any]] = {
        "declare": (DeclareForm, actions.declare),
        "draw": (DrawForm, actions.sign_drawn),
    }
    if step not in forms:
        raise Http404
    make, deed = forms[step]
    form = make(request.POST)
    if attempt(form, lambda **values: deed(**said, **values)) is FAILED:
        return _page(request, number, mine, status=422, form=form)
    return redirect("agreements:sign", number)


def _read(
    request: HttpRequest, number: str, mine: tuple[int, int], said: dict[str, Any]
) -> HttpResponse:
    try:
        actions.note_read(**said)
    except (Refused, OutOfReach):
        return _page(request, number, mine, status=409)
    return redirect("agreements:sign", number)


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt."""
    if "receipt" not in request.GET:
        return render(request, "agreements/verify.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.GET)
    if not form.is_valid():
        return render(request, "agreements/verify.html", {"form": form}, status=422)
    return redirect("agreements:receipt", form.cleaned_data["receipt"] or "-")


@require_safe
@never_cache
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a receipt proves: which text, when, by which role; no name."""
    if not _may_look(request, timezone.now()):
        return render(request, "agreements/verify.html", {"form": ReceiptForm(), "too_often": True}, status=429)  # fmt: skip
    found = queries.receipt(code[:14])
    context = {"form": ReceiptForm(initial={"receipt": code[:14]}), "found": found, "asked": code[:14]}  # fmt: skip
    return render(request, "agreements/verify.html", context, status=200 if found else 404)
