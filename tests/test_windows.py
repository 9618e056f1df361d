"""Lists found window by window show what was asked for, page after page and back, however far apart it lies."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from gongzhi.base.tests.builders import an_actor
from gongzhi.matters import queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries import Box, Filter
from tests.cast import MONDAY, a_town

pytestmark = pytest.mark.django_db

TOWN, VILLAGE, GRID = "441900/004/", "441900/004/001/", "441900/004/001/01/"
COUNT, APART = 240, 41_017  # nearly ten million ids: all windows and what lies beyond them
PAGE = 9


def filed(count: int = COUNT, apart: int = APART) -> list[int]:
    """File matters far apart: every third with rare words, every fifth of unit 7, in seven villages."""
    a_town()
    ids = [1_000_000 + n * apart for n in range(count)]
    Matter.objects.bulk_create(
        Matter(
            id=id_, number=f"T{n:011d}", kind="incident", state="closed", is_open=False, title=str(n), source="portal",
            area_path=f"441900/{4 + n % 2:03d}/{n % 7:03d}/{n % 3:02d}/", district=f"441900/{4 + n % 2:03d}/",
            placed_on=MONDAY.date(), unit_ids=[1, 7] if n % 5 == 0 else [1], changed_at=MONDAY, closed_at=MONDAY,
            reported_at=MONDAY - timedelta(days=count - n),
        )
        for n, id_ in enumerate(ids)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE matters_matter SET words = '''井盖'' ''破损'''::tsvector WHERE title::int % 3 = 0")  # fmt: skip
    return ids


ASKED = {
    "words": (Filter(q="井盖"), an_actor(Can.VIEW), lambda n: n % 3 == 0),
    "words of a town": (Filter(q="破损 井盖"), an_actor(Can.VIEW, area=TOWN), lambda n: n % 6 == 0),
    "a unit": (Filter(), an_actor(Can.VIEW, unit=7), lambda n: n % 5 == 0),
    "a unit asked for": (Filter(unit=7), an_actor(Can.VIEW), lambda n: n % 5 == 0),
    "a village": (Filter(area=VILLAGE), an_actor(Can.VIEW), lambda n: n % 2 == 0 and n % 7 == 1),
    "a grid": (Filter(), an_actor(Can.VIEW, area=GRID), lambda n: n % 42 == 22),
    "words nobody wrote": (Filter(q="不存在"), an_actor(Can.VIEW), lambda n: False),
}


@pytest.mark.parametrize("name", ASKED)
def test_pages_of_windows_hold_every_row_once_and_lead_back(name):
    by, actor, is_asked = ASKED[name]
    ids = filed()
    expected = [id_ for n, id_ in enumerate(ids) if is_asked(n)][::-1]

    pages, cursor = [], ""
    while not pages or cursor:
        page = queries.matters_in(Box.ALL, actor, by=by, at=MONDAY, cursor=cursor, size=PAGE)
        pages.append(page)
        cursor = page.next
    seen = [[row.id for row in page.rows] for page in pages]
    back = [seen[-1]]
    while page.previous:
        page = queries.matters_in(Box.ALL, actor, by=by, at=MONDAY, cursor=page.previous, size=PAGE)
        back.append([row.id for row in page.rows])

    assert [id_ for part in seen for id_ in part] == expected
    assert back[::-1] == seen


def test_a_page_costs_few_statements_where_the_register_is_large(django_assert_max_num_queries):
    ids, actor = filed(), an_actor(Can.VIEW)

    def page(by: Filter) -> list[int]:
        found = queries.matters_in(Box.ALL, actor, by=by, at=MONDAY, size=2)
        return [row.id for row in found.rows]

    page(Filter(unit=1)), page(Filter(q="不存在"))  # names and frequent words come from memory then
    with django_assert_max_num_queries(5):  # the newest id, three windows, the whole
        nobody_wrote = page(Filter(q="不存在"))
    with django_assert_max_num_queries(3):  # enough among the newest: nothing further is looked at
        newest = page(Filter(unit=1))

    assert not nobody_wrote
    assert newest == ids[-1:-3:-1]


def test_days_show_what_was_filed_for_them_since_they_were_last_looked_at():
    cache.clear()
    ids = filed(count=40, apart=100)
    day = (MONDAY - timedelta(days=30)).date()
    by = Filter(since=day, until=day)

    def found(by: Filter) -> list[int]:
        page = queries.matters_in(Box.ALL, an_actor(Can.VIEW), by=by, at=MONDAY)
        return [row.id for row in page.rows]

    before, none = found(by), found(Filter(since=date(2020, 1, 1), until=date(2020, 1, 2)))
    row = Matter.objects.get(pk=ids[10])
    for number, reported_at in (
        ("T1", row.reported_at),
        ("T2", row.reported_at.replace(year=2020, month=1, day=1)),
    ):
        row.pk, row.number, row.reported_at = ids[-1] + 5000 + len(number), number, reported_at
        row.pk += number == "T2"
        row.save(force_insert=True)

    assert before == [ids[10]]
    assert not none
    assert found(by) == [ids[-1] + 5002, ids[10]]
    assert found(Filter(since=date(2020, 1, 1), until=date(2020, 1, 2))) == [ids[-1] + 5003]
