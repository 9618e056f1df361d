"""Offers and counter-offers: obligations without prejudice that expire, and what becomes of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.secrets import encrypt
from gongzhi.base.texts import plain
from gongzhi.talks import queries, rules
from gongzhi.talks.actions.rooms import open_room
from gongzhi.talks.actions.telling import tell_office, tell_sides
from gongzhi.talks.capabilities import Can
from gongzhi.talks.events import OfferAccepted
from gongzhi.talks.models import Offer, OfferAnswer
from gongzhi.talks.queries import Seat
from gongzhi.talks.rules import SHARED, Term

O = Offer.State  # noqa: E741
MOST_TERMS = 40


@dataclass(frozen=True)
class Proposal:
    """What is offered: obligations, words beside them, how many hours it stands, which offer it answers."""

    terms: Sequence[Term]
    key: str
    words: str = ""
    hours: int = 0  # 0: as the norm says
    replies_to: int | None = None


def offer(*, seat: Seat, room: str, said: Proposal, at: datetime) -> Offer:
    """A side offers something: to all in the shared room, or to the mediator in its own."""
    if room not in seat.keys:
        raise OutOfReach
    if not seat.is_talking:
        raise Refused(_("Offers are made while the mediation is under way."))
    if not seat.may_sign:
        raise Refused(_("For a minor the guardian makes offers, with the guardian's own code."))
    made = _made(seat.matter_id, room, said, {"party_id": seat.acts_for}, actor=ANONYMOUS, at=at)
    tell_office(seat.matter_id, _("{side}: a new offer").format(side=seat.words), at=at)
    return made


def propose(*, number: str, room: str, said: Proposal, actor: Actor, at: datetime) -> Offer:
    """The mediator proposes something of their own; it goes to every side."""
    talk = queries.mediated(number, actor, Can.HOLD)
    if not talk.is_talking:
        raise Refused(_("Offers are made while the mediation is under way."))
    return _made(talk.matter_id, SHARED, said, {"user_id": actor.id}, actor=actor, at=at)


def _made(
    matter_id: int, room: str, said: Proposal, by: dict[str, Any], *, actor: Actor, at: datetime
) -> Offer:
    terms = _terms(matter_id, said, at)
    expires_at = at + _stands(said.hours, at)
    try:
        with transaction.atomic():
            row = _written(matter_id, room, said, by, terms=terms, expires_at=expires_at, at=at)
            if row.passed_at:
                tell_sides(matter_id, "talk_news", {}, at=at, but=row.party_id or 0)
            _recorded("talks.offer", row, actor, at)
    except IntegrityError:
        known = Offer.objects.filter(
            dispute_id=matter_id, room__key=room, key=said.key[:64]
        ).first()
        if known is None:
            raise Refused(_("Another offer arrived at the same moment; look at it and send yours again.")) from None  # fmt: skip
        return known
    return row


def _written(matter_id: int, room: str, said: Proposal, by: dict[str, Any], *, terms: str, expires_at: datetime, at: datetime) -> Offer:  # fmt: skip
    last = Offer.objects.filter(dispute_id=matter_id).aggregate(last=Max("seq"))["last"] or 0
    replied = _countered(matter_id, said.replies_to, by, at)
    return Offer.objects.create(
        dispute_id=matter_id, room=open_room(matter_id, room, at=at), seq=last + 1, terms=terms, words=plain(said.words)[:500],
        replies_to=replied, key=said.key[:64], made_at=at, expires_at=expires_at, passed_at=at if room == SHARED else None, **by,
    )  # fmt: skip


def _terms(matter_id: int, said: Proposal, at: datetime) -> str:
    sides = {side.seq for side in queries.sides(matter_id)}
    terms = [Term(t.by, t.to, plain(t.what).strip()[:200], t.amount, t.due_on) for t in said.terms]
    problems = rules.term_problems(terms, sides=sides, today=timezone.localdate(at))
    words = {
        "none": _("Write at least one obligation: who owes what, until when."),
        "by": _("Choose who owes it."),
        "same": _("Nobody owes something to themselves."),
        "what": _("Write what is owed."),
        "amount": _("An amount is yuan with at most two decimals."),
        "due": _("A day to perform on lies in the future."),
    }
    if len(terms) > MOST_TERMS:
        raise Invalid({"terms": _("At most {n} obligations in one offer.").format(n=MOST_TERMS)})
    if problems:
        raise Invalid({"terms": " ".join(words[code] for code in problems)})
    return json.dumps([vars(term) for term in terms], ensure_ascii=False)


def _stands(hours: int, at: datetime) -> timedelta:
    norms = queries.norms(on=timezone.localdate(at))
    most = norms["offer.most_days"] * 24
    if not 0 <= hours <= most:
        raise Invalid({"hours": _("An offer stands for one to {n} hours.").format(n=most)})
    return timedelta(hours=hours or norms["offer.hours"])


def _countered(
    matter_id: int, offer_id: int | None, by: dict[str, Any], at: datetime
) -> Offer | None:
    """End the offer this one answers; one's own is not answered, and one that is settled is left as it is."""
    if offer_id is None:
        return None
    row = _locked(matter_id, offer_id)
    if by.get("party_id") and (row.party_id == by["party_id"] or row.passed_at is None):
        raise OutOfReach
    if row.state == O.OPEN and by.get("party_id"):
        row.state, row.settled_at = O.COUNTERED, at
        row.save(update_fields=["state", "settled_at"])
    return row


