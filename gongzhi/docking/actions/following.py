"""What is done on the matter's page need not be told twice: the court's case follows it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries as disputes
from gongzhi.docking import queries
from gongzhi.docking.actions import ending, staging, steps
from gongzhi.docking.actions.sending import queue
from gongzhi.docking.models import Chance, Docket, Stage
from gongzhi.matters import queries as matters

US = "调解组织"
AGREED = frozenset({"settle_orally", "take_effect"})
FAILED = frozenset({"terminate", "stop_refused", "withdraw"})
TIMING = frozenset({"begin_appraisal", "end_appraisal", "agree_to_extend"})
DECLINED = frozenset({"decline", "void"})


@transaction.atomic
def follow(*, matter_id: int, move: str, note: str, lead_unit: int | None, at: datetime) -> None:
    """Carry a move of the dispute into the docket the court waits on. Safe to repeat."""
    if move == "take_effect":
        _open_chance(matter_id)
    rows = Docket.objects.select_for_update().filter(matter_id=matter_id)
    for docket in rows.order_by("id"):
        if move == "triage" and lead_unit is not None:
            docket.unit_ids = list(accounts.unit(lead_unit).ancestors)
            docket.save(update_fields=["unit_ids"])
        elif move == "merge" and docket.state == Docket.State.OPEN:
            _follow_merge(docket, at=at)
        elif docket.is_incoming and docket.state == Docket.State.OPEN:
            carry(docket, move, note, at)


def _open_chance(matter_id: int) -> None:
    """A written agreement is in force: from now on its confirmation can be asked for (人民调解法 art. 33)."""
    row = disputes.dispute(matter_id)
    if row.effective_at is None:
        return
    on = timezone.localdate(row.effective_at)
    rule = clocks.rule("mediation.confirmation", on=on)
    due = clocks.deadline(
        start=row.effective_at,
        limit=clocks.rule_limit(rule.code, on=on),
        calendar=clocks.calendar(),
    ).due_at
    assert due is not None, "nothing holds this clock"
    Chance.objects.get_or_create(
        matter_id=matter_id,
        defaults={
            "effective_at": row.effective_at, "due_at": due, "rule": f"{rule.code}@{rule.version}",
            "area_path": row.matter.area_path, "unit_ids": row.matter.unit_ids,
        },
    )  # fmt: skip


def carry(docket: Docket, move: str, note: str, at: datetime) -> None:
    """Let the docket of a court's open case follow one move of the dispute."""
    mediate = staging.open_stage(docket, steps.MEDIATE)
    if move == "appoint":
        _accepted(docket, at)
    elif move in AGREED | FAILED and mediate is not None:
        _ended(docket, move, note, at)
    elif move in DECLINED | FAILED:
        stage = staging.open_stage(docket, steps.ACCEPT) or docket.stages.filter(done_at__isnull=True).first()  # fmt: skip
        if stage is not None:
            steps.turn_away(docket, stage, reason=note or "不宜调解", by=US, at=at)
    elif mediate is not None and move in TIMING:
        _timed(docket, mediate, move, note, at)


def _timed(docket: Docket, mediate: Stage, move: str, note: str, at: datetime) -> None:
    """Appraisal does not count, and what all sides agreed to lengthens the term: once for each agreement."""
    if move == "begin_appraisal":
        staging.stand_still(mediate, at=at, why=note)
    elif move == "end_appraisal":
        staging.run_on(mediate, at=at)
    elif mediate.limit is not None and not any(why == _mark(at) for _l, why in mediate.extensions):
        days = int(mediate.limit["amount"])
        staging.lengthen(mediate, days=days, why=_mark(at))
        queue(docket, "case.extended", {"step": "mediate", "days": days, "why": note[:200]}, at=at)
    staging.settle(docket, move, at=at)


def _mark(at: datetime) -> str:
    """Tell one agreement to more time from the next: the same news twice lengthens once."""
    return f"各方同意延长（{at.isoformat(timespec='seconds')}）"


def _accepted(docket: Docket, at: datetime) -> None:
    """Whoever appoints a mediator has accepted the case, and knows both sides' will."""
    for code in ("choose", "appoint", steps.ACCEPT, "contact"):
        stage = staging.open_stage(docket, code)
        if stage is not None:
            steps.conclude(docket, stage, by=US, at=at, said={})
            if code == steps.ACCEPT:
                queue(docket, "case.accepted", {"matter": matters.standing(docket.matter_id).number}, at=at)  # fmt: skip
    staging.settle(docket, "appoint", at=at)


def _ended(docket: Docket, move: str, note: str, at: datetime) -> None:
    row = disputes.dispute(docket.matter_id)
    code = "agreed" if move in AGREED else str(row.outcome_reason)
    ground = queries.ground("endings", code) or queries.ground("endings", "other")
    assert ground is not None, "the shipped table holds “other”"
    ending.bring_to_end(docket, ground, result=note or ground.name, by=US, at=at)


def _follow_merge(docket: Docket, *, at: datetime) -> None:
    """The dispute of a court's open case went on as another one: the case goes with it. Safe to repeat."""
    survivor = matters.went_on_as(docket.matter_id)
    if survivor is None or Docket.objects.filter(matter_id=survivor, kind=docket.kind, state=Docket.State.OPEN).exists():  # fmt: skip
        return
    hang(docket, survivor, at=at)


def hang(docket: Docket, matter_id: int, *, at: datetime) -> None:
    row = disputes.dispute(matter_id)
    docket.matter_id, docket.area_path = matter_id, row.area_path
    docket.unit_ids = list(row.matter.unit_ids)
    staging.settle(docket, "tie", at=at)
    catch_up(docket, row)


def catch_up(docket: Docket, row: Any) -> None:
    """Carry into the docket what was done before it was there, each move at its own time; the court hears of it."""
    for line in reversed(matters.timeline(row.matter)):
        docket.refresh_from_db()
        if docket.state != Docket.State.OPEN:
            return
        carry(docket, line.move, line.note, max(line.at, docket.opened_at))
