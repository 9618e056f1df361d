"""A small world of the registry: one committee, its people, and who keeps, judges and decides."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.apps import apps
from shapely.geometry import box

from gongzhi.accounts.tests.builders import a_unit
from gongzhi.base.actor import Actor, Grant, system
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Body, Mediator
from gongzhi.places import actions as places
from gongzhi.places.actions import AreaInput
from gongzhi.places.capabilities import Can as Places

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in the city
TODAY = date(2026, 11, 23)
CITY, TOWN, VILLAGE = "441900/", "441900/004/", "441900/004/012/"
_serial = count(1)


def an_actor(number: int, *capabilities: str, area: str = "") -> Actor:
    return Actor(number, f"Person {number}", (Grant(frozenset(map(str, capabilities)), area),))


KEEPER = an_actor(900_001, Can.VIEW, Can.KEEP)
JUDGE = an_actor(900_002, Can.VIEW, Can.JUDGE)
DECIDER = an_actor(900_003, Can.VIEW, Can.DECIDE)
STRANGER = an_actor(900_009, Can.VIEW, Can.KEEP, Can.JUDGE, Can.DECIDE, area="441900/005/")


def a_body(unit: Any | None = None, **said: Any) -> Body:
    n = next(_serial)
    unit = unit or apps.get_model("accounts", "Unit").objects.filter(code="station").first() or a_unit(code="station", name="胜和社区工作站", kind="village_station", area_path=VILLAGE)  # fmt: skip
    values: dict[str, Any] = {
        "code": f"TW{n}", "name": f"第{n}人民调解委员会", "kind": "committee", "unit": unit, "unit_ids": list(unit.ancestors),
        "area_path": VILLAGE, "term_ends_on": date(2028, 12, 31), "filed_on": date(2026, 1, 10),
    }  # fmt: skip
    return Body.objects.create(**(values | said))


def a_mediator(body: Body, **said: Any) -> Mediator:
    n = next(_serial)
    values: dict[str, Any] = {
        "code": f"TM{n}", "name": f"何静{n}", "body": body, "employment": "full", "is_woman": True,
        "appointed_on": date(2026, 1, 1), "area_path": body.area_path, "unit_ids": body.unit_ids,
    }  # fmt: skip
    return Mediator.objects.create(**(values | said))


def areas() -> None:
    """Lay the city, one town and one village, so that area paths can be checked."""
    rows = [
        AreaInput(code, name, parent, box(113.70, 22.98, 113.80, 23.06))
        for code, name, parent in (
            ("441900", "东莞市", ""), ("441900004", "南城街道", "441900"), ("441900004012", "胜和社区", "441900004"),
        )
    ]  # fmt: skip
    places.load_areas(
        rows=rows, valid_from=date(2020, 1, 1), actor=system("test", Places.MANAGE), at=NOON
    )
