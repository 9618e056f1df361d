"""The mediator in the rooms: what was said, notes for themselves, offers."""

import re
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.base.texts import as_number
from gongzhi.talks import actions, queries
from gongzhi.talks.capabilities import Can
from gongzhi.talks.forms import TERMS, NoteForm, OfferForm, WordsForm

KEY = re.compile(r"[0-9A-Za-z_-]{10,64}")


@require_safe
@needs(Can.HOLD)
def show(request: HttpRequest, number: str, key: str) -> HttpResponse:
    return _page(request, number, key)


def _page(request: HttpRequest, number: str, key: str, *, status: int = 200, **bound: Any) -> HttpResponse:  # fmt: skip
    actor, at = actor_of(request), timezone.now()
    talk = queries.mediated(number, actor, Can.HOLD)
    if not queries.has_room(talk.matter_id, key):
        raise OutOfReach
    sides = queries.sides(talk.matter_id)
    said = queries.lines(talk.matter_id, key, after=0, me=actor)
    context = {
        "talk": talk, "key": key, "rooms": queries.rooms(talk.matter_id), "lines": said, "now": at,
        "last": said[-1].id if said else 0, "poll": f"/desk/talks/{number}/rooms/{key}/lines",
        "notes": queries.notes(talk.matter_id, actor), "offers": queries.offers_for_mediator(talk.matter_id, actor),
        "words_form": WordsForm(auto_id="words_%s"), "note_form": NoteForm(auto_id="note_%s"),
        "offer_form": OfferForm(sides=sides, rows=rows_asked(request), auto_id="offer_%s"), "fresh_key": secrets.token_urlsafe(16),
    }  # fmt: skip
    return render(request, "talks/room.html", context | bound, status=status)


def rows_asked(request: HttpRequest) -> int:
    """Return how many obligations the form has room for."""
    asked = request.POST.get("rows") or request.GET.get("rows", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else TERMS


@require_safe
@needs(Can.HOLD)
@never_cache
def lines(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Return what was said since; nothing at all when nothing was."""
    actor = actor_of(request)
    talk = queries.mediated(number, actor, Can.HOLD)
    said = queries.lines(talk.matter_id, key, after=after_asked(request), me=actor)
    return lines_answer(request, said)


def after_asked(request: HttpRequest) -> int:
    asked = request.GET.get("after", "")
    return as_number(asked) or 0


def lines_answer(request: HttpRequest, said: list[queries.Line]) -> HttpResponse:
    if not said:
        return HttpResponse(status=204)
    context = {"lines": said, "last": said[-1].id, "poll": request.path}
    return render(request, "talks/_lines.html", context)


def sending_key(request: HttpRequest) -> str:
    """Return the key of this sending, by which a second one is known; a fresh one when it carries none."""
    sent = request.POST.get("idempotency_key") or request.POST.get("fresh_key", "")
    return sent if KEY.fullmatch(sent) else secrets.token_urlsafe(16)


def words_of(request: HttpRequest, text: str) -> actions.Words:
    papers = [token for token in request.POST.getlist("papers") if KEY.fullmatch(token)]
    return actions.Words(text, sending_key(request), papers[:6])


@require_POST
@needs(Can.HOLD)
def say(request: HttpRequest, number: str, key: str) -> HttpResponse:
    form, actor, at = WordsForm(request.POST), actor_of(request), timezone.now()
    done = attempt(
        form,
        lambda text: actions.say_as_mediator(
            number=number, room=key, said=words_of(request, text), actor=actor, at=at
        ),
    )
    if done is FAILED:
        return _page(request, number, key, status=422, words_form=form)
    return redirect("talk_room", number, key)


@require_POST
@needs(Can.HOLD)
def note(request: HttpRequest, number: str, key: str) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    forgotten = request.POST.get("forget", "")
    if forgotten.isascii() and forgotten.isdigit() and len(forgotten) < 16:
        actions.forget_note(number=number, note_id=int(forgotten), actor=actor, at=at)
        return redirect("talk_room", number, key)
    form = NoteForm(request.POST)
    done = attempt(
        form, lambda text: actions.note(number=number, room=key, text=text, actor=actor, at=at)
    )
    if done is FAILED:
        return _page(request, number, key, status=422, note_form=form)
    return redirect("talk_room", number, key)


@require_POST
@needs(Can.HOLD)
def propose(request: HttpRequest, number: str, key: str) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    talk = queries.mediated(number, actor, Can.HOLD)
    form = OfferForm(request.POST, sides=queries.sides(talk.matter_id), rows=rows_asked(request))
    done = attempt(
        form,
        lambda **_said: actions.propose(
            number=number, room=key, said=proposal_of(request, form), actor=actor, at=at
        ),
    )
    if done is FAILED:
        return _page(request, number, key, status=422, offer_form=form)
    messages.success(request, _("The proposal is before every side."))
    return redirect("talk_room", number, key)


def proposal_of(request: HttpRequest, form: OfferForm) -> actions.Proposal:
    said = form.cleaned_data
    return actions.Proposal(
        form.terms(), sending_key(request), said["words"], said["hours"] or 0, said["replies_to"]
    )  # fmt: skip


@require_POST
@needs(Can.HOLD)
def offer(request: HttpRequest, number: str, offer_id: int, deed: str) -> HttpResponse:
    """Pass an offer on to every side, or take one's own proposal back."""
    deeds = {"pass-on": actions.pass_on, "withdraw": actions.withdraw_proposal}
    if deed not in deeds:
        raise OutOfReach
    deeds[deed](number=number, offer_id=offer_id, actor=actor_of(request), at=timezone.now())
    return redirect("talk_room", number, request.POST.get("key", "shared")[:20])
