"""Rooms another house lends for sittings, set at start-up (config/blocks.py); without one a place is named in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongzhi.base.actor import Actor


@dataclass(frozen=True)
class Wanted:
    """A room for a time, for a dispute."""

    room_id: int
    area_path: str
    matter_id: int
    starts_at: datetime
    ends_at: datetime


class Lend(Protocol):
    def __call__(self, *, wanted: Wanted, actor: Actor, at: datetime) -> tuple[int, str]: ...


class TakeBack(Protocol):
    def __call__(self, *, booking_id: int, actor: Actor, at: datetime) -> None: ...


@dataclass(frozen=True)
class House:
    """Who lends rooms: which there are for a place, one lent (its booking and its name), one given back."""

    rooms: Callable[[str], list[tuple[int, str]]]
    lend: Lend
    take_back: TakeBack


_houses: list[House] = []


def install_house(house: House) -> None:
    _houses[:] = [house]


def house() -> House | None:
    return _houses[0] if _houses else None


def rooms(area_path: str) -> list[tuple[int, str]]:
    """Return the rooms that can be had for a place: id and name; none where no house lends any."""
    lender = house()
    return lender.rooms(area_path) if lender else []
