"""A case comes from a court, or goes to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries as dispute_queries
from gongzhi.docking import queries
from gongzhi.docking.actions import following, staging, tying
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Chance, Docket, Partner
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

if TYPE_CHECKING:
    from gongzhi.disputes.models import Dispute

INCOMING = (Docket.Kind.DELEGATION, Docket.Kind.COMMISSION, Docket.Kind.COMMISSION_SUMMARY, Docket.Kind.PROSECUTION)  # fmt: skip
OUTGOING: Mapping[str, tuple[str, ...]] = {
    Docket.Kind.CONFIRMATION: (Partner.Kind.COURT,),
    Docket.Kind.ARBITRATION: (Partner.Kind.ARBITRATION,),
    Docket.Kind.SUIT: (Partner.Kind.COURT,),
    Docket.Kind.PAYMENT_ORDER: (Partner.Kind.COURT,),
    Docket.Kind.NOTARY: (Partner.Kind.NOTARY,),
}
SENDERS: Mapping[str, str] = {Partner.Kind.COURT: "court", Partner.Kind.PROCURATORATE: "prosecutor"}


@dataclass(frozen=True)
class Case:
    """What a court tells of the case it delegates or commissions."""

    kind: str
    case_number: str
    cause: str
    area_path: str
    sides: Sequence[Mapping[str, Any]]
    story: str
    wish: str
    address: str = ""
    amount: Decimal | None = None
    panel: str = ""
    channel: str = Docket.Channel.ONLINE
    kind_code: str = ""
    appointed_at: datetime | None = None  # empty: the court will still appoint
    people_count: int = 2
    mediators: Sequence[str] = field(default=())


@transaction.atomic
def enter_case(*, partner_id: int, case: Case, actor: Actor, at: datetime) -> Docket:
    """Enter by hand what a court brought on paper to the hall: the same as its message."""
    if not actor.can(Can.RECORD):
        raise OutOfReach
    partner = Partner.objects.filter(pk=partner_id, is_active=True).first()
    if partner is None or partner.kind not in SENDERS:
        raise Invalid({"partner_id": _("Choose the court or procuratorate the case comes from.")})
    known = known_case(partner, case.case_number)
    if known is not None:
        raise Refused(_("This case is here already: matter {number}.").format(number=matters.standing(known.matter_id).number))  # fmt: skip
    return take_case(partner, case, actor=actor, at=at)


def known_case(partner: Partner, case_number: str) -> Docket | None:
    return Docket.objects.filter(partner=partner, case_number=case_number, is_incoming=True).first()


def take_case(partner: Partner, case: Case, *, actor: Actor, at: datetime) -> Docket:
    """
    Open a dispute for a court's case and the docket that ties the two; both or neither.

    A dispute that was entered by hand under the court's number is not entered twice: it gets its docket.
    """
    if case.kind not in INCOMING:
        raise Invalid({"kind": _("This is no kind of case that comes to mediation.")})
    by_hand = tying.entered_by_hand(case.case_number, source=SENDERS[partner.kind])
    row = by_hand or _opened(partner, case, actor=actor, at=at)
    since = min(row.opened_at, at)
    docket = Docket.objects.create(
        partner=partner, matter_id=row.pk, kind=case.kind, is_incoming=True, case_number=case.case_number,
        cause=case.cause, amount=case.amount, panel=case.panel, channel=case.channel,
        area_path=row.area_path, unit_ids=list(by_hand.matter.unit_ids) if by_hand else [],
        opened_at=since, opened_by=actor.name[:80],
    )  # fmt: skip
    staging.begin_after(docket, "open", at=since)
    if case.appointed_at is not None:
        _appointed(docket, partner, case.appointed_at, at=since)
    audit.record(actor=actor, verb="docking.take", subject=f"matter:{row.pk}", at=at)
    staging.settle(docket, "open", at=at)
    if by_hand is not None:
        following.catch_up(docket, by_hand)
    return docket


def _opened(partner: Partner, case: Case, *, actor: Actor, at: datetime) -> "Dispute":
    intake = _intake(partner, case)
    try:
        row = disputes.open_dispute(intake=intake, actor=actor, at=at, key=None)
    except ObjectDoesNotExist:
        raise Invalid({"kind": _("“{code}” is no kind of dispute in force here.").format(code=intake.kind_code[:20])}) from None  # fmt: skip
    _keep_consents(row.pk, case, actor=actor, at=at)
    return row


def _appointed(docket: Docket, partner: Partner, when: datetime, *, at: datetime) -> None:
    """The court has named the body: what it and the sides had time for is done."""
    when = min(when, at)
    for code in ("choose", "appoint"):
        stage = staging.open_stage(docket, code)
        if stage is not None:
            staging.close(stage, by=partner.name, at=at)
    staging.begin_after(docket, "appoint", at=when)


def _intake(partner: Partner, case: Case) -> disputes.Intake:
    try:
        area = places.area(case.area_path)
    except ObjectDoesNotExist:
        raise Invalid({"area_path": _("The place “{path}” is not known here.").format(path=case.area_path[:60])}) from None  # fmt: skip
    kind_code = case.kind_code or queries.kind_for(case.cause)
    if not kind_code:
        raise Invalid({"cause": _("The cause “{cause}” fits none of our kinds of dispute; name the kind.").format(cause=case.cause[:60])})  # fmt: skip
    return disputes.Intake(
        kind_code=kind_code, sides=[_side(one) for one in case.sides], story=case.story, wish=case.wish,
        area_path=area.path, source=SENDERS[partner.kind], basis="referral", referred_by=partner.kind,
        outside_number=case.case_number, address=case.address, amount=case.amount,
        people_count=case.people_count,
    )  # fmt: skip


def _side(told: Mapping[str, Any]) -> disputes.Side:
    names = ("side", "name", "nature", "id_number", "phone", "address", "legal_person", "capacity")
    return disputes.Side(**{name: told[name] for name in names if told.get(name)})


def _keep_consents(matter_id: int, case: Case, *, actor: Actor, at: datetime) -> None:
    """The court has asked them already (人民法院在线调解规则 art. 4): nobody asks twice."""
    for party in dispute_queries.parties(matter_id):
        if case.sides[party.seq].get("agrees"):
            disputes.record_consent(
                party_id=party.pk, subject="mediation", answer=True, how="court", actor=actor, at=at
            )


# To a court, a commission, a notary


@dataclass(frozen=True)
class Application:
    kind: str
    partner_id: int
    matter_number: str
    since: datetime | None = None  # of a limitation: when the right was hurt, or the award came
    venue: str = ""
    note: str = ""


@transaction.atomic
def open_application(*, said: Application, actor: Actor, at: datetime) -> Docket:
    """
    Begin what the sides bring to a court, commission or notary after the mediation.

    Nothing here must come before a suit: the docket keeps the terms and papers, it is no condition.
    """
    number = matters.whole_number(said.matter_number)
    ids = matters.ids_by_number([number], actor) if number else {}
    if not actor.can(Can.FILE) or number not in ids:
        raise OutOfReach
    standing = matters.standing(ids[number])
    partner = Partner.objects.filter(pk=said.partner_id, is_active=True).first()
    if said.kind not in OUTGOING:
        raise Invalid({"kind": _("Choose what is applied for.")})
    if partner is None or partner.kind not in OUTGOING[said.kind]:
        raise Invalid({"partner_id": _("Choose where it is brought.")})
    if standing.kind != "dispute":
        raise Refused(_("Only a dispute goes on to a court."))
    if Docket.objects.filter(
        matter_id=standing.id, kind=said.kind, state=Docket.State.OPEN
    ).exists():
        raise Refused(_("This is under way for the matter already."))
    start = _start_of(said, standing.id, at)
    row = dispute_queries.dispute(standing.id)
    docket = Docket.objects.create(
        partner=partner, matter_id=standing.id, kind=said.kind, is_incoming=False, amount=row.amount,
        cause="", area_path=standing.area_path, unit_ids=list(row.matter.unit_ids), opened_at=at,
        bars=_bars(said.kind, row.kind_code), venue=said.venue if queries.ground("venues", said.venue) else "",
        opened_by=actor.name[:80],
    )  # fmt: skip
    if said.kind == Docket.Kind.CONFIRMATION:
        Chance.objects.filter(matter_id=standing.id).update(docket=docket)
    if queries.is_about_agreement(docket):
        disputes.keep_court_word(matter_id=standing.id, suit="open")
    staging.begin_after(docket, "open", at=start)
    audit.record(actor=actor, verb="docking.apply", subject=f"matter:{standing.id}", at=at, detail={"kind": said.kind})  # fmt: skip
    staging.settle(docket, "open", at=at)
    return docket


def offices_for(kind: str) -> tuple[str, ...]:
    """Return the kinds of office to which such an application is brought."""
    return OUTGOING.get(kind, ())


def _start_of(said: Application, matter_id: int, at: datetime) -> datetime:
    """Return when the term to apply began: the day the agreement took effect, or the day that was told."""
    if said.kind == Docket.Kind.CONFIRMATION:
        effective = dispute_queries.dispute(matter_id).effective_at
        if effective is None:
            raise Refused(_("The agreement is not in force yet: confirmation can be asked for within thirty days from then (《人民调解法》第三十三条)."))  # fmt: skip
        return effective
    if said.since is not None and said.since > at:
        raise Invalid({"since": _("This day lies ahead.")})
    return said.since or at


def _bars(kind: str, kind_code: str) -> dict[str, bool]:
    """Mark what stands against a confirmation by the kind of the dispute alone."""
    if kind != Docket.Kind.CONFIRMATION:
        return {}
    return {
        row.code: True for row in queries.grounds("bars") if row.kinds and kind_code.startswith(row.kinds)
    }  # fmt: skip


def court_actor(partner: Partner) -> Actor:
    """Return who acts when a partner's message does: named, without a reach of its own."""
    return system(partner.name)


def kinds_of(*, is_incoming: bool) -> list[tuple[str, Any]]:
    """Return the kinds of case that come from courts, or go to them, with their labels."""
    codes = INCOMING if is_incoming else tuple(OUTGOING)
    return [(str(code), Docket.Kind(code).label) for code in codes]


def panels() -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in Docket.Panel.choices]
