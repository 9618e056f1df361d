"""Two people look at an appeal, one after the other; what the second says stands."""

from enum import StrEnum


class Outcome(StrEnum):
    FILED = "filed"
    REVIEWED = "reviewed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


def appeal_outcome(*, first: bool | None, second: bool | None) -> Outcome:
    """Return how an appeal stands. The first opinion is advice, heard whichever way it goes."""
    if second is not None:
        return Outcome.UPHELD if second else Outcome.REJECTED
    return Outcome.FILED if first is None else Outcome.REVIEWED
