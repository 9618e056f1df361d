"""Minutes and undisputed facts: written by the mediator, signed by every side, then unchangeable."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.texts import plain
from gongzhi.talks import queries, rules
from gongzhi.talks.actions.telling import tell_sides
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import Minutes, Signature, Sitting, UndisputedFact
from gongzhi.talks.queries import Seat

LONGEST = 8000


@dataclass(frozen=True)
class Wording:
    """What minutes say, in four parts."""

    present: str
    facts: str = ""
    course: str = ""
    wording: str = ""

    @property
    def digest(self) -> str:
        return rules.digest_of(self.present, self.facts, self.course, self.wording)


@transaction.atomic
def write_minutes(
    *, number: str, sitting_id: int, version: int, said: Wording, actor: Actor, at: datetime
) -> Minutes:
    """Write the minutes, or write them anew: what was signed before must then be signed again."""
    talk = queries.talk(number, actor, Can.HOLD)
    sitting = Sitting.objects.select_for_update().filter(pk=sitting_id, dispute_id=talk.matter_id).first()  # fmt: skip
    if sitting is None:
        raise OutOfReach
    if sitting.begun_at is None:
        raise Refused(_("Minutes are written once the sitting has begun."))
    clean = _clean(said)
    # Locked: the last side may be signing these words, which then do not change any more.
    known = Minutes.objects.select_for_update().filter(sitting=sitting).first()
    row = known or Minutes(sitting=sitting, version=0)
    _check_version(row, version)
    row.version += 1
    for name, text in vars(clean).items():
        setattr(row, name, text)
    row.digest, row.written_by, row.written_by_name, row.written_at = clean.digest, actor.id, actor.name[:150], at  # fmt: skip
    row.save()
    if row.version == 1:
        tell_sides(talk.matter_id, "talk_news", {}, at=at)
    _recorded("talks.write_minutes", talk.matter_id, actor, at, version=row.version)
    return row


def _clean(said: Wording) -> Wording:
    clean = Wording(**{name: plain(text).strip()[:LONGEST] for name, text in vars(said).items()})
    if not clean.present:
        raise Invalid({"present": _("Say who was present.")})
    if not (clean.facts or clean.course or clean.wording):
        raise Invalid({"course": _("Write what was found, said or agreed.")})
    return clean


def _check_version(row: Minutes, version: int) -> None:
    if row.closed_at:
        raise Refused(_("Everybody has signed these minutes: they do not change any more."))
    if row.version != version:
        raise Refused(_("Somebody has written these minutes anew meanwhile; look at them again."))


@transaction.atomic
def sign_minutes_as_mediator(*, number: str, sitting_id: int, digest: str, actor: Actor, at: datetime) -> Signature:  # fmt: skip
    talk = queries.mediated(number, actor, Can.HOLD)
    return _sign_minutes(talk.matter_id, sitting_id, digest, {"user_id": actor.id, "how": "desk"}, actor=actor, at=at)  # fmt: skip


@transaction.atomic
def note_paper_signature(
    *, number: str, sitting_id: int, party_id: int, digest: str, actor: Actor, at: datetime
) -> Signature:
    """Note that a side signed the printed minutes by hand; the scan goes into the file."""
    talk = queries.talk(number, actor, Can.HOLD)
    if party_id not in {side.id for side in queries.sides(talk.matter_id)}:
        raise Invalid({"party_id": _("Choose one of the sides.")})
    by = {"party_id": party_id, "signer_id": party_id, "how": "paper"}
    return _sign_minutes(talk.matter_id, sitting_id, digest, by, actor=actor, at=at)


@transaction.atomic
def sign_minutes(
    *, seat: Seat, sitting_id: int, digest: str, declared: str, at: datetime
) -> Signature:
    """A side signs what it has read, by number, code and its own words; twice is once."""
    by = _by_seat(seat, declared)
    return _sign_minutes(seat.matter_id, sitting_id, digest, by, actor=ANONYMOUS, at=at)


def _by_seat(seat: Seat, declared: str) -> dict[str, Any]:
    if not seat.may_sign:
        raise Refused(_("For a minor the guardian signs, with the guardian's own code."))
    if len(declared.strip()) < 2:
        raise Invalid({"declared": _("Type that you have read it and that it is right, in your own words.")})  # fmt: skip
    return {"party_id": seat.acts_for, "signer_id": seat.party_id, "how": "code", "declared": plain(declared).strip()[:60]}  # fmt: skip


def _sign_minutes(
    matter_id: int, sitting_id: int, digest: str, by: dict[str, Any], *, actor: Actor, at: datetime
) -> Signature:
    rows = Minutes.objects.select_for_update(of=("self",))
    row = rows.filter(sitting_id=sitting_id, sitting__dispute_id=matter_id).first()
    if row is None:
        raise OutOfReach
    if row.digest != digest:
        raise Refused(_("The words have changed since you read them; read them again before you sign."))  # fmt: skip
    who = {"party_id": by.get("party_id"), "user_id": by.get("user_id", 0)}
    known = Signature.objects.filter(minutes=row, digest=digest, **who).first()
    if known:
        return known
    made = Signature.objects.create(minutes=row, digest=digest, at=at, **by)
    seen = queries.sitting(matter_id, sitting_id)
    if seen.signed and seen.signed.is_whole and row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
    _recorded("talks.sign_minutes", matter_id, actor, at, how=by["how"])
    return made


@transaction.atomic
def add_fact(*, number: str, text: str, actor: Actor, at: datetime) -> UndisputedFact:
    """Write a fact that nobody disputes, to be signed by all; concessions do not belong here."""
    talk = queries.talk(number, actor, Can.HOLD)
    if not talk.is_talking:
        raise Refused(_("Facts are recorded while the mediation is under way."))
    words = plain(text).strip()
    if not 4 <= len(words) <= 1000:
        raise Invalid({"text": _("Write the fact in one to a few sentences.")})
    last = UndisputedFact.objects.filter(dispute_id=talk.matter_id).aggregate(last=Max("seq"))["last"] or 0  # fmt: skip
    row = UndisputedFact.objects.create(
        dispute_id=talk.matter_id, seq=last + 1, text=words, digest=rules.digest_of(words), written_by=actor.id,
        written_at=at,
    )  # fmt: skip
    tell_sides(talk.matter_id, "talk_news", {}, at=at)
    _recorded("talks.add_fact", talk.matter_id, actor, at, fact=row.seq)
    return row


@transaction.atomic
def strike_fact(*, number: str, fact_id: int, actor: Actor, at: datetime) -> UndisputedFact:
    """Strike out a fact that somebody disputes after all; one that all signed stays."""
    talk = queries.talk(number, actor, Can.HOLD)
    row = _fact(talk.matter_id, fact_id)
    if row.state == UndisputedFact.State.SIGNED:
        raise Refused(_("Every side has signed this fact: it stays in the file."))
    row.state, row.settled_at = UndisputedFact.State.STRUCK, at
    row.save(update_fields=["state", "settled_at"])
    _recorded("talks.strike_fact", talk.matter_id, actor, at, fact=row.seq)
    return row


@transaction.atomic
def sign_fact(*, seat: Seat, fact_id: int, digest: str, declared: str, at: datetime) -> Signature:
    by = _by_seat(seat, declared)
    return _sign_fact(seat.matter_id, fact_id, digest, by, actor=ANONYMOUS, at=at)


@transaction.atomic
def sign_fact_as_mediator(*, number: str, fact_id: int, digest: str, actor: Actor, at: datetime) -> Signature:  # fmt: skip
    talk = queries.mediated(number, actor, Can.HOLD)
    return _sign_fact(talk.matter_id, fact_id, digest, {"user_id": actor.id, "how": "desk"}, actor=actor, at=at)  # fmt: skip


def _sign_fact(
    matter_id: int, fact_id: int, digest: str, by: dict[str, Any], *, actor: Actor, at: datetime
) -> Signature:
    row = _fact(matter_id, fact_id)
    if row.digest != digest or row.state == UndisputedFact.State.STRUCK:
        raise Refused(_("The words have changed since you read them; read them again before you sign."))  # fmt: skip
    who = {"party_id": by.get("party_id"), "user_id": by.get("user_id", 0)}
    known = Signature.objects.filter(fact=row, digest=digest, **who).first()
    if known:
        return known
    made = Signature.objects.create(fact=row, digest=digest, at=at, **by)
    signed = next(one.signed for one in queries.facts(matter_id) if one.row.pk == fact_id)
    if signed.is_whole:
        row.state, row.settled_at = UndisputedFact.State.SIGNED, at
        row.save(update_fields=["state", "settled_at"])
    _recorded("talks.sign_fact", matter_id, actor, at, how=by["how"])
    return made


def _fact(matter_id: int, fact_id: int) -> UndisputedFact:
    row = UndisputedFact.objects.select_for_update().filter(pk=fact_id, dispute_id=matter_id).first()  # fmt: skip
    if row is None:
        raise OutOfReach
    return row


def _recorded(verb: str, matter_id: int, actor: Actor, at: datetime, **detail: Any) -> None:
    audit.record(actor=actor, verb=verb, subject=f"matter:{matter_id}", at=at, detail=detail)
