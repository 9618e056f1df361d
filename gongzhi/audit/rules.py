"""How the chain is computed: each entry's digest covers its content and the digest before it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = bytes(32)
SEALED = (
    "id",
    "at",
    "received_at",
    "actor_id",
    "actor_name",
    "on_behalf_of",
    "address",
    "verb",
    "subject",
    "reason",
    "detail",
)


@dataclass(frozen=True)
class Breach:
    """The first place where the chain does not hold."""

    block: int
    entry: int | None
    what: str  # changed | missing | block


def canonical(values: Sequence[Any]) -> bytes:
    """Write an entry's values (in the order of SEALED) in the one form that is hashed."""
    plain = [_in_utc(value) if isinstance(value, datetime) else value for value in values]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digests(previous: bytes, entries: Iterable[Sequence[Any]]) -> list[bytes]:
    """Return the running digest after each entry, starting from the digest the block before ended with."""
    running = []
    for values in entries:
        previous = hashlib.sha256(previous + canonical(values)).digest()
        running.append(previous)
    return running
