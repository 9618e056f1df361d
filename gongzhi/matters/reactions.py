"""What the register does when something happens: it tells people, and keeps the clocks' words true."""

from gongzhi.clocks.events import (
    ClockEscalated,
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


def tell_of_warning(event: ClockWarned) -> None:
    actions.tell_clock(matter_id=event.subject, template="due_soon", level=0, at=event.at)


def tell_of_overdue(event: ClockOverdue) -> None:
    actions.tell_clock(matter_id=event.subject, template="overdue", level=0, at=event.at)


def tell_of_escalation(event: ClockEscalated) -> None:
    actions.tell_clock(
        matter_id=event.subject, template="escalated", level=event.level, at=event.at
    )


def go_on(event: ClockResumed) -> None:
    """A suspension ended on its day: the matter is being handled again."""
    actions.resume_by_itself(matter_id=event.subject, at=event.at)


def follow_clocks(event: ClockMoved) -> None:
    """New holidays changed when something ends: lists show the new end."""
    actions.follow_clocks(matter_id=event.subject)
