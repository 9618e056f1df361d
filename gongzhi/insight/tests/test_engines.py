"""Every analysis gives the same on DuckDB here and on Spark on a province's lake."""

import math
from datetime import date
from decimal import Decimal

import h3

from gongzhi.insight.queries import answering
from gongzhi.insight.queries.expressions import tables
from gongzhi.insight.queries.store import READY, sql_of
from gongzhi.insight.rules.measures import COUNTS, SUMS
from gongzhi.insight.rules.slices import Slice
from gongzhi.insight.tests import many
from gongzhi.insight.tests.builders import a_store
from gongzhi.insight.tests.spark import a_spark

YEAR = Slice(date(2025, 12, 1), date(2026, 11, 23))
DAYS = Slice(date(2025, 3, 10), date(2026, 11, 20), inside=("valid",), outside=("exempt",))
CITY = [{"area": "", "units": None}]
TOWN_AND_UNIT = [{"area": "441900/004/", "units": None}, {"area": "441900/", "units": [11, 12]}]
BEFORE = YEAR.moved(years=-1).plain()


BLOCK = h3.latlng_to_cell(23.004, 113.704, 8)


def asked(ask, by=YEAR, reach=CITY, **options):
    return {"ask": ask, "by": by.plain(), "reach": reach, **options}


QUESTIONS = [
    asked("tally", dims=["town", "month"], counts=[*COUNTS, *SUMS]),
    asked("tally", DAYS, TOWN_AND_UNIT, dims=["weekday", "hour"], counts=[*COUNTS, *SUMS]),
    asked("tally", DAYS.but("item", "E0101").but("block", BLOCK), dims=["grid", "item"], counts=["reported"]),
    asked("tally", DAYS, dims=["year", "quarter", "urgent", "rating", "level", "place"], counts=["closed"]),
    asked("compared", dims=["class"], counts=["reported", "closed"], before=BEFORE),
    asked("percentiles", dims=["town"]),
    asked("percentiles", DAYS, TOWN_AND_UNIT, dims=["department"]),
    asked("pivot", DAYS, dims=["family", "village"], counts=["handled"], times=["p50_hours"]),
    asked("heat", before=BEFORE, resolution=8),
    asked("heat", DAYS, TOWN_AND_UNIT, before=BEFORE, resolution=9),
    asked("box", west=113.7, south=23.0, east=113.72, north=23.01),
    asked("repeat_places", least=2, limit=500),
    asked("repeat_items", DAYS, least=2),
    asked("flow", DAYS),
    asked("bounces"),
    asked("ratios", now="2026-11-23T09:00:00"),
    asked("newest", DAYS.but("grid", "441900/004/010/01/"), limit=5),
]  # fmt: skip


def test_every_analysis_gives_the_same_rows_on_duckdb_and_on_spark(tmp_path):
    assert {question["ask"] for question in QUESTIONS} == set(answering.EXPRESSIONS)
    with a_store() as store, a_spark(tmp_path) as spark:
        many.fill(store, count=800)
        _lay_out(spark, store, tmp_path)

        for question in QUESTIONS:
            expression = answering.expression_of(question, newest=many.LAST)
            here = store.rows(sql_of(expression))
            there = [tuple(row) for row in spark.sql(sql_of(expression, "pyspark")).collect()]

            assert here, question
            assert _same(_sorted(here), _sorted(there)), (
                question,
                _sorted(here)[:3],
                _sorted(there)[:3],
            )


def _lay_out(spark, store, folder):
    files = [str(store.folder / "facts" / part.file) for part in store.partitions().values()]
    spark.read.parquet(*files).cache().createOrReplaceTempView("facts")
    for name in ("hops", "calendar"):
        store.rows(f"COPY {name} TO '{folder / name}' (FORMAT parquet)")
        spark.read.parquet(str(folder / name)).cache().createOrReplaceTempView(name)
    for name, make in READY.items():
        made = spark.sql(sql_of(make(tables.facts()), "pyspark"))
        made.cache().createOrReplaceTempView(name)


def _sorted(rows):
    return sorted((tuple(map(_plain, row)) for row in rows), key=repr)


def _plain(value):
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return round(float(value), 6)
    return value


def _same(here, there):
    return len(here) == len(there) and all(
        a == b
        or (
            isinstance(a, float)
            and isinstance(b, float)
            and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)
        )
        for one, other in zip(here, there, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def test_the_sums_kept_ready_give_what_single_facts_give():
    """With a condition that every fact meets, the same question goes to the facts instead of the sums."""
    with a_store() as store:
        many.fill(store, count=300)
        for question in QUESTIONS:
            everything = {
                **question["by"],
                "where": [*question["by"]["where"], ["kind", "incident"]],
            }
            by_sums, by_facts = (
                store.rows(
                    sql_of(answering.expression_of({**question, "by": by}, newest=many.LAST))
                )
                for by in (question["by"], everything)
            )

            assert _same(_sorted(by_sums), _sorted(by_facts)), question
