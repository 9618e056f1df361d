"""A case whose dispute was entered by hand before the court's message came: the two are tied, nothing is entered twice."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.docking import queries, rules
from gongzhi.docking.actions import following
from gongzhi.docking.actions.steps import locked
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Docket
from gongzhi.matters import actions as moving
from gongzhi.matters import queries as matters

if TYPE_CHECKING:
    from gongzhi.disputes.models import Dispute


def entered_by_hand(case_number: str, *, source: str) -> "Dispute | None":
    """Return the dispute that stands under the court's number and has no docket of the court's yet."""
    row = disputes.referred_dispute(rules.spellings(case_number), source=source)
    if row is None or Docket.objects.filter(matter_id=row.pk, is_incoming=True).exists():
        return None
    return row


@transaction.atomic
def tie(*, docket_id: int, into: str, actor: Actor, at: datetime) -> Docket:
    """
    Tie a court's case to a dispute that stands in the register already: the one its message opened merges into it.

    The will the court was told counts for whoever bears the same name there; what was done there before, the court
    hears of. Raises Refused once the court's own dispute is being mediated.
    """
    docket = locked(docket_id, actor, Can.RECORD)
    if not queries.can_be_tied(docket):
        raise Refused(_("The case is being mediated already: what belongs together is linked on the matter's page."))  # fmt: skip
    number = matters.whole_number(into)
    other = matters.ids_by_number([number], actor).get(number) if number else None
    if other is None or matters.standing(other).kind != "dispute":
        raise Invalid({"into": _("There is no such dispute within your reach.")})
    if Docket.objects.filter(matter_id=other, is_incoming=True, state=Docket.State.OPEN).exists():
        raise Refused(_("This dispute has a case of a court already."))
    ours = docket.matter_id
    moving.move(matter_id=ours, move="merge", values={"into": number}, actor=actor, at=at)
    _carry_wills(ours, other, actor=actor, at=at)
    docket.refresh_from_db()
    following.hang(docket, other, at=at)
    audit.record(actor=actor, verb="docking.tie", subject=f"matter:{other}", at=at, detail={"docket": docket.pk})  # fmt: skip
    return docket


def _carry_wills(ours: int, other: int, *, actor: Actor, at: datetime) -> None:
    """Nobody is asked twice: a yes the court passed on counts, unless its side said something here."""
    names = {party.seq: party.name for party in disputes.parties(ours)}
    agreed = {names[will.seq] for will in disputes.wills(ours, "mediation") if will.answer}
    asked = {will.seq for will in disputes.wills(other, "mediation") if will.answer is not None}
    for party in disputes.principals(other):
        if party.name in agreed and party.seq not in asked:
            disputing.record_consent(party_id=party.pk, subject="mediation", answer=True, how="court", actor=actor, at=at)  # fmt: skip
