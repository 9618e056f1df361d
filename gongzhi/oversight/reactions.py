"""What oversight does when something happens in the register."""

from gongzhi.matters import queries as matters
from gongzhi.matters.events import MatterMoved
from gongzhi.oversight import actions

ENDS = frozenset({"close", "void", "merge", "refuse"})


def follow_move(event: MatterMoved) -> None:
    """
    Keep orders and the matter's own mark together, from whichever page a person began.

    A supervision that was begun on the matter's page becomes an order; one that was ended there ends its
    orders; a matter that is over ends what rules have ordered about it.
    """
    if event.move in {"supervise", "end_supervision"}:
        facts = matters.last_facts(event.matter_id, event.move)
        if facts.get("order"):
            return  # the order itself made this move
        if event.move == "supervise":
            actions.keep_supervision(
                matter_id=event.matter_id, note=event.note, level=str(facts.get("level", "")), actor_id=event.actor_id,
                at=event.at,
            )  # fmt: skip
        else:
            actions.end_with_supervision(
                matter_id=event.matter_id, note=event.note, actor_id=event.actor_id, at=event.at
            )
    elif event.move in ENDS:
        actions.end_with_matter(matter_id=event.matter_id, at=event.at)
