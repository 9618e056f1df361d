"""A city centre, a town with two villages and an office, their people and desks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_unit, a_user
from gongzhi.base.actor import Actor
from gongzhi.base.tests.builders import local
from gongzhi.duty import actions
from gongzhi.duty.models import Desk, Instruction, Pattern, Receiver

MONDAY = local("2026-11-23 09:00")
ON = date(2026, 11, 23)
CITY, TOWN, VILLAGE, OTHER_TOWN = "441900/", "441900/004/", "441900/004/012/", "441900/005/"


@dataclass
class House:
    units: dict[str, Any]
    people: dict[str, Any] = field(default_factory=dict)

    def actor(self, name: str, at: datetime = MONDAY) -> Actor:
        return accounts.actor_for(self.people[name].pk, at)

    def id(self, name: str) -> int:
        return self.people[name].pk

    def unit(self, code: str) -> int:
        return self.units[code].pk


def a_house() -> House:
    """Make two towns; in the first, Tan and Duan lead, Lin and Mei answer, Zhan leads a village, Bo a bureau's office."""
    city = a_unit(code="city", name="市指挥中心", kind="city_centre", area_path=CITY)
    town = a_unit(code="town", name="南城中心", kind="town_centre", parent=city, area_path=TOWN)
    other = a_unit(
        code="other", name="东城中心", kind="town_centre", parent=city, area_path=OTHER_TOWN
    )
    one = a_unit(
        code="shenghe", name="胜和工作站", kind="village_station", parent=town, area_path=VILLAGE
    )
    two = a_unit(
        code="yuanmei",
        name="元美工作站",
        kind="village_station",
        parent=town,
        area_path=f"{TOWN}013/",
    )
    water = a_unit(code="shuiwu", name="水务局", parent=city, area_path=CITY)
    office = a_unit(
        code="shuiwu-004", name="南城水务分局", kind="town_office", parent=water, area_path=TOWN
    )
    house = House(
        {
            "city": city,
            "town": town,
            "other": other,
            "one": one,
            "two": two,
            "water": water,
            "office": office,
        }
    )
    posts = {
        "sun": ("duty_officer", city, CITY), "guo": ("dispatcher", city, CITY), "tan": ("duty_officer", town, TOWN),
        "duan": ("duty_officer", town, TOWN), "lin": ("dispatcher", town, TOWN), "mei": ("registrar", town, TOWN),
        "qi": ("dispatcher", town, TOWN), "zhan": ("unit_lead", one, VILLAGE), "xu": ("dispatcher", one, VILLAGE),
        "yu": ("dispatcher", two, f"{TOWN}013/"), "bo": ("handler", office, TOWN), "far": ("duty_officer", other, OTHER_TOWN),
        "wang": ("dispatcher", other, OTHER_TOWN),
    }  # fmt: skip
    for name, (role, unit, area) in posts.items():
        house.people[name] = a_user(username=name, name=name.title())
        a_posting(user=house.people[name], role=role, unit=unit, area_path=area)
    accounts.forget()
    return house


def a_desk(
    house: House, unit: str = "town", by: str = "tan", *, since: date = date(2026, 11, 1)
) -> Desk:
    """Open a desk; a town's has a day shift and a night shift that need a leader, a person and a partner each."""
    return actions.open_desk(
        unit_id=house.unit(unit),
        valid_from=since,
        actor=house.actor(by),
        at=MONDAY - timedelta(days=22),
    )


def day_shift(desk: Desk) -> Pattern:
    return Pattern.objects.filter(desk=desk).order_by("id")[0]


def night_shift(desk: Desk) -> Pattern:
    return Pattern.objects.filter(desk=desk).order_by("id")[1]


def put(
    house: House, desk: Desk, name: str, *, on: date = ON, post: str = "dispatcher", pattern: Pattern | None = None,
    by: str = "tan", at: datetime = MONDAY,
) -> Any:  # fmt: skip
    """Put somebody, or for a partner a unit, on a shift."""
    member = house.unit(name) if post == "partner" else house.id(name)
    seat = actions.Seat((pattern or day_shift(desk)).pk, on, post, member)
    return actions.assign(unit_id=desk.unit_id, seat=seat, actor=house.actor(by), at=at)


def issued(
    house: House,
    *units: str,
    by: str = "tan",
    unit: str = "town",
    at: datetime = MONDAY,
    **changes: Any,
) -> Instruction:
    """Issue an instruction to some units."""
    facts: dict[str, Any] = {
        "unit_id": house.unit(unit), "title": "排查积水点", "text": "今晚暴雨，请排查辖区积水点并反馈。", "urgency": "urgent",
        "receiver_ids": [house.unit(one) for one in units or ("one", "two")],
    }  # fmt: skip
    draft = actions.InstructionDraft(**(facts | changes))
    return actions.issue(draft=draft, actor=house.actor(by), at=at)


def part(row: Instruction, house: House, unit: str) -> Receiver:
    return Receiver.objects.get(instruction=row, unit=house.unit(unit))


def step(
    house: House, receiver: Receiver, name: str, by: str, *, note: str = "已排查 12 处", at: datetime = MONDAY,
    uploads: Sequence[str] = (),
) -> Receiver:  # fmt: skip
    return actions.move(
        receiver_id=receiver.pk, name=name, note=note, uploads=uploads, actor=house.actor(by), at=at
    )
