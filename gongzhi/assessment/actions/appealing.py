"""Appeals: filed by the assessed unit in time, reviewed by two different people, one after the other."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.assessment.actions.publishing import due
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.events import AppealDecided
from gongzhi.assessment.lifecycle import AppealState, PublicationState
from gongzhi.assessment.models import Appeal, Finding, FrozenMatter, Publication, Result
from gongzhi.assessment.queries.counting import findings_of
from gongzhi.assessment.rules import appeal_outcome
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.figures.queries import Extent
from gongzhi.matters import queries as matters


def appeal_matter(
    *, result_id: int, matter_id: int, reason: str, actor: Actor, at: datetime
) -> Appeal:
    """Say that a matter should not count against one's area, unit or post."""
    result, base = _appealable(result_id, actor, at)
    about = matters.standing_ids([matter_id]).get(matter_id)
    frozen = FrozenMatter.objects.filter(publication=base, key=result.key, matter_id=matter_id)
    if about is None or not frozen.exists():
        raise OutOfReach
    return _file(result, base, reason=reason, matter_id=matter_id, number=about.number, actor=actor, at=at)  # fmt: skip


def appeal_finding(
    *, result_id: int, finding_id: int, reason: str, actor: Actor, at: datetime
) -> Appeal:
    """Say that a finding should not count against one's area or unit."""
    result, base = _appealable(result_id, actor, at)
    extent = Extent(base.since, base.until, base.area_path)
    finding: Finding | None = (
        findings_of(extent, base.scheme.subject).filter(pk=finding_id, key=result.key).first()
    )
    if finding is None:
        raise OutOfReach
    return _file(result, base, reason=reason, finding=finding, number=finding.number, actor=actor, at=at)  # fmt: skip


def _appealable(result_id: int, actor: Actor, at: datetime) -> tuple[Result, Publication]:
    result = (
        Result.objects.within_reach_of(actor, Can.APPEAL)
        .select_related("publication__base__scheme", "publication__scheme").filter(pk=result_id).first()
    )  # fmt: skip
    if result is None or result.publication.state != PublicationState.PUBLISHED:
        raise OutOfReach
    until = result.publication.appeal_until
    if until is None or until < at:
        raise Refused(_("The time for appeals has ended."))
    return result, result.publication.base or result.publication


def _file(
    result: Result,
    base: Publication,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    number: str = "",
    matter_id: int | None = None,
    finding: Finding | None = None,
) -> Appeal:
    before = Appeal.objects.filter(publication=base, matter_id=matter_id, finding=finding)
    if before.filter(state__in=[AppealState.UPHELD, AppealState.REJECTED]).exists():
        raise Refused(_("An appeal about this one was decided already; the second review is final."))  # fmt: skip
    try:
        with transaction.atomic():
            row = Appeal.objects.create(
                publication=base, key=result.key, name=result.name, area_path=result.area_path, unit_ids=result.unit_ids,
                matter_id=matter_id, number=number, finding=finding, reason=reason, filed_at=at, filed_by=actor.id,
                filed_by_name=actor.name[:150], first_due_at=due("assessment.first_review", at),
            )  # fmt: skip
            _record(row, "assessment.appeal", actor, at, reason)
    except IntegrityError:
        raise Refused(_("An appeal about this one is under review already.")) from None
    return row


def withdraw(*, appeal_id: int, actor: Actor, at: datetime) -> None:
    """Take back an appeal of one's own unit before it is decided."""
    with transaction.atomic():
        row = _locked(appeal_id, actor, Can.APPEAL)
        if row.state not in {AppealState.FILED, AppealState.REVIEWED}:
            raise Refused(_("This appeal has been decided."))
        row.state = AppealState.WITHDRAWN
        row.save(update_fields=["state"])
        _record(row, "assessment.withdraw", actor, at, "")


def review(*, appeal_id: int, is_for: bool, note: str, actor: Actor, at: datetime) -> Appeal:
    """Give the first opinion, or, as somebody else, the second, which decides."""
    with transaction.atomic():
        row = _locked(appeal_id, actor, Can.REVIEW)
        if row.state not in {AppealState.FILED, AppealState.REVIEWED}:
            raise Refused(_("This appeal has been decided."))
        if actor.id in {row.filed_by, row.first_by}:
            raise Refused(_("Whoever filed an appeal or gave the first opinion leaves the decision to somebody else."))  # fmt: skip
        _say(row, is_for=is_for, note=note, actor=actor, at=at)
        row.state = AppealState(appeal_outcome(first=row.first_for, second=row.second_for).value)
        row.save()
        _record(row, "assessment.review", actor, at, note)
        if row.second_for is not None:
            bus.publish(AppealDecided(row.pk, at))
    return row


def _say(row: Appeal, *, is_for: bool, note: str, actor: Actor, at: datetime) -> None:
    if row.state == AppealState.FILED:
        row.first_for, row.first_note, row.first_at = is_for, note, at
        row.first_by, row.first_by_name = actor.id, actor.name[:150]
        row.second_due_at = due("assessment.second_review", at)
    else:
        row.second_for, row.second_note, row.second_at = is_for, note, at
        row.second_by, row.second_by_name = actor.id, actor.name[:150]


def _locked(appeal_id: int, actor: Actor, capability: Can) -> Appeal:
    rows = Appeal.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    row = rows.filter(pk=appeal_id).first()
    if row is None:
        raise OutOfReach
    return row


def _record(row: Appeal, verb: str, actor: Actor, at: datetime, reason: str) -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"assessment_appeal:{row.pk}", at=at, reason=reason[:200],
        detail={"state": row.state, "subject": row.name, "number": row.number},
    )  # fmt: skip
