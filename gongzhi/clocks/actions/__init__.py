"""What clocks do."""

from gongzhi.clocks.actions.running import (
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
    "Start", "change", "copy_in", "exclude", "extend", "hand_to", "pause", "resume",
    "stop_clocks", "suspend",
]  # fmt: skip
