"""Copies in what grid matters of the past have beyond any matter."""

from collections.abc import Iterable, Sequence
from typing import Any

from gongzhi.base.copying import copy_rows
from gongzhi.incidents.models import Incident

HISTORY = (
    "matter_id", "standard_id", "answers", "proposed_unit_id", "proposed_why", "overridden", "is_true",
    "self_handled", "outside_grid_m",
)  # fmt: skip


def copy_history(rows: Iterable[Sequence[Any]]) -> int:
    """COPY rows, their values in the order of HISTORY; the matters must be there. Return their count."""
    return copy_rows(Incident, HISTORY, rows)
