"""What the law asks of a body, and who fits a dispute. Plain values in, plain values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Composition:
    """How a body of some kind is made up: 《人民调解法》第八条、第九条."""

    kinds: frozenset[str]
    least: int
    most: int
    women_least: int
    term_years: int
    needs_chair: bool
    source: str


@dataclass(frozen=True)
class SeatFacts:
    """One member of a body."""

    seat: str
    is_woman: bool


class Flaw(StrEnum):
    """What a body lacks of what the law asks."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NO_WOMAN = "no_woman"
    NO_CHAIR = "no_chair"
    TERM_OVER = "term_over"
    TERM_ENDS = "term_ends"
    TERM_UNKNOWN = "term_unknown"
    NOT_FILED = "not_filed"
    FILING_LATE = "filing_late"


SERIOUS = frozenset({Flaw.TOO_FEW, Flaw.TOO_MANY, Flaw.NO_WOMAN, Flaw.NO_CHAIR, Flaw.TERM_OVER, Flaw.FILING_LATE})  # fmt: skip


def composition_flaws(rule: Composition, seats: Sequence[SeatFacts]) -> list[Flaw]:
    """Return what stands against the members of a body; engaged mediators hold no seat and do not count."""
    members = [one for one in seats if one.seat]
    flaws = []
    if len(members) < rule.least:
        flaws.append(Flaw.TOO_FEW)
    if len(members) > rule.most:
        flaws.append(Flaw.TOO_MANY)
    if sum(one.is_woman for one in members) < rule.women_least:
        flaws.append(Flaw.NO_WOMAN)
    if rule.needs_chair and not any(one.seat == "chair" for one in members):
        flaws.append(Flaw.NO_CHAIR)
    return flaws


def term_flaw(term_ends_on: date | None, *, on: date, warn_days: int) -> Flaw | None:
    """Return whether a term is over, ends soon, or is not known; the last day still belongs to it."""
    if term_ends_on is None:
        return Flaw.TERM_UNKNOWN
    left = (term_ends_on - on).days
    if left < 0:
        return Flaw.TERM_OVER
    return Flaw.TERM_ENDS if left <= warn_days else None


def end_of_term(begins_on: date, years: int) -> date:
    """Return the last day of a term of whole years: 2026-03-01 and three years → 2029-02-28."""
    later = begins_on.year + years
    try:
        same = begins_on.replace(year=later)
    except ValueError:  # 29 February
        same = date(later, 3, 1)
    return date.fromordinal(same.toordinal() - 1)


def covers(expertise: Iterable[str], kind: str) -> bool:
    """Does one of these fields hold the kind? "labour" holds "labour.wages"."""
    return any(kind == field or kind.startswith(f"{field}.") for field in expertise)


@dataclass(frozen=True)
class Fit:
    """What speaks for and against a mediator in one dispute."""

    is_expert: bool
    speaks: bool
    is_free: bool
    load: int
    most_open: int
    depth: int  # of their body's area: the deeper, the nearer
    name: str
    id: int

    @property
    def has_room(self) -> bool:
        return self.load < self.most_open

    @property
    def rank(self) -> tuple[object, ...]:
        """Sort by what matters most: able to come, understood, at home in the subject, near, least to do."""
        share = self.load / self.most_open if self.most_open else 1.0
        return (not (self.is_free and self.has_room), not self.speaks, not self.is_expert, -self.depth, share, self.name, self.id)  # fmt: skip


@dataclass(frozen=True)
class Days:
    """The days on which somebody takes sessions: weekdays (1 is Monday) without absences."""

    weekdays: frozenset[int]
    absences: tuple[tuple[date, date], ...] = ()  # first and last day

    def is_free(self, day: date) -> bool:
        if day.isoweekday() not in self.weekdays:
            return False
        return not any(first <= day <= last for first, last in self.absences)

    def next_free(self, day: date, *, within: int = 90) -> date | None:
        for ordinal in range(day.toordinal(), day.toordinal() + within):
            if self.is_free(date.fromordinal(ordinal)):
                return date.fromordinal(ordinal)
        return None
