"""What the register does when something happens: it tells people, and keeps the clocks' words true."""

from gongzhi.clocks.events import (
    ClockEscalated,
    ClockFact,
    ClockMoved,
    ClockOverdue,
    ClockResumed,
    ClockWarned,
)
from gongzhi.matters import actions
from gongzhi.matters.events import MatterMoved, MatterOpened


def tell_of_opening(event: MatterOpened) -> None:
    actions.tell_opened(matter_id=event.matter_id, at=event.at)


def tell_of_move(event: MatterMoved) -> None:
    actions.tell_moved(
        matter_id=event.matter_id,
        move=event.move,
        note=event.note,
        actor_id=event.actor_id,
        at=event.at,
    )


OWN = frozenset({"stage", "whole", "first_response"})  # clocks of the register itself
JOINT = "joint:"  # before a unit's id: of a unit that helps


def tell_of_warning(event: ClockWarned) -> None:
    _tell(event, "due_soon", 0)


def tell_of_overdue(event: ClockOverdue) -> None:
    _tell(event, "overdue", 0)


def tell_of_escalation(event: ClockEscalated) -> None:
    _tell(event, "escalated", event.level)


def _tell(event: ClockFact, template: str, level: int) -> None:
    """Tell whoever the clock binds; clocks that a kind runs beside the register's own are its to tell."""
    if event.name in OWN:
        actions.tell_clock(matter_id=event.subject, template=template, level=level, at=event.at)
    elif event.name.startswith(JOINT):
        actions.tell_joint_clock(
            matter_id=event.subject, unit_id=int(event.name[len(JOINT) :]), template=template, due_at=event.due_at,
            level=level, at=event.at,
        )  # fmt: skip


def go_on(event: ClockResumed) -> None:
    """A suspension ended on its day: the matter is being handled again."""
    actions.resume_by_itself(matter_id=event.subject, at=event.at)


def follow_clocks(event: ClockMoved) -> None:
    """New holidays changed when something ends: lists show the new end."""
    actions.follow_clocks(matter_id=event.subject)
