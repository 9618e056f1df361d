"""What allowances do when something happens."""

from gongzhi.allowances import actions
from gongzhi.allowances.events import AllowancePaid, PaymentReturned
from gongzhi.dossiers.events import FileReviewed
from gongzhi.matters.events import MatterMoved


def weigh(event: MatterMoved) -> None:
    """An archived dispute is looked at; one that is taken up again loses what nobody has decided."""
    if event.kind != "dispute":
        return
    if event.move == "archive":
        actions.propose(matter_id=event.matter_id, at=event.at)
    elif event.move == "reopen":
        actions.withdraw(matter_id=event.matter_id, at=event.at)


def tell_of_payment(event: AllowancePaid) -> None:
    actions.tell_paid(allowance_id=event.allowance_id, at=event.at)


def tell_of_return(event: PaymentReturned) -> None:
    actions.tell_returned(
        allowance_id=event.allowance_id, user_id=event.user_id, reason=event.reason, at=event.at
    )


def note_score(event: FileReviewed) -> None:
    """What nobody decided on yet follows the score of the file."""
    actions.note_score(matter_id=event.matter_id, score=event.score, at=event.at)
