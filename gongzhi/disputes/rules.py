"""What the law asks of a mediation before it may go on. Plain values in, problems out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

PRINCIPALS = frozenset({"applicant", "respondent"})


@dataclass(frozen=True)
class Will:
    """What a side has said of one subject; None: not asked or not answered yet."""

    seq: int
    side: str
    answer: bool | None


@dataclass(frozen=True)
class Told:
    """One party as the rules look at it."""

    side: str
    nature: str
    name: str
    identity: str  # the number, or a keyed hash of it: only compared
    phone: str
    is_minor: bool
    represents: int | None  # place in the list
    capacity: str


def silent(wills: Iterable[Will]) -> list[Will]:
    return [will for will in wills if will.answer is None]


def against(wills: Iterable[Will]) -> list[Will]:
    return [will for will in wills if will.answer is False]


def must_be_written(*, is_grave: bool, is_done_on_the_spot: bool, is_asked_for: bool) -> bool:
    """A side asks for it, it is not performed on the spot, or it is serious: 宁波市人民调解条例 art. 24."""
    return is_asked_for or not is_done_on_the_spot or is_grave


def born_on(identity: str) -> date | None:
    """Return the day of birth an identity number of eighteen digits tells; None when it tells none."""
    digits = identity[6:14]
    if len(identity) != 18 or not digits.isdecimal() or not digits.isascii():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_under_age(identity: str, birth_year: int | None, *, adult_at: int, on: date) -> bool:
    """Whether somebody is certainly not of age yet, as their number or their year of birth tells."""
    if born := born_on(identity):
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < adult_at
    return birth_year is not None and on.year - birth_year < adult_at


def missing_sides(sides: Sequence[Told]) -> frozenset[str]:
    """Return which of applicant and respondent has nobody who speaks for themselves."""
    return PRINCIPALS - {side.side for side in sides if side.represents is None}


def on_both_sides(sides: Sequence[Told]) -> int | None:
    """Return the place of somebody who stands on two sides: by number, else by name and telephone."""
    known: dict[tuple[str, ...], str] = {}
    for place, side in enumerate(sides):
        for mark in _marks(side):
            if known.setdefault(mark, side.side) != side.side:
                return place
    return None


def _marks(side: Told) -> list[tuple[str, ...]]:
    marks: list[tuple[str, ...]] = []
    if side.identity:
        marks.append(("identity", side.identity))
    if side.name and side.phone:
        marks.append(("person", side.name, side.phone))
    return marks


def wrongly_represented(sides: Sequence[Told]) -> int | None:
    """Return the place of somebody who speaks for nobody of their own side, or for themselves."""
    for place, side in enumerate(sides):
        whom = side.represents
        if whom is None:
            continue
        if not 0 <= whom < len(sides) or whom == place:
            return place
        if sides[whom].side != side.side or sides[whom].represents is not None:
            return place
    return None


def without_guardian(sides: Sequence[Told]) -> int | None:
    """Return the place of a minor for whom no guardian speaks."""
    guarded = {side.represents for side in sides if side.capacity == "guardian"}
    return next((n for n, side in enumerate(sides) if side.is_minor and n not in guarded), None)


def too_many_representatives(sides: Sequence[Told], *, most: int) -> str:
    """Return the side that has more representatives than a numerous side may choose, or ""."""
    chosen = Counter(side.side for side in sides if side.capacity == "representative")
    return next((side for side, count in chosen.items() if count > most), "")


def retention_of(*, grade: str, outcome: str) -> str:
    """Return how long a file is kept: the class by what it ended with and how serious it was."""
    if grade == "grave":
        return "permanent"
    return "ten_years" if outcome in {"written", "partial", "none"} else "five_years"
