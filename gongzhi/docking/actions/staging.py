"""Stages of a docket: begin, stand still, run longer, end. Each keeps the rule it was begun under."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.errors import Refused
from gongzhi.clocks import queries as clocks
from gongzhi.docking import queries, rules
from gongzhi.docking.events import DocketMoved
from gongzhi.docking.models import Docket, Stage
from gongzhi.docking.rules import Step

LONGEST_NOTE = 300


def begin_after(docket: Docket, done: str, *, at: datetime) -> None:
    """Begin every step that follows; a step that has run before is not begun again."""
    for step in rules.following(queries.procedure(docket.kind), done):
        begin(docket, step, at=at)


def begin(docket: Docket, step: Step, *, at: datetime, note: str = "", due_at: datetime | None = None) -> Stage:  # fmt: skip
    stage = Stage(
        docket=docket, code=step.code, started_at=at, due_at=due_at, note=note[:LONGEST_NOTE]
    )
    if step.rule:
        found = clocks.rule(step.rule, on=timezone.localdate(at))
        stage.rule = f"{found.code}@{found.version}"
        stage.limit = clocks.rule_limit(step.rule, on=timezone.localdate(at)).as_dict()
        count(stage)
    stage.save(force_insert=True)
    return stage


def begin_before(docket: Docket, step: Step, *, event: datetime, at: datetime, note: str) -> Stage:
    """Begin a step whose term counts back from an event; another event moves the term of one under way."""
    found = clocks.rule(step.rule, on=timezone.localdate(at))
    limit = clocks.rule_limit(step.rule, on=timezone.localdate(at))
    stage = open_stage(docket, step.code) or Stage(docket=docket, code=step.code, started_at=at)
    stage.rule, stage.note = f"{found.code}@{found.version}", note[:LONGEST_NOTE]
    stage.due_at = clocks.latest_before(event, limit, clocks.calendar())
    stage.save()
    return stage


def count(stage: Stage) -> None:
    """Set the day the stage ends, from what it was begun under, what does not count, and what was added."""
    if stage.limit is None:
        return
    stage.due_at = clocks.deadline(
        start=stage.started_at, limit=clocks.Limit.from_dict(stage.limit), calendar=clocks.calendar(),
        exclusions=[(_moment(begun), _moment(ended) if ended else None) for begun, ended, _why in stage.exclusions],
        extensions=[clocks.Limit.from_dict(limit) for limit, _why in stage.extensions],
    ).due_at  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def open_stage(docket: Docket, code: str) -> Stage | None:
    return Stage.objects.filter(docket=docket, code=code, done_at__isnull=True).first()


def needed(docket: Docket, code: str) -> Stage:
    stage = open_stage(docket, code)
    if stage is None:
        raise Refused(_("“{step}” is not under way in this case.").format(step=queries.step_name(docket.kind, code)))  # fmt: skip
    return stage


def close(stage: Stage, *, by: str, at: datetime, note: str = "") -> None:
    stage.done_at, stage.by = at, by[:80]
    stage.note = (note or stage.note)[:LONGEST_NOTE]
    stage.save(update_fields=["done_at", "by", "note"])


def stand_still(stage: Stage, *, at: datetime, why: str) -> None:
    if any(ended is None for _begun, ended, _why in stage.exclusions):
        return
    stage.exclusions = [*stage.exclusions, [at.isoformat(), None, why[:200]]]
    count(stage)
    stage.save(update_fields=["exclusions", "due_at"])


def run_on(stage: Stage, *, at: datetime) -> None:
    stage.exclusions = [[begun, ended or at.isoformat(), why] for begun, ended, why in stage.exclusions]  # fmt: skip
    count(stage)
    stage.save(update_fields=["exclusions", "due_at"])


def lengthen(stage: Stage, *, days: int, why: str) -> None:
    """Add days, counted as the rule of the stage counts them."""
    if stage.limit is None:
        raise Refused(_("This step has no term that could be longer."))
    stage.extensions = [*stage.extensions, [{**stage.limit, "amount": days}, why[:200]]]
    count(stage)
    stage.save(update_fields=["extensions", "due_at"])


def settle(docket: Docket, step: str, *, at: datetime) -> None:
    """Keep on the row what its open stages say, and tell what happened."""
    first = (
        Stage.objects.filter(docket=docket, done_at__isnull=True)
        .order_by("due_at", "started_at")  # without a term: last
        .first()
        if docket.state == Docket.State.OPEN
        else None
    )
    docket.next_step = first.code if first else ""
    docket.next_due_at = first.due_at if first else None
    docket.save()
    bus.publish(DocketMoved(docket.pk, docket.matter_id, docket.kind, step, docket.state, at))
