"""Reaching the sides: attempts planned and recorded, links sent, answers taken."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.secrets import blind_index
from gongzhi.base.texts import plain
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.talks import queries
from gongzhi.talks.actions.telling import said_by, tell_office, tell_party
from gongzhi.talks.capabilities import Can
from gongzhi.talks.events import PartyAnswered
from gongzhi.talks.models import Answer, Attempt, Invitation, PhoneCare
from gongzhi.talks.queries.reach import CONTACTING

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read aloud without doubt


@dataclass(frozen=True)
class Record:
    """What is written down of one attempt."""

    party_id: int
    way: str
    outcome: str
    note: str = ""
    attempt_id: int | None = None  # the planned one this fulfils


def plan_attempt(*, number: str, party_id: int, way: str, due_on: date, actor: Actor, at: datetime) -> Attempt:  # fmt: skip
    """Plan one attempt to reach a side, by a day."""
    talk = _contacting(number, actor)
    party = _side(talk.matter_id, party_id)
    _must_know("ways", way, "way", at)
    if not timezone.localdate(at) <= due_on <= timezone.localdate(at) + timedelta(days=90):
        raise Invalid({"due_on": _("Choose a day from today on, within ninety days.")})
    made = Attempt.objects.create(
        dispute_id=talk.matter_id, party=party, way=way, due_on=due_on, planned_by=actor.id, planned_at=at
    )  # fmt: skip
    audit.record(actor=actor, verb="talks.plan_attempt", subject=f"matter:{talk.matter_id}", at=at)
    return made


def plan_first(*, matter_id: int, at: datetime) -> int:
    """Plan the first contact with every other side, within the working days of 在线调解规则 art. 15; safe to repeat."""
    days = queries.norm("attempts.first_days", on=timezone.localdate(at))
    limit = clocks.Limit(days, "day", "working", from_next_day=True)
    due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert due is not None  # a limit in working days has an end
    known = set(Attempt.objects.filter(dispute_id=matter_id).values_list("party_id", flat=True))
    missing = [
        p for p in disputes.principals(matter_id) if p.side != "applicant" and p.pk not in known
    ]
    Attempt.objects.bulk_create(
        Attempt(
            dispute_id=matter_id, party=party, way="call" if party.phone else "visit",
            due_on=timezone.localdate(due), planned_at=at,
        )
        for party in missing
    )  # fmt: skip
    return len(missing)


@transaction.atomic
def record_attempt(*, number: str, said: Record, actor: Actor, at: datetime) -> Attempt:
    """Write down an attempt that was made: it stays as it is."""
    talk = _contacting(number, actor)
    party = _side(talk.matter_id, said.party_id)
    _must_know("ways", said.way, "way", at)
    _must_know("outcomes", said.outcome, "outcome", at)
    row = _planned(talk.matter_id, said, at)
    row.party, row.way, row.outcome, row.note = (
        party,
        said.way,
        said.outcome,
        plain(said.note)[:500],
    )
    row.made_at, row.made_by, row.made_by_name = at, actor.id, actor.name[:150]
    row.save()
    audit.record(
        actor=actor, verb="talks.record_attempt", subject=f"matter:{talk.matter_id}", at=at,
        detail={"way": said.way, "outcome": said.outcome},
    )  # fmt: skip
    return row


def _planned(matter_id: int, said: Record, at: datetime) -> Attempt:
    if said.attempt_id is None:
        return Attempt(dispute_id=matter_id, due_on=timezone.localdate(at), planned_at=at)
    row = (
        Attempt.objects.select_for_update().filter(pk=said.attempt_id, dispute_id=matter_id).first()
    )
    if row is None:
        raise OutOfReach
    if row.made_at:
        raise Refused(_("This attempt is on record already."))
    return row


@transaction.atomic
def send_link(*, number: str, party_id: int, actor: Actor, at: datetime) -> Attempt:
    """Send a side its link by message; the sending counts as one attempt."""
    talk = _contacting(number, actor)
    party = _side(talk.matter_id, party_id)
    if PhoneCare.objects.filter(party=party, is_shared=True).exists():
        raise Refused(
            _(
                "Others may read this telephone: nothing is sent there. Call in the safe hours or visit."
            )
        )
    if talk.is_hidden:
        raise Refused(
            _("This dispute has a safe channel: a link would give it away. Call or visit.")
        )
    invitation = make_invitation(party, at=at)
    if not _tell_link(party, invitation, at=at):
        raise Refused(
            _(
                "This side left neither a mobile number nor an e-mail address: send a letter or visit."
            )
        )
    return _sent(talk.matter_id, party, "message", invitation, actor=actor, at=at)


@transaction.atomic
def make_letter(*, number: str, party_id: int, actor: Actor, at: datetime) -> Attempt:
    """Make the link for a letter with a QR code; the letter counts as one attempt on the day it is made."""
    talk = _contacting(number, actor)
    party = _side(talk.matter_id, party_id)
    if not party.address:
        raise Refused(
            _("This side left no address: ask the grid officer or the other side for one first.")
        )
    return _sent(talk.matter_id, party, "letter", make_invitation(party, at=at), actor=actor, at=at)


def _sent(matter_id: int, party: Any, way: str, invitation: Invitation, *, actor: Actor, at: datetime) -> Attempt:  # fmt: skip
    row = Attempt.objects.filter(dispute_id=matter_id, party=party, way=way, made_at=None).first()
    row = row or Attempt(dispute_id=matter_id, party=party, way=way, due_on=timezone.localdate(at), planned_at=at)  # fmt: skip
    row.outcome, row.invitation, row.made_at = "sent", invitation, at
    row.made_by, row.made_by_name = actor.id, actor.name[:150]
    row.save()
    audit.record(
        actor=actor, verb="talks.send_link", subject=f"matter:{matter_id}", at=at, detail={"way": way}
    )  # fmt: skip
    return row


def make_invitation(party: Any, *, at: datetime, is_renewed: bool = False) -> Invitation:
    """Make a link for a party; a newer one ends those before it."""
    code = "".join(secrets.choice(LETTERS) for _n in range(12))
    days = queries.norm("link.days", on=timezone.localdate(at))
    Invitation.objects.filter(party=party, revoked_at=None, is_renewed=True).update(revoked_at=at)
    return Invitation.objects.create(
        party=party, code=code, code_index=blind_index(code, purpose=queries.CODE), is_renewed=is_renewed,
        made_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip


def _tell_link(party: Any, invitation: Invitation, *, at: datetime) -> int:
    _id, _unit, body = disputes.body_of(party.dispute_id)
    values = {"number": party.dispute.matter.number, "unit": body, "due": invitation.expires_at}
    return tell_party(party, "talk_link", values, at=at, link=f"/d/{invitation.code}")


def welcome(*, matter_id: int, at: datetime) -> int:
    """Somebody joined while the sides are being reached: they are to be reached as well."""
    is_under_way = matters.standing(matter_id).state in CONTACTING
    return plan_first(matter_id=matter_id, at=at) if is_under_way else 0


@transaction.atomic
def part_with(*, party_id: int, at: datetime) -> None:
    """A party is none any more: its links end, and nobody has to reach it."""
    Invitation.objects.filter(party_id=party_id, revoked_at=None).update(revoked_at=at)
    Attempt.objects.filter(party_id=party_id, made_at=None).delete()


@transaction.atomic
def renew_link(*, number: str, phone: str, at: datetime) -> int:
    """
    Send a new link to whoever left this telephone in this dispute; return how many were sent.

    The page says the same whatever the number: nobody learns from it who is a party.
    """
    most = queries.norm("link.renewals_a_day", on=timezone.localdate(at))
    sent = 0
    for party in disputes.parties_by_phone(number, phone):
        seat = queries.seat_of(party)
        lately = Invitation.objects.filter(party=party, is_renewed=True, made_at__gt=at - timedelta(days=1))  # fmt: skip
        if not seat.is_contacting or seat.is_hidden or lately.count() >= most:
            continue
        invitation = make_invitation(party, at=at, is_renewed=True)
        sent += bool(_tell_link(party, invitation, at=at))
    return sent


@dataclass(frozen=True)
class Said:
    """What a side answers by its link."""

    choice: str
    words: str = ""
    proposed_at: datetime | None = None
    key: str = ""


def answer(*, code: str, said: Said, at: datetime) -> Answer:
    """Take a side's answer by its link; sending it twice is one answer."""
    key = _key(code, said.key or secrets.token_urlsafe(16))
    try:
        with transaction.atomic():
            return _answer(code, said, key, at=at)
    except IntegrityError:
        known = Answer.objects.filter(key=key).first()
        if known is None:
            raise
        return known


