"""What publishing does when something happens in the register."""

from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.publishing import actions
from gongzhi.publishing.events import PhotosArrived


def consider_opened(event: MatterOpened) -> None:
    """A new matter may be one that is shown from the beginning."""
    actions.consider(matter_id=event.matter_id, at=event.at)


def follow_move(event: MatterMoved) -> None:
    """A matter moved on: its time to be shown may have come, or what is shown has changed."""
    actions.consider(matter_id=event.matter_id, at=event.at)


def blur_photos(event: PhotosArrived) -> None:
    """Make faces and plates unreadable before anybody looks."""
    actions.blur_waiting(publication_id=event.publication_id, at=event.at)
