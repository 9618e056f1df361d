"""A side wants no more: at any time, also in the middle of a sitting. Nothing it offered binds it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Refused
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.talks.actions.offers import end_open_offers
from gongzhi.talks.actions.sittings import broken
from gongzhi.talks.actions.telling import tell_office
from gongzhi.talks.events import SideWithdrew
from gongzhi.talks.models import Sitting
from gongzhi.talks.queries import Seat


@transaction.atomic
def withdraw(*, seat: Seat, reason: str, at: datetime) -> None:
    """
    Put on record that a side ends its part: 人民调解法 art. 23. A sitting under way is broken off, open offers end.

    The body then makes the move; doing it twice changes nothing.
    """
    if not seat.is_contacting:
        raise Refused(_("The mediation is over already."))
    wills = {will.seq: will.answer for will in disputes.wills(seat.matter_id, "mediation")}
    mine = next(p.seq for p in disputes.principals(seat.matter_id) if p.pk == seat.acts_for)
    if wills.get(mine) is False:
        return
    disputing.record_consent(
        party_id=seat.acts_for, subject="mediation", answer=False, how="link", actor=ANONYMOUS, at=at, words=reason
    )  # fmt: skip
    sitting = Sitting.objects.select_for_update().filter(
        dispute_id=seat.matter_id, state="under_way"
    )
    for row in sitting:
        broken(row, _("{side} ended its part.").format(side=seat.words), at=at)
    end_open_offers(matter_id=seat.matter_id, at=at)
    audit.record(actor=ANONYMOUS, verb="talks.withdraw", subject=f"matter:{seat.matter_id}", at=at)
    tell_office(seat.matter_id, _("{side}: wants no more mediation").format(side=seat.words), at=at)
    bus.publish(SideWithdrew(seat.matter_id, seat.acts_for, at))


@transaction.atomic
def agree(*, seat: Seat, subject: str, answer: bool, at: datetime) -> None:
    """A side agrees to, or declines, being heard by link or in open sittings."""
    if not seat.is_contacting:
        raise Refused(_("The mediation is over already."))
    if not seat.may_sign:
        raise Refused(_("For a minor the guardian decides, with the guardian's own code."))
    disputing.record_consent(
        party_id=seat.acts_for, subject=subject, answer=answer, how="link", actor=ANONYMOUS, at=at
    )