def _answer(code: str, said: Said, key: str, *, at: datetime) -> Answer:
    door = queries.door(code, at=at)
    if door is None:
        raise OutOfReach
    known = Answer.objects.filter(key=key).first()
    if known:
        return known
    Invitation.objects.select_for_update().get(pk=door.invitation.pk)
    if door.is_dead:
        raise Refused(
            _("This link has run out. Ask for a new one with the number and your telephone.")
        )
    _check_answer(said, at)
    row = Answer.objects.create(
        dispute_id=door.seat.matter_id, party_id=door.seat.acts_for, invitation=door.invitation, choice=said.choice,
        words=plain(said.words)[:500], proposed_at=said.proposed_at, key=key, at=at,
    )  # fmt: skip
    _follow(row, at, may_consent=door.seat.may_sign)
    return row


def _key(code: str, key: str) -> str:
    return blind_index(f"{code.strip().upper()} {key}", purpose="talk-answer")


def _check_answer(said: Said, at: datetime) -> None:
    if said.choice not in Answer.Choice.values:
        raise Invalid({"choice": _("Choose one of the answers.")})
    if said.choice == Answer.Choice.ASK and not said.words.strip():
        raise Invalid({"words": _("Write your question.")})
    if said.choice == Answer.Choice.PROPOSE:
        if said.proposed_at is None:
            raise Invalid({"proposed_at": _("Choose a day and an hour that suit you.")})
        if not at < said.proposed_at < at + timedelta(days=60):
            raise Invalid({"proposed_at": _("Choose a time within the next sixty days.")})


