"""Words to the sides and to the office. A safe channel says nothing that others might read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import PhoneCare
from gongzhi.talks.queries import is_hidden

NEUTRAL = "talk_neutral"


def tell_party(
    party: Any, occasion: str, values: Mapping[str, Any], *, at: datetime, link: str = ""
) -> int:
    """
    Tell one party, in neutral words where the channel must be safe, and never on a shared telephone.

    Returns on how many ways it was told; 0 is an answer, not an error: somebody then calls or visits.
    """
    is_shared = PhoneCare.objects.filter(party_id=party.pk, is_shared=True).exists()
    phone = "" if is_shared else party.phone
    if is_hidden(party.dispute_id):
        return notices.tell_contact(template=NEUTRAL, values={}, at=at, phone=phone, email="")
    return notices.tell_contact(
        template=occasion, values=values, at=at, phone=phone, email=party.email, link=link
    )


def tell_sides(
    matter_id: int, occasion: str, values: Mapping[str, Any], *, at: datetime, but: int = 0
) -> int:
    """Tell every side but one; return how many were told."""
    number = matters.standing(matter_id).number
    link = f"/talk/{number}"
    told = [
        tell_party(party, occasion, {"number": number, **values}, at=at, link=link)
        for party in disputes.principals(matter_id)
        if party.pk != but
    ]
    return sum(bool(count) for count in told)


def tell_office(matter_id: int, result: str, *, at: datetime, occasion: str = "talk_staff") -> int:
    """Tell the mediators, and before there are any the clerks of the body."""
    people = disputes.mediator_people(matter_id)
    if not people:
        _body, unit_id, _name = disputes.body_of(matter_id)
        people = _clerks(unit_id, at) if unit_id else []
    number = matters.standing(matter_id).number
    return notices.tell(
        people=people, template=occasion, values={"number": number, "result": result}, at=at,
        link=f"/desk/talks/{number}",
    )  # fmt: skip


def _clerks(unit_id: int, at: datetime) -> list[int]:
    roles = [code for code, role in accounts.roles().items() if Can.CONTACT in role.capabilities]
    found = accounts.people_in_units(*roles, unit_ids=[unit_id], on=timezone.localdate(at))
    return [person.id for person in found]


def said_by(party: Any, words: str) -> str:
    """Return what a side did, without its name."""
    side = disputes.side_words(party.side, party.seq)
    return _("{side}: {words}").format(side=side, words=words)
