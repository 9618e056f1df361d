from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from gongzhi.base.actor import Actor
from gongzhi.base.tests import builders
from gongzhi.notices import actions
from gongzhi.notices.models import Delivery

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in the city
MIDNIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
VALUES = {"number": "26-0001-8427-7", "title": "井盖破损", "code": "7K3P"}
PHONE = "13812345678"


def a_person(name: str = "mei", **fields) -> Any:
    return get_user_model().objects.create(username=name, **fields)


def an_actor(*capabilities: str, person=None) -> Actor:
    person = person or a_person("admin")
    return builders.an_actor(*capabilities, id=person.pk, name=person.username)


def a_notice(person, *, at=NOON, template="due_soon", **values) -> None:
    values = {
        "number": "26-1",
        "title": "井盖破损",
        "unit": "城管局",
        "due": NOON,
        "left": "剩 1 小时",
    } | values
    actions.tell(people=[person.pk], template=template, values=values, link="/m/26-1", at=at)


def a_text_message(*, at=NOON, urgent=False) -> Delivery:
    actions.tell_contact(
        phone=PHONE, template="received", values=VALUES, link="/m/1", at=at, urgent=urgent
    )
    return Delivery.objects.latest("pk")
