"""What patrols do when something happens in the register."""

from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.patrol import actions


def call_for_matter(event: MatterOpened | MatterMoved) -> None:
    """A matter that waits to be verified or checked calls an officer of its grid; one that moved on needs none."""
    actor_id = event.actor_id if isinstance(event, MatterMoved) else 0
    actions.follow_matter(matter_id=event.matter_id, actor_id=actor_id, at=event.at)
