"""What the centre does when something of its own happened: people are told."""

from gongzhi.centres import actions
from gongzhi.centres.events import PartnerSummoned


def tell_of_summons(event: PartnerSummoned) -> None:
    actions.tell_summons(event)
