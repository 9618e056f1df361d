"""Who sits in which room: one that all share, and one for each side with the mediator alone."""

from collections.abc import Iterable

SHARED = "shared"
BOTH = ("applicant", "respondent")


def side_key(side: str, seq: int) -> str:
    """Return the private room of a party; third parties stand on nobody's side, so each has its own."""
    return side if side in BOTH else f"third-{seq}"


def room_keys(sides: Iterable[tuple[str, int]]) -> list[str]:
    """Return the rooms of a dispute, the shared one first; principals only (side, seq)."""
    return [SHARED, *dict.fromkeys(side_key(side, seq) for side, seq in sides)]
