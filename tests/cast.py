"""A town of one village and two grids, with its people: the cast of every journey."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from PIL import Image
from shapely.geometry import box

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.models import Unit, User
from gongzhi.accounts.tests.builders import a_posting, a_unit, a_user
from gongzhi.base.actor import Actor, system
from gongzhi.base.tests.builders import local
from gongzhi.catalogue import actions as catalogue
from gongzhi.catalogue.queries import ItemRow
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.files import actions as files
from gongzhi.places import actions as places
from gongzhi.places.actions.areas import AreaInput
from gongzhi.places.capabilities import Can as Places

TOWN, VILLAGE, GRID, OTHER_GRID = (
    "441900/004/",
    "441900/004/012/",
    "441900/004/012/01/",
    "441900/004/012/02/",
)
IN_GRID = (113.751, 23.021)


MONDAY = local("2026-11-23 09:00")  # an ordinary working Monday


@dataclass
class Cast:
    """Mei the clerk, Lin the dispatcher, Omar the grid officer, Bo of the bureau, Tan on duty."""

    people: dict[str, User]
    units: dict[str, Unit]
    item: ItemRow

    def actor(self, name: str, at: datetime = MONDAY) -> Actor:
        return accounts.actor_for(self.people[name].id, at)


def a_town() -> Cast:
    """Make the areas, units, people and one item of the story."""
    _empty_the_queue()
    _areas()
    city = a_unit(code="city", name="市指挥中心", kind="city_centre", area_path="441900/")
    town = a_unit(
        code="town", name="南城街道指挥中心", kind="town_centre", parent=city, area_path=TOWN
    )
    station = a_unit(
        code="station",
        name="胜和社区工作站",
        kind="village_station",
        parent=town,
        area_path=VILLAGE,
    )
    water = a_unit(code="shuiwu", name="水务局", parent=city)
    office = a_unit(
        code="shuiwu-004", name="水务局南城分局", kind="town_office", parent=water, area_path=TOWN
    )
    police = a_unit(code="gongan", name="公安局", parent=city)
    units = {
        "city": city,
        "town": town,
        "station": station,
        "water": water,
        "office": office,
        "police": police,
    }
    posts = {
        "omar": ("grid_officer", station, GRID), "mei": ("registrar", town, TOWN), "lin": ("dispatcher", town, TOWN),
        "bo": ("handler", office, TOWN), "lead": ("unit_lead", office, TOWN), "tan": ("duty_officer", town, TOWN),
        "sun": ("supervisor", city, "441900/"), "far": ("grid_officer", station, OTHER_GRID),
        "pol": ("handler", police, "441900/"), "duty": ("duty_officer", city, "441900/"), "disp": ("dispatcher", city, "441900/"),
    }  # fmt: skip
    people = {name: _person(name, *post) for name, post in posts.items()}
    accounts.forget()
    return Cast(people, units, an_item(name="排水井盖破损", anonymous_allowed=True, questions=()))


def _areas() -> None:
    shapes: list[tuple[str, str, str, Any]] = [
        ("441900", "东莞市", "", box(113.70, 22.98, 113.80, 23.06)),
        ("441900004", "南城街道", "441900", box(113.70, 22.98, 113.80, 23.06)),
        ("441900004012", "胜和社区", "441900004", box(113.70, 22.98, 113.80, 23.06)),
        ("44190000401201", "01网格", "441900004012", box(113.70, 23.02, 113.80, 23.06)),
        ("44190000401202", "02网格", "441900004012", box(113.70, 22.98, 113.80, 23.02)),
    ]
    rows = [
        AreaInput(code=code, name=name, parent_code=parent, outline=outline)
        for code, name, parent, outline in shapes
    ]
    places.load_areas(
        rows=rows, valid_from=date(2020, 1, 1), actor=system("test", Places.MANAGE), at=MONDAY
    )


def _empty_the_queue() -> None:
    """Forget what a test that committed left there: its tables are no models of ours."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def _person(name: str, role: str, unit: Unit, area_path: str) -> User:
    user = a_user(username=name, name=name.title())
    a_posting(user=user, role=role, unit=unit, area_path=area_path)
    return user


def a_photo(actor: Actor, *, at: datetime | None = None, sender: str = "") -> str:
    """Upload a small photo, just now: what waits too long for its form is let go. Return its token."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 150)).save(out, "JPEG")
    upload = SimpleUploadedFile("photo.jpg", out.getvalue())
    return files.receive(upload=upload, actor=actor, at=at or timezone.now(), sender=sender).token


__all__ = [
    "GRID",
    "IN_GRID",
    "MONDAY",
    "OTHER_GRID",
    "TOWN",
    "VILLAGE",
    "Cast",
    "a_photo",
    "a_town",
    "catalogue",
    "local",
]
