"""What duty does when something of its own happened: people are told."""

from gongzhi.duty import actions
from gongzhi.duty.events import (
    BulletinPublished,
    BulletinRecalled,
    HandoverOffered,
    InstructionEnded,
    InstructionIssued,
    InstructionLate,
    InstructionMoved,
    SwapMoved,
)


def tell_of_instruction(event: InstructionIssued) -> None:
    actions.tell_issued(instruction_id=event.instruction_id, at=event.at)


def tell_of_step(event: InstructionMoved) -> None:
    actions.tell_moved(
        receiver_id=event.receiver_id, deed=event.deed, note=event.note, by_name=event.by_name, at=event.at
    )  # fmt: skip


def tell_of_end(event: InstructionEnded) -> None:
    actions.tell_ended(instruction_id=event.instruction_id, at=event.at)


def tell_of_delay(event: InstructionLate) -> None:
    actions.tell_late(receiver_id=event.receiver_id, what=event.what, at=event.at)


def tell_of_bulletin(event: BulletinPublished | BulletinRecalled) -> None:
    actions.tell_bulletin(bulletin_id=event.bulletin_id, at=event.at)


def tell_of_swap(event: SwapMoved) -> None:
    actions.tell_swap(swap_id=event.swap_id, at=event.at)


def tell_of_handover(event: HandoverOffered) -> None:
    actions.tell_handover(handover_id=event.handover_id, at=event.at)
