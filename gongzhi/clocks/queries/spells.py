"""How the clocks of many subjects ran, in one statement: for those who count."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gongzhi.clocks.models import RunningClock


@dataclass(frozen=True)
class Spell:
    """One clock's run: from when, until when it was due, when it stopped and whether in time."""

    name: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    outcome: str = ""  # kept, late; "" while it runs


def spells(subjects: Collection[int]) -> dict[int, list[Spell]]:
    """Return the runs of every clock of these subjects, the earliest first."""
    found: dict[int, list[Spell]] = defaultdict(list)
    rows = RunningClock.objects.filter(subject__in=subjects).order_by("subject", "started_at", "id")
    for subject, *values in rows.values_list("subject", *Spell.__dataclass_fields__):
        found[subject].append(Spell(*values))
    return found
