"""What the moves common to all kinds do, beyond the change of state."""

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.matters import rules
from gongzhi.matters.actions.asking import ASKING
from gongzhi.matters.actions.entries import Line, write_entry
from gongzhi.matters.actions.owing import keep_clocks, keep_joint_clocks
from gongzhi.matters.actions.units import answer, invite
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import Effect, Step
from gongzhi.matters.models import Link, Matter, Reporter
from gongzhi.matters.queries.one import reopen_until
from gongzhi.matters.queries.units import colleagues


def _quiet(step: Step) -> None:
    """Add a line to the file and nothing else."""


def _urge(step: Step) -> None:
    step.matter.urge_count += 1
    step.changed.add("urge_count")


def _supervise(step: Step) -> None:
    step.matter.supervised = 2 if step.values.get("level") == "red" else 1
    step.facts["level"] = "red" if step.matter.supervised == 2 else "yellow"
    step.changed.add("supervised")


def _end_supervision(step: Step) -> None:
    if not step.matter.supervised:
        raise Refused(_("The matter is not under supervision."))
    step.matter.supervised = 0
    step.changed.add("supervised")


def _resume(step: Step) -> None:
    step.keeps_clock = True
    step.matter.paused_for, step.matter.paused_at = "", None
    step.changed |= {"paused_for", "paused_at"}
    running = clocks.resume(subject=step.matter.id, at=step.at)
    keep_clocks(step.matter, running)
    keep_joint_clocks(step.matter, running)


def _hand_over(step: Step) -> None:
    person = int(step.values["person"])
    found = colleagues(step.matter.owing_unit_id, on=timezone.localdate(step.at))
    names = {p.id: p.name for p in found}
    if person not in names:
        raise Invalid({"person": _("Choose somebody of the unit that owes the move.")})
    step.matter.owing_person_id = person
    step.facts["person"] = names[person]


def _link(step: Step) -> None:
    number = _number(str(step.values.get("other", "")), field="other")
    other = Matter.objects.within_reach_of(step.actor, Can.VIEW).filter(number=number).first()
    if other is None:
        raise Invalid(
            {"other": _("There is no matter {number} within your reach.").format(number=number)}
        )
    if other.id == step.matter.id:
        raise Invalid({"other": _("A matter cannot be linked to itself.")})
    nature = Link.Nature(step.values.get("nature") or Link.Nature.RELATED)
    _row, is_new = Link.objects.get_or_create(
        matter=step.matter, other=other, nature=nature, defaults={"at": step.at}
    )
    if not is_new:
        raise Refused(_("The two matters are linked already."))
    step.facts["linked"] = number


def _number(text: str, *, field: str) -> str:
    try:
        return rules.read_number(text)
    except rules.WrongNumber:
        raise Invalid({field: _("This is not a matter number; check each digit.")}) from None


def _merge(step: Step) -> None:
    survivor = _survivor(step)
    Link.objects.create(
        matter=step.matter, other=survivor, nature=Link.Nature.DUPLICATE_OF, at=step.at
    )
    moved = Reporter.objects.filter(matter=step.matter)
    step.facts["reporters"] = list(moved.order_by("id").values_list("id", flat=True))
    moved.update(matter=survivor, is_first=False)
    line = Line("absorb", survivor.state, survivor.state, "", {"number": step.matter.number})
    write_entry(survivor, line, actor=step.actor, at=step.at).save(force_insert=True)
    survivor.report_count += step.matter.report_count
    survivor.version += 1
    survivor.save(update_fields=["report_count", "version", "entry_count", "head"])
    step.facts["into"] = survivor.number


def _survivor(step: Step) -> Matter:
    number = _number(str(step.values.get("into", "")), field="into")
    if number == step.matter.number:
        raise Invalid({"into": _("A matter cannot be merged into itself.")})
    reachable = Matter.objects.within_reach_of(step.actor, Can.MERGE).filter(is_open=True)
    try:
        found = (
            reachable.select_for_update(nowait=True).defer("words").filter(number=number).first()
        )
    except DatabaseError:
        raise Refused(
            _("Somebody is working on {number} right now. Try again.").format(number=number)
        ) from None
    if found is None:
        raise Invalid(
            {"into": _("There is no open matter {number} within your reach.").format(number=number)}
        )
    return found


def _reopen(step: Step) -> None:
    step.matter.reopen_count += 1
    step.matter.rating = None
    step.changed |= {"reopen_count", "rating"}
    whole = f"{step.matter.kind}.whole"
    limit = clock_queries.rule_limit(whole, on=timezone.localdate(step.at))
    step.starts.append(clocks.Start("whole", limit, rule=whole))
    if step.values.get("by_reporter"):
        last = reopen_until(step.matter)
        if last is None or step.at > last:
            raise Refused(
                _(
                    "The matter could be reopened until {date:%Y-%m-%d}. Report it anew: it keeps a link to this one."
                ).format(date=last or step.at)
            )


def _follow_up(step: Step) -> None:
    step.facts["result"] = str(step.values.get("result", ""))


COMMON: dict[str, Effect] = {
    "note": _quiet,
    "urge": _urge,
    "supervise": _supervise,
    "end_supervision": _end_supervision,
    "resume": _resume,
    "invite": invite,
    "answer": answer,
    "hand_over": _hand_over,
    "merge": _merge,
    "link": _link,
    "void": _quiet,
    "follow_up": _follow_up,
    "reopen": _reopen,
    **ASKING,
}
