"""Officers are called: by what becomes of matters, or by somebody who dispatches. A refusal passes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.matters import queries as matters
from gongzhi.patrol.actions.telling import STATION, tell_called, tell_refused
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import CallRefused, CallSent
from gongzhi.patrol.models import Call
from gongzhi.patrol.queries.calls import OPEN, WITH_OFFICER, candidates
from gongzhi.places import queries as places

BY_STATE = {"to_verify": Call.Kind.VERIFY, "to_check": Call.Kind.CHECK}
SYSTEM = system("巡查", Can.CALL)
LONGEST = 300
LONGEST_WAIT = timedelta(days=366)


@transaction.atomic
def follow_matter(*, matter_id: int, actor_id: int, at: datetime) -> int | None:
    """
    Bring the calls in line with where a matter stands: end those it left behind, call for what it waits for.

    Safe to repeat. Returns the id of a new call.
    """
    about = matters.standing(matter_id)
    if about.kind != "incident":
        return None
    wanted = BY_STATE.get(about.state)
    open_calls = Call.objects.select_for_update().filter(matter=matter_id, state__in=OPEN)
    for call in open_calls:
        if call.kind != wanted:
            _end(call, about, actor_id, at)
    if wanted is None or open_calls.filter(kind=wanted).exists():
        return None
    words = _("Verify on site") if wanted == Call.Kind.VERIFY else _("Check on site")
    call = _send(
        kind=wanted, words=words, area_path=about.area_path, matter_id=matter_id, due_at=about.due_at,
        first=[about.owing_person_id] if about.owing_person_id else [], actor=SYSTEM, at=at,
    )  # fmt: skip
    return call.pk


_SENT_BY_HAND = frozenset({Call.Kind.URGENT, Call.Kind.REVISIT})


def _end(call: Call, about: matters.Standing, actor_id: int, at: datetime) -> None:
    """End a call: done when its officer (or the substitute) moved the matter, withdrawn when somebody else did."""
    on = timezone.localdate(at)
    mine = {call.user_id}
    if call.user_id and (substitute := accounts.substitute_of(call.user_id, on=on)):
        mine.add(substitute.id)
    if call.kind in _SENT_BY_HAND and about.is_open and actor_id not in mine:
        return
    call.state = Call.State.DONE if actor_id in mine else Call.State.WITHDRAWN
    call.ended_at = at
    call.save(update_fields=["state", "ended_at"])


@transaction.atomic
def call_officer(
    *,
    kind: str,
    words: str,
    actor: Actor,
    at: datetime,
    user_id: int | None = None,
    number: str = "",
    premises_code: str = "",
    area_path: str = "",
    due_at: datetime | None = None,
) -> Call:
    """
    Call an officer: a named one, or the best one for the place. About a matter, premises, or an area.

    Raises Invalid with a sentence per field, Refused when the matter already has such a call.
    """
    if kind not in Call.Kind.values:
        raise Invalid({"kind": _("Say what the call is about.")})
    words = " ".join(words.split())
    if not 2 <= len(words) <= LONGEST:
        raise Invalid({"words": _("Say in a sentence what is to be done.")})
    if due_at is not None and due_at <= at:
        raise Invalid({"due_at": _("The time is already over.")})
    if due_at is not None and due_at - at > LONGEST_WAIT:
        raise Invalid({"due_at": _("Choose a time within a year.")})
    matter_id, path = _subject(actor, number, premises_code, area_path)
    if not any(path.startswith(grant.area) for grant in actor.grants_for(Can.CALL)):
        raise OutOfReach
    try:
        with transaction.atomic():
            call = _send(
                kind=kind, words=words, area_path=path, matter_id=matter_id, due_at=due_at,
                premises_code=premises_code, first=[user_id] if user_id else [], actor=actor, at=at,
            )  # fmt: skip
    except IntegrityError:  # one_open_call_for_a_matter, also when two dispatchers call at once
        raise Refused(_("An officer is already called for this matter.")) from None
    audit.record(
        actor=actor,
        verb="patrol.call",
        subject=f"call:{call.pk}",
        at=at,
        detail={"kind": kind, "user": call.user_id},
    )
    return call


def _subject(
    actor: Actor, number: str, premises_code: str, area_path: str
) -> tuple[int | None, str]:
    if number:
        found = matters.movable(number, "note", actor).matter
        return found.pk, found.area_path
    if premises_code:
        row = places.premises_in_reach(actor, Can.CALL).filter(code=premises_code).first()
        if row is None:
            raise Invalid({"premises": _("There are no such premises in your area.")})
        return None, row.area_path
    if area_path:
        return None, places.area(area_path).path
    raise Invalid({"place": _("Name a matter, premises or an area.")})


def _send(
    *,
    kind: str,
    words: str,
    area_path: str,
    matter_id: int | None,
    due_at: datetime | None,
    actor: Actor,
    at: datetime,
    premises_code: str = "",
    first: Sequence[int] = (),
    passed_over: Sequence[int] = (),
    follows: Call | None = None,
) -> Call:
    """Write a call for the officer named, else the best one; for the station where there is none."""
    free = candidates(area_path, at=at, without=passed_over)
    chosen = next((one for one in free if one.user_id in first), None) if first else None
    if first and chosen is None and not _is_officer(first[0], at):
        raise Invalid({"user": _("This person does not patrol.")})
    user_id = first[0] if first else (free[0].user_id if free else None)
    call = Call.objects.create(
        kind=kind, state=Call.State.SENT if user_id else Call.State.WAITING, user_id=user_id,
        unit_id=accounts.centre_for(area_path, STATION).id, matter_id=matter_id,
        premises_code=premises_code, words=words, area_path=area_path, due_at=due_at, sent_at=at,
        sent_by=actor.id, sent_by_name=actor.name, passed_over=list(passed_over), follows=follows,
    )  # fmt: skip
    if user_id:
        tell_called(call=call, at=at)
        bus.publish(CallSent(call.pk, kind, user_id, matter_id, at))
    return call


def _is_officer(user_id: int, at: datetime) -> bool:
    return accounts.actor_for(user_id, at).can(Can.VISIT)


@transaction.atomic
def answer_call(*, call_id: int, answer: str, actor: Actor, at: datetime, reason: str = "") -> Call:
    """Accept a call, or refuse it with a reason: then the next officer is called, or the station has it."""
    call = _own(call_id, actor)
    if answer not in {"accept", "refuse"}:
        raise Invalid({"answer": _("Accept or refuse.")})
    if call.state == (Call.State.ACCEPTED if answer == "accept" else Call.State.REFUSED):
        return call  # sent twice
    _must_be(call, WITH_OFFICER)
    if answer == "accept":
        call.state, call.answered_at = Call.State.ACCEPTED, at
        call.save(update_fields=["state", "answered_at"])
    else:
        _refuse(call, " ".join(reason.split()), at)
    audit.record(
        actor=actor, verb=f"patrol.{answer}_call", subject=f"call:{call.pk}", at=at, reason=reason
    )
    return call


def _must_be(call: Call, states: Sequence[str]) -> None:
    if call.state not in states:
        words = _("This call is no longer open: {state}.")
        raise Refused(words.format(state=call.get_state_display()))


def _own(call_id: int, actor: Actor) -> Call:
    """Return a call of the actor or of the person the actor stands in for."""
    people = [person for person in (actor.id, actor.on_behalf_of) if person]
    call = Call.objects.select_for_update(of=("self",)).filter(pk=call_id, user__in=people).first()
    if call is None:
        raise OutOfReach
    return call


def _refuse(call: Call, reason: str, at: datetime) -> None:
    if len(reason) < 2:
        raise Invalid({"reason": _("Say why: the dispatcher reads it.")})
    call.state, call.answered_at, call.ended_at, call.reason = (
        Call.State.REFUSED,
        at,
        at,
        reason[:LONGEST],
    )
    call.save(update_fields=["state", "answered_at", "ended_at", "reason"])
    over = [*call.passed_over, call.user_id or 0]
    after = _send(
        kind=call.kind, words=call.words, area_path=call.area_path, matter_id=call.matter_id,
        due_at=call.due_at, premises_code=call.premises_code, passed_over=over, follows=call,
        actor=Actor(call.sent_by, call.sent_by_name), at=at,
    )  # fmt: skip
    name = accounts.names([after.user_id]).get(after.user_id, "") if after.user_id else ""
    tell_refused(call=call, passed_to=name, at=at)
    bus.publish(
        CallRefused(
            call.pk, call.kind, call.user_id or 0, reason, after.user_id, call.area_path, at
        )
    )


@transaction.atomic
def finish_call(*, call_id: int, actor: Actor, at: datetime, note: str = "") -> Call:
    """Say that a call without a move of its own (urgent, re-visit) is done."""
    call = _own(call_id, actor)
    if call.state == Call.State.DONE:
        return call
    _must_be(call, WITH_OFFICER)
    if call.kind not in _SENT_BY_HAND:
        raise Refused(_("This call is done when the matter moves on."))
    call.state, call.ended_at, call.reason = Call.State.DONE, at, " ".join(note.split())[:LONGEST]
    call.answered_at = call.answered_at or at
    call.save(update_fields=["state", "ended_at", "answered_at", "reason"])
    audit.record(actor=actor, verb="patrol.finish_call", subject=f"call:{call.pk}", at=at)
    return call


@transaction.atomic
def reassign_call(*, call_id: int, user_id: int, actor: Actor, at: datetime) -> Call:
    """Give a call that waits at the station, or was not answered, to an officer."""
    call = _reachable(call_id, actor)
    _must_be(call, OPEN)
    call.state, call.ended_at = Call.State.WITHDRAWN, at
    call.save(update_fields=["state", "ended_at"])
    after = _send(
        kind=call.kind, words=call.words, area_path=call.area_path, matter_id=call.matter_id,
        due_at=call.due_at, premises_code=call.premises_code, passed_over=call.passed_over,
        follows=call, first=[user_id], actor=actor, at=at,
    )  # fmt: skip
    audit.record(
        actor=actor,
        verb="patrol.reassign_call",
        subject=f"call:{call.pk}",
        at=at,
        detail={"user": user_id},
    )
    return after


@transaction.atomic
def withdraw_call(*, call_id: int, reason: str, actor: Actor, at: datetime) -> Call:
    """Take a call back; its officer no longer sees it."""
    call = _reachable(call_id, actor)
    _must_be(call, OPEN)
    call.state, call.ended_at, call.reason = (
        Call.State.WITHDRAWN,
        at,
        " ".join(reason.split())[:LONGEST],
    )
    call.save(update_fields=["state", "ended_at", "reason"])
    audit.record(
        actor=actor, verb="patrol.withdraw_call", subject=f"call:{call.pk}", at=at, reason=reason
    )
    return call


def _reachable(call_id: int, actor: Actor) -> Call:
    rows = Call.objects.within_reach_of(actor, Can.CALL).select_for_update(of=("self",))
    call = rows.filter(pk=call_id).first()
    if call is None:
        raise OutOfReach
    return call
