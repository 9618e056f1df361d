"""Whose turn it is."""

from typing import Any

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Refused
from gongzhi.base.lifecycle import Move
from gongzhi.matters.kind import Kind
from gongzhi.matters.models import Matter


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
