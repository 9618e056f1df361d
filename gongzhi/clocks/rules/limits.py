"""A time limit: how much, in which unit, and which time counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Unit = Literal["minute", "hour", "day", "month", "year"]
Counting = Literal["continuous", "service", "working", "calendar"]
EndsAt = Literal["day", "service"]

SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
LARGEST = {"minute": 1_000_000, "hour": 20_000, "day": 3_660, "month": 120, "year": 10}


class UnfitLimit(ValueError):
    """The parts of a limit do not fit together. `part` names the field to correct."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Limit:
    """
    continuous: every second counts (紧急工作时); service: only service hours count, a day is one
    service day of the calendar; working: whole working days; calendar: whole days, months, years.
    Limits in whole days end with their last day, or with its service hours (`ends_at`).
    """

    amount: int
    unit: Unit
    counting: Counting = "service"
    from_next_day: bool = False  # the day on which it begins is not counted
    rolls_over: bool = False  # a last day without work moves to the next working day
    ends_at: EndsAt = "day"
    warn_percent: int = 25  # the last part of the limit, in which it turns amber

    def __post_init__(self) -> None:
        if self.unit not in LARGEST:
            raise UnfitLimit("unit")
        if self.counting not in get_args(Counting) or self.unit not in _UNITS[self.counting]:
            raise UnfitLimit("counting")
        if not 0 < self.amount <= LARGEST[self.unit]:
            raise UnfitLimit("amount")
        if self.ends_at not in get_args(EndsAt):
            raise UnfitLimit("ends_at")
        if not 0 <= self.warn_percent <= 100:
            raise UnfitLimit("warn_percent")

    @property
    def is_timed(self) -> bool:
        """Seconds are counted, as opposed to whole days."""
        return self.counting in {"continuous", "service"}

    @property
    def is_urgent(self) -> bool:
        return self.counting == "continuous"

    @property
    def measure(self) -> Counting:
        """The time in which what is left of it is told: service hours, or every second."""
        return "service" if self.counting in {"service", "working"} else "continuous"

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Limit":
        return cls(**{name: values[name] for name in cls.__slots__ if name in values})


_UNITS: dict[str, frozenset[str]] = {
    "continuous": frozenset({"minute", "hour", "day"}),
    "service": frozenset({"minute", "hour", "day"}),
    "working": frozenset({"day"}),
    "calendar": frozenset({"day", "month", "year"}),
}
