"""One docket for its page: stages with their clocks and articles, papers, grounds, messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries as disputes
from gongzhi.docking import rules
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Complaint, Docket, Message, Stage
from gongzhi.docking.queries import content
from gongzhi.docking.queries.alike import Alike, alike, can_be_tied
from gongzhi.docking.queries.cases import CaseRow, case_rows, visible
from gongzhi.docking.queries.log import labelled
from gongzhi.docking.rules import Step

CAPABILITY_OF: Mapping[str, Can] = {"us": Can.ACCEPT, "sides": Can.FILE, "partner": Can.RECORD}


@dataclass(frozen=True)
class StageRow:
    stage: Stage | None  # None: not begun
    step: Step
    who: str
    face: Any
    article: str
    term: str  # 3 个工作日
    extra: tuple[str, ...]  # what did not count, what was added
    can_finish: bool


@dataclass(frozen=True)
class Detail:
    row: CaseRow
    stages: list[StageRow]
    materials: list[tuple[content.Material, bool]]
    bars: list[tuple[content.Ground, bool]]
    venue: content.Ground | None
    ending: content.Ground | None
    messages: list[Message]
    complaints: list[tuple[str, Complaint]]
    can_accept: bool
    can_end: bool
    can_prepare: bool
    can_lengthen: bool
    can_complain: bool
    may_read: bool  # what was agreed names people and stands in the dispute's file
    can_set_hearing: bool
    can_tie: bool
    alike: list[Alike]
    lacking: list[str]


def detail(actor: Actor, docket_id: int, *, at: datetime) -> Detail:
    docket = visible(actor).select_related("partner").filter(pk=docket_id).first()
    if docket is None:
        raise OutOfReach
    may = {who: visible(actor, can).filter(pk=docket_id).exists() for who, can in CAPABILITY_OF.items()}  # fmt: skip
    is_open = docket.state == Docket.State.OPEN
    stages = stage_rows(docket, may, at)
    running = {row.step.code for row in stages if row.stage is not None and row.stage.done_at is None}  # fmt: skip
    may_tie = may["partner"] and can_be_tied(docket)
    must = [one.code for one in content.materials(docket.kind) if one.is_must]
    names = {one.code: one.name for one in content.materials(docket.kind)}
    return Detail(
        case_rows([docket], at)[0], stages,
        [(one, one.code in docket.materials) for one in content.materials(docket.kind)],
        [(one, bool(docket.bars.get(one.code))) for one in content.grounds("bars")] if docket.kind == Docket.Kind.CONFIRMATION else [],
        content.ground("venues", docket.venue), content.ground("endings", docket.ending),
        labelled(list(Message.objects.filter(docket=docket).defer("body").order_by("-id")[:10])),
        [(_name("complaints", one.ground), one) for one in Complaint.objects.filter(docket=docket).order_by("-id")],
        can_accept=is_open and (may["us"] or may["partner"]) and docket.is_incoming and "accept" in running,
        can_end=is_open and (may["us"] or may["partner"]) and "mediate" in running,
        can_prepare=is_open and may["sides"] and not docket.is_incoming,
        can_lengthen=is_open and (may["us"] or may["partner"]) and may_run_longer(docket) is not None,
        can_complain=docket.is_incoming and (may["partner"] or may["sides"]),
        may_read=disputes.may_read(actor, docket.matter_id, at),
        can_set_hearing=is_open and (may["sides"] or may["partner"]) and "award" in running and bool(hearing_steps(docket)),
        can_tie=may_tie, alike=alike(actor, docket, at=at) if may_tie else [],
        lacking=[names[code] for code in rules.missing(must, docket.materials)],
    )  # fmt: skip


def is_about_agreement(docket: Docket) -> bool:
    """Whether a suit came after an agreement: then the court upholds, changes or annuls it (人民调解法 art. 32)."""
    if docket.kind != Docket.Kind.SUIT:
        return False
    return disputes.dispute(docket.matter_id).effective_at is not None


def hearing_steps(docket: Docket) -> list[Step]:
    """Return the steps whose terms count back from a hearing, in a procedure that has one."""
    return rules.following(content.procedure(docket.kind), rules.HEARING)


def _name(table: str, code: str) -> str:
    found = content.ground(table, code)
    return found.name if found else code


def stage_rows(docket: Docket, may: Mapping[str, bool], at: datetime) -> list[StageRow]:
    """Return the steps of the procedure in its order: done, under way, still to come."""
    done: dict[str, Stage] = {stage.code: stage for stage in docket.stages.order_by("id")}
    steps = content.procedure(docket.kind)
    is_open = docket.state == Docket.State.OPEN
    return [
        _stage(step, done.get(step.code), may, at)
        for step in steps
        if step.code in done or (is_open and step.after not in rules.OCCASIONS)
    ]


def _stage(step: Step, stage: Stage | None, may: Mapping[str, bool], at: datetime) -> StageRow:
    words = {
        "us": _("mediation body"),
        "sides": _("the sides"),
        "partner": _("the court or office"),
    }
    rule = step.rule and clocks.rule(
        step.rule, on=timezone.localdate(stage.started_at if stage else at)
    )
    limit = clocks.Limit.from_dict(stage.limit) if stage and stage.limit else rule.limit if rule else None  # fmt: skip
    runs = stage is not None and stage.done_at is None
    return StageRow(
        stage, step, words[step.who], _face(stage, limit, at) if stage else None, rule.source if rule else "",
        _term(step, limit) if limit else "", _extra(stage) if stage else (),
        can_finish=runs and may[step.who] and step.code != "mediate",
    )  # fmt: skip


def _term(step: Step, limit: clocks.Limit) -> str:
    words = clocks.limit_words(limit)
    return _("{term} before the hearing").format(term=words) if step.before else words


def extension_rule(stage: Stage) -> clocks.Rule | None:
    """Return the rule by which a court or commission may take longer, where the law has one."""
    code = f"{stage.rule.partition('@')[0]}.extension"
    try:
        return clocks.rule(code, on=timezone.localdate(stage.started_at))
    except Refused:
        return None


def may_run_longer(docket: Docket) -> Stage | None:
    """Return the stage that could be given more days now: the mediation, or a decision with such a rule."""
    running = docket.stages.filter(done_at__isnull=True, limit__isnull=False).order_by("id")
    return next((s for s in running if s.code == "mediate" or extension_rule(s) is not None), None)


def _face(stage: Stage, limit: Any, at: datetime) -> Any:
    paused = (
        any(ended is None for _begun, ended, _why in stage.exclusions) and stage.done_at is None
    )
    if stage.due_at is None and not paused:
        return None
    return clocks.face(
        due_at=stage.due_at or stage.started_at, at=at, started_at=stage.started_at, stopped_at=stage.done_at,
        paused=_("Appraisal: time does not count") if paused else "",
        counting=limit.counting if limit else "calendar",
    )  # fmt: skip


def _extra(stage: Stage) -> tuple[str, ...]:
    told = [
        _("Does not count: {since} to {until} ({why})").format(since=begun[:10], until=ended[:10] if ended else "…", why=why)
        for begun, ended, why in stage.exclusions
    ]  # fmt: skip
    told += [
        _("Longer by {n} days: {why}").format(n=limit["amount"], why=why) for limit, why in stage.extensions
    ]  # fmt: skip
    return tuple(told)
