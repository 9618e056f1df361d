"""What clocks do."""

from gongzhi.clocks.actions.alerts import recount, tick
from gongzhi.clocks.actions.calendars import (
    change_hours,
    clear_day,
    open_calendar,
    publish_rule,
    set_day,
    set_days,
)
from gongzhi.clocks.actions.running import (
    EVERY,
    change,
    copy_in,
    exclude,
    extend,
    hand_to,
    pause,
    resume,
    stop_clocks,
    suspend,
)
from gongzhi.clocks.queries import Start

__all__ = [
    "EVERY", "Start", "change", "change_hours", "clear_day", "copy_in", "exclude", "extend", "hand_to",
    "open_calendar", "pause", "publish_rule", "recount", "resume", "set_day", "set_days",
    "stop_clocks", "suspend", "tick",
]  # fmt: skip
