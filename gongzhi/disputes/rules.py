"""What the law asks of a mediation before it may go on. Plain values in, problems out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

IN_FORCE = date(2011, 1, 1)  # 人民调解法 art. 36: the law applies from this day
MOST_REPRESENTATIVES = 5  # of a numerous side, 宁波市人民调解条例 art. 20
NUMEROUS = 10  # people on one side, 民事诉讼法解释 art. 75
WRITTEN_GRADES = frozenset({"major", "grave"})  # 宁波市人民调解条例 art. 24


@dataclass(frozen=True)
class Will:
    """What a side has said of one subject; None: not asked or not answered yet."""

    seq: int
    side: str
    answer: bool | None


def silent(wills: Iterable[Will]) -> list[Will]:
    return [will for will in wills if will.answer is None]


def against(wills: Iterable[Will]) -> list[Will]:
    return [will for will in wills if will.answer is False]


def must_be_written(*, grade: str, is_done_on_the_spot: bool, is_asked_for: bool) -> bool:
    """A side asks for it, it is not performed on the spot, or it is serious: 宁波市人民调解条例 art. 24."""
    return is_asked_for or not is_done_on_the_spot or grade in WRITTEN_GRADES
