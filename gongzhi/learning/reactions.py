"""What learning does when others' facts happen."""

from gongzhi.learning import actions
from gongzhi.learning.events import TrainingAsked
from gongzhi.matters.events import MatterMoved

AUTOMATIC = 0  # the matrix dispatched: nobody chose


def note_decision(event: MatterMoved) -> None:
    """Compare what a person chose with what was suggested."""
    if event.actor_id != AUTOMATIC:
        actions.note_decision(
            matter_id=event.matter_id, move=event.move, lead_unit=event.lead_unit, at=event.at
        )


def retrain(event: TrainingAsked) -> None:
    """Train anew, because somebody asked for it."""
    actions.retrain(at=event.at)
