"""What the grid matter does when something happens in the register."""

from gongzhi.incidents import actions
from gongzhi.matters.events import MatterMoved


def dispatch_by_matrix(event: MatterMoved) -> None:
    """A registered matter goes to the unit the matrix names, where the policy says so."""
    if event.kind == "incident" and event.move == "register":
        actions.dispatch_by_matrix(matter_id=event.matter_id, at=event.at)
