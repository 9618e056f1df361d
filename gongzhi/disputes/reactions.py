"""What disputes do when the time of keeping of one is over."""

from gongzhi.disputes import actions
from gongzhi.disputes.events import PartiesForgotten


def forget_scans(event: PartiesForgotten) -> None:
    """Delete or seal the scans: a picture of a paper names whoever the register has forgotten."""
    actions.forget_scans(matter_id=event.matter_id, at=event.at)
