"""A matter moves: lock, check, write, clock, timeline, audit, jobs, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.matters.actions.common import COMMON
from gongzhi.matters.actions.entries import Line, write_entry
from gongzhi.matters.actions.owing import STAGE, keep_clocks, settle_owing
from gongzhi.matters.actions.papers import attach
from gongzhi.matters.events import MatterMoved
from gongzhi.matters.kind import Kind, Step, all_kinds, kind_of, pass_gates
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.turns import check_turn

LONGEST_NOTE = 5000
SAVED = (
    "state", "is_open", "owing_role", "owing_unit", "owing_person", "unit_ids", "started_at", "warn_at",
    "due_at", "counting", "paused_for", "paused_at", "whole_due_at", "closed_at", "changed_at", "version", "entry_count", "head",
)  # fmt: skip


@transaction.atomic
def move(
    *,
    matter_id: int,
    move: str,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    version: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Matter:
    """
    Make one move of a matter's lifecycle; `facts` stay in the file beside what the move itself leaves there.

    Raises Matter.DoesNotExist out of reach, Refused when the state, the turn or the version is
    another, Invalid when a reason is missing.
    """
    matter = locked(matter_id, move, actor)
    kind = kind_of(matter.kind)
    source, target = matter.state, kind.lifecycle.target(move, source=matter.state)
    step = Step(matter, move, dict(values), actor, at, note=_note(values), facts=dict(facts or {}))
    _check(step, kind, version)
    pass_gates(step)
    if effect := kind.effects.get(move) or COMMON.get(move):
        effect(step)
    matter.state, matter.changed_at = target, at
    _keep_time(step, kind, source=source)
    _write(step, source=source)
    return matter


def _note(values: Mapping[str, Any]) -> str:
    return str(values.get("reason") or values.get("note") or "").strip()[:LONGEST_NOTE]


def locked(matter_id: int, move: str, actor: Actor) -> Matter:
    """Lock the matter among those the actor may make this move on; DoesNotExist when there is none."""
    by_capability: dict[str, list[str]] = {}
    for kind in all_kinds():
        if move in kind.lifecycle:
            by_capability.setdefault(kind.lifecycle[move].capability, []).append(kind.code)
    for capability, kinds in by_capability.items():
        reachable = Matter.objects.within_reach_of(actor, capability).filter(kind__in=kinds)
        if matter := reachable.select_for_update().defer("words").filter(pk=matter_id).first():
            return matter
    raise Matter.DoesNotExist


def _check(step: Step, kind: Kind, version: int | None) -> None:
    matter, row = step.matter, kind.lifecycle[step.move]
    if version is not None and version != matter.version:
        raise Refused(
            _(
                "Somebody else has just moved this matter: it is now “{state}”. Look at it again; what you wrote is kept."
            ).format(state=kind.label(matter.state))
        )
    check_turn(matter, kind, row, step.actor)
    if row.reason and not str(step.values.get("reason", "")).strip():
        raise Invalid({"reason": _("Say why: this move needs a reason.")})


def _keep_time(step: Step, kind: Kind, *, source: str) -> None:
    """Stop the stage's clock and start the next one's, unless the move leaves the stage as it is."""
    matter = step.matter
    if step.keeps_clock or (matter.state == source and not step.restarts_clock):
        return
    start = settle_owing(matter, kind, at=step.at)
    stop = [STAGE] if matter.is_open else [clocks.EVERY]
    rows = clocks.change(
        subject=matter.id, at=step.at, stop=[*stop, *step.stops], start=[*start, *step.starts]
    )
    keep_clocks(matter, rows)


def _write(step: Step, *, source: str) -> None:
    matter = step.matter
    matter.version += 1
    files: Sequence[str] = step.values.get("uploads") or ()
    attach(matter, files, stage=step.move, actor=step.actor, at=step.at)
    line = Line(
        step.move,
        source,
        matter.state,
        step.note,
        step.facts,
        role=_role(step),
        unit_id=_home(step),
    )
    write_entry(matter, line, actor=step.actor, at=step.at).save(force_insert=True)
    matter.save(update_fields={*SAVED, *step.changed})
    audit.record(
        actor=step.actor, verb=f"matters.{step.move}", subject=f"matter:{matter.id}", at=step.at
    )
    bus.publish(
        MatterMoved(
            matter.id, matter.number, matter.kind, matter.title, step.move, source, matter.state, step.note,
            matter.owing_role, matter.owing_unit_id, matter.owing_person_id, matter.lead_unit_id, matter.due_at,
            matter.is_urgent, step.actor.id, step.at,
        )
    )  # fmt: skip


def _grant(step: Step) -> Any:
    capability = kind_of(step.matter.kind).lifecycle[step.move].capability
    return next(iter(step.actor.grants_for(capability)), None)


def _role(step: Step) -> str:
    grant = _grant(step)
    return grant.role if grant else ""


def _home(step: Step) -> int | None:
    grant = _grant(step)
    return grant.home if grant else None
