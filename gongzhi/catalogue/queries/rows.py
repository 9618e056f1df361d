"""The frozen rows other modules get: plain values, safe to keep."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from gongzhi.catalogue.models import Family, Kind, Level
from gongzhi.catalogue.rules.limits import limit_in_words
from gongzhi.clocks import queries as clocks


@dataclass(frozen=True)
class StandardRow:
    id: int
    item_id: int
    number: int
    when_counts: str
    when_done: str
    amount: int | None  # None: the source gave no usable limit, and none was guessed
    unit: str
    counting: str
    from_next_day: bool
    urgent: bool
    original: str

    @property
    def limit(self) -> clocks.Limit | None:
        """Return the limit as clocks count it."""
        if self.amount is None:
            return None
        return clocks.Limit(
            amount=self.amount,
            unit=cast("clocks.Unit", self.unit),
            counting=cast("clocks.Counting", self.counting),
            from_next_day=self.from_next_day,
        )

    @property
    def limit_words(self) -> str:
        return limit_in_words(amount=self.amount, unit=self.unit, counting=self.counting)


@dataclass(frozen=True)
class QuestionRow:
    id: int
    item_id: int
    number: int
    text: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    unit: str

    @property
    def kind_name(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class ItemRow:
    id: int
    code: str
    version: int
    family: str
    class_code: str
    class_name: str
    number: str
    name: str
    department: str
    department_name: str
    level: str
    synonyms: tuple[str, ...]
    anonymous_allowed: bool
    publishes_description: bool
    self_handled_allowed: bool
    emergency_notice: str
    icon: str
    popular_rank: int | None
    report_photos: int
    after_photos: int
    source: str
    valid_from: date
    valid_to: date | None
    created_at: datetime
    created_by: str
    standards: tuple[StandardRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)

    @property
    def family_name(self) -> str:
        return str(Family(self.family).label)

    @property
    def urgent(self) -> bool:
        return any(standard.urgent for standard in self.standards)


@dataclass(frozen=True)
class ResponsibilityRow:
    id: int
    scope: str
    level: str
    area_path: str
    finder: str
    verifier: str
    handler: str
    joint: tuple[str, ...]
    priority: int
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class NoReportRow:
    id: int
    scope: str
    area_path: str
    starts: time | None
    ends: time | None
    tip: str
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class Assignment:
    """Who finds, verifies and handles an item at a place, and why, in words."""

    handler_unit_id: int | None  # None: the unit that is named does not exist yet
    handler_name: str
    joint_unit_ids: tuple[int, ...]
    finder: str
    verifier: str
    level: str
    why: str
    responsibility_id: int | None  # None: no row fits, the item's own department answers


@dataclass(frozen=True)
class Suggestion:
    item: ItemRow
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True)
class ClassBranch:
    code: str
    name: str
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class FamilyBranch:
    family: str
    name: str
    classes: tuple[ClassBranch, ...]
