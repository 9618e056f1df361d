"""What residents hear of when something public changes."""

from gongzhi.publishing.events import MatterPublished, PublicationEnded, PublicStateChanged
from gongzhi.residents import actions


def note_published(event: MatterPublished) -> None:
    actions.note_news(public_id=event.public_id, stage=event.state, at=event.at)


def note_change(event: PublicStateChanged) -> None:
    actions.note_news(public_id=event.public_id, stage=event.state, at=event.at)


def forget(event: PublicationEnded) -> None:
    actions.forget_publication(public_id=event.public_id)
