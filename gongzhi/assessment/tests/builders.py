"""Five towns of a village each, with centres, and facts to assess them by."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from shapely.geometry import box

from gongzhi.accounts.tests.builders import a_unit
from gongzhi.assessment import actions, queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.models import Publication, Scheme
from gongzhi.assessment.rules import Period, Span, period_of
from gongzhi.base.actor import Actor, system
from gongzhi.base.tests.builders import an_actor, local
from gongzhi.figures.tests.builders import Fact, a_fact, counted
from gongzhi.places import actions as places
from gongzhi.places.actions import AreaInput
from gongzhi.places.capabilities import Can as Places

MONDAY = local("2026-11-23 09:00")
OCTOBER = period_of(Span.MONTH, date(2026, 10, 15))
TENTH = local("2026-10-10 09:00")
CITY = "441900/"
TOWNS = tuple(f"441900/{town:03}/" for town in range(1, 6))
_numbers = count(1)
_ids = count(6_000_001)


def the_office(*, id: int = 901) -> Actor:
    """Return somebody of the city's assessment office."""
    return an_actor(*Can, area=CITY, id=id, name=f"考核员{id}")


def a_city() -> dict[str, Any]:
    """Make the areas and their centres; return the units by the path of their area."""
    rows = [AreaInput("441900", "东莞市", "", box(113.70, 22.98, 113.80, 23.06))]
    for place, path in enumerate(TOWNS):
        shape = box(113.70 + 0.02 * place, 22.98, 113.72 + 0.02 * place, 23.06)
        code = path.replace("/", "")
        rows += [
            AreaInput(code, f"{'甲乙丙丁戊'[place]}镇", "441900", shape),
            AreaInput(f"{code}001", f"{'甲乙丙丁戊'[place]}村", code, shape),
            AreaInput(f"{code}00101", "01网格", f"{code}001", shape),
        ]
    places.load_areas(rows=rows, valid_from=date(2020, 1, 1), actor=system("test", Places.MANAGE), at=MONDAY)  # fmt: skip
    city = a_unit(code="city", name="市指挥中心", kind="city_centre", area_path=CITY)
    centres = {
        path: a_unit(code=f"c{path[7:10]}", name=f"{path[7:10]}中心", kind="town_centre", parent=city, area_path=path)
        for path in TOWNS
    }  # fmt: skip
    return {CITY: city, **centres}


def facts_in(town: str, how_many: int, **said: Any) -> list[Fact]:
    """Write facts of matters of a town's village, reported in October unless told otherwise."""
    if not how_many:
        return []
    at: datetime = said.pop("reported_at", TENTH)
    one = a_fact(area_path=f"{town}001/01/", reported_at=at, **said)
    says = {field.attname: getattr(one, field.attname) for field in Fact._meta.fields}
    alike = [Fact(**says | {"matter_id": next(_ids)}) for _ in range(how_many - 1)]
    return [one, *counted(Fact.objects.bulk_create(alike))]


def enough_everywhere(*, late: Iterable[int] = (0, 1, 2, 3, 4)) -> None:
    """Twenty matters in each of the five towns; `late` of them handled late, town by town."""
    for town, count_late in zip(TOWNS, late, strict=True):
        facts_in(town, 20 - count_late)
        facts_in(town, count_late, handled_in_time=False)


def in_register(fact: Fact) -> str:
    """Write the row of the register that a fact is about, as far as lists read it; return its number."""
    number = f"26-{next(_numbers):04}-0000-0"
    columns = {
        "id": fact.matter_id, "number": number, "kind": "incident", "state": "closed", "is_open": False,
        "title": "排水井盖破损", "text": "", "source": "portal", "outside_number": "", "is_urgent": False,
        "area_path": fact.area_path, "placed_on": fact.reported_on, "address": "", "premises_code": "", "level": 1,
        "owing_role": "", "unit_ids": [], "counting": "", "paused_for": "", "supervised": 0,
        "reported_at": fact.reported_at, "changed_at": fact.reported_at, "version": 0, "entry_count": 0, "head": "",
        "report_count": 1, "rework_count": 0, "reopen_count": 0, "extension_count": 0, "urge_count": 0,
        "exempt": False, "rules": "{}",
    }  # fmt: skip
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO matters_matter ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.execute(insert, list(columns.values()))
    return number


def schemes_in_force() -> None:
    actions.adopt_shipped(valid_from=date(2026, 1, 1), actor=the_office(), at=MONDAY)


def the_scheme(code: str = "jinniu") -> Scheme:
    found = queries.in_force(code)
    assert found is not None
    return found


def a_publication(*, code: str = "jinniu", period: Period = OCTOBER, at: datetime = MONDAY) -> Publication:  # fmt: skip
    """Return a publication that waits to be signed."""
    row = actions.ask(scheme_id=the_scheme(code).pk, area_path=CITY, period=period, actor=the_office(), at=at)  # fmt: skip
    actions.freeze(publication_id=row.pk, at=at)
    row.refresh_from_db()
    return row


def published(**said: Any) -> Publication:
    row = a_publication(**said)
    return actions.sign(publication_id=row.pk, actor=the_office(id=902), at=said.get("at", MONDAY))


def scores_of(row: Publication) -> dict[str, Decimal | None]:
    return {one.result.key: one.result.points for one in queries.result_rows(the_office(), row)}
