"""Which of the three levels commands a matter, and what stands between towns and units."""

from datetime import date
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.models import Incident, Transfer
from gongzhi.places import queries as places

CITY, TOWN, VILLAGE = 0, 1, 2


def level_of(actor: Actor, area_path: str, *, above: int) -> int | None:
    """Return the level of the actor's own centre for a place, if it lies above a level; the nearest first."""
    homes = {grant.home for grant in actor.grants_for(Can.TAKE_OVER)}
    for level in range(above - 1, -1, -1):
        if accounts.centre_for(area_path, level).id in homes:
            return level
    return None


def may_take_over(matter: Any, actor: Actor) -> bool:
    return level_of(actor, matter.area_path, above=matter.level) is not None


def may_answer_transfer(matter: Any, actor: Actor) -> bool:
    """Tell whether another town waits for this actor's answer: the one that asks does not answer itself."""
    rows = Transfer.objects.within_reach_of(actor, Can.ANSWER_TRANSFER)
    return rows.filter(matter_id=matter.id, state=Transfer.State.ASKED).exists()


def may_object(matter: Any, _actor: Actor) -> bool:
    """Tell whether the lead unit may still say that it is not competent, or send the matter back."""
    bound = Incident.objects.filter(pk=matter.id).values_list("bound_unit_id", flat=True).first()
    return bound is None or bound != matter.lead_unit_id


def open_transfer(matter_id: int) -> Transfer | None:
    return Transfer.objects.filter(matter_id=matter_id, state=Transfer.State.ASKED).first()


def towns_to_ask(matter: Any) -> list[tuple[str, str]]:
    """Return the other towns that have a centre, as choices."""
    return [
        (town.path, town.name)
        for town in places.areas_at_level(TOWN)
        if town.path != matter.district
        and accounts.centre_for(town.path, TOWN).area_path == town.path
    ]


def places_of_transfer(matter: Any, asked: Transfer | None, *, on: date) -> list[tuple[str, str]]:
    """Return where in the receiving town a matter may go on: its point's grid, if it is there, and the villages."""
    if asked is None:
        return []
    choices = [(area.path, area.name) for area in places.children(asked.to_path)]
    if matter.lon is None:
        return choices
    grid = places.place(lon=matter.lon, lat=matter.lat, on=on).path
    if not grid.startswith(asked.to_path):
        return choices
    return [(grid, places.full_name(grid)), *[choice for choice in choices if choice[0] != grid]]
