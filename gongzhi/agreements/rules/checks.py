"""What stands against terms before anybody signs them. Each finding has a row of words and its article."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from gongzhi.agreements.rules.terms import Obligation, Terms
from gongzhi.agreements.rules.texts import Who

LONG = timedelta(days=3650)


@dataclass(frozen=True)
class Pattern:
    """Words that are unclear, unlawful or beyond what a court may confirm."""

    check: str  # code of the check they raise
    words: re.Pattern[str]


@dataclass(frozen=True)
class Finding:
    code: str
    clause: int = 0  # number of the obligation; 0: the agreement as a whole
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """What the terms are checked against."""

    sides: Sequence[Who]
    kinds: Mapping[
        str, frozenset[str]
    ]  # kind of obligation → what it needs: amount, due, creditor, what
    patterns: Sequence[Pattern]
    on: date  # the day of the check


def check(terms: Terms, case: Case) -> list[Finding]:
    """Return what stands against the terms, in the order in which they are read."""
    found = list(_whole(terms))
    for number, one in enumerate(terms.obligations, 1):
        found += _kind(one, number, case)
        found += _sums(one, number)
        found += _days(one, number, case.on)
        found += _people(one, number, case)
    return [*found, *_words(terms, case.patterns)]


def _whole(terms: Terms) -> Iterator[Finding]:
    if not terms.obligations:
        yield Finding("no_obligation")
    if not terms.facts.strip():
        yield Finding("no_facts")
    if not terms.issues.strip():
        yield Finding("no_issues")
    if terms.is_partial and not terms.rest.strip():
        yield Finding("partial_without_rest")
    if terms.total and not terms.default_words.strip():
        yield Finding("no_default_clause")


def _kind(one: Obligation, number: int, case: Case) -> Iterator[Finding]:
    needs = case.kinds.get(one.kind)
    if needs is None:
        yield Finding("unknown_kind", number)
        return
    if "amount" in needs and not one.amount:
        yield Finding("no_amount", number)
    if "due" in needs and not (one.due_on or one.instalments):
        yield Finding("no_due", number)
    if "what" in needs and not one.what.strip():
        yield Finding("no_what", number)
    if "manner" in needs and not one.manner.strip():
        yield Finding("no_manner", number)


def _sums(one: Obligation, number: int) -> Iterator[Finding]:
    if one.amount is not None and one.amount < 0:
        yield Finding("negative", number)
    if not one.instalments:
        return
    total = sum((part.amount for part in one.instalments), Decimal(0))
    if one.amount is not None and total != one.amount:
        yield Finding("sum_differs", number, {"total": f"{total:,.2f}", "amount": f"{one.amount:,.2f}", "difference": f"{one.amount - total:+,.2f}"})  # fmt: skip
    if any(part.amount <= 0 for part in one.instalments):
        yield Finding("negative", number)
    days = [part.due_on for part in one.instalments]
    if days != sorted(days) or len(set(days)) < len(days):
        yield Finding("instalments_out_of_order", number)
    if one.due_on and days and max(days) > one.due_on:
        yield Finding("instalment_after_end", number)


def _days(one: Obligation, number: int, on: date) -> Iterator[Finding]:
    days = [*[part.due_on for part in one.instalments], *([one.due_on] if one.due_on else [])]
    if any(day < on for day in days):
        yield Finding("due_in_the_past", number, {"day": f"{min(days):%Y-%m-%d}"})
    if any(day > on + LONG for day in days):
        yield Finding("due_far_away", number, {"day": f"{max(days):%Y-%m-%d}"})


def _people(one: Obligation, number: int, case: Case) -> Iterator[Finding]:
    known = {who.seq: who for who in case.sides}
    if not one.debtors or any(seq not in known for seq in (*one.debtors, *one.creditors)):
        yield Finding("nobody_owes", number)
    if "creditor" in case.kinds.get(one.kind, ()) and not one.creditors:
        yield Finding("owed_to_nobody", number)
    if set(one.debtors) & set(one.creditors):
        yield Finding("owes_itself", number)
    spoken_for = Counter(who.represents for who in case.sides if who.represents is not None)
    minors = [seq for seq in one.debtors if seq in known and known[seq].is_minor]
    if any(not spoken_for[seq] for seq in minors):
        yield Finding("minor_alone", number)


def _words(terms: Terms, patterns: Sequence[Pattern]) -> Iterator[Finding]:
    places = [
        (number, f"{one.what} {one.manner}") for number, one in enumerate(terms.obligations, 1)
    ]
    places.append((0, " ".join((terms.default_words, terms.closing, terms.rest))))
    for number, words in places:
        for pattern in patterns:
            if hit := pattern.words.search(words):
                yield Finding(pattern.check, number, {"words": hit.group()})
