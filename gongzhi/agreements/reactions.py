"""What agreements do when a dispute's time of keeping is over."""

from gongzhi.agreements import actions
from gongzhi.disputes.events import PartiesForgotten


def forget(event: PartiesForgotten) -> None:
    actions.forget(matter_id=event.matter_id)
