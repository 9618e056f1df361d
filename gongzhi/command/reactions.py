"""What the command screens do when others' facts happen."""

from gongzhi.command import actions
from gongzhi.matters.events import MatterOpened


def ring(event: MatterOpened) -> None:
    if event.is_urgent:
        actions.ring(matter_id=event.matter_id)
