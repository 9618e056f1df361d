"""Parties after the intake, on the page of the file: one is put right, one joins, one leaves."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.disputes import actions, queries
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.forms import LeaveForm, PartyForm
from gongzhi.matters import actions as matters

SIDES = ("applicant", "respondent", "third")


@needs(Can.KEEP_SIDES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Enter somebody who joins after the intake."""
    row, parties = _opened(request, number)
    asked = request.GET.get("side", "third")
    start = {"side": asked if asked in SIDES else "third"}
    if request.method != "POST":
        return _shown(request, row, PartyForm(parties=parties, start=start))
    form = PartyForm(request.POST, parties=parties, start=start)
    if form.is_valid() and _made(request, row, form, "add_party", _values(form)):
        return _back(request, number, _("The party is added: ask for its answer and its signature."))  # fmt: skip
    return _shown(request, row, form, status=_status(form))


@needs(Can.KEEP_SIDES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Put a party right."""
    row, parties = _opened(request, number)
    party = _party(parties, seq)
    about = {"parties": parties, "one": party, "fixed": queries.fixed_parts(row, party)}
    if request.method != "POST":
        return _shown(request, row, PartyForm(**about))
    form = PartyForm(request.POST, **about)
    values = {"party": seq}
    if form.is_valid() and _made(request, row, form, "put_right_party", values | _values(form)):
        return _back(request, number, _("Put right."))
    return _shown(request, row, form, status=_status(form))


@needs(Can.KEEP_SIDES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Say why a party is none any more."""
    row, parties = _opened(request, number)
    party = _party(parties, seq)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"party": seq, "reason": form.cleaned_data["reason"]}
        if _made(request, row, form, "party_leaves", values):
            return _back(request, number, _("It is no party any more; what it said stays in the file."))  # fmt: skip
    speakers = [queries.side_words(other.side, other.seq) for other in parties if other.represents_id == party.pk]  # fmt: skip
    context = {
        "row": row, "matter": row.matter, "form": form, "party": party, "words": queries.side_words(party.side, party.seq),
        "speakers": speakers, "version": _version(request, row, form),
    }  # fmt: skip
    status = _status(form) if request.method == "POST" else 200
    return render(request, "disputes/leave.html", context, status=status)


def _opened(request: HttpRequest, number: str) -> tuple[Any, list[Any]]:
    """Return the dispute and its parties, to whom the file is open; the opening is in the trail."""
    actor, at = actor_of(request), timezone.now()
    row = queries.dispute_of_number(number, actor)
    if not queries.may_read(actor, row.pk, at):
        raise OutOfReach
    return row, actions.open_file(matter_id=row.pk, actor=actor, at=at)


def _party(parties: list[Any], seq: int) -> Any:
    found = next((party for party in parties if party.seq == seq), None)
    if found is None:
        raise OutOfReach
    return found


def _values(form: PartyForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"told": form.told, "is_verified": said["is_verified"], "reason": said["reason"]}


def _made(request: HttpRequest, row: Any, form: Any, move: str, values: Mapping[str, Any]) -> bool:
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    try:
        matters.move(
            matter_id=row.pk, move=move, values=values, actor=actor_of(request), at=timezone.now(), version=version
        )  # fmt: skip
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        form.is_stale = isinstance(trouble, Refused)
        return False
    return True


def _status(form: Any) -> int:
    return 409 if getattr(form, "is_stale", False) else 422


def _version(request: HttpRequest, row: Any, form: Any) -> Any:
    """Return the version the form was begun on; once it was refused, the one that counts now."""
    if getattr(form, "is_stale", False):
        return row.matter.version
    return request.POST.get("version", row.matter.version)


def _shown(request: HttpRequest, row: Any, form: PartyForm, *, status: int = 200) -> HttpResponse:
    if status == 409:
        form.show_record()
    title = queries.side_words(form.one.side, form.one.seq) if form.one else _("Add a party")
    context = {
        "row": row, "matter": row.matter, "form": form, "title": title, "version": _version(request, row, form),
        "is_agreed": bool(form.one and queries.fixed_parts(row, form.one)),
    }  # fmt: skip
    return render(request, "disputes/party.html", context, status=status)


def _back(request: HttpRequest, number: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("disputes:file", args=[number]))
