"""A side's own pages, by number and code: sittings, rooms, offers, what is to be signed, and the way out."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.downloads import download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, attempt
from gongzhi.disputes import queries as disputes
from gongzhi.files import queries as files
from gongzhi.matters import queries as matters
from gongzhi.talks import actions, queries
from gongzhi.talks.forms import DeclareForm, LeaveForm, OfferForm, WordsForm
from gongzhi.talks.pages.door import may_look, seat_cookie
from gongzhi.talks.pages.papers import ICS
from gongzhi.talks.pages.room import after_asked, lines_answer, proposal_of, rows_asked, words_of

Seated = Callable[..., HttpResponseBase]
SUBJECTS = frozenset({"online", "open"})


def _at_the_table(page: Seated) -> Seated:
    """Let only the side of this number pass, by the seat this browser has opened; others are asked for their code."""

    @never_cache
    def guarded(request: HttpRequest, number: str, *args: Any, **more: Any) -> HttpResponseBase:
        seat = queries.seated(request)
        if seat is None or seat.number != matters.whole_number(number):
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Redirect": f"/d?number={number[:30]}"})
            return redirect(f"/d?number={number[:30]}")
        return page(request, seat, *args, **more)

    return guarded


@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    code = request.GET.get("code", "")[:12]
    if code:  # the code leaves the address, and with it the browser's history
        if not may_look(request, at=timezone.now()) or queries.seat(number, code) is None:
            return redirect(f"/d?number={number[:30]}")
        went = redirect("side", number)
        seat_cookie(went, matters.whole_number(number) or "", code.strip().upper())
        return went
    return _show(request, number)


@_at_the_table
def _show(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    return _own(request, seat)


def _own(request: HttpRequest, seat: queries.Seat, *, status: int = 200, **bound: Any) -> HttpResponse:  # fmt: skip
    at = timezone.now()
    sittings = queries.sittings(seat.matter_id)
    facts = queries.facts(seat.matter_id)
    context = {
        "seat": seat, "now": at, "coming": [one for one in sittings if one.is_to_come],
        "to_sign": [one for one in sittings if one.signed and not one.signed.has(seat.acts_for)],
        "signed": [one for one in sittings if one.signed and one.signed.has(seat.acts_for)],
        "facts": [(one, one.signed.has(seat.acts_for)) for one in facts], "rooms": queries.rooms(seat.matter_id, seat.keys),
        "offers": queries.offers_for(seat), "answers": queries.answers_of(seat.acts_for), "routes": disputes.routes(),
        "leave_form": LeaveForm(auto_id="leave_%s"), "code": disputes.party(seat.party_id).code, "is_new": request.GET.get("said") == "1",
        "declare_form": DeclareForm(),
    }  # fmt: skip
    return render(request, "talks/side/own.html", context | bound, status=status)


@require_safe
@_at_the_table
def room(request: HttpRequest, seat: queries.Seat, key: str) -> HttpResponse:
    return _room(request, seat, key)


def _room(request: HttpRequest, seat: queries.Seat, key: str, *, status: int = 200, **bound: Any) -> HttpResponse:  # fmt: skip
    if key not in seat.keys:
        raise OutOfReach
    said = queries.lines(seat.matter_id, key, after=0, me=seat)
    sides = queries.sides(seat.matter_id)
    context = {
        "seat": seat, "key": key, "lines": said, "last": said[-1].id if said else 0, "now": timezone.now(),
        "poll": f"/talk/{seat.number}/rooms/{key}/lines", "words_form": WordsForm(auto_id="words_%s"),
        "offers": queries.offers_for(seat), "fresh_key": secrets.token_urlsafe(16),
        "offer_form": OfferForm(sides=sides, rows=rows_asked(request), auto_id="offer_%s", initial={"replies_to": request.GET.get("reply", "")[:12]}),
    }  # fmt: skip
    return render(request, "talks/side/room.html", context | bound, status=status)


@require_safe
@_at_the_table
def lines(request: HttpRequest, seat: queries.Seat, key: str) -> HttpResponse:
    if key not in seat.keys:
        raise OutOfReach
    return lines_answer(
        request, queries.lines(seat.matter_id, key, after=after_asked(request), me=seat)
    )


@require_POST
@_at_the_table
def say(request: HttpRequest, seat: queries.Seat, key: str) -> HttpResponse:
    form, at, sender = WordsForm(request.POST), timezone.now(), files.sender_of(request)
    done = attempt(
        form,
        lambda text: actions.say(
            seat=seat, room=key, said=words_of(request, text), at=at, sender=sender
        ),
    )
    if done is FAILED:
        return _room(request, seat, key, status=422, words_form=form)
    return redirect("side_room", seat.number, key)


@require_POST
@_at_the_table
def offer(request: HttpRequest, seat: queries.Seat, key: str) -> HttpResponse:
    at = timezone.now()
    form = OfferForm(request.POST, sides=queries.sides(seat.matter_id), rows=rows_asked(request))
    done = attempt(
        form,
        lambda **_said: actions.offer(seat=seat, room=key, said=proposal_of(request, form), at=at),
    )
    if done is FAILED:
        return _room(request, seat, key, status=422, offer_form=form)
    messages.success(request, _("Your offer is made. Until it is accepted it binds nobody."))
    return redirect("side_room", seat.number, key)


@require_POST
@_at_the_table
def answer_offer(
    request: HttpRequest, seat: queries.Seat, offer_id: int, deed: str
) -> HttpResponse:
    at = timezone.now()
    if deed == "withdraw":
        actions.withdraw_offer(seat=seat, offer_id=offer_id, at=at)
    elif deed in {"yes", "no"}:
        actions.answer_offer(seat=seat, offer_id=offer_id, yes=deed == "yes", at=at)
    else:
        raise OutOfReach
    messages.success(request, _("Kept."))
    return redirect("side", seat.number)


@require_safe
@_at_the_table
def sitting(request: HttpRequest, seat: queries.Seat, sitting_id: int) -> HttpResponse:
    return _sitting(request, seat, sitting_id)


def _sitting(request: HttpRequest, seat: queries.Seat, sitting_id: int, *, status: int = 200, form: Any = None) -> HttpResponse:  # fmt: skip
    seen = queries.sitting(seat.matter_id, sitting_id)
    digest = seen.minutes.digest if seen.minutes else ""
    context = {
        "seat": seat, "seen": seen, "row": seen.row, "form": form or DeclareForm(initial={"digest": digest}),
        "has_signed": bool(seen.signed and seen.signed.has(seat.acts_for)),
    }  # fmt: skip
    return render(request, "talks/side/sitting.html", context, status=status)


@require_POST
@_at_the_table
def sign_minutes(request: HttpRequest, seat: queries.Seat, sitting_id: int) -> HttpResponse:
    form, at = DeclareForm(request.POST), timezone.now()
    done = attempt(
        form, lambda **said: actions.sign_minutes(seat=seat, sitting_id=sitting_id, at=at, **said)
    )
    if done is FAILED:
        return _sitting(request, seat, sitting_id, status=422, form=form)
    messages.success(request, _("Signed. The minutes stay readable here."))
    return redirect("side_sitting", seat.number, sitting_id)


@require_POST
@_at_the_table
def sign_fact(request: HttpRequest, seat: queries.Seat, fact_id: int) -> HttpResponse:
    form, at = DeclareForm(request.POST), timezone.now()
    done = attempt(
        form, lambda **said: actions.sign_fact(seat=seat, fact_id=fact_id, at=at, **said)
    )
    if done is FAILED:
        return _own(request, seat, status=422, declare_form=form, wrong_fact=fact_id)
    messages.success(request, _("Signed."))
    return redirect("side", seat.number)


@require_safe
@_at_the_table
def event(_request: HttpRequest, seat: queries.Seat, sitting_id: int) -> HttpResponseBase:
    content = queries.one(sitting_id, seat.matter_id, at=timezone.now(), is_public=True)
    if content is None:
        raise OutOfReach
    return download(content, name="appointment.ics", kind=ICS)


@require_POST
@_at_the_table
def invitee(request: HttpRequest, seat: queries.Seat, invitee_id: int) -> HttpResponse:
    actions.say_to_invitee(
        matter_id=seat.matter_id, party_id=seat.acts_for, invitee_id=invitee_id, answer=request.POST.get("answer") == "yes",
        how="link", actor=ANONYMOUS, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Kept."))
    return redirect("side", seat.number)


@require_POST
@_at_the_table
def agree(request: HttpRequest, seat: queries.Seat, subject: str) -> HttpResponse:
    if subject not in SUBJECTS:
        raise OutOfReach
    is_yes = request.POST.get("answer") == "yes"
    actions.agree(seat=seat, subject=subject, answer=is_yes, at=timezone.now())
    messages.success(request, _("Kept."))
    return redirect("side", seat.number)


@require_POST
@_at_the_table
def withdraw(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    form, at = LeaveForm(request.POST), timezone.now()
    if attempt(form, lambda reason: actions.withdraw(seat=seat, reason=reason, at=at)) is FAILED:
        return _own(request, seat, status=409, leave_form=form)
    messages.success(request, _("It is on record that you want no more mediation. Every other way stays open to you."))  # fmt: skip
    return redirect("side", seat.number)
