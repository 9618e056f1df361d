"""Three levels of command: a matter is raised, pushed down, or taken over by a centre above."""

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Refused
from gongzhi.incidents import queries
from gongzhi.matters.kind import Step

CITY, TOWN, VILLAGE = 0, 1, 2


def raise_up(step: Step) -> None:
    if step.matter.level == CITY:
        raise Refused(_("The city's centre is the highest level."))
    _to_level(step, step.matter.level - 1)


def push_down(step: Step) -> None:
    if step.matter.level == VILLAGE:
        raise Refused(_("The village's station is the lowest level."))
    _to_level(step, step.matter.level + 1)


def take_over(step: Step) -> None:
    """Dispatch it at the actor's own level instead of one below; the centre below and its unit are told."""
    level = queries.level_of(step.actor, step.matter.area_path, above=step.matter.level)
    if level is None:
        raise Refused(_("Your centre is not above the one that dispatches this matter."))
    below = accounts.centre_for(step.matter.area_path, step.matter.level)
    step.facts |= {"from": below.name, "from_unit": below.id}
    if step.matter.state == "to_accept" and step.matter.lead_unit_id:
        step.facts["lead_unit"] = step.matter.lead_unit_id
    _to_level(step, level)


def _to_level(step: Step, level: int) -> None:
    step.matter.level = level
    step.changed.add("level")
    step.restarts_clock = True
    step.facts["to"] = accounts.centre_for(step.matter.area_path, level).name
