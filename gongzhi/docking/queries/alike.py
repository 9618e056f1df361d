"""Disputes that a court's case may be about: entered before its message or after it. A person decides."""

from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.actor import Actor
from gongzhi.disputes import queries as disputes
from gongzhi.docking import rules
from gongzhi.docking.models import Docket
from gongzhi.matters import queries as matters

# Until somebody mediates it, the court's own dispute holds nothing but what the message said.
UNTOUCHED = frozenset({"to_triage", "to_consent"})


@dataclass(frozen=True)
class Alike:
    number: str
    title: str
    state: str
    opened_at: datetime
    why: tuple[str, ...]


def can_be_tied(docket: Docket) -> bool:
    """Whether a court's case can still be tied to another dispute than the one it opened."""
    if not docket.is_incoming or docket.state != Docket.State.OPEN:
        return False
    return matters.standing(docket.matter_id).state in UNTOUCHED


def alike(actor: Actor, docket: Docket, *, at: datetime) -> list[Alike]:
    """Return open disputes within reach with the court's number or the same people, the likeliest first."""
    found = disputes.alike(
        docket.matter_id, actor, outside_numbers=rules.spellings(docket.case_number)
    )
    taken = set(
        Docket.objects.filter(matter_id__in=[row.matter_id for row, _why in found], is_incoming=True).values_list("matter_id", flat=True)
    )  # fmt: skip
    lines = []
    for row, why in found:
        if row.matter_id not in taken:
            standing = matters.standing(row.matter_id)
            lines.append(
                Alike(
                    standing.number, standing.title, standing.state_label, row.opened_at, tuple(why)
                )
            )
    return lines
