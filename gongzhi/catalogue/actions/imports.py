"""Tables come in: checked first, kept as a draft, then imported whole in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.catalogue.actions.items import check_reach
from gongzhi.catalogue.actions.matrix import add_responsibilities
from gongzhi.catalogue.actions.versions import new_edition, put
from gongzhi.catalogue.models import ImportDraft, NoReport
from gongzhi.catalogue.queries.tables.plan import Choices, Plan, plan_import

DRAFTS_LIVE = timedelta(days=1)


def keep_draft(
    *, name: str, content: bytes, choices: Choices, actor: Actor, at: datetime
) -> tuple[int, Plan]:
    """Check the table and keep it for its sender to confirm; return the draft's id and the plan."""
    check_reach(actor)
    plan = plan_import(name=name, content=content, choices=choices)
    ImportDraft.objects.filter(created_at__lt=at - DRAFTS_LIVE).delete()
    draft = ImportDraft.objects.create(
        name=name[:200], content=content, sender=actor.id, created_at=at
    )
    return draft.pk, plan


def confirm_draft(*, draft_id: int, choices: Choices, actor: Actor, at: datetime) -> Plan:
    """Import what was checked before."""
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update().filter(pk=draft_id, sender=actor.id).first()
        if draft is None:
            raise OutOfReach
        plan = import_catalogue(
            name=draft.name, content=bytes(draft.content), choices=choices, actor=actor, at=at
        )
        draft.delete()
    return plan


def import_catalogue(
    *, name: str, content: bytes, choices: Choices, actor: Actor, at: datetime
) -> Plan:
    """Import the sound rows of the table; the plan that is returned lists the others."""
    check_reach(actor)
    with transaction.atomic():
        plan = plan_import(name=name, content=content, choices=choices)
        carry_out(plan, choices=choices, actor=actor, at=at)
        detail = {
            "file": name, "rows": plan.row_count, "new": len(plan.new),
            "changed": len(plan.changed), "problems": len(plan.problems),
        }  # fmt: skip
        audit.record(
            actor=actor, verb="catalogue.import", subject="catalogue", at=at, detail=detail
        )
    return plan


def carry_out(plan: Plan, *, choices: Choices, actor: Actor, at: datetime) -> None:
    put(plan.drafts, valid_from=choices.valid_from, actor=actor, at=at)
    add_responsibilities(plan.responsibilities)
    NoReport.objects.bulk_create(NoReport(**row) for row in plan.no_reports)
    new_edition()
