"""Addresses of rooms, telephone numbers, and the areas around a place."""

import re
from urllib.parse import urlsplit

LINKS = frozenset({"http", "https", "tel", "sip", "sips"})
_PHONE = re.compile(r"\+?\d[\d\-\s()（）]{1,24}(?:转\d{1,6})?")
_DIALLED = re.compile(r"\+?[\d\-.()]{3,30}")


def scheme_of(address: str) -> str:
    return address.partition(":")[0].strip().lower()


def flaw_of_link(address: str) -> str:
    """Say what is wrong with a room's address: "scheme", "host", "number", "blank"; "" when it can be opened."""
    if any(character.isspace() or not character.isprintable() for character in address):
        return "blank"
    if scheme_of(address) not in LINKS:
        return "scheme"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "host"
    if parts.scheme in {"http", "https"}:
        return "" if parts.hostname and "@" not in parts.netloc else "host"
    if parts.scheme == "tel":
        return "" if _DIALLED.fullmatch(parts.path) else "number"
    return "" if parts.path.strip("/") else "host"


def flaw_of_phone(text: str) -> str:
    """Say "number" when nobody could dial it; "" when they could."""
    digits = sum(character.isdigit() for character in text)
    return "" if _PHONE.fullmatch(text.strip()) and digits >= 3 else "number"


def paths_around(area_path: str) -> list[str]:
    """Return the path of the area and of every area around it, the city first."""
    parts = area_path.rstrip("/").split("/") if area_path else []
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
