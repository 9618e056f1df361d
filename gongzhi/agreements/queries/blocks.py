"""What agreements show on a dispute's page, and when they hold a move back."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.models import Agreement, Due, Signature
from gongzhi.agreements.queries.one import agreement_of, confirm_until, may_take_in
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.disputes import queries as disputes
from gongzhi.matters.kind import Block, Step

WRITING = frozenset({"mediating", "to_sign"})
# What a text or its papers say of a party; how it is reached and what it needs go on changing.
SAID_OF_PARTIES = (
    "nature", "name", "id_number", "address", "legal_person", "sex", "birth_year", "occupation", "is_minor", "capacity",
)  # fmt: skip


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return the agreement of a dispute for its page: state, days, no name; three statements."""
    if matter.kind != "dispute" or not actor.can(Can.VIEW):
        return None
    row = agreement_of(matter.id)
    is_entering = matter.state == "performing" and may_take_in(matter.id)
    if row is None and matter.state not in WRITING and not is_entering:
        return None
    on = timezone.localdate(at)
    dues = (
        list(Due.objects.filter(agreement=row).order_by("due_on", "clause", "part")) if row else []
    )
    late = [one for one in dues if one.state == Due.State.OPEN and one.due_on and one.due_on < on]
    values = {
        "number": matter.number, "row": row, "may_write": actor.can(Can.DRAFT) and (matter.state in WRITING or is_entering), "is_entering": is_entering,
        "signed": Signature.objects.filter(agreement=row, is_void=False).count() if row else 0,
        "done": sum(one.state != Due.State.OPEN for one in dues), "dues": len(dues), "late": len(late),
        "confirm_until": confirm_until(row), "on": on,
    }  # fmt: skip
    return Block("agreements/_matter.html", values)


def needs_signatures(step: Step) -> None:
    """
    Hold the effect of an agreement that is being signed here back until the seal is on it.

    An agreement kept on paper alone passes: its scan is the proof the move itself asks for.
    """
    row = agreement_of(step.matter.id)
    if row is not None and row.state == Agreement.State.SIGNING and not step.facts.get("agreement"):
        raise Refused(
            _("This agreement is being signed here: it is in force once every side and the mediator have signed and the seal is set.")
        )  # fmt: skip


def needs_rest(step: Step) -> None:
    """Hold back what changes the parties while a text that names them is being signed: it stays as it is."""
    row = agreement_of(step.matter.id)
    if row is None or row.state != Agreement.State.SIGNING or _leaves_text(step):
        return
    raise Refused(
        _("An agreement that names the sides is being signed: take it back first. Telephone, e-mail and needs can be changed now.")
    )  # fmt: skip


def _leaves_text(step: Step) -> bool:
    """Whether a party is put right in nothing the text says of it."""
    if step.move != "put_right_party":
        return False
    parties = disputes.parties(step.matter.id)
    told = step.values.get("told")
    party = next((one for one in parties if one.seq == step.values.get("party")), None)
    if told is None or party is None:
        return True  # the move itself says what is wrong
    places = {place: one.pk for place, one in enumerate(parties)}
    speaks_alike = places.get(told.represents) == party.represents_id
    return speaks_alike and all(
        getattr(told, name) == getattr(party, name) for name in SAID_OF_PARTIES
    )