@transaction.atomic
def pass_on(*, number: str, offer_id: int, actor: Actor, at: datetime) -> Offer:
    """The mediator shows every side an offer that was made in a private room; its time starts anew from there."""
    talk = queries.mediated(number, actor, Can.HOLD)
    row = _standing(_locked(talk.matter_id, offer_id), at)
    if row.passed_at is None:
        row.expires_at = at + (row.expires_at - row.made_at)
        row.passed_at = at
        row.save(update_fields=["passed_at", "expires_at"])
        tell_sides(talk.matter_id, "talk_news", {}, at=at, but=row.party_id or 0)
        _recorded("talks.pass_on", row, actor, at)
    return row


def answer_offer(*, seat: Seat, offer_id: int, yes: bool, at: datetime) -> Offer:
    """A side says yes or no; when all have said yes the offer is handed on, and one no ends it."""
    if not seat.may_sign:
        raise Refused(_("For a minor the guardian answers, with the guardian's own code."))
    with transaction.atomic():
        row = _locked(seat.matter_id, offer_id)
        people = queries.sides(seat.matter_id)
        if row.passed_at is None or seat.acts_for == row.party_id:
            raise OutOfReach
        known = OfferAnswer.objects.filter(offer=row, party_id=seat.acts_for).first()
        if known and known.answer == yes:
            return row  # sent twice
        lapsed = _lapsed(row, at)
        if not lapsed:
            _standing(row, at)
            OfferAnswer.objects.update_or_create(
                offer=row, party_id=seat.acts_for, defaults={"answer": yes, "at": at}
            )
            _settle(row, people, at)
            _recorded("talks.answer_offer", row, ANONYMOUS, at)
    if lapsed:
        raise Refused(_("This offer has lapsed meanwhile. Say what you would agree to in an offer of your own."))  # fmt: skip
    return row


def _settle(row: Offer, people: list[queries.Side], at: datetime) -> None:
    said = dict(OfferAnswer.objects.filter(offer=row).values_list("party_id", "answer"))
    standing = rules.Standing(
        asked=frozenset(side.id for side in people if side.id != row.party_id),
        yes=frozenset(p for p, answer in said.items() if answer),
        no=frozenset(p for p, answer in said.items() if not answer), expires_at=row.expires_at,
    )  # fmt: skip
    state = rules.settled_as(standing, at=at)
    if not state:
        return
    row.state, row.settled_at = state, at
    row.save(update_fields=["state", "settled_at"])
    if state == O.ACCEPTED:
        bus.publish(OfferAccepted(row.dispute_id, row.pk, encrypt(row.terms), at))
    tell_office(row.dispute_id, _("Offer {n}: {state}").format(n=row.seq, state=row.get_state_display()), at=at)  # fmt: skip


def withdraw_offer(*, seat: Seat, offer_id: int, at: datetime) -> Offer:
    """Whoever made an offer takes it back, as long as not everybody said yes."""
    with transaction.atomic():
        row = _locked(seat.matter_id, offer_id)
        if row.party_id != seat.acts_for:
            raise OutOfReach
        return _withdrawn(row, ANONYMOUS, at)


@transaction.atomic
def withdraw_proposal(*, number: str, offer_id: int, actor: Actor, at: datetime) -> Offer:
    talk = queries.mediated(number, actor, Can.HOLD)
    row = _locked(talk.matter_id, offer_id)
    if row.user_id != actor.id:
        raise OutOfReach
    return _withdrawn(row, actor, at)


def _withdrawn(row: Offer, actor: Actor, at: datetime) -> Offer:
    if row.state != O.WITHDRAWN:
        _standing(row, at)
        row.state, row.settled_at = O.WITHDRAWN, at
        row.save(update_fields=["state", "settled_at"])
        _recorded("talks.withdraw_offer", row, actor, at)
    return row


def lapse(*, at: datetime) -> int:
    """End the offers whose time has run out; return how many."""
    over = Offer.objects.filter(state=O.OPEN, expires_at__lte=at)
    return over.update(state=O.LAPSED, settled_at=at)


def end_open_offers(*, matter_id: int, at: datetime) -> int:
    """End what is still open when the mediation ends; nothing of it binds anybody."""
    return Offer.objects.filter(dispute_id=matter_id, state=O.OPEN).update(state=O.LAPSED, settled_at=at)  # fmt: skip


def _locked(matter_id: int, offer_id: int) -> Offer:
    row = Offer.objects.select_for_update().filter(pk=offer_id, dispute_id=matter_id).first()
    if row is None:
        raise OutOfReach
    return row


def _lapsed(row: Offer, at: datetime) -> bool:
    if row.state == O.OPEN and row.expires_at <= at:
        row.state, row.settled_at = O.LAPSED, at
        row.save(update_fields=["state", "settled_at"])
    return row.state == O.LAPSED


def _standing(row: Offer, at: datetime) -> Offer:
    if row.state != O.OPEN or row.expires_at <= at:
        words = row.get_state_display() if row.state != O.OPEN else O.LAPSED.label
        raise Refused(
            _("This offer is “{state}”; that cannot be done any more.").format(state=words)
        )
    return row


def _recorded(verb: str, row: Offer, actor: Actor, at: datetime) -> None:
    audit.record(actor=actor, verb=verb, subject=f"matter:{row.dispute_id}", at=at, detail={"offer": row.seq})  # fmt: skip
