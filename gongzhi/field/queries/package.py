"""
The data package of an officer: what the handset needs for a shift without a network.

Each part has a mark (ETag). What all officers share is composed once and kept in memory; of their own grids,
nothing but those goes on a handset.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.field.queries import own, shared

SHARED: Mapping[str, Callable[[datetime], tuple[Any, Callable[[], Any]]]] = {
    "catalogue": shared.catalogue_part,
    "lists": shared.lists_part,
    "words": shared.words_part,
}
OWN: Mapping[str, Callable[[Actor, datetime], dict[str, Any]]] = {
    "me": own.me,
    "areas": own.areas,
    "premises": own.premises,
    "work": own.work,
}
PARTS = ("me", "catalogue", "lists", "areas", "premises", "work", "words")


@dataclass(frozen=True)
class PartOfPackage:
    etag: str
    content: bytes

    @cached_property
    def packed(self) -> bytes:
        """Return the content compressed; of a shared part this is done once."""
        return gzip.compress(self.content, compresslevel=5, mtime=0)


def manifest(actor: Actor, *, at: datetime) -> dict[str, str]:
    """Return the mark of every part, to be compared with those the handset has."""
    return {name: part(name, actor, at=at).etag for name in PARTS}


def part(name: str, actor: Actor, *, at: datetime) -> PartOfPackage:
    """Return one part; OutOfReach for a name that is none."""
    if name in SHARED:
        mark, compose = SHARED[name](at)
        return _kept(name, (get_language(), mark), compose)
    if name not in OWN:
        raise OutOfReach
    also = {"as_of": at} if name == "work" else {}
    return _packed(OWN[name](actor, at), also)


_held: dict[str, tuple[Any, PartOfPackage]] = {}


def _kept(name: str, mark: Any, compose: Callable[[], Any]) -> PartOfPackage:
    key = f"{name} {mark[0]}"
    held = _held.get(key)
    if held is None or held[0] != mark:
        held = _held[key] = (mark, _packed(compose()))
    return held[1]


def _packed(content: Mapping[str, Any], also: Mapping[str, Any] | None = None) -> PartOfPackage:
    """Mark the content; what is said beside it, such as the hour, does not make it another."""
    plain = _bytes(content)
    etag = hashlib.sha256(plain).hexdigest()[:24]
    return PartOfPackage(etag, _bytes({**content, **also}) if also else plain)


def _bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
