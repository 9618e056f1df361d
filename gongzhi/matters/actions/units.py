"""Which units have a part in a matter."""

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid
from gongzhi.matters.actions.owing import take_part
from gongzhi.matters.kind import Step
from gongzhi.matters.models import JointUnit


def lead_by(step: Step, unit_id: int) -> None:
    """Make the unit the one that handles the matter."""
    step.matter.lead_unit_id = unit_id
    step.restarts_clock = True
    step.changed.add("lead_unit")
    take_part(step.matter, unit_id)


def join_unit(step: Step, unit_id: int) -> None:
    """Ask a unit to help; asking twice changes nothing."""
    unit = accounts.unit(unit_id)
    if unit.id == step.matter.lead_unit_id:
        raise Invalid({"joint": _("{unit} already leads this matter.").format(unit=unit.name)})
    JointUnit.objects.get_or_create(
        matter=step.matter, unit_id=unit.id, defaults={"asked_at": step.at}
    )
    take_part(step.matter, unit.id)
    step.facts.setdefault("joint", []).append(unit.name)
