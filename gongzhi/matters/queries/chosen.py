"""Matters that somebody else's count has chosen, as rows of a list."""

from collections.abc import Sequence
from datetime import datetime

from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.lists import COLUMNS, Row, rows_of


def chosen(ids: Sequence[int], actor: Actor, *, at: datetime) -> list[Row]:
    """Return those of the matters that the actor reaches, in the order of the ids; one statement."""
    found = Matter.objects.within_reach_of(actor, Can.VIEW).filter(pk__in=ids).only(*COLUMNS)
    place = {matter_id: index for index, matter_id in enumerate(ids)}
    return rows_of(sorted(found, key=lambda matter: place[matter.pk]), at=at)
