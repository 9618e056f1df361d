"""Keeping one's reports: made while signed in, or found by number and code."""

from datetime import datetime

from django.db import transaction

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.matters import queries as matters
from gongzhi.residents.models import OwnReport, Resident

How = OwnReport.How


def keep(*, resident: Resident, number: str, code: str, at: datetime) -> bool:
    """Keep a report that was just made; return whether it was new to the corner."""
    return _keep(resident, [matters.reporter_of(number, code).pk], How.SIGNED_IN, at) > 0


@transaction.atomic
def claim(*, resident: Resident, number: str, code: str, actor: Actor, at: datetime) -> bool:
    """Keep an earlier report by number and code; Matter.DoesNotExist when they do not belong together."""
    reporter = matters.reporter_of(number, code)
    kept = _keep(resident, [reporter.pk], How.CODE, at)
    if kept:
        audit.record(
            actor=actor, verb="residents.claim", subject=f"matter:{reporter.matter_id}", at=at
        )
    return kept > 0


def let_go(*, resident: Resident, number: str) -> int:
    """Take a report out of the corner; the matter itself goes on."""
    mine = OwnReport.objects.filter(resident=resident, reporter__matter__number=number)
    return mine.delete()[0]


def _keep(resident: Resident, reporters: list[int], how: str, at: datetime) -> int:
    known = set(
        OwnReport.objects.filter(resident=resident, reporter_id__in=reporters).values_list(
            "reporter_id", flat=True
        )
    )
    new = [pk for pk in reporters if pk not in known]
    OwnReport.objects.bulk_create(
        [OwnReport(resident=resident, reporter_id=pk, how=how, kept_at=at) for pk in new],
        ignore_conflicts=True,
    )
    return len(new)
