"""What the benchmarks work on: an item, places, people, matters to verify."""

from collections.abc import Iterator

from django.utils import timezone

from bench.database import execute
from gongzhi.base.actor import ANONYMOUS, Actor


def an_item() -> int:
    from gongzhi.catalogue import queries as catalogue  # noqa: PLC0415

    plain = (
        item.id
        for item in catalogue.items_in_force(timezone.localdate())
        if not any(question.required for question in catalogue.questions(item.id))
        and not all(standard.urgent for standard in catalogue.standards(item.id))
    )
    return next(plain)


def points(count: int) -> Iterator[tuple[float, float]]:
    """Yield points of premises, spread over the city."""
    rows = execute(f"SELECT lon, lat FROM places_premises TABLESAMPLE SYSTEM (20) LIMIT {count}")
    while True:
        for lon, lat in rows:
            yield float(str(lon)), float(str(lat))


def actor(username: str) -> Actor:
    from gongzhi.accounts import queries as accounts  # noqa: PLC0415 - Django is set up by the caller

    person = accounts.person_by_username(username)
    assert person is not None
    return accounts.actor_for(person.id, timezone.now())


def verifiable(count: int) -> list[tuple[int, str]]:
    """Enter so many reports in the grid of the officer `grid`; return their ids and numbers."""
    from gongzhi.incidents import actions as incidents  # noqa: PLC0415 - Django is set up by the caller
    from gongzhi.matters.actions import Contact  # noqa: PLC0415

    grid = actor("grid").grants[0].area
    rows = execute(
        f"SELECT lon, lat FROM places_premises WHERE area_path LIKE '{grid}%' AND lon IS NOT NULL LIMIT 50"
    )
    item, entered = an_item(), []
    for turn in range(count):
        lon, lat = rows[turn % len(rows)]
        said = incidents.Report(
            item_id=item,
            text="井盖破了",
            lon=float(str(lon)),
            lat=float(str(lat)),
            is_new=True,
            contact=Contact(),
        )
        matter = incidents.report(said=said, actor=ANONYMOUS, at=timezone.now()).matter
        entered.append((matter.id, matter.number))
    return entered
