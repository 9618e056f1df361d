"""A town's centre with a hall, rooms and partners, and the people around it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor, Grant
from gongzhi.centres import actions
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Centre, Counter, Partner, Room
from gongzhi.disputes import actions as disputes
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.disputes.tests.builders import APPLICANT, RESPONDENT, a_body, a_mediator
from tests.cast import MONDAY, TOWN, VILLAGE, Cast, a_town

LEAK = "楼上漏水，浸湿了天花板，找过物业没有解决。"


@dataclass
class House:
    """The cast of the journeys with a centre in the town and a committee beside it."""

    cast: Cast
    centre: Centre
    body: Any
    mediator: Any
    counters: list[Counter] = field(default_factory=list)

    @property
    def clerk(self) -> Actor:
        """Return who works at the counter and is the committee's clerk as well."""
        unit = self.cast.units["town"]
        can = frozenset({*map(str, Can), *map(str, Disputes), "matters.view", "matters.note"})
        return Actor(
            id=self.cast.people["mei"].pk, name="梅", grants=(Grant(can, area=TOWN, home=unit.pk),)
        )

    def only(self, *capabilities: str, area: str = TOWN, unit: str = "town") -> Actor:
        home = self.cast.units[unit].pk
        grant = Grant(frozenset(capabilities), area=area, home=home)
        return Actor(id=self.cast.people["bo"].pk, name="波", grants=(grant,))


def a_house(at: datetime = MONDAY) -> House:
    cast = a_town()
    disputes.load_kinds()
    body = a_body(cast.units["town"], name="南城人民调解委员会")
    draft = actions.CentreDraft(
        cast.units["town"].pk,
        "nancheng",
        "南城综治中心",
        1,
        "胜和路 1 号",
        "0769-22220000",
        "9:00–17:30",
    )
    house = House(cast, Centre(), body, a_mediator(body))
    house.centre = actions.open_centre(draft=draft, actor=house.clerk, at=at)
    for code, services in (("1", ["mediation", "petition"]), ("2", ["legal"])):
        kept = actions.keep_counter(
            centre=house.centre,
            code=code,
            name=f"{code}号窗口",
            services=services,
            actor=house.clerk,
            at=at,
        )
        house.counters.append(kept)
    return house


def a_room(house: House, *, name: str = "调解一室", kind: str = "mediation") -> Room:
    draft = actions.RoomDraft(kind, name, 8)
    return actions.keep_room(
        centre=house.centre, room_id=None, draft=draft, actor=house.clerk, at=MONDAY
    )


def a_partner(house: House, *, name: str = "南城法庭", **said: Any) -> Partner:
    values: dict[str, Any] = {
        "kind": "court", "name": name, "presence": "on_call", "unit_id": house.cast.units["office"].pk,
    }  # fmt: skip
    draft = actions.PartnerDraft(**(values | said))
    return actions.keep_partner(
        centre=house.centre, partner_id=None, draft=draft, actor=house.clerk, at=MONDAY
    )


def said(**changes: Any) -> actions.Said:
    """Return what is told at the counter about a leak between two neighbours."""
    values: dict[str, Any] = {
        "door": "counter", "sides": [APPLICANT, RESPONDENT], "story": LEAK, "wish": "修好并赔偿。", "area_path": VILLAGE,
    }  # fmt: skip
    return actions.Said(**(values | changes))
