"""What the register says of many matters at once, for those who count: columns and lines, no words, no people."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Entry, Matter


@dataclass(frozen=True)
class FiledLine:
    """One line of the file without its words."""

    seq: int
    at: datetime
    received_at: datetime
    move: str
    source: str
    target: str


@dataclass(frozen=True)
class Filed:
    """A matter's columns that statistics read, and its lines in order. It has no reach: for jobs only."""

    id: int
    number: str
    kind: str
    title: str
    source: str
    state: str
    is_open: bool
    item_id: int | None
    is_urgent: bool
    level: int
    area_path: str
    lon: float | None
    lat: float | None
    lead_unit_id: int | None
    due_at: datetime | None
    whole_due_at: datetime | None
    paused_at: datetime | None
    supervised: int
    reported_at: datetime
    closed_at: datetime | None
    rework_count: int
    reopen_count: int
    extension_count: int
    urge_count: int
    entry_count: int
    rating: int | None
    exempt: bool
    lines: list[FiledLine] = field(default_factory=list, compare=False)

    @property
    def is_settled(self) -> bool:
        return self.state in kind_of(self.kind).settled_states


_COLUMNS = tuple(name for name in Filed.__dataclass_fields__ if name != "lines")
_LINE = tuple(FiledLine.__dataclass_fields__)


def filed(ids: Collection[int]) -> list[Filed]:
    """Return what is filed of these matters, by id; two statements."""
    lines: dict[int, list[FiledLine]] = defaultdict(list)
    rows = Entry.objects.filter(matter_id__in=ids).order_by("matter_id", "seq")
    for matter_id, *values in rows.values_list("matter_id", *_LINE):
        lines[matter_id].append(FiledLine(*values))
    found = Matter.objects.filter(pk__in=ids).order_by("pk").values_list(*_COLUMNS)
    return [replace(Filed(*row), lines=lines[row[0]]) for row in found]


def newest_filed() -> int:
    """Return the highest id in the register; 0 when it is empty."""
    return Matter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
