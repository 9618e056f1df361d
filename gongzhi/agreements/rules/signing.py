"""Who must sign, what a drawn signature may consist of, and the receipt somebody gets for it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.agreements.rules.texts import Who

# A path of a drawing: moves and lines with whole numbers, nothing that a picture program could run.
DRAWING = re.compile(r"(?:M\d{1,4} \d{1,4}(?: L\d{1,4} \d{1,4}){1,2000} ?){1,80}")
LEAST_POINTS = 8
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Signed:
    """A signature by a side or for it."""

    seq: int


def missing_sides(sides: Sequence[Who], signed: Iterable[Signed]) -> list[Who]:
    """
    Return the sides themselves whose signature is not there yet.

    Somebody who speaks for a side signs for it; a minor does not sign alone (民法典 arts 19, 20, 23).
    """
    by_seq = {who.seq: who for who in sides}
    done: set[int] = set()
    for one in signed:
        who = by_seq.get(one.seq)
        if who is None:
            continue
        if who.represents is not None:
            done.add(who.represents)
        elif not who.is_minor:
            done.add(who.seq)
    return [who for who in sides if who.represents is None and who.seq not in done]


def is_drawing(path: str) -> bool:
    """Tell whether a text is a drawn signature: a path of lines, long enough to be one."""
    return bool(DRAWING.fullmatch(path)) and path.count("L") >= LEAST_POINTS


def receipt_of(*, digest: str, signer: str, how: str, moment: str, secret: str) -> tuple[str, str]:
    """Return the hash that binds a signature to the text, and the short code printed beside it."""
    whole = hashlib.sha256("\n".join((digest, signer, how, moment, secret)).encode()).hexdigest()
    number, letters = int(whole[:20], 16), []
    for _place in range(12):
        number, figure = divmod(number, len(LETTERS))
        letters.append(LETTERS[figure])
    return whole, "-".join("".join(letters[place : place + 4]) for place in (0, 4, 8))
