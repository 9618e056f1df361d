"""How matters went from unit to unit: who sent them back, and to whom they were dispatched next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.matters.models import Entry

BACK, ON = "send_back", "dispatch"


@dataclass(frozen=True)
class Pass:
    """A unit sent a matter back, and it was dispatched again; `to_unit` is None while it waits."""

    matter_id: int
    at: datetime
    from_unit: int | None
    to_unit: int | None


def passes(matter_ids: Sequence[int], *, units: Mapping[str, int]) -> Iterator[Pass]:
    """
    Yield every sending back of these matters with the unit that got them next; one statement.

    The file names the unit of a dispatch in words; `units` says which id the name has.
    """
    lines = (
        Entry.objects.filter(matter_id__in=matter_ids, move__in=(BACK, ON))
        .order_by("matter_id", "seq")
        .values_list("matter_id", "move", "at", "unit_id", "values")
    )
    waiting: Pass | None = None
    for matter_id, move, at, unit_id, values in lines.iterator(chunk_size=5000):
        if waiting and (move == BACK or waiting.matter_id != matter_id):
            yield waiting  # nobody was given it yet
            waiting = None
        if move == BACK:
            waiting = Pass(matter_id, at, unit_id, None)
        elif waiting:
            to_unit = units.get(str(values.get("unit", "")))
            yield Pass(matter_id, waiting.at, waiting.from_unit, to_unit)
            waiting = None
    if waiting:
        yield waiting
