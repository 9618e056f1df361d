"""Lines of the file, each chained to the one before."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.matters import rules
from gongzhi.matters.models import Entry, Matter


@dataclass(frozen=True)
class Line:
    move: str
    source: str
    target: str
    note: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    role: str = ""
    unit_id: int | None = None


def write_entry(matter: Matter, line: Line, *, actor: Actor, at: datetime) -> Entry:
    """Return the next entry, unsaved, and move the matter's head on to it; the matter's row must be locked."""
    matter.entry_count += 1
    content = {
        "matter_id": matter.id, "seq": matter.entry_count, "at": at, "actor_id": actor.id,
        "actor_name": actor.name, "move": line.move, "source": line.source, "target": line.target,
        "note": line.note, "values": line.values,
    }  # fmt: skip
    matter.head = rules.entry_hash(matter.head, content)
    return Entry(**content, role=line.role, unit_id=line.unit_id, received_at=at, hash=matter.head)
