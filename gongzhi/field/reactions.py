"""What the street does when something happens."""

from gongzhi.field import actions
from gongzhi.field.events import QuickMediationRecorded


def hand_to_disputes(event: QuickMediationRecorded) -> None:
    """An oral agreement becomes a dispute at its end: performance and follow-up are owed to the sides."""
    actions.hand_over(mediation_id=event.mediation_id, at=event.at)
