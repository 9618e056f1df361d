"""Lays what a history stands on: areas, catalogue, units, people, premises, photographs."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.copying import copy_into
from gongzhi.catalogue import actions as catalogue
from gongzhi.catalogue import queries as catalogue_queries
from gongzhi.demo import people, premises, tables
from gongzhi.demo.city import City
from gongzhi.demo.people import DemoPerson, DemoUnit, Login
from gongzhi.demo.queries import PASSWORD
from gongzhi.demo.seeds import dice
from gongzhi.demo.world import story_office
from gongzhi.places import actions as places
from gongzhi.places import queries as place_queries

SINCE = date(2020, 1, 1)  # long before the oldest matter of the largest history
NO_PASSWORD = "!nobody-signs-in-with-this-account"  # noqa: S105 - no hash has this form
SOURCE = "演示数据"


@transaction.atomic
def lay(*, seed: int, city: City, full: bool, actor: Actor, at: datetime) -> None:
    """Write the whole foundation, or nothing of it."""
    places.load_areas(rows=_areas(city), valid_from=SINCE, source=SOURCE, actor=actor, at=at)
    catalogue.load_content(actor=actor, at=at)
    units = people.units(city, _departments(at.date()))
    _write_units(units)
    accounts.forget()
    office = story_office(at.date(), people.story_village(city)).code
    _write_people(seed, city, units, office, full=full, at=at)
    _write_premises(seed, city, at)


def _areas(city: City) -> Iterable[places.AreaInput]:
    parents = {area.path: area.code for area in city.areas}
    for area in city.areas:
        above = area.path.rstrip("/").rpartition("/")[0]
        yield places.AreaInput(area.code, area.name, parents.get(f"{above}/", ""), area.geometry)


def _departments(on: date) -> list[tuple[str, str]]:
    return catalogue_queries.departments(on)


def _write_units(units: list[DemoUnit]) -> None:
    """Copy the tree level by level: a parent needs its id before its children can name it."""
    left = units
    ids: dict[str, int | None] = {"": None}
    while left:
        ready = [unit for unit in left if unit.parent in ids]
        copy_into(
            "accounts_unit",
            ("code", "name", "kind", "parent_id", "area_path", "ancestors"),
            ((u.code, u.name, u.kind, ids[u.parent], u.area_path, []) for u in ready),
        )
        known = {unit.code for unit in ready}
        left = [unit for unit in left if unit.code not in known]
        ids = {"": None, **tables.ids_by("accounts_unit", "code")}


def _write_people(
    seed: int, city: City, units: list[DemoUnit], office: str, *, full: bool, at: datetime
) -> None:
    chance = dice(seed, "logins")
    keys = people.logins(city, office)
    known = make_password(PASSWORD)
    everybody = people.people(seed, city, units, full=full)
    users = [(key.username, people.name_of(chance), known) for key in keys]
    users += [(person.username, person.name, NO_PASSWORD) for person in everybody]
    copy_into(
        "accounts_user",
        ("username", "name", "password", "phone", "email", "is_active", "must_change_password",
         "password_changed_at", "language"),
        ((*user, "", "", True, False, at, "") for user in users),
    )  # fmt: skip
    user_ids, unit_ids = (
        tables.ids_by("accounts_user", "username"),
        tables.ids_by("accounts_unit", "code"),
    )
    posted: list[Login | DemoPerson] = [*keys, *everybody, *people.second_postings(city)]
    copy_into(
        "accounts_posting",
        ("user_id", "role", "unit_id", "area_path", "starts_on"),
        ((user_ids[p.username], p.role, unit_ids[p.unit], p.area_path, SINCE) for p in posted),
    )


def _write_premises(seed: int, city: City, at: datetime) -> None:
    place_queries.forget()
    areas = {area.path: place_queries.area(area.path).id for area in city.level(3)}
    copy_into(
        "places_premises",
        ("lon", "lat", "area_id", "changed_at", "kind", "status", "grade", "code", "parent_code",
         "area_path", "name", "address", "details"),
        (
            (p.lon, p.lat, areas[p.area_path], at, p.kind, p.status, premises.grade_of(p), p.code, p.parent_code,
             p.area_path, p.name, p.address, _details(p))
            for p in premises.build(seed, city)
        ),
    )  # fmt: skip


def _details(premise: premises.Premise) -> str | None:
    klass = premises.class_of(premise)
    return f'{{"class": "{klass}"}}' if klass else None
