"""Which check-list and which frequency fit premises: the narrowest one rules."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Fits(Protocol):
    @property
    def kind(self) -> int: ...
    @property
    def classes(self) -> Sequence[str]: ...
    @property
    def grades(self) -> Sequence[int]: ...
    @property
    def code(self) -> str: ...


L = TypeVar("L", bound=Fits)


def fitting(lists: Iterable[L], *, kind: int, klass: str, grade: int) -> L | None:
    """
    Return the list for premises: one of their class before one of their grade before one for all.

    Two equally narrow lists are told apart by their codes, so that the answer never depends on order.
    """
    found = [
        one
        for one in lists
        if one.kind == kind
        and (not one.classes or klass in one.classes)
        and (not one.grades or grade in one.grades)
    ]
    return min(found, key=lambda one: (-narrowness(one), one.code), default=None)


def narrowness(one: Fits) -> int:
    return 2 * bool(one.classes) + bool(one.grades)
