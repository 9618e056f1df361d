"""Copies whole histories in at once: the demonstration city and the migration of an old register."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongzhi.base.copying import copy_rows
from gongzhi.matters.models import Ask, Attachment, Entry, JointUnit, Link, Matter, Reporter

_TABLES: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "matters": (
        Matter,
        (
            "id", "number", "kind", "state", "is_open", "title", "text", "source", "outside_number", "item_id",
            "is_urgent", "area_path", "district", "placed_on", "address", "lon", "lat", "premises_code", "level",
            "owing_role", "owing_unit_id", "lead_unit_id", "unit_ids", "started_at", "warn_at", "due_at",
            "whole_due_at", "counting", "paused_at", "paused_for", "supervised", "reported_at", "received_at", "changed_at", "closed_at",
            "version", "entry_count", "head", "report_count", "rework_count", "reopen_count", "extension_count",
            "urge_count", "rating", "exempt", "rules", "words",
        ),
    ),
    "entries": (
        Entry,
        (
            "matter_id", "seq", "at", "received_at", "actor_id", "actor_name", "role", "unit_id", "move", "source",
            "target", "note", "values", "hash",
        ),
    ),
    "reporters": (
        Reporter,
        (
            "matter_id", "code", "name", "phone", "email", "text", "reported_at", "is_first",
            "rating", "rating_text", "rating_reasons", "rated_at",
        ),
    ),
    "attachments": (Attachment, ("matter_id", "file_id", "stage", "is_public", "at")),
    "links": (Link, ("matter_id", "other_id", "nature", "at")),
    "asks": (
        Ask,
        (
            "matter_id", "nature", "state", "reason", "until", "asked_at", "asked_by", "asked_by_name", "first_by",
            "first_at", "first_note", "last_by", "last_at", "last_note", "area_path", "unit_ids",
        ),
    ),
    "joint_units": (JointUnit, ("matter_id", "unit_id", "asked_at", "answered_at", "answer")),
}  # fmt: skip
HISTORY: Mapping[str, tuple[str, ...]] = {
    name: columns for name, (_model, columns) in _TABLES.items()
}


def copy_history(name: str, rows: Iterable[Sequence[Any]]) -> int:
    """COPY rows, their values in the order of HISTORY[name], into one of the register's tables; return their count."""
    model, columns = _TABLES[name]
    return copy_rows(model, columns, rows)
