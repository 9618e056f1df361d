"""Findings that take points: noted with evidence, cancelled with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.models import Finding
from gongzhi.assessment.queries.content import finding_natures
from gongzhi.assessment.queries.subjects import subject_named
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.matters import queries as matters


@dataclass(frozen=True)
class FindingDraft:
    nature: str
    subject: str
    key: str
    found_on: date
    evidence: str
    number: str = ""


def note(*, draft: FindingDraft, actor: Actor, at: datetime) -> Finding:
    """Note a finding about an area or a unit; it counts in the period of its day."""
    about = subject_named(draft.subject, draft.key)
    if not any(about.area_path.startswith(grant.area) for grant in actor.grants_for(Can.KEEP)):
        raise OutOfReach
    number = matters.whole_number(draft.number) if draft.number else ""
    problems = {}
    if draft.nature not in finding_natures():
        problems["nature"] = _("There is no such finding.")
    if draft.found_on > timezone.localdate(at):
        problems["found_on"] = _("This day has not come yet.")
    if draft.number and not number:
        problems["number"] = _("This is not the number of a matter: look at it again, the last digit checks the others.")  # fmt: skip
    if problems:
        raise Invalid(problems)
    with transaction.atomic():
        row = Finding.objects.create(
            nature=draft.nature, subject=draft.subject, key=about.key, name=about.name[:120],
            area_path=about.area_path, unit_ids=list(about.unit_ids), found_on=draft.found_on, number=number or "",
            evidence=draft.evidence, noted_at=at, noted_by=actor.id, noted_by_name=actor.name[:150],
        )  # fmt: skip
        _record(row, "assessment.note", actor, at, draft.evidence)
    return row


def cancel(*, finding_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take a finding back; it stays on record with the reason and counts no more from now on."""
    with transaction.atomic():
        rows = Finding.objects.within_reach_of(actor, Can.KEEP).select_for_update(of=("self",))
        row = rows.filter(pk=finding_id).first()
        if row is None:
            raise OutOfReach
        if row.cancelled_at:
            raise Refused(_("This finding was cancelled before."))
        row.cancelled_at, row.cancelled_by_name, row.cancelled_for = at, actor.name[:150], reason
        row.save(update_fields=["cancelled_at", "cancelled_by_name", "cancelled_for"])
        _record(row, "assessment.cancel", actor, at, reason)


def _record(row: Finding, verb: str, actor: Actor, at: datetime, reason: str) -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"finding:{row.pk}", at=at, reason=reason[:200],
        detail={"nature": row.nature, "subject": row.name},
    )  # fmt: skip
