"""Where a matter stands, for modules above; whoever asks, so nothing of it goes to a page unasked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Matter


@dataclass(frozen=True)
class Standing:
    """Where a matter stands; for jobs and reactions, which have no reach."""

    id: int
    number: str
    key: str | None
    kind: str
    state: str
    is_open: bool
    is_urgent: bool
    title: str
    area_path: str
    due_at: datetime | None
    owing_unit_id: int | None
    owing_person_id: int | None
    reported_at: datetime
    closed_at: datetime | None
    level: int  # of command: 0 city, 1 town, 2 village

    @property
    def state_label(self) -> str:
        return kind_of(self.kind).label(self.state)

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the office took it as true: registered and neither voided nor not accepted."""
        held = kind_of(self.kind)
        return self.state in held.settled_states or (self.is_open and self.state not in _UNDECIDED)


_UNDECIDED = frozenset({"to_verify", "to_register"})


def standing(matter_id: int) -> Standing:
    """Return where a matter stands; Matter.DoesNotExist when there is none."""
    return Standing(*Matter.objects.values_list(*Standing.__dataclass_fields__).get(pk=matter_id))


def standings(keys: Collection[str]) -> dict[str, Standing]:
    """Return the matters that were opened with these keys, by key; one statement."""
    rows = Matter.objects.filter(key__in=keys).values_list(*Standing.__dataclass_fields__)
    return {str(row[2]): Standing(*row) for row in rows}


def standing_ids(ids: Collection[int]) -> dict[int, Standing]:
    """Return where some matters stand, by id; one statement."""
    rows = Matter.objects.filter(pk__in=ids).values_list(*Standing.__dataclass_fields__)
    return {row[0]: Standing(*row) for row in rows}
