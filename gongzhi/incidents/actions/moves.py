"""What the grid matter's moves do, beyond the change of state."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents.actions import levels, objections, transfers
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.lifecycle import State
from gongzhi.incidents.models import DispatchPolicy, Incident
from gongzhi.matters import actions as matters
from gongzhi.matters.kind import Effect, Step

MATRIX = system("权责清单", Can.DISPATCH)


def _verify(step: Step) -> None:
    is_true = step.values.get("is_true") not in {"no", False}
    Incident.objects.filter(pk=step.matter.id).update(is_true=is_true)
    step.facts["is_true"] = is_true
    step.stops.append("first_response")


def _register(step: Step) -> None:
    """Put the matter under an item and a standard, and propose the unit the matrix names."""
    item, standard = _item_and_standard(step)
    on = timezone.localtime(step.at).date()
    found = catalogue.responsible(item_id=item.id, area_path=step.matter.area_path, on=on)
    Incident.objects.filter(pk=step.matter.id).update(
        standard=standard.id, proposed_unit=found.handler_unit_id, proposed_why=found.why[:300]
    )
    step.matter.item_id = item.id
    step.matter.is_urgent = standard.urgent
    step.matter.rules |= {"item": item.id, "item_version": item.version, "standard": standard.id}
    step.changed |= {"item", "is_urgent", "rules"}
    step.facts |= {
        "item": item.name,
        "standard": standard.when_counts,
        "limit": standard.limit_words,
        "why": found.why,
    }
    step.stops.append("first_response")


def _item_and_standard(step: Step) -> tuple[Any, Any]:
    item = catalogue.item(int(step.values.get("item") or step.matter.item_id or 0))
    standards = {s.id: s for s in catalogue.standards(item.id)}
    chosen = step.values.get("standard")
    standard = standards.get(int(chosen)) if chosen else next(iter(standards.values()), None)
    if standard is None:
        raise Invalid({"standard": _("Choose a standard of “{item}”.").format(item=item.name)})
    return item, standard


def _dispatch(step: Step) -> None:
    incident = Incident.objects.get(pk=step.matter.id)
    unit_id = int(step.values.get("unit") or incident.proposed_unit_id or 0)
    if not unit_id:
        raise Invalid({"unit": _("Choose the unit that handles it; the matrix names none.")})
    unit = accounts.unit(unit_id)
    if unit_id in (incident.not_competent or ()):
        raise Invalid(
            {"unit": _("{unit} objected, and the level above agreed: choose another unit.").format(unit=unit.name)}
        )  # fmt: skip
    is_override = incident.proposed_unit_id is not None and unit_id != incident.proposed_unit_id
    if is_override and not step.note:
        raise Invalid(
            {
                "reason": _("Say why another unit than the matrix names: {why}").format(
                    why=incident.proposed_why
                )
            }
        )
    if is_override:
        Incident.objects.filter(pk=step.matter.id).update(overridden=step.note[:300])
    step.facts |= {
        "unit": unit.name,
        "why": step.note if is_override else incident.proposed_why,
        "override": is_override,
    }
    matters.lead_by(step, unit_id)
    must_answer = bool(step.values.get("must_answer"))
    for joint in step.values.get("joint") or ():
        matters.join_unit(
            step, int(joint), task=str(step.values.get("task") or ""), must_answer=must_answer
        )


def _hand_in(step: Step) -> None:
    problems: dict[str, str] = {}
    if not step.note:
        problems["note"] = _("Say what was done.")
    needed = catalogue.item(step.matter.item_id).after_photos if step.matter.item_id else 0
    if needed and not step.values.get("uploads"):
        problems["uploads"] = _("A photo of the result is needed.")
    if problems:
        raise Invalid(problems)
    matters.wait_for_helpers(step)


def _again(step: Step) -> None:
    step.matter.rework_count += 1
    step.changed.add("rework_count")


def _accept(step: Step) -> None:
    """An urgent matter skipped verification: accepting it is the first answer its reporter gets."""
    step.stops.append("first_response")


EFFECTS: dict[str, Effect] = {
    "accept": _accept,
    "verify": _verify,
    "register": _register,
    "correct": _register,
    "dispatch": _dispatch,
    "raise_up": levels.raise_up,
    "push_down": levels.push_down,
    "take_over": levels.take_over,
    "ask_transfer": transfers.ask_transfer,
    "accept_transfer": transfers.accept_transfer,
    "refuse_transfer": transfers.refuse_transfer,
    "withdraw_transfer": transfers.withdraw_transfer,
    "object": objections.object_to,
    "uphold_objection": objections.uphold,
    "reject_objection": objections.reject,
    "send_back": objections.check_bound,
    "hand_in": _hand_in,
    "fail_check": _again,
    "rework": _again,
}


def dispatch_by_matrix(*, matter_id: int, at: datetime) -> bool:
    """Dispatch a registered matter to the unit the matrix names, where the policy says so; safe to repeat."""
    waiting = Incident.objects.filter(
        pk=matter_id, proposed_unit__isnull=False, matter__state=State.TO_DISPATCH
    )
    area_path = waiting.values_list("matter__area_path", flat=True).first()
    if area_path is None or not _is_automatic(area_path, timezone.localdate(at)):
        return False
    matters.move(matter_id=matter_id, move="dispatch", values={}, actor=MATRIX, at=at)
    return True


def _is_automatic(area_path: str, on: date) -> bool:
    """Read the policy of the smallest area that has one in force."""
    policies = DispatchPolicy.objects.filter(valid_from__lte=on).order_by("area_path", "valid_from")
    chosen = [policy.automatic for policy in policies if area_path.startswith(policy.area_path)]
    return bool(chosen and chosen[-1])
