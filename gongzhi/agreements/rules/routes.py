"""The lawful ways when an agreement is not performed, and which of them are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Route:
    code: str
    name: str
    words: str
    source: str
    needs: str = ""  # money: only for sums of money; labour: only for labour disputes
    until: date | None = None
    is_over: bool = False


def open_routes(
    routes: Sequence[Route],
    *,
    has_money: bool,
    is_labour: bool,
    confirm_until: date | None,
    on: date,
) -> list[Route]:
    """Return the ways that fit; one whose last day has passed is shown as over, not hidden."""
    fits = {"": True, "money": has_money, "labour": is_labour, "confirm": confirm_until is not None}
    return [
        Route(
            one.code, one.name, one.words, one.source, one.needs,
            confirm_until if one.needs == "confirm" else None,
            is_over=one.needs == "confirm" and confirm_until is not None and on > confirm_until,
        )
        for one in routes
        if fits.get(one.needs, False)
    ]  # fmt: skip
