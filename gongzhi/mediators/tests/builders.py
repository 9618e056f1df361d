"""A small world of the registry: one committee, its people, and who keeps, judges and decides."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from gongzhi.accounts.models import Unit
from gongzhi.accounts.tests.builders import a_unit
from gongzhi.base.actor import Actor, Grant
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Body, Mediator

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in the city
TODAY = date(2026, 11, 23)
CITY, TOWN, VILLAGE = "441900/", "441900/004/", "441900/004/012/"
_serial = count(1)


def an_actor(number: int, *capabilities: str, area: str = "") -> Actor:
    return Actor(number, f"Person {number}", (Grant(frozenset(map(str, capabilities)), area),))


KEEPER = an_actor(1, Can.VIEW, Can.KEEP)
JUDGE = an_actor(2, Can.VIEW, Can.JUDGE)
DECIDER = an_actor(3, Can.VIEW, Can.DECIDE)
STRANGER = an_actor(9, Can.VIEW, Can.KEEP, Can.JUDGE, Can.DECIDE, area="441900/005/")


def a_body(unit: Unit | None = None, **said: Any) -> Body:
    n = next(_serial)
    unit = unit or Unit.objects.filter(code="station").first() or a_unit(code="station", name="胜和社区工作站", kind="village_station", area_path=VILLAGE)  # fmt: skip
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
