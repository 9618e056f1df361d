"""A unit objects to a dispatch because it is not competent; the level above decides within its own clock."""

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Refused
from gongzhi.incidents.models import Incident, Objection
from gongzhi.matters.kind import Step


def object_to(step: Step) -> None:
    matter = step.matter
    check_bound(step)
    centre = accounts.centre_for(matter.area_path, matter.level)
    above = accounts.centre_for(matter.area_path, max(0, matter.level - 1))
    assert matter.lead_unit_id is not None
    Objection.objects.create(
        matter=matter, unit_id=matter.lead_unit_id, dispatcher_id=centre.id, settler_id=above.id,
        area_path=matter.area_path, unit_ids=matter.unit_ids, reason=step.note, made_at=step.at,
        made_by_name=step.actor.name[:80],
    )  # fmt: skip
    step.facts |= {"from": accounts.unit(matter.lead_unit_id).name, "to": above.name}


def uphold(step: Step) -> None:
    """Return it to the dispatcher; the unit is not named again, and the matrix's proposal of it is dropped."""
    made = _settle(step, Objection.State.UPHELD)
    incident = Incident.objects.get(pk=step.matter.id)
    incident.not_competent = [*(incident.not_competent or []), made.unit_id]
    if incident.proposed_unit_id == made.unit_id:
        incident.proposed_unit_id, incident.proposed_why = None, ""
    incident.save(update_fields=["not_competent", "proposed_unit", "proposed_why"])


def reject(step: Step) -> None:
    """Bind the unit: it handles the matter from now on and cannot send it back."""
    made = _settle(step, Objection.State.REJECTED)
    Incident.objects.filter(pk=step.matter.id).update(bound_unit=made.unit_id)
    step.stops.append("first_response")


def _settle(step: Step, state: Objection.State) -> Objection:
    made = Objection.objects.filter(matter=step.matter, state=Objection.State.MADE).first()
    if made is None:
        raise Refused(_("There is no objection to settle."))
    made.state, made.answer = state, step.note
    made.settled_at, made.settled_by_name = step.at, step.actor.name[:80]
    made.save()
    step.facts["unit"] = accounts.unit(made.unit_id).name
    return made


def check_bound(step: Step) -> None:
    """Refuse to give a matter away that the level above has decided this unit handles."""
    bound = Incident.objects.filter(pk=step.matter.id).values_list("bound_unit_id", flat=True)
    if (unit := bound.first()) is not None and unit == step.matter.lead_unit_id:
        raise Refused(
            _("The level above has decided that {unit} handles this matter.").format(
                unit=accounts.unit(unit).name
            )
        )
