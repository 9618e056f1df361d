"""What falls due when: the schedule that performance is followed by."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.agreements.rules.terms import Terms


@dataclass(frozen=True)
class PlannedDue:
    clause: int  # number of the obligation, from 1
    part: int  # number of the instalment, 0: the whole
    amount: Decimal | None
    due_on: date | None


def dues_of(terms: Terms) -> list[PlannedDue]:
    """Return one line for each instalment and for each obligation without; lasting ones too."""
    found: list[PlannedDue] = []
    for number, one in enumerate(terms.obligations, 1):
        if one.instalments:
            found += [
                PlannedDue(number, part, row.amount, row.due_on)
                for part, row in enumerate(one.instalments, 1)
            ]
        else:
            found.append(PlannedDue(number, 0, one.amount, one.due_on))
    return found
