from collections import Counter
from datetime import UTC, datetime

import numpy as np

from gongzhi.demo import rhythm

UNTIL = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LOCAL = 8 * 3600


def test_reports_come_in_order_and_none_after_the_present():
    moments = rhythm.moments(seed=7, count=5000, until=UNTIL)

    assert (np.diff(moments.seconds) >= 0).all()
    assert moments.seconds[-1] <= UNTIL.timestamp()
    assert np.array_equal(moments.seconds, rhythm.moments(seed=7, count=5000, until=UNTIL).seconds)


def test_mornings_are_busier_than_nights_and_mondays_than_sundays():
    moments = rhythm.moments(seed=7, count=20_000, until=UNTIL)
    hours = Counter(((moments.seconds + LOCAL) // 3600 % 24).tolist())
    weekdays = Counter((((moments.seconds + LOCAL) // 86400 + 3) % 7).tolist())

    assert hours[9] > 10 * hours[3]
    assert weekdays[0] > 1.5 * weekdays[6]


def test_it_rains_more_in_summer():
    def wet_days(month):
        days = [
            datetime(year, month, day, tzinfo=UTC).date()
            for year in (2024, 2025, 2026)
            for day in range(1, 29)
        ]
        return sum(rhythm.rain_on(7, day) > 0 for day in days)

    assert wet_days(6) > 1.5 * wet_days(12)


def test_a_longer_register_reaches_further_back():
    assert rhythm.days_for(20_000) == 120
    assert 600 < rhythm.days_for(1_000_000) < 800
