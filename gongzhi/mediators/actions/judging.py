"""Complaints about how the office is held, what comes of them, and the appeal: 《人民调解法》第十五条."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.mediators.actions.offices import end_office
from gongzhi.mediators.actions.reaching import locked_mediator, note, owe_filing
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Conduct, Filing, Mediator
from gongzhi.mediators.queries.defined import grounds

APPEAL, ANSWER = "mediators.appeal", "mediators.answer"


@dataclass(frozen=True)
class Complaint:
    ground: str
    text: str
    happened_on: date
    matter_number: str = ""


@transaction.atomic
def complain(*, mediator_id: int, said: Complaint, actor: Actor, at: datetime) -> Conduct:
    """Take down a complaint; somebody else looks into it."""
    row = locked_mediator(mediator_id, actor, Can.JUDGE)
    problems = {}
    if said.ground not in grounds():
        problems["ground"] = _("Choose one of the list.")
    if len(said.text.strip()) < 4:
        problems["text"] = _("Say what happened.")
    if said.happened_on > timezone.localtime(at).date():
        problems["happened_on"] = _("This day is still to come.")
    if problems:
        raise Invalid(problems)
    made = Conduct.objects.create(
        mediator=row, ground=said.ground, text=said.text.strip()[:1000], happened_on=said.happened_on,
        matter_number=said.matter_number[:14], recorded_at=at, recorded_by=actor.id, recorded_by_name=actor.name[:150],
    )  # fmt: skip
    note("complain", row, actor, at, ground=said.ground)
    return made


@dataclass(frozen=True)
class Verdict:
    state: str  # unfounded, criticism, correction, removal
    reason: str


@transaction.atomic
def decide(*, conduct_id: int, said: Verdict, actor: Actor, at: datetime) -> Conduct:
    """
    Decide on a complaint, with a reason the mediator reads; they may appeal.

    Whoever took it down does not decide. A removal takes the office at once: it is withdrawn when an
    appeal is upheld.
    """
    made, row = _locked(conduct_id, actor, Can.DECIDE)
    if made.state != Conduct.State.OPEN:
        raise Refused(_("This complaint has been decided already."))
    if made.recorded_by == actor.id or row.user_id == actor.id:
        raise Refused(_("Somebody else decides: you took it down, or it is about you."))
    if said.state not in set(Conduct.State.values) - {Conduct.State.OPEN}:
        raise Invalid({"state": _("Choose one of the list.")})
    if len(said.reason.strip()) < 4:
        raise Invalid({"reason": _("Say why; the mediator reads it and may appeal.")})
    made.state, made.reason = said.state, said.reason.strip()[:1000]
    made.decided_at, made.decided_by, made.decided_by_name = at, actor.id, actor.name[:150]
    if said.state != Conduct.State.UNFOUNDED:
        made.appeal_until = _due(APPEAL, at)
    made.save()
    note("decide", row, actor, at, reason=made.reason, state=said.state)
    if said.state == Conduct.State.REMOVAL and row.left_on is None:
        today = timezone.localtime(at).date()
        words = _("Removed: {ground}").format(ground=grounds()[made.ground].source)
        end_office(row, left_on=max(today, row.appointed_on), reason=words, actor=actor, at=at)
    return made


@transaction.atomic
def appeal(*, conduct_id: int, text: str, actor: Actor, at: datetime) -> Conduct:
    """Appeal against a decision about oneself, in time and once."""
    made = Conduct.objects.select_for_update(of=("self",)).filter(pk=conduct_id).first()
    if made is None or not actor.id or _mediator(made).user_id != actor.id:
        raise OutOfReach
    if made.appeal_until is None or made.appealed_at is not None:
        raise Refused(_("There is nothing to appeal against."))
    if made.appeal_until < at:
        raise Refused(_("The time for an appeal has passed."))
    if len(text.strip()) < 4:
        raise Invalid({"text": _("Say why you do not agree.")})
    made.appeal, made.appealed_at, made.appeal_due_at = text.strip()[:1000], at, _due(ANSWER, at)
    made.save(update_fields=["appeal", "appealed_at", "appeal_due_at"])
    note("appeal", _mediator(made), actor, at)
    return made


@transaction.atomic
def answer_appeal(*, conduct_id: int, is_upheld: bool, answer: str, actor: Actor, at: datetime) -> Conduct:  # fmt: skip
    """Answer an appeal with a reason; whoever decided does not answer. Upheld, the office is given back."""
    made, row = _locked(conduct_id, actor, Can.DECIDE)
    if made.appealed_at is None or made.answered_at is not None:
        raise Refused(_("There is no appeal to be answered."))
    if actor.id in {made.decided_by, made.recorded_by, row.user_id}:
        raise Refused(_("You had a hand in this; somebody else answers the appeal."))
    if len(answer.strip()) < 4:
        raise Invalid({"answer": _("Say why; the mediator reads it.")})
    was_removed = made.state == Conduct.State.REMOVAL
    made.is_upheld, made.answer = is_upheld, answer.strip()[:1000]
    made.answered_at, made.answered_by_name = at, actor.name[:150]
    if is_upheld:
        made.state = Conduct.State.UNFOUNDED
    made.save()
    if is_upheld and was_removed:
        _give_back(row, at)
    note("answer_appeal", row, actor, at, reason=made.answer, upheld=is_upheld)
    return made


def _give_back(row: Mediator, at: datetime) -> None:
    taken = Mediator.objects.filter(body=row.body, seat="chair", left_on__isnull=True)
    if row.seat == Mediator.Seat.CHAIR and taken.exists():
        row.seat = Mediator.Seat.MEMBER
    row.left_on, row.left_for = None, ""
    row.save(update_fields=["left_on", "left_for", "seat"])
    owe_filing(row.body, Filing.What.MEMBERS, _("in: {name}").format(name=row.name), at=at)


def _due(rule: str, at: datetime) -> datetime:
    limit = clocks.rule_limit(rule, timezone.localtime(at).date())
    due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert due is not None  # a limit in working days has an end
    return due


def _mediator(made: Conduct) -> Mediator:
    return Mediator.objects.select_related("body").get(pk=made.mediator_id)


def _locked(conduct_id: int, actor: Actor, capability: str) -> tuple[Conduct, Mediator]:
    made = Conduct.objects.select_for_update(of=("self",)).filter(pk=conduct_id).first()
    if made is None:
        raise OutOfReach
    return made, locked_mediator(made.mediator_id, actor, capability)
