"""The one file: every entry carries the hash of the entry before it, so that nothing can be slipped in or out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

CHAINED = (
    "matter_id", "seq", "at", "actor_id", "actor_name", "move", "source", "target", "note", "values",
)  # fmt: skip

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(previous: str, content: Mapping[str, Any]) -> str:
    """Return the sha256 (hex) of the previous hash and the entry's content; `at` must be aware."""
    chained = {name: content[name] for name in CHAINED}
    chained["at"] = int(content["at"].timestamp() * 1_000_000)
    written = _WRITER.encode(chained)
    return hashlib.sha256(previous.encode() + written.encode()).hexdigest()


def first_break(entries: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the seq of the first entry whose hash does not follow from those before it, else None."""
    previous = ""
    for position, entry in enumerate(entries, start=1):
        if entry["seq"] != position or entry_hash(previous, entry) != entry["hash"]:
            return int(entry["seq"])
        previous = entry["hash"]
    return None
