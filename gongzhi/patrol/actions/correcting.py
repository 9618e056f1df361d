"""An officer corrects what the register says about premises; the register itself merges or objects."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.queries.lists import classes
from gongzhi.places import actions as places_actions
from gongzhi.places import queries as places

Conflict = places_actions.Conflict


def correct_premises(
    *,
    code: str,
    changes: Mapping[str, tuple[Any, Any]],
    base_changed_at: datetime | None,
    actor: Actor,
    at: datetime,
) -> Any:
    """
    Correct premises in the officer's own grids: {field: (what the handset showed, what it is)}.

    Raises Conflict (with `clashes` and `theirs`) when somebody else changed the same field to
    something else, Invalid for what cannot be, OutOfReach outside the grids. Returns the premises.
    """
    row = places.premises_in_reach(actor, Can.VISIT).filter(code=code).first()
    if row is None:
        raise OutOfReach
    if "klass" in changes and (wanted := changes["klass"][1]):
        known = classes(on=timezone.localdate(at))
        if wanted not in {one.code for one in known if one.kind == row.kind}:
            raise Invalid({"klass": _("Premises of this kind have no such class.")})
    return places_actions.correct_premises(
        code=code, changes=changes, base_changed_at=base_changed_at, capability=Can.VISIT, actor=actor, at=at,
    )  # fmt: skip
