"""What figures take from modules above: events that name an area and a moment."""

from datetime import datetime
from typing import Protocol

from gongzhi.figures import actions


class Work(Protocol):
    """Somebody recorded work on site; who it was is not asked."""

    @property
    def area_path(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def note_work(event: Work) -> None:
    actions.note_work(times={event.area_path: event.at})
