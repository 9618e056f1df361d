"""What files do when a dispute moves on."""

from gongzhi.disputes.events import PartiesForgotten
from gongzhi.dossiers import actions
from gongzhi.matters.events import MatterMoved


def follow_move(event: MatterMoved) -> None:
    """Begin the file when the dispute is ready to be archived, follow what it misses, bind it when it is."""
    if event.kind != "dispute":
        return
    if event.target == "to_archive":
        actions.open_file(matter_id=event.matter_id, at=event.at)
        actions.look_again(matter_id=event.matter_id, at=event.at)
    elif event.move == "archive":
        actions.bind(
            matter_id=event.matter_id, actor_id=event.actor_id, note=event.note, at=event.at
        )
    else:
        actions.look_again(matter_id=event.matter_id, at=event.at)


def forget(event: PartiesForgotten) -> None:
    """Erase titles of documents and the statement of the file with the names of the sides."""
    actions.forget(matter_id=event.matter_id)
