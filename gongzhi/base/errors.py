"""Errors a person can act on. Pages and the API turn them into answers; nobody else catches them."""

from collections.abc import Mapping


class Refused(Exception):
    """The request was understood and the rules say no. The message is shown to the user (409)."""


class Invalid(Exception):
    """What was sent cannot be used. One sentence per field, shown beside it (422)."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class OutOfReach(Exception):
    """The row is absent, or as good as absent, for this actor (404)."""
