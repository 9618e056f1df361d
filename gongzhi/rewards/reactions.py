"""What rewards do when something happens."""

from gongzhi.matters.events import MatterMoved
from gongzhi.rewards import actions
from gongzhi.rewards.events import AwardApproved, PayoutFailed


def weigh(event: MatterMoved) -> None:
    """A closed matter is looked at for a reward; one that is taken up again loses what nobody has decided."""
    if event.move == "close":
        actions.propose(matter_id=event.matter_id, at=event.at)
    elif event.move == "reopen":
        actions.withdraw(matter_id=event.matter_id, at=event.at)


def tell_of_award(event: AwardApproved) -> None:
    actions.tell(award_id=event.award_id, occasion="reward_ready", at=event.at)


def tell_of_failure(event: PayoutFailed) -> None:
    actions.tell(award_id=event.award_id, occasion="reward_failed", at=event.at)
