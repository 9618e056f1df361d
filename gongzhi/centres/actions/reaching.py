"""The row somebody may act on, locked; OutOfReach for any other."""

from typing import Any, TypeVar

from django.db.models import Model

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach

M = TypeVar("M", bound=Model)


def locked(model: type[M], row_id: int, actor: Actor, capability: str) -> M:
    reach: Any = model.objects.within_reach_of(actor, capability)  # type: ignore[attr-defined]
    found: M | None = reach.select_for_update(of=("self",)).filter(pk=row_id).first()
    if found is None:
        raise OutOfReach
    return found
