"""The order of steps, the signature of a message, when to try again. Plain values, no framework."""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = 300  # seconds a signature may be old: what is older may be a copy
TRIES = 12
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
OPEN, FAILED, HEARING = "open", "failed", "hearing"
OCCASIONS = frozenset({"", FAILED, HEARING})  # a step after one of these comes or it does not


@dataclass(frozen=True)
class Step:
    """One line of content/procedures.csv: what comes after what, by which rule, and whose it is."""

    kind: str
    code: str
    name: str
    after: str
    rule: str
    who: str  # sides, us, partner
    ends: bool
    before: bool = False  # its term counts back from the event it hangs on


def steps_of(lines: Iterable[Mapping[str, str]], kind: str) -> list[Step]:
    return [
        Step(
            kind, line["step"], line["name"], line["after"], line["rule"], line["who"],
            line["ends"] == "1", line["before"] == "1",
        )
        for line in lines
        if line["kind"] == kind
    ]  # fmt: skip


def following(steps: Iterable[Step], done: str) -> list[Step]:
    """Return the steps that begin when another is done, the docket opens, or a mediation fails."""
    return [step for step in steps if step.after == done]


def missing(must: Iterable[str], have: Collection[str]) -> list[str]:
    return [code for code in must if code not in have]


def spellings(case_number: str) -> list[str]:
    """Return a case number as it is written by machines and by hand: with （）, () or 〔〕, without spaces."""
    plain = "".join(case_number.split())
    for pair in ("（）", "〔〕", "[]", "［］"):
        plain = plain.replace(pair[0], "(").replace(pair[1], ")")
    written = [
        plain.replace("(", a).replace(")", b) for a, b in ("（）", "〔〕", "[]", "［］", "()")
    ]
    return list(dict.fromkeys([case_number, *written]))


def signature(key: str, *, moment: int, body: bytes) -> str:
    """Return the HMAC-SHA256 of the moment (seconds since 1970) and the body, in hexadecimal."""
    return hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def header(key: str, *, moment: int, body: bytes) -> str:
    return f"t={moment},v1={signature(key, moment=moment, body=body)}"


def is_signed(text: str, *, keys: Sequence[str], body: bytes, now: int) -> bool:
    """Tell whether a header was made with one of the keys, a short while ago."""
    parts = dict(part.partition("=")[::2] for part in text.split(","))
    moment = parts.get("t", "")
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        return False
    if abs(now - int(moment)) > TOLERANCE:
        return False
    given = parts.get("v1", "").encode()
    return any(
        hmac.compare_digest(signature(key, moment=int(moment), body=body).encode(), given)
        for key in keys
        if key
    )


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """Return when to try again after so many tries; None: a person must look at it."""
    if tries >= TRIES:
        return None
    wait: timedelta = FIRST_WAIT * (1 << max(0, tries - 1))
    return at + min(wait, LONGEST_WAIT)


def kind_of_cause(cause: str, table: Iterable[tuple[str, str]]) -> str:
    """Return the dispute's kind for a civil cause of action: the longest beginning that fits, or nothing."""
    fitting = [(len(start), kind) for start, kind in table if cause.startswith(start)]
    return max(fitting, default=(0, ""))[1]


def has_effect(before: int, seq: int) -> bool:
    """A message whose number in the case is not above the last one taken came late: it changes nothing."""
    return seq == 0 or seq > before


# Standing of villages: areas, never persons


FEWEST = 5  # disputes below which nothing is said of a place: a share would point at somebody


@dataclass(frozen=True)
class Mark:
    """One line of content/standing.csv: a share of at least this gives so many points."""

    code: str
    name: str
    measure: str
    at_least: float
    points: int
    source: str


@dataclass(frozen=True)
class Score:
    """What one mark gave a place: the share with its two numbers, and the points."""

    code: str
    name: str
    part: int
    whole: int
    points: int
    most: int


def scores(marks: Sequence[Mark], counted: Mapping[str, tuple[int, int]]) -> list[Score]:
    """
    Return the points of a place, one score a mark; a share of nothing gives none.

    Of a whole so small that its share would point at somebody nothing is said.
    """
    found = []
    for code in dict.fromkeys(mark.code for mark in marks):
        bands = [mark for mark in marks if mark.code == code]
        part, whole = counted.get(bands[0].measure, (0, 0))
        if 0 < whole < FEWEST:
            continue
        share = part / whole if whole else -1.0
        points = max((mark.points for mark in bands if share >= mark.at_least), default=0)
        found.append(Score(code, bands[0].name, part, whole, points, max(mark.points for mark in bands)))  # fmt: skip
    return found
