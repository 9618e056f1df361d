"""What docking does when something happens elsewhere."""

from gongzhi.disputes.events import PartiesForgotten
from gongzhi.docking import actions
from gongzhi.docking.events import DocketMoved, MessageQueued
from gongzhi.matters.events import MatterMoved


def follow_dispute(event: MatterMoved) -> None:
    """Carry a dispute's move into the case a court waits on."""
    if event.kind == "dispute":
        actions.follow(
            matter_id=event.matter_id, move=event.move, note=event.note, lead_unit=event.lead_unit,
            at=event.at,
        )  # fmt: skip


def send_message(event: MessageQueued) -> None:
    actions.send(message_id=event.message_id, at=event.at)


def tell_of_step(event: DocketMoved) -> None:
    actions.tell(docket_id=event.docket_id, step=event.step, at=event.at)


def forget(event: PartiesForgotten) -> None:
    actions.forget(matter_id=event.matter_id)
