"""Tells a reporter that there is something to be claimed."""

from datetime import datetime

from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices
from gongzhi.rewards.actions.claiming import told
from gongzhi.rewards.models import Award


def tell(*, award_id: int, occasion: str, at: datetime) -> None:
    """Send the words for the occasion to the contact the reporter left; safe to repeat, the ledger shows each."""
    award = Award.objects.get(pk=award_id)
    report = matters.first_report(award.matter_id)
    if report is None or report.reporter_id != award.reporter_id:
        return
    values = {"number": award.number, "amount": str(award.amount), "reason": award.reason}
    sent = notices.tell_contact(
        template=occasion, values=values, at=at, phone=report.phone, email=report.email,
        link=f"/progress/{award.number}",
    )  # fmt: skip
    if sent:
        told(award_id=award_id, at=at)
