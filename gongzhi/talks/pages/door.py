"""The doors of the sides: an answer in a minute, number and code, a new link, the quick way out, a calendar."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.downloads import download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, attempt
from gongzhi.disputes import queries as disputes
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.matters import queries as matters
from gongzhi.talks import actions, queries
from gongzhi.talks.forms import AnswerForm, EnterForm, RenewForm
from gongzhi.talks.pages.papers import ICS


def may_look(request: HttpRequest, *, at: datetime) -> bool:
    """Count a look: guessing codes must take longer than a lifetime."""
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at
    ).allowed


def too_often() -> str:
    return _(
        "That was very often in a short time. Please wait a few minutes; what you typed is kept."
    )


def seat_cookie(answer: HttpResponseBase, number: str, code: str) -> None:
    answer.set_signed_cookie(
        queries.COOKIE, f"{number}_{code}", max_age=queries.SEAT_HOURS * 3600, httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a link: a dead one says how to get another; a live one asks one question."""
    at = timezone.now()
    if not may_look(request, at=at):
        return render(request, "talks/side/dead.html", {"problem": too_often()}, status=429)
    found = queries.door(code, at=at)
    if found is None or found.is_dead:
        number = found.seat.number if found else ""
        context = {"form": RenewForm(initial={"number": number}), "is_dead": found is not None}
        return render(request, "talks/side/dead.html", context, status=410 if found else 404)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        key = request.POST.get("idempotency_key", "")[:64]
        done = attempt(
            form,
            lambda **said: actions.answer(code=code, said=actions.Said(key=key, **said), at=at),
        )
        if done is not FAILED:
            return _answered(found)
    context = {
        "form": form, "seat": found.seat, "said": queries.newest_answer(found.seat.acts_for),
        "until": found.invitation.expires_at, "routes": disputes.routes(), "dispute": disputes.dispute(found.seat.matter_id),
    }  # fmt: skip
    return render(request, "talks/side/answer.html", context, status=422 if form.errors else 200)


def _answered(found: queries.Door) -> HttpResponse:
    """The link was theirs: their own page opens, and it shows their code."""
    party = disputes.party(found.seat.party_id)
    went = HttpResponseRedirect(f"/talk/{found.seat.number}?said=1")
    seat_cookie(went, found.seat.number, party.code)
    return went


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Ask a side for its number and code."""
    number = request.GET.get("number", "")[:30]
    if request.method != "POST":
        return _asked(request, EnterForm(initial={"number": number}), number)
    form, at = EnterForm(request.POST), timezone.now()
    if not form.is_valid():
        return _asked(request, form, number, status=422)
    if not may_look(request, at=at):
        form.add_error(None, too_often())
        return _asked(request, form, number, status=429)
    seat = queries.seat(form.cleaned_data["number"], form.cleaned_data["code"])
    if seat is None:
        form.add_error(None, _("This number and this code do not belong together. Compare both with your paper or message."))  # fmt: skip
        return _asked(request, form, number, status=404)
    went = redirect("side", seat.number)
    seat_cookie(went, seat.number, form.cleaned_data["code"].strip().upper())
    return went


def _asked(
    request: HttpRequest, form: EnterForm, number: str, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "renew_form": RenewForm(initial={"number": number}, auto_id="renew_%s"),
    }
    return render(request, "talks/side/enter.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def renew(request: HttpRequest) -> HttpResponse:
    """Send a new link to the telephone that was left; the page says the same to everybody."""
    at, form = timezone.now(), RenewForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "talks/side/dead.html", {"form": form}, status=422 if form.errors else 200)  # fmt: skip
    sender = guarding.sender_of(request)
    is_proved = guarding.is_proved(request) or guard.prove(posted=request.POST, at=at)
    verdict = guard.admit(deed=guarding.Deed.CODE, device=sender.device, address=sender.address, at=at, is_proved=is_proved)  # fmt: skip
    if verdict.must_prove:
        context = guarding.check_context(request.POST, action=request.path, at=at)
        return render(request, "guard/check.html", context, status=403)
    if not verdict.allowed:
        form.add_error(None, too_often())
        return render(request, "talks/side/dead.html", {"form": form}, status=429)
    number = matters.whole_number(form.cleaned_data["number"])
    actions.renew_link(number=number or "", phone=form.cleaned_data["phone"], at=at)
    return render(request, "talks/side/renewed.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: the seat is forgotten and an ordinary page opens."""
    went = HttpResponseRedirect(settings.QUICK_EXIT_ADDRESS)
    went.delete_cookie(queries.COOKIE)
    went["Clear-Site-Data"] = '"cache"'
    went["Referrer-Policy"] = "no-referrer"
    return went


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A mediator's calendar by its secret address."""
    at = timezone.now()
    content = queries.feed(token, at=at) if may_look(request, at=at) else None
    if content is None:
        raise OutOfReach
    return download(content, name="sittings.ics", kind=ICS)
