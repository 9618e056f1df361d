"""Plain facts about deeds at the doors: how often, what is suspicious, what a text is known by."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What a visitor does at a door that is watched."""

    REPORT = "report"
    LOOK = "look"  # number and code of a progress page
    UPLOAD = "upload"
    CODE = "code"  # a sign-in code is sent to a telephone
    DOWNLOAD = "download"


# A check in front of a form makes sense only where there is a form to keep.
WITH_A_FORM = frozenset({Deed.REPORT, Deed.CODE})
# A block keeps somebody from sending. Reading and following one's own reports go on.
BLOCKABLE = frozenset({Deed.REPORT, Deed.UPLOAD})


@dataclass(frozen=True)
class Rate:
    """So many a minute in the long run, and so many at once."""

    per_minute: float
    burst: int


@dataclass(frozen=True)
class Limits:
    """What one device may do, and what one address may do that many devices may share."""

    device: Rate
    address: Rate


@dataclass(frozen=True)
class Thresholds:
    """From which number on something looks like a machine."""

    many: int = 4  # reports of one device …
    many_minutes: int = 10  # … within so many minutes
    same_words: int = 1  # the same text by the same device or address before, within a day
    same_words_anywhere: int = 3  # the same long text by anybody
    same_photos: int = (
        3  # times one of the photos was filed before: twice is a retry or two things at once
    )
    refused: int = 5  # times turned away for being too quick


class Doubt(StrEnum):
    """Why a person is asked to show that they are one."""

    MANY = "many"
    WORDS = "words"
    PHOTO = "photo"
    REFUSED = "refused"
    CROWD = "crowd"  # many devices that nobody knows from one address


@dataclass(frozen=True)
class Signs:
    """What was counted about a sender."""

    many: int = 0
    same_words: int = 0
    same_words_anywhere: int = 0
    same_photos: int = 0  # earlier filings of the photo that was filed most often
    refused: int = 0
    is_crowded: bool = False


def doubts(signs: Signs, limits: Thresholds) -> tuple[Doubt, ...]:
    found = {
        Doubt.MANY: signs.many >= limits.many,
        Doubt.WORDS: signs.same_words >= limits.same_words
        or signs.same_words_anywhere >= limits.same_words_anywhere,
        Doubt.PHOTO: signs.same_photos >= limits.same_photos,
        Doubt.REFUSED: signs.refused >= limits.refused,
        Doubt.CROWD: signs.is_crowded,
    }
    return tuple(doubt for doubt, is_there in found.items() if is_there)


SHORTEST_WORDS = 12  # "井盖坏了" is written by many people, a long sentence by one


def plain_words(text: str) -> str:
    """Return what two texts are compared by; "" when it is too short to tell anything."""
    plain = "".join(re.findall(r"\w+", text.casefold()))
    return plain if len(plain) >= SHORTEST_WORDS else ""


def network_of(address: str) -> str:
    """Return what counts as one address: of version 6 the household's network, not the single device."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return address.strip()[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def limits_from(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Limits]:
    return {
        deed: Limits(Rate(*both["device"]), Rate(*both["address"]))
        for deed, both in settings.items()
    }


def question(chance_a: int, chance_b: int) -> tuple[tuple[int, int], int]:
    """Return two numbers to add and their sum, for those whose browser runs no script."""
    return (chance_a, chance_b), chance_a + chance_b
