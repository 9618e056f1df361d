"""Whose turn it is."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Refused
from gongzhi.base.lifecycle import Move
from gongzhi.matters.kind import Kind
from gongzhi.matters.models import Matter

# Moves that decide on a request: the natures and the state it must be in.
DECISIONS: dict[str, tuple[frozenset[str], str]] = {
    "approve_first": (frozenset({"extension", "suspension"}), "asked"),
    "refuse_first": (frozenset({"extension", "suspension"}), "asked"),
    "approve_extension": (frozenset({"extension"}), "first_approved"),
    "suspend": (frozenset({"suspension"}), "first_approved"),
    "uphold_appeal": (frozenset({"appeal"}), "asked"),
}
OPPOSED = frozenset({"refuse_first", "refuse_ask"})
OPEN_ASKS = frozenset({"asked", "first_approved"})


def has_cause(move: str, matter: Matter, asks: Sequence[Any]) -> bool:
    """Tell whether there is something the move could be about: a page offers no decision without a request."""
    if move == "end_supervision":
        return matter.supervised > 0
    if move == "refuse_ask":
        return any(ask.state in OPEN_ASKS for ask in asks)
    if move not in DECISIONS:
        return True
    natures, state = DECISIONS[move]
    return any(ask.nature in natures and ask.state == state for ask in asks)


def has_turn(matter: Matter, kind: Kind, move: Move, actor: Actor) -> bool:
    """Tell whether the move is this actor's to make: a move that a unit owes belongs to that unit and those above it."""
    owes = kind.owes.get(matter.state)
    if owes is None or matter.owing_unit_id is None or owes.role != kind.roles.get(move.capability):
        return True
    unit = accounts.unit(matter.owing_unit_id)
    return any(_is_of(unit, grant) for grant in actor.grants_for(move.capability))


def check_turn(matter: Matter, kind: Kind, move: Move, actor: Actor) -> None:
    if not has_turn(matter, kind, move, actor):
        unit = accounts.unit(matter.owing_unit_id or 0)
        raise Refused(_("It is the turn of {unit}, not yours.").format(unit=unit.name))


def _is_of(unit: Any, grant: Grant) -> bool:
    if grant.unit is not None:
        return grant.unit in unit.ancestors
    # A grid officer's grant is smaller than the station that owes: then working there is enough.
    return bool(unit.area_path.startswith(grant.area)) or grant.home == unit.id
