"""Tells mediators what became of their allowances."""

from datetime import datetime

from gongzhi.allowances.models import Allowance, Share
from gongzhi.notices import actions as notices

OWN = "/desk/allowances/my"


def tell_paid(*, allowance_id: int, at: datetime) -> None:
    row = Allowance.objects.get(pk=allowance_id)
    for share in Share.objects.filter(allowance=row).select_related("mediator"):
        if share.mediator.user_id:
            notices.tell(
                people=[share.mediator.user_id], template="allowance_paid",
                values={"number": row.number, "amount": share.amount}, link=OWN, at=at,
            )  # fmt: skip


def tell_returned(*, allowance_id: int, user_id: int, reason: str, at: datetime) -> None:
    row = Allowance.objects.get(pk=allowance_id)
    if user_id:
        notices.tell(
            people=[user_id], template="allowance_returned", values={"number": row.number, "reason": reason}, link=OWN,
            at=at,
        )  # fmt: skip
