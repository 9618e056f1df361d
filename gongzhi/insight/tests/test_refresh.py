"""The lake follows the facts: whatever is written, nothing twice, nothing lost, also when it is killed in between."""

import duckdb
import pyarrow.parquet as pq
import pytest

from gongzhi.base.tests.builders import local
from gongzhi.insight.actions import refreshing
from gongzhi.insight.models import Touched
from gongzhi.insight.queries.touched import next_round
from gongzhi.insight.tests.builders import (
    NOW,
    OTHER_TOWN,
    a_fact,
    a_store,
    change,
    copies_of,
    remove,
)

pytestmark = pytest.mark.django_db


def kept(store, what="matter", table="facts"):
    return sorted(store.rows(f"SELECT {what} FROM {table}"))  # noqa: S608


def test_facts_come_into_the_lake_with_their_day_hour_and_month_in_the_city():
    matter = a_fact("2026-11-01 00:30", source="portal")

    with a_store() as store:
        refreshing.refresh(store, at=NOW)

        assert kept(
            store, "matter, source, month, reported_on::text, hour(reported_at), is_valid"
        ) == [(matter, "portal", 2026 * 12 + 10, "2026-11-01", 0, True)]
        assert (store.state().as_of, store.state().facts) == (NOW, 1)


def test_what_changes_changes_in_the_lake_and_its_sums_and_only_once():
    first, second = a_fact("2026-10-05 08:00"), a_fact("2026-11-20 10:00")
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        change(first, is_valid=False, closed_at=None)
        third = a_fact("2026-11-21 10:00", area_path=OTHER_TOWN + "001/01/")

        assert refreshing.refresh(store, at=NOW) == 2

        assert kept(store, "matter, is_valid") == [(first, False), (second, True), (third, True)]
        assert kept(store, "month - 24312, town, reported, valid, closed", "sums") == [
            (9, "441900/004/", 1, 0, 0), (10, "441900/004/", 1, 1, 1), (10, "441900/005/", 1, 1, 1),
        ]  # fmt: skip
        assert refreshing.refresh(store, at=NOW) == 0


def test_facts_that_go_leave_the_lake():
    matter = a_fact()
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        remove(matter)
        refreshing.refresh(store, at=NOW)

        assert kept(store) == []
        assert kept(store, "*", "sums") == []
        assert store.partitions() == {}


def test_what_is_written_while_the_lake_reads_is_read_next_time():
    matter = a_fact()
    read = next_round()
    change(matter, rating=3)

    refreshing._forget(read.marks)

    assert Touched.objects.filter(matter_id=matter).exists()


@pytest.mark.parametrize("step", ["put", "sum_up", "seal", "_forget"])
def test_killed_at_any_step_it_does_the_same_again(monkeypatch, step):
    matters = [a_fact("2026-10-05 08:00"), a_fact("2026-11-20 10:00")]
    with a_store() as store:
        where = store if step == "seal" else refreshing
        with monkeypatch.context() as patched:
            patched.setattr(where, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                refreshing.refresh(store, at=NOW)
        assert store.as_of == ""

        refreshing.refresh(store, at=NOW)

        assert kept(store) == [(matter,) for matter in matters]
        assert kept(store, "sum(reported)", "sums") == [(2,)]
        assert {name: part.rows for name, part in store.partitions().items()} == {
            "2026-10": 1,
            "2026-11": 1,
        }
        assert Touched.objects.count() == 0


def _killed(*_values, **_named):
    raise KeyboardInterrupt


def test_partitions_hold_what_the_lake_answers_from_and_old_ones_go():
    matter = a_fact("2026-10-05 08:00")
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        before = store.partitions()["2026-10"].file
        change(matter, rating=1)
        refreshing.refresh(store, at=local("2026-11-23 09:03"))

        part = store.partitions()["2026-10"]
        table = pq.read_table(store.folder / "facts" / part.file)
        assert (table["matter"].to_pylist(), table["rating"].to_pylist()) == ([matter], [1])
        assert [file.name for file in (store.folder / "facts").iterdir()] == [part.file]
        assert part.file != before


def test_many_facts_at_once_are_noted_as_a_month():
    one = a_fact("2026-10-05 08:00")
    Touched.objects.all().delete()

    copies_of(one, count=10_001)

    assert list(Touched.objects.values_list("matter_id", "month")) == [
        (0, local("2026-10-01 00:00").date())
    ]
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        assert store.state().facts == 10_002


def test_a_check_finds_months_that_differ_and_has_them_read_anew():
    a_fact("2026-10-05 08:00")
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        lost = a_fact("2026-10-06 08:00")
        Touched.objects.all().delete()

        assert [f"{month:%Y-%m}" for month in refreshing.check(store)] == ["2026-10"]
        refreshing.refresh(store, at=NOW)

        assert (lost,) in kept(store)
        assert refreshing.check(store) == []


def test_a_file_laid_out_otherwise_is_made_anew():
    a_fact()
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        store.rows("UPDATE mark SET layout = 'older'")
        store.close()

        again = type(store)(store.folder, threads=1, memory_mb=256)
        assert again.as_of == ""
        refreshing.refresh(again, at=NOW)
        assert again.state().facts == 1
        again.close()


def test_two_processes_cannot_hold_one_lake():
    with a_store() as store, pytest.raises((duckdb.Error, OSError)):
        duckdb.connect(str(store.file), config={"threads": 1})
