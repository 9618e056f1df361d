"""The State Council's yearly holiday arrangements, as the package chinesecalendar carries them."""

from functools import cache

from chinese_calendar.constants import Holiday, holidays, workdays

from gongzhi.clocks.rules.calendar import Holidays

SOURCE = "国务院办公厅年度节假日安排（chinesecalendar）"

_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "抗战胜利日": "抗战胜利纪念日"}


@cache
def statutory() -> Holidays:
    """Return days off and make-up workdays with their Chinese names, and the years they cover."""
    chinese = {kind.value: _FULL.get(kind.chinese, kind.chinese) for kind in Holiday}
    return Holidays(
        off={day: chinese[kind] for day, kind in holidays.items()},
        makeup={day: chinese[kind] for day, kind in workdays.items()},
        years=frozenset(day.year for day in holidays),
    )