def _follow(row: Answer, at: datetime, *, may_consent: bool) -> None:
    """
    What the answer means for the file: consent or its refusal, and news to whoever owes the next step.

    What a minor says is kept as a wish: whoever speaks for them consents or refuses.
    """
    party, words = disputes.party(row.party_id), str(row.get_choice_display())
    if not may_consent:
        words = _("{words} (a wish: the guardian is still to answer)").format(words=words)
    elif row.choice in {Answer.Choice.TAKE_PART, Answer.Choice.PROPOSE, Answer.Choice.REFUSE}:
        disputing.record_consent(
            party_id=row.party_id, subject="mediation", answer=row.choice != Answer.Choice.REFUSE, how="link",
            actor=ANONYMOUS, at=at,
        )  # fmt: skip
    tell_office(row.dispute_id, said_by(party, words), at=at)
    bus.publish(PartyAnswered(row.dispute_id, row.party_id, row.choice, at))


@transaction.atomic
def look_at(*, number: str, answer_id: int, reply: str, actor: Actor, at: datetime) -> Answer:
    """Mark an answer as looked at; with words, reply to it: the side reads them on its own page."""
    talk = queries.talk(number, actor, Can.CONTACT)
    row = Answer.objects.select_for_update().filter(pk=answer_id, dispute_id=talk.matter_id).first()
    if row is None:
        raise OutOfReach
    row.seen_at = row.seen_at or at
    if reply.strip():
        row.reply, row.replied_at = plain(reply).strip()[:500], at
        tell_party(disputes.party(row.party_id), "talk_news", {"number": number}, at=at, link=f"/talk/{number}")  # fmt: skip
    row.save(update_fields=["seen_at", "reply", "replied_at"])
    audit.record(actor=actor, verb="talks.look_at", subject=f"matter:{talk.matter_id}", at=at)
    return row


@transaction.atomic
def set_phone_care(
    *, number: str, party_id: int, is_shared: bool, hours: str, actor: Actor, at: datetime
) -> PhoneCare:
    """Note how a side may be reached without harm: others may read its telephone, or only some hours are safe."""
    talk = queries.talk(number, actor, Can.CONTACT)
    party = _side(talk.matter_id, party_id)
    values = {"is_shared": is_shared, "hours": plain(hours)[:60], "set_by": actor.id, "set_at": at}
    row, _is_new = PhoneCare.objects.update_or_create(party=party, defaults=values)
    audit.record(actor=actor, verb="talks.set_phone_care", subject=f"matter:{talk.matter_id}", at=at)  # fmt: skip
    return row


def _contacting(number: str, actor: Actor) -> queries.Talk:
    talk = queries.talk(number, actor, Can.CONTACT)
    if not talk.is_contacting:
        raise Refused(_("In the state “{state}” nobody is contacted any more.").format(state=talk.state_label))  # fmt: skip
    return talk


def _side(matter_id: int, party_id: int) -> Any:
    party = next((one for one in disputes.principals(matter_id) if one.pk == party_id), None)
    if party is None:
        raise Invalid({"party_id": _("Choose one of the sides.")})
    return disputes.party(party.pk)


def _must_know(table: str, code: str, field: str, at: datetime) -> None:
    if code not in dict(queries.named(table, on=timezone.localdate(at))):
        raise Invalid({field: _("Choose one from the list.")})
