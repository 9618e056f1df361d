"""The terms of an agreement as data: who owes what to whom, how much, how and by when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True)
class Instalment:
    amount: Decimal  # yuan
    due_on: date


@dataclass(frozen=True)
class Obligation:
    """One duty. Sides are named by their place in the dispute, so that no name is typed twice."""

    kind: str  # code of content/obligation_kinds.csv
    debtors: tuple[int, ...]
    creditors: tuple[int, ...] = ()
    what: str = ""
    amount: Decimal | None = None  # yuan
    due_on: date | None = None
    manner: str = ""
    instalments: tuple[Instalment, ...] = ()

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            kind=plain["kind"], debtors=tuple(plain["debtors"]), creditors=tuple(plain.get("creditors", ())),
            what=plain.get("what", ""), amount=_money(plain.get("amount")), due_on=_day(plain.get("due_on")),
            manner=plain.get("manner", ""),
            instalments=tuple(
                Instalment(Decimal(one["amount"]), date.fromisoformat(one["due_on"])) for one in plain.get("instalments", ())
            ),
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "debtors": list(self.debtors), "creditors": list(self.creditors), "what": self.what,
            "amount": _figures(self.amount), "due_on": self.due_on.isoformat() if self.due_on else "", "manner": self.manner,
            "instalments": [{"amount": _figures(one.amount), "due_on": one.due_on.isoformat()} for one in self.instalments],
        }  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What one version of an agreement says, apart from the sides and the seal."""

    facts: str = ""  # 纠纷的主要事实
    issues: str = ""  # 争议事项以及各方责任
    obligations: tuple[Obligation, ...] = field(default_factory=tuple)
    default_code: str = ""  # of content/default_clauses.csv
    default_words: str = ""
    is_partial: bool = False
    rest: str = ""  # what is not settled, and its way
    closing: str = ""
    copies: int = 3

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        words = {name: str(plain.get(name, "")) for name in ("facts", "issues", "default_code", "default_words", "rest", "closing")}  # fmt: skip
        return cls(
            **words, obligations=tuple(Obligation.of(one) for one in plain.get("obligations", ())),
            is_partial=bool(plain.get("is_partial")), copies=int(plain.get("copies") or 3),
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        return {**vars(self), "obligations": [one.plain() for one in self.obligations]}

    @property
    def total(self) -> Decimal:
        """Yuan to be paid under the agreement."""
        return sum((one.amount for one in self.obligations if one.amount), Decimal(0))


def obligation_of_offer(term: Mapping[str, Any]) -> Obligation:
    """Return the obligation one line of an offer becomes: a sum is paid, everything else is done. See talks' OfferAccepted."""
    return Obligation(
        kind="pay" if term["amount"] else "do", debtors=(int(term["by"]),),
        creditors=() if term["to"] is None else (int(term["to"]),), what=str(term["what"]), amount=_money(term["amount"]),
        due_on=_day(term["due_on"]),
    )  # fmt: skip


def _money(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value not in (None, "") else None


def _figures(value: Decimal | None) -> str:
    return f"{value:.2f}" if value is not None else ""


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
