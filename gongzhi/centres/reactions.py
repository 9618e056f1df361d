"""What the centre does when something happened: disputes of other doors are registered, people are told."""

from gongzhi.centres import actions
from gongzhi.centres.events import PartnerSummoned
from gongzhi.matters.events import MatterOpened


def tell_of_summons(event: PartnerSummoned) -> None:
    actions.tell_summons(event)


def register_opened(event: MatterOpened) -> None:
    """Every dispute stands in a centre's list, and heavy ones on the ledger, whichever page it was entered on."""
    if event.kind == "dispute":
        actions.note_opened(matter_id=event.matter_id, at=event.at)
