"""Offers: obligations as values, when an offer is settled, when it has lapsed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

LARGEST = Decimal("999999999999.99")


@dataclass(frozen=True)
class Term:
    """
    One obligation: who owes what to whom, how much, until when.

    `by` and `to` are the places of the sides in the dispute (seq); amounts are yuan as decimal text,
    days are ISO dates. The same shape is handed on when an offer is accepted.
    """

    by: int
    to: int | None
    what: str
    amount: str = ""
    due_on: str = ""


def as_terms(rows: Iterable[Mapping[str, Any]]) -> list[Term]:
    """Read terms as they were kept; what is not known is left out."""
    return [Term(**{name: row.get(name, "") for name in Term.__dataclass_fields__}) for row in rows]


def plain_terms(terms: Iterable[Term]) -> list[dict[str, Any]]:
    return [asdict(term) for term in terms]


def term_problems(terms: Collection[Term], *, sides: Collection[int], today: date) -> list[str]:
    """Return codes of what cannot be meant: "none", "by", "same", "what", "amount", "due"."""
    if not terms:
        return ["none"]
    found = [_problem(term, sides, today) for term in terms]
    return [one for one in dict.fromkeys(found) if one]


def _problem(term: Term, sides: Collection[int], today: date) -> str:
    if term.by not in sides or (term.to is not None and term.to not in sides):
        return "by"
    if term.by == term.to:
        return "same"
    if not term.what.strip():
        return "what"
    if term.amount and not _is_amount(term.amount):
        return "amount"
    return "due" if term.due_on and not _is_day_to_come(term.due_on, today) else ""


def _is_amount(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and 0 < value <= LARGEST and value == round(value, 2)


def _is_day_to_come(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) >= today
    except ValueError:
        return False


@dataclass(frozen=True)
class Standing:
    """What is known of an open offer: who must answer, who did, until when it stands."""

    asked: frozenset[int]
    yes: frozenset[int]
    no: frozenset[int]
    expires_at: datetime


def settled_as(offer: Standing, *, at: datetime) -> str:
    """Return "refused", "accepted", "lapsed" or "": it still stands. A yes that came in time stays one."""
    if offer.no:
        return "refused"
    if offer.asked and offer.asked <= offer.yes:
        return "accepted"
    return "lapsed" if at >= offer.expires_at else ""
