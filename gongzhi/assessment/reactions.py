"""What assessment does when something happens."""

from gongzhi.assessment import actions
from gongzhi.assessment.events import AppealDecided, PublicationAsked, ResultsPublished


def freeze_lists(event: PublicationAsked) -> None:
    actions.freeze(publication_id=event.publication_id, at=event.at)


def tell_of_results(event: ResultsPublished) -> None:
    actions.tell_published(publication_id=event.publication_id, at=event.at)


def tell_of_decision(event: AppealDecided) -> None:
    actions.tell_decided(appeal_id=event.appeal_id, at=event.at)
