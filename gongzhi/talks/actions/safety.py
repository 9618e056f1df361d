"""Safety: signs of escalation open a plan with the lawful calls and steps; it marks the matter, never a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.texts import plain
from gongzhi.talks import queries
from gongzhi.talks.actions.telling import tell_office
from gongzhi.talks.capabilities import Can
from gongzhi.talks.events import SafetyPlanOpened
from gongzhi.talks.models import SafetyPlan, SafetyStep


@transaction.atomic
def note_signs(
    *, number: str, signs: Sequence[str], note: str, actor: Actor, at: datetime
) -> SafetyPlan:
    """Open a plan for what was seen, or add to the one that is open: 人民调解法 art. 25."""
    talk = queries.talk(number, actor, Can.PROTECT)
    known = {sign.code: sign for sign in queries.signs(on=timezone.localdate(at))}
    seen = [code for code in dict.fromkeys(signs) if code in known]
    if not seen:
        raise Invalid({"signs": _("Choose at least one sign that was seen.")})
    row = SafetyPlan.objects.select_for_update().filter(dispute_id=talk.matter_id, closed_at=None).first()  # fmt: skip
    is_new = row is None
    row = row or SafetyPlan(
        dispute_id=talk.matter_id, signs=[], opened_by=actor.id, opened_by_name=actor.name[:150], opened_at=at
    )  # fmt: skip
    row.signs = list(dict.fromkeys([*row.signs, *seen]))
    row.is_hiding = row.is_hiding or any(known[code].is_hiding for code in seen)
    row.note = "\n".join(part for part in (row.note, plain(note).strip()[:500]) if part)
    row.save()
    _add_steps(row, seen, at)
    audit.record(actor=actor, verb="talks.note_signs", subject=f"matter:{talk.matter_id}", at=at)
    tell_office(talk.matter_id, _("A safety plan is open"), at=at, occasion="safety_opened")
    if is_new:
        bus.publish(SafetyPlanOpened(talk.matter_id, row.pk, at))
    return row


def _add_steps(plan: SafetyPlan, signs: Sequence[str], at: datetime) -> None:
    rows = queries.steps(on=timezone.localdate(at))
    SafetyStep.objects.bulk_create(
        [
            SafetyStep(
                plan=plan, sign=row["sign"], code=row["code"], words=row["words"], source=row["source"],
                due_at=at + timedelta(hours=int(row["hours"])),
            )
            for row in rows
            if row["sign"] in signs
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def do_step(*, number: str, step_id: int, note: str, actor: Actor, at: datetime) -> SafetyStep:
    """Note that a step was done, and what came of it; done twice, the first stays."""
    talk = queries.talk(number, actor, Can.PROTECT)
    found = SafetyStep.objects.select_for_update().filter(
        pk=step_id, plan__dispute_id=talk.matter_id
    )
    row = found.first()
    if row is None:
        raise OutOfReach
    if row.done_at is None:
        row.done_at, row.done_by_name, row.note = at, actor.name[:150], plain(note).strip()[:500]
        row.save(update_fields=["done_at", "done_by_name", "note"])
        audit.record(actor=actor, verb="talks.do_step", subject=f"matter:{talk.matter_id}", at=at)
    return row


@transaction.atomic
def close_plan(*, number: str, reason: str, actor: Actor, at: datetime) -> SafetyPlan:
    """End a plan: every step is done, and somebody says why the danger is over."""
    talk = queries.talk(number, actor, Can.PROTECT)
    row = SafetyPlan.objects.select_for_update().filter(dispute_id=talk.matter_id, closed_at=None).first()  # fmt: skip
    if row is None:
        raise Refused(_("No safety plan is open."))
    if row.steps.filter(done_at=None).exists():
        raise Refused(_("Note first what was done of every step."))
    if len(reason.strip()) < 4:
        raise Invalid({"reason": _("Say why the danger is over.")})
    row.closed_at, row.closed_by_name, row.closed_for = at, actor.name[:150], plain(reason).strip()[:500]  # fmt: skip
    row.save(update_fields=["closed_at", "closed_by_name", "closed_for"])
    audit.record(actor=actor, verb="talks.close_plan", subject=f"matter:{talk.matter_id}", at=at)
    return row
