"""A small city under plans: grids, officers, premises, lists; each with believable defaults."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests import builders as people
from gongzhi.base.actor import Actor
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import actions as catalogue
from gongzhi.patrol import actions, queries
from gongzhi.patrol.models import Due, Task
from gongzhi.places.tests import builders as places

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in the city
DAY = date(2026, 3, 2)
Premises: Any = Due._meta.get_field("premises").related_model
RENTAL, SMALL, ORGANISATION = 3, 4, 5
TOWN = "441900/004/"
GRID = f"{TOWN}01/"
NEXT_GRID = f"{TOWN}02/"
_numbers = count(1)
_keys = count(1)


def a_field(*, content: bool = True) -> Any:
    """Make a town of nine grids with its centre (returned), the catalogue, the shipped lists and plans."""
    places.a_city()
    city = people.a_unit(kind="city_centre", area_path="441900/")
    town = people.a_unit(kind="town_centre", area_path=TOWN, parent=city)
    if content:
        catalogue.load_content(actor=an_actor("catalogue.manage"), at=MONDAY)
        actions.load_content(actor=an_actor("patrol.plan"), at=MONDAY)
    return town


def an_officer(*grids: str, **fields: Any) -> Any:
    user = people.a_user(**fields)
    for grid in grids or (GRID,):
        people.a_posting(user=user, role="grid_officer", area_path=grid)
    return user


def as_actor(user: Any, at: datetime = MONDAY) -> Actor:
    return accounts.actor_for(user.pk, at)


def some_premises(
    code: str = "",
    *,
    kind: int = RENTAL,
    grade: int = 4,
    klass: str = "",
    grid: str = GRID,
    lon: float | None = 113.71,
    lat: float | None = 23.01,
    status: int = 1,
    name: str = "胜和路15号出租屋",
) -> Any:
    row = Premises.objects.create(
        code=code or f"P{next(_numbers):06d}", kind=kind, grade=grade, status=status, name=name,
        address="南城街道胜和路15号", area_path=grid, lon=lon, lat=lat, changed_at=MONDAY,
        details={"class": klass} if klass else None,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def the_day(on: date = DAY, at: datetime = MONDAY, area: str = "") -> actions.DayDrawn:
    return actions.draw_day(on=on, area_path=area, at=at)


def make_due(*premises: Any, on: date = DAY) -> None:
    Due.objects.filter(premises__in=premises).update(due_on=on)


def all_pass(
    code: str = "RB-KEY", *, on: date = DAY, failing: tuple[int, ...] = ()
) -> list[actions.Result]:
    [row] = [one for one in queries.check_lists(on=on) if one.code == code]
    return [actions.Result(line.n, "fail" if line.n in failing else "pass") for line in row.lines]


def a_visit(
    user: Any, premises: Any, *, at: datetime = MONDAY, key: str = "", **said: Any
) -> actions.Recorded:
    """A visit to a rental building of grade D at which all is well, unless told otherwise."""
    said.setdefault("list", "RB-KEY")
    said.setdefault("outcome", "visited")
    if said["outcome"] == "visited":
        said.setdefault("results", all_pass(said["list"]))
    visit = actions.VisitSaid(
        premises=premises.code, list_version=said.pop("list_version", 1), **said
    )
    return actions.record_visit(
        visit=visit, actor=as_actor(user, at), at=at, key=key or f"op-{next(_keys)}"
    )


def open_tasks(user: Any | None = None) -> list[Task]:
    rows = Task.objects.filter(state="open").order_by("id")
    return list(rows.filter(user=user) if user else rows)
