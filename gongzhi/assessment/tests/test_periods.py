"""Which days a period covers, and which it is compared with."""

from datetime import date

import pytest

from gongzhi.assessment.rules import Period, Span, following, period_of, previous, year_before

# fmt: off
CASES = [
    # span         a day                since                until               before from         a year before from
    (Span.DAY,     date(2026, 3, 1),    date(2026, 3, 1),    date(2026, 3, 2),   date(2026, 2, 28),  date(2025, 3, 1)),
    (Span.WEEK,    date(2026, 11, 25),  date(2026, 11, 23),  date(2026, 11, 30), date(2026, 11, 16), date(2025, 11, 24)),
    (Span.MONTH,   date(2024, 2, 29),   date(2024, 2, 1),    date(2024, 3, 1),   date(2024, 1, 1),   date(2023, 2, 1)),
    (Span.MONTH,   date(2026, 12, 31),  date(2026, 12, 1),   date(2027, 1, 1),   date(2026, 11, 1),  date(2025, 12, 1)),
    (Span.QUARTER, date(2026, 2, 10),   date(2026, 1, 1),    date(2026, 4, 1),   date(2025, 10, 1),  date(2025, 1, 1)),
    (Span.HALF,    date(2026, 8, 1),    date(2026, 7, 1),    date(2027, 1, 1),   date(2026, 1, 1),   date(2025, 7, 1)),
    (Span.YEAR,    date(2026, 8, 1),    date(2026, 1, 1),    date(2027, 1, 1),   date(2025, 1, 1),   date(2025, 1, 1)),
]
# fmt: on


@pytest.mark.parametrize("case", CASES)
def test_a_period_is_whole_and_compared_with_whole_ones(case):
    span, day, since, until, before, year = case
    period = period_of(span, day)

    assert (period.since, period.until) == (since, until)
    assert (previous(period).since, previous(period).until) == (before, since)
    assert year_before(period).since == year
    assert previous(following(period)) == period


def test_days_of_ones_own_are_compared_with_as_many_before():
    period = Period(Span.CUSTOM, date(2024, 2, 20), date(2024, 3, 1))

    assert (previous(period).since, previous(period).until) == (
        date(2024, 2, 10),
        date(2024, 2, 20),
    )
    assert (year_before(period).since, year_before(period).until) == (
        date(2023, 2, 20),
        date(2023, 3, 1),
    )
    assert period.last == date(2024, 2, 29)
