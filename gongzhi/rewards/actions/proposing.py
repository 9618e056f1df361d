"""A settled report is looked at: an award is proposed for its first reporter, or the reason why not is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import system
from gongzhi.base.phones import plain_number
from gongzhi.base.secrets import blind_index
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import queries as incidents
from gongzhi.matters import queries as matters
from gongzhi.rewards.actions.ledger import write
from gongzhi.rewards.lifecycle import UNDECIDED, Bar, Deed, State
from gongzhi.rewards.models import Award, RewardRule
from gongzhi.rewards.queries import rule_for

PORTAL = "portal"
BOOK = system("奖励台账")


@dataclass(frozen=True)
class Verdict:
    rule: RewardRule | None
    bar: str = ""
    note: str = ""


def propose(*, matter_id: int, at: datetime) -> Award | None:
    """
    Propose an award for the first reporter of a matter that was closed, once; safe to repeat.

    A barred report gets a row too, with its reason: the reporter reads it and may object.
    """
    report = matters.first_report(matter_id)
    if report is None or report.is_open or report.source != PORTAL or report.closed_at is None:
        return None
    if report.reporter_id is None:
        return None
    verdict = _judged(report)
    with transaction.atomic():
        known = Award.objects.select_for_update().filter(matter_id=matter_id).first()
        if known is not None and known.state != State.WITHDRAWN:
            return known
        award = known or Award(matter_id=matter_id)
        _fill(award, report, verdict, at)
        award.save()
        write(
            award,
            Deed.BAR if verdict.bar else Deed.PROPOSE,
            at=at,
            actor=BOOK,
            note=award.get_bar_display(),
        )
    return award


def _judged(report: matters.FirstReport) -> Verdict:
    """Ask what stands against an award, the plainest reason first."""
    found = incidents.found(report.matter_id, report.text)
    item = catalogue.item(report.item_id).code if report.item_id else ""
    rule = rule_for(item, on=timezone.localtime(report.reported_at).date()) if item else None
    earlier = ""
    if found.is_true is False:
        bar = Bar.NOT_TRUE
    elif found.names_a_person:
        bar = Bar.PERSON
    elif found.self_handled:
        bar = Bar.SETTLED_AT_ONCE
    elif rule is None:
        bar = Bar.NO_RULE
    elif not report.phone:
        bar = Bar.NO_CONTACT
    elif accounts.works_here(report.phone):
        bar = Bar.STAFF
    elif earlier := matters.earlier_use_of_photos(report.matter_id):
        bar = Bar.OLD_PHOTO
    else:
        return Verdict(rule)
    return Verdict(rule, bar, earlier)


def _fill(award: Award, report: matters.FirstReport, verdict: Verdict, at: datetime) -> None:
    rule = verdict.rule
    award.number, award.title, award.area_path = report.number, report.title, report.area_path
    award.reporter_id = report.reporter_id or 0
    award.reported_at, award.closed_at = report.reported_at, report.closed_at or at
    award.rule, award.bar, award.bar_note = rule, verdict.bar, verdict.note
    award.amount = rule.amount if rule else 0
    award.person = person_key(plain_number(report.phone) or f"reporter {report.reporter_id}")
    award.proposed_at = at
    award.reviewed_by = award.decided_by = 0
    award.state = State.BARRED if verdict.bar else State.PROPOSED
    award.object_until = award.objection_ends(at) if verdict.bar else None


def person_key(who: str) -> str:
    """Return what caps are counted by: a keyed hash of the telephone, good for nothing else."""
    return blind_index(who, purpose="reward")


def withdraw(*, matter_id: int, at: datetime) -> None:
    """Take an award back that nobody has decided on: its matter is being handled again."""
    with transaction.atomic():
        award = Award.objects.select_for_update().filter(matter_id=matter_id).first()
        if award is None or award.state not in UNDECIDED:
            return
        award.state = State.WITHDRAWN
        award.save(update_fields=["state"])
        write(award, Deed.WITHDRAW, at=at, actor=BOOK)
