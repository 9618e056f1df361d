"""Which units have a part in a matter: who leads, who helps 协办, and what those who help have answered."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.matters import rules
from gongzhi.matters.actions.owing import JOINT, take_part
from gongzhi.matters.kind import Step
from gongzhi.matters.models import JointUnit
from gongzhi.matters.queries.joint import branches_of

LONGEST_EXCUSE = 500


def lead_by(step: Step, unit_id: int) -> None:
    """Make the unit the one that handles the matter."""
    step.matter.lead_unit_id = unit_id
    step.restarts_clock = True
    step.changed.add("lead_unit")
    take_part(step.matter, unit_id)


def hide_place(step: Step, *, title: str) -> None:
    """Name the matter by its kind alone: whoever knows the door knows the people behind it."""
    matter = step.matter
    matter.title, matter.address = title[:120], ""
    matter.words = SearchVector(Value(" ".join(rules.search_words(title))), config="simple")
    step.changed |= {"title", "address", "words"}


def join_unit(step: Step, unit_id: int, *, task: str = "", must_answer: bool = False) -> bool:
    """
    Ask a unit to help, and start its own clock; tell whether it was not asked before.

    Its clock follows the time rule "<kind>.joint" (urgent: "<kind>.joint.urgent").
    """
    unit = accounts.unit(unit_id)
    if unit.id == step.matter.lead_unit_id:
        raise Invalid({"joint": _("{unit} already leads this matter.").format(unit=unit.name)})
    asked, is_new = JointUnit.objects.get_or_create(
        matter=step.matter,
        unit_id=unit.id,
        defaults={
            "asked_at": step.at, "asked_by_name": step.actor.name[:80], "task": task, "must_answer": must_answer,
        },
    )  # fmt: skip
    if is_new:
        rule = f"{step.matter.kind}.joint" + (".urgent" if step.matter.is_urgent else "")
        limit = clock_queries.rule_limit(rule, on=timezone.localdate(step.at))
        start = clocks.Start(f"{JOINT}{unit.id}", limit, party=unit.name, rule=rule)
        (row,) = clocks.change(subject=step.matter.id, at=step.at, start=[start])
        asked.due_at = row.due_at
        asked.save(update_fields=["due_at"])
    take_part(step.matter, unit.id)
    step.facts.setdefault("joint", []).append(unit.name)
    return bool(is_new)


def invite(step: Step) -> None:
    unit = accounts.unit(int(step.values["unit"]))
    if unit.id == step.matter.lead_unit_id:
        raise Invalid({"unit": _("{unit} already leads this matter.").format(unit=unit.name)})
    must_answer = step.values.get("must_answer", True) not in {"no", False}
    if not join_unit(step, unit.id, task=step.note, must_answer=must_answer):
        raise Refused(_("{unit} has already been asked to help.").format(unit=unit.name))


def answer(step: Step) -> None:
    """Answer for the units of the actor's branch that were asked, and stop their clocks."""
    waiting = JointUnit.objects.filter(
        matter=step.matter, unit_id__in=branches_of(step.actor), answered_at__isnull=True
    )
    units = list(waiting.values_list("unit_id", flat=True))
    if not units:
        raise Refused(_("Your unit has not been asked to help, or has answered already."))
    waiting.update(answered_at=step.at, answer=step.note)
    names = [f"{JOINT}{unit}" for unit in units]
    clocks.stop_clocks(subject=step.matter.id, names=names, at=step.at)


def wait_for_helpers(step: Step) -> None:
    """
    Hold the lead unit's hand-in back while a unit that must answer has not.

    The lead unit may go on without it if it says why (`without`); the reason stays in the file.
    """
    waiting = JointUnit.objects.filter(
        matter=step.matter, must_answer=True, answered_at__isnull=True, excused=""
    )
    units = list(waiting.values_list("unit_id", flat=True))
    if not units:
        return
    names = "、".join(accounts.unit(unit).name for unit in units)
    why = str(step.values.get("without") or "").strip()[:LONGEST_EXCUSE]
    if not why:
        raise Invalid(
            {
                "without": _(
                    "{units} must answer first. To go on without them, say why; it stays in the file."
                ).format(units=names)
            }
        )
    waiting.update(excused=why)
    step.facts["without"] = f"{names}：{why}"
