"""The sides of a dispute: what they said, what they signed, and what a page may show of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from gongzhi.base.actor import Actor
from gongzhi.base.secrets import masked
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Appointment, Consent, Dispute, FileAccess, Party, RightsNotice
from gongzhi.disputes.queries.one import parties
from gongzhi.disputes.rules import Will


@dataclass(frozen=True)
class SideFace:
    """What may stand on a page that everybody on the matter reads: no name in full, no number."""

    id: int
    seq: int
    side: str
    words: str  # applicant 1
    name: str  # 陈•
    phone: str
    is_person: bool
    is_minor: bool
    represents: int | None = None  # the party it speaks for
    capacity: str = ""  # guardian, agent, representative; in words
    needs: tuple[str, ...] = ()


CAPACITIES = {
    "guardian": pgettext_lazy("capacity", "guardian"),
    "agent": pgettext_lazy("capacity", "agent"),
    "representative": pgettext_lazy("capacity", "representative"),
}
NEEDS = {
    "interpreter": pgettext_lazy("need", "interpreter"),
    "dialect": pgettext_lazy("need", "dialect"),
    "sign": pgettext_lazy("need", "sign language"),
    "access": pgettext_lazy("need", "step-free access"),
    "reading": pgettext_lazy("need", "help with reading"),
}


def side_words(side: str, seq: int) -> str:
    labels = {
        "applicant": pgettext("side", "applicant"),
        "respondent": pgettext("side", "respondent"),
        "third": pgettext("side", "third party"),
    }
    return _("{side} (no. {seq})").format(side=labels.get(side, side), seq=seq + 1)


def faces(matter_id: int) -> list[SideFace]:
    return [
        SideFace(
            id=party.pk, seq=party.seq, side=party.side, words=side_words(party.side, party.seq),
            name=masked_name(party.name, party.nature), phone=masked(party.phone),
            is_person=party.nature == Party.Nature.PERSON, is_minor=party.is_minor,
            represents=party.represents_id, capacity=str(CAPACITIES.get(party.capacity, party.capacity)),
            needs=tuple(str(NEEDS.get(need, need)) for need in party.needs),
        )
        for party in parties(matter_id)
    ]  # fmt: skip


# What an agreement names; contacts and needs go on changing.
AGREED_PARTS = ("nature", "name", "id_number", "legal_person", "sex", "birth_year", "is_minor", "capacity", "represents")  # fmt: skip


def fixed_parts(row: Dispute, party: Party) -> frozenset[str]:
    """Return what stays as it is once an agreement lies on the table: what it names and is not empty."""
    if row.outcome not in (Outcome.WRITTEN, Outcome.ORAL, Outcome.PARTIAL):
        return frozenset()
    speaks = {"capacity", "represents", "is_minor"}
    return frozenset(name for name in AGREED_PARTS if name in speaks or getattr(party, name))


def left_words(matter_id: int) -> list[tuple[str, datetime]]:
    """Return who was a party and is none any more, without a name, and since when."""
    gone = Party.objects.filter(dispute_id=matter_id, left_at__isnull=False).order_by("seq")
    return [(side_words(row.side, row.seq), row.left_at) for row in gone if row.left_at]


def masked_name(name: str, nature: str = "person") -> str:
    """陈某甲 → 陈••; an organisation is named: it is no person."""
    return name if nature == Party.Nature.ORGANISATION else f"{name[:1]}{'•' * max(1, len(name) - 1)}"  # fmt: skip


def wills(matter_id: int, subject: str, *, since: datetime | None = None) -> list[Will]:
    """
    Return the newest answer of each principal side; agents and guardians answer for theirs.

    What was said before the dispute was reopened, or before `since`, does not count any more.
    """
    asked = Dispute.objects.values_list("asked_since", flat=True).get(pk=matter_id)
    bounds = [moment for moment in (asked, since) if moment is not None]
    said = Consent.objects.filter(party__dispute_id=matter_id, subject=subject)
    if bounds:
        said = said.filter(at__gt=max(bounds))
    newest: dict[int, bool] = {}
    for party_id, represents_id, answer in said.order_by("at", "id").values_list(
        "party_id", "party__represents_id", "answer"
    ):
        newest[represents_id or party_id] = answer
    return [Will(party.seq, party.side, newest.get(party.pk)) for party in principals(matter_id)]


def principals(matter_id: int) -> list[Party]:
    """Return the sides themselves, without those who only speak for one."""
    return [party for party in parties(matter_id) if party.represents_id is None]


def newcomers(matter_id: int) -> list[Party]:
    """Return the sides that joined after the intake."""
    return [party for party in principals(matter_id) if party.joined_at is not None]


def without_notice(matter_id: int) -> list[Party]:
    """Return the sides that have not signed the notice of rights, by themselves or by who speaks for them."""
    signed = RightsNotice.objects.filter(party__dispute_id=matter_id, signed_at__isnull=False)
    has = {who for pair in signed.values_list("party_id", "party__represents_id") for who in pair}
    return [party for party in principals(matter_id) if party.pk not in has]


def may_mediate(actor: Actor, matter_id: int) -> bool:
    """Is the actor a mediator of this dispute now?"""
    return Appointment.objects.filter(
        dispute_id=matter_id, ended_at__isnull=True, mediator__user_id=actor.id
    ).exists()


def may_arrange(actor: Actor, matter_id: int) -> bool:
    """Does the actor arrange the mediation of this dispute, as the clerk of its body?"""
    return Dispute.objects.within_reach_of(actor, Can.ARRANGE).filter(pk=matter_id).exists()


def may_write(actor: Actor, matter_id: int) -> bool:
    """Does the actor work on this dispute? To read its file for a reason is not enough."""
    if may_mediate(actor, matter_id):
        return True
    working = Dispute.objects.within_reach_of(actor, Can.TRIAGE, Can.ARRANGE, Can.MEDIATE)
    return working.filter(pk=matter_id).exists()


def is_assigned(actor: Actor, matter_id: int) -> bool:
    """
    Whether the file is this actor's work: its mediators; unless it is sealed, the clerks of its body;
    and until a body is chosen, whoever triages for the centre.
    """
    if may_mediate(actor, matter_id):
        return True
    homes = [grant.home for grant in actor.grants_for(Can.ARRANGE) if grant.home is not None]
    if Dispute.objects.filter(pk=matter_id, is_sealed=False, body__unit_id__in=homes).exists():
        return True
    triages = Dispute.objects.within_reach_of(actor, Can.TRIAGE)
    return triages.filter(pk=matter_id, body__isnull=True).exists()


def has_access(actor: Actor, matter_id: int, at: datetime) -> bool:
    return FileAccess.objects.filter(dispute_id=matter_id, user_id=actor.id, until__gt=at).exists()


def answers_for_papers(matter_id: int) -> Mapping[str, Any]:
    """
    Return the one set of answers every paper is filled from: the dispute, its sides, its mediators.

    Holds names in full: only for papers of the file, never for a list.
    """
    row = Dispute.objects.select_related("matter", "body").get(pk=matter_id)
    appointed = Appointment.objects.filter(dispute=row, ended_at__isnull=True)
    return {
        "number": row.matter.number,
        "opened_at": row.matter.reported_at,
        "kind": row.kind_code,
        "basis": str(row.get_basis_display()),
        "body": row.body.name if row.body else "",
        "story": row.story,
        "wish": row.wish,
        "amount": row.amount,
        "outcome": row.outcome,
        "effective_at": row.effective_at,
        "mediators": [one.mediator.name for one in appointed.select_related("mediator")],
        "sides": [
            {
                name: getattr(party, name)
                for name in (
                    "side", "seq", "nature", "name", "id_number", "phone", "address", "sex", "birth_year",
                    "occupation", "legal_person", "capacity", "is_minor",
                )
            }
            for party in parties(matter_id)
        ],
    }  # fmt: skip
