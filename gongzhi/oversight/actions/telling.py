"""Who is told of orders, owners and suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.notices import actions as notices
from gongzhi.oversight.models import Order, Suggestion

MOST_PEOPLE = 30
OF_UNIT = ("handler", "unit_lead", "dispatcher", "duty_officer")
COMMAND = ("duty_officer", "supervisor")


def people_of(unit_id: int | None, at: datetime, *, roles: Sequence[str] = OF_UNIT) -> list[int]:
    if unit_id is None:
        return []
    found = accounts.people_in_units(*roles, unit_ids=[unit_id], on=timezone.localdate(at))
    return [person.id for person in found[:MOST_PEOPLE]]


def moment(at: datetime) -> str:
    return clocks.moment(timezone.localtime(at))


def tell_order(
    order: Order, template: str, people: Sequence[int], *, at: datetime, **more: str
) -> None:
    values = {
        "number": order.number, "title": order.title, "unit": accounts.unit_name(order.unit_id),
        "due": moment(order.due_at), "by": order.by_name,
    }  # fmt: skip
    _tell(people, template, values | more, link=f"/desk/oversight/orders/{order.pk}", at=at)


def tell_suggestion(
    row: Suggestion, template: str, people: Sequence[int], *, at: datetime, **more: str
) -> None:
    values = {
        "title": row.title, "unit": accounts.unit_name(row.unit_id), "due": moment(row.due_at), "count": str(row.count),
        "by": row.raised_by_name,
    }  # fmt: skip
    _tell(people, template, values | more, link=f"/desk/oversight/suggestions/{row.pk}", at=at)


def tell_owner(
    owned: Any, template: str, people: Sequence[int], *, at: datetime, **more: str
) -> None:
    values = {"number": owned.matter_number, "title": owned.title, "due": f"{owned.next_on:%Y-%m-%d}"}  # fmt: skip
    _tell(people, template, values | more, link=f"/desk/oversight/owners/{owned.pk}", at=at)


def _tell(
    people: Sequence[int], template: str, values: dict[str, str], *, link: str, at: datetime
) -> None:
    words = {name: value or "—" for name, value in values.items()}
    notices.tell(people=list(people), template=template, values=words, link=link, at=at)
