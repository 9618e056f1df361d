"""A matter goes from one town to another, if the other one takes it; until then the first one owes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.incidents import queries
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.models import Incident, Transfer
from gongzhi.matters import actions as matters
from gongzhi.matters.kind import Step
from gongzhi.places import queries as places

TOWN = 1
CLOCK = "transfer"


def ask_transfer(step: Step) -> None:
    """Ask another town's centre; its clock starts, the asking town's dispatch clock runs on."""
    matter = step.matter
    if matter.level != TOWN:
        raise Refused(_("A hand-over goes from a town's centre to another: raise it or push it first."))  # fmt: skip
    to_path = str(step.values.get("town", ""))
    if to_path not in dict(queries.towns_to_ask(matter)):
        raise Invalid({"town": _("Choose the town that is to take it.")})
    sender, receiver = (
        accounts.centre_for(matter.area_path, TOWN),
        accounts.centre_for(to_path, TOWN),
    )
    rule = "incident.transfer.urgent" if matter.is_urgent else "incident.transfer"
    limit = clock_queries.rule_limit(rule, on=timezone.localdate(step.at))
    start = clocks.Start(CLOCK, limit, party=receiver.name, rule=rule)
    (clock,) = clocks.change(subject=matter.id, at=step.at, start=[start])
    Transfer.objects.create(
        matter=matter, from_path=matter.district, to_path=to_path, from_unit_id=sender.id, to_unit_id=receiver.id,
        reason=step.note, asked_at=step.at, asked_by_name=step.actor.name[:80], due_at=clock.due_at,
    )  # fmt: skip
    step.facts |= {"from": sender.name, "to": receiver.name}
    step.keeps_clock = True


def accept_transfer(step: Step) -> None:
    """Make it a matter of the receiving town, at the place the town names; its centre dispatches it."""
    asked = _answered(step, Transfer.State.ACCEPTED)
    matter, on = step.matter, timezone.localdate(step.at)
    chosen = str(step.values.get("area") or "")
    known = [path for path, _name in queries.places_of_transfer(matter, asked, on=on)]
    if chosen and chosen not in known:
        raise Invalid({"area": _("Choose a place in {town}.").format(town=places.full_name(asked.to_path))})  # fmt: skip
    matter.area_path = chosen or known[0]
    matter.district, matter.placed_on = asked.to_path, on
    step.changed |= {"area_path", "district", "placed_on"}
    step.facts |= {"from": accounts.unit_name(asked.from_unit_id), "to": accounts.unit_name(asked.to_unit_id)}  # fmt: skip
    if matter.item_id:
        found = catalogue.responsible(item_id=matter.item_id, area_path=matter.area_path, on=on)
        Incident.objects.filter(pk=matter.id).update(
            proposed_unit=found.handler_unit_id, proposed_why=found.why[:300], overridden=""
        )


def refuse_transfer(step: Step) -> None:
    _answered(step, Transfer.State.REFUSED)
    step.keeps_clock = True


def withdraw_transfer(step: Step) -> None:
    asked = Transfer.objects.filter(matter=step.matter, state=Transfer.State.ASKED).first()
    if asked is None:
        raise Refused(_("No town has been asked to take this matter."))
    _end(asked, step, Transfer.State.WITHDRAWN)
    step.keeps_clock = True


def _answered(step: Step, state: Transfer.State) -> Transfer:
    """Return the open transfer, answered by somebody of the receiving town."""
    reach = Transfer.objects.within_reach_of(step.actor, Can.ANSWER_TRANSFER)
    asked = reach.filter(matter=step.matter, state=Transfer.State.ASKED).first()
    if asked is None:
        raise Refused(_("Only the town that was asked answers."))
    _end(asked, step, state)
    return asked


def _end(asked: Transfer, step: Step, state: Transfer.State) -> None:
    asked.state, asked.answer = state, step.note
    asked.answered_at, asked.answered_by_name = step.at, step.actor.name[:80]
    asked.save()
    clocks.stop_clocks(subject=step.matter.id, names=[CLOCK], at=step.at)


@transaction.atomic
def answer_transfer(
    *, transfer_id: int, move: str, values: dict[str, object], actor: Actor, at: datetime
) -> Transfer:
    """
    Take a matter another town wants to hand over, or not (`accept_transfer`, `refuse_transfer`).

    The request is what opens the matter to the town that was asked: for this one move its reach is
    lent to whoever reaches the request.
    """
    rows = Transfer.objects.within_reach_of(actor, Can.ANSWER_TRANSFER)
    asked = rows.select_related("matter").defer("matter__words").filter(pk=transfer_id).first()
    if asked is None:
        raise OutOfReach
    if asked.state != Transfer.State.ASKED:
        raise Refused(_("This hand-over has been answered: {state}.").format(state=asked.get_state_display()))  # fmt: skip
    own = actor.grants_for(Can.ANSWER_TRANSFER)[0]
    lent = Grant(
        frozenset({Can.ANSWER_TRANSFER}), area=asked.from_path, role=own.role, home=own.home
    )
    answering = Actor(
        actor.id, actor.name, (*actor.grants, lent), actor.on_behalf_of, actor.address
    )
    matters.move(matter_id=asked.matter_id, move=move, values=values, actor=answering, at=at)
    asked.refresh_from_db()
    return asked
