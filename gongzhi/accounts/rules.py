"""Decisions about roles, paths and numbers; plain values in and out."""

from collections.abc import Mapping, Set
from datetime import date, datetime, timedelta
from typing import Any, Protocol

# Three offices that watch each other: nobody ever holds two of them at once.
ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
LEVEL_KINDS = ("city_centre", "town_centre", "village_station")


class Role(Protocol):
    @property
    def name(self) -> Any: ...
    @property
    def capabilities(self) -> frozenset[str]: ...
    @property
    def second_factor(self) -> bool: ...
    @property
    def bound_to_unit(self) -> bool: ...


_roles: dict[str, Role] = {}


def install_roles(roles: Mapping[str, Role]) -> None:
    """Take the table of roles, once, at start-up."""
    _roles.clear()
    _roles.update(roles)


def roles() -> Mapping[str, Role]:
    return _roles


def capabilities_of(role: str) -> frozenset[str]:
    """Return what the role may do; a code no longer in the table may do nothing."""
    known = _roles.get(role)
    return known.capabilities if known else frozenset()


def is_bound_to_unit(role: str) -> bool:
    known = _roles.get(role)
    return known is not None and known.bound_to_unit


def needs_second_factor(held: Set[str]) -> bool:
    return any(_roles[role].second_factor for role in held if role in _roles)


def clashing_offices(held: Set[str]) -> list[str]:
    """Return the administrators' offices one person would hold together, when there is more than one."""
    together = [office for office in ADMINISTRATORS if office in held]
    return together if len(together) > 1 else []


def prefixes(area_path: str) -> list[str]:
    """Return the paths of the area and of every area around it, the city first."""
    parts = area_path.rstrip("/").split("/") if area_path else []
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def masked(phone: str) -> str:
    """Hide the middle of a telephone number: 138****5678."""
    if len(phone) < 7:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def is_outdated(*, changed_at: datetime | None, at: datetime, days: int) -> bool:
    """Tell whether a password is older than the city allows; 0 days: it never gets too old."""
    return bool(days and changed_at and changed_at + timedelta(days=days) < at)


def is_valid_on(*, starts_on: date | None, ends_on: date | None, on: date) -> bool:
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)


# The first that is named wins: every browser also names those it imitates.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Say in two words which device a browser runs on: "Chrome · Windows"."""
    parts = [
        next((name for mark, name in table if mark in user_agent), "")
        for table in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(part for part in parts if part) or user_agent[:40]
