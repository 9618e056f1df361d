"""Limits that count back from an event: notice so many days before a hearing."""

from datetime import datetime

from gongzhi.clocks.rules.calendar import Calendar, OutsideCalendar
from gongzhi.clocks.rules.limits import Limit, UnfitLimit
from gongzhi.clocks.rules.spans import seconds_of


def latest_before(event: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """
    Return the last second at which something can be done `limit` before an event.

    Neither the day it is done nor the day of the event counts: that many whole days lie between. In working
    days, or where the limit rolls over, the last day is itself one on which offices work: the one before.
    """
    if limit.is_timed or limit.unit != "day":
        raise UnfitLimit("unit")
    day = calendar.ordinal_at(seconds_of(event))
    if limit.counting == "working":
        place = calendar.working_position(day) - limit.amount - 1
        if place < 0:
            raise OutsideCalendar(calendar.first_year, calendar.last_year)
        last = calendar.working_day(place)
    else:
        last = day - limit.amount - 1
        while limit.rolls_over and not calendar.is_working_day(last):
            last -= 1
    return calendar.local(calendar.last_second(last))
