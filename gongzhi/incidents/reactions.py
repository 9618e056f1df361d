"""What the grid matter does when something happens in the register."""

from gongzhi.clocks.events import ClockEscalated, ClockFact, ClockOverdue, ClockWarned
from gongzhi.incidents import actions
from gongzhi.matters.events import MatterMoved

ENDS = frozenset({"void", "merge"})


def dispatch_by_matrix(event: MatterMoved) -> None:
    """A registered matter goes to the unit the matrix names, where the policy says so."""
    if event.kind == "incident" and event.move == "register":
        actions.dispatch_by_matrix(matter_id=event.matter_id, at=event.at)


def tell_of_command(event: MatterMoved) -> None:
    """A matter went to another level, town or back from a unit: those concerned hear of it."""
    if event.kind != "incident":
        return
    if event.move in ENDS:
        actions.lapse(matter_id=event.matter_id, at=event.at)
    actions.tell_of_command(
        matter_id=event.matter_id, move=event.move, note=event.note, at=event.at
    )


def tell_of_transfer_clock(event: ClockFact) -> None:
    """The clock of a hand-over warns, is over, or has been over for long."""
    if event.name != "transfer":
        return
    templates: dict[type, str] = {ClockWarned: "due_soon", ClockOverdue: "overdue"}
    level = event.level if isinstance(event, ClockEscalated) else 0
    actions.tell_transfer_clock(
        matter_id=event.subject, template=templates.get(type(event), "escalated"), level=level, at=event.at
    )  # fmt: skip
