"""
The clocks against examples worked out by hand from the articles and the calendars of 2024 to 2026.

`law_clocks.csv` has one example a line: the rule, the day it begins, what does not count (the day an appraisal
begins up to, not including, the day it is back), by how much the sides extend it, the last day, the article, and
the arithmetic in words.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from gongzhi.base.tests.builders import local
from gongzhi.clocks.queries import Calendar, Limit, Span, deadline, latest_before
from gongzhi.clocks.tests.builders import a_calendar

HERE = Path(__file__).resolve().parent
CONTENT = HERE.parents[1] / "clocks" / "content"
LEAST = 120
CALENDAR = a_calendar()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def shipped() -> dict[str, dict[str, str]]:
    return {
        row["code"]: row
        for name in ("time_rules.csv", "time_rules_law.csv")
        for row in rows(CONTENT / name)
    }


EXAMPLES = rows(HERE / "law_clocks.csv")
BEFORE = rows(HERE / "law_clocks_before.csv")  # terms that count back from an event


def limit_of(code: str) -> Limit:
    row = shipped()[code]
    return Limit(
        int(row["amount"]), row["unit"], row["counting"], row["from_next_day"] == "1", row["rolls_over"] == "1",
    )  # type: ignore[arg-type]  # fmt: skip


def spans(text: str) -> Iterator[Span]:
    for span in text.split():
        begin, _slash, end = span.partition("/")
        yield local(f"{begin} 09:00"), local(f"{end} 09:00") if end else None


def due_of(row: dict[str, str], calendar: Calendar, hour: str) -> str:
    limit = limit_of(row["rule"])
    more = [replace(limit, amount=int(row["extension"]))] if row["extension"] else []
    found = deadline(
        start=local(f"{row['start']} {hour}"), limit=limit, calendar=calendar,
        exclusions=list(spans(row["exclusions"])), extensions=more,
    )  # fmt: skip
    if found.due_at is None:
        return ""
    assert found.due_at + timedelta(seconds=1) == _midnight_after(found.due_at)
    return f"{found.due_at:%Y-%m-%d}"


def _midnight_after(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0) + timedelta(days=1)


def test_there_are_enough_examples_and_none_twice() -> None:
    assert len(EXAMPLES) >= LEAST
    kept = [(row["rule"], row["start"], row["exclusions"], row["extension"]) for row in EXAMPLES]
    assert len(set(kept)) == len(kept)


def test_every_example_names_the_article_its_rule_rests_on() -> None:
    without = [row for row in EXAMPLES if row["article"] not in _sources(row["rule"]) or not row["note"]]  # fmt: skip
    assert without == []


def _sources(code: str) -> str:
    """Return the sources of the rule; for an appraisal those of the exclusion stand in the same row."""
    return shipped()[code]["source"]


def test_every_rule_of_mediation_court_and_arbitration_has_an_example() -> None:
    families = ("court.", "labour.", "medical.", "traffic.", "mediation.", "land.", "forest.")
    shown = {row["rule"] for row in [*EXAMPLES, *BEFORE]}
    missing = {code for code in shipped() if code.startswith(families)} - shown
    assert {code for code in missing if not code.endswith(".extension")} == set()


@pytest.mark.parametrize("hour", ["00:00", "09:30", "23:59"])
def test_the_clocks_agree_with_every_example(hour: str) -> None:
    wrong = [
        (row["rule"], row["start"], row["due"], found)
        for row in EXAMPLES
        if (found := due_of(row, CALENDAR, hour)) != row["due"]
    ]

    assert wrong == []


@pytest.mark.parametrize("hour", ["00:00", "09:30", "23:59"])
def test_the_terms_before_a_hearing_agree_with_every_example(hour: str) -> None:
    wrong = []
    for row in BEFORE:
        found = latest_before(local(f"{row['event']} {hour}"), limit_of(row["rule"]), CALENDAR)
        assert found + timedelta(seconds=1) == _midnight_after(found)
        if f"{found:%Y-%m-%d}" != row["due"] or row["article"] not in _sources(row["rule"]):
            wrong.append((row["rule"], row["event"], row["due"], f"{found:%Y-%m-%d}"))

    assert wrong == []
    assert all(row["note"] for row in BEFORE)
