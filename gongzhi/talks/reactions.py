"""What talks do when a dispute moves."""

from gongzhi.disputes.events import PartiesForgotten, PartyJoined, PartyLeft
from gongzhi.matters.events import MatterMoved
from gongzhi.talks import actions

REOPENING = frozenset({"talk_again", "appoint"})
ENDING = frozenset({"stop_refused", "terminate", "withdraw", "void", "merge"})


def follow_dispute(event: MatterMoved) -> None:
    """After the triage the other sides are to be reached; with the end of the talks rooms close and offers lapse."""
    if event.kind != "dispute":
        return
    if event.move == "triage":
        actions.plan_first(matter_id=event.matter_id, at=event.at)
    elif event.move in ENDING or event.target == "performing":
        actions.end_open_offers(matter_id=event.matter_id, at=event.at)
        actions.close_rooms(matter_id=event.matter_id, at=event.at)
        actions.call_off(matter_id=event.matter_id, at=event.at)
    elif event.move in REOPENING:
        actions.reopen_rooms(matter_id=event.matter_id)


def welcome(event: PartyJoined) -> None:
    actions.welcome(matter_id=event.matter_id, at=event.at)


def part_with(event: PartyLeft) -> None:
    actions.part_with(party_id=event.party_id, at=event.at)


def forget(event: PartiesForgotten) -> None:
    actions.forget(matter_id=event.matter_id, at=event.at)
