"""Who answers and who signs, as columns: units by the matrix, officers of a grid, clerks of a town."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.demo.annals.columns import Texts
from gongzhi.demo.life import Worker
from gongzhi.demo.people import centre_code, station_code
from gongzhi.demo.world import World
from gongzhi.matters import actions as register

NOBODY, SENSORS = 0, 1  # the first two workers


class Offices:
    """Grids, villages, towns, units and workers each have an index; grids know the rest."""

    def __init__(self, world: World) -> None:
        self.paths = Texts(world.paths)
        self.districts = Texts(register.district_of(path) for path in world.paths)
        villages = ["/".join(path.split("/")[:3]) + "/" for path in world.paths]
        self.villages = Texts(villages)
        towns = sorted({path.split("/")[1] for path in world.paths})
        self.town = np.array([towns.index(path.split("/")[1]) for path in world.paths])
        self.town_paths = [f"{world.city_unit.area_path}{town}/" for town in towns]
        self.words = Texts(" ".join(register.search_words(name)) for name in world.full_names)
        self.weights = world.city.weight / world.city.weight.sum()
        self._list_units(world, villages)
        self._list_workers(world)
        self._ask_the_matrix(world)

    def _list_units(self, world: World, villages: Sequence[str]) -> None:
        units = list(world.units.values())
        at = {unit.id: place for place, unit in enumerate(units)}
        kinds = {unit.id: unit.kind for unit in units}
        self.units = units
        self.unit_id = np.array([unit.id for unit in units])
        self.unit_name = Texts(unit.name for unit in units)
        self.department = np.array([_department(kinds, unit) for unit in units])
        self.branch = Texts(",".join(map(str, unit.ancestors)) for unit in units)
        self.station = np.array([at[world.units[station_code(path)].id] for path in villages])
        self.centre = np.array([at[world.units[centre_code(path)].id] for path in villages])
        self._at: dict[int, int] = at

    def _list_workers(self, world: World) -> None:
        self.workers = [Worker(0, "", "", None), Worker(0, "物联感知平台", "", None)]
        spans = [self._keep(self._officers(world, path)) for path in world.paths]
        self.officers = _spans(spans)
        centres = [world.units[centre_code(path)].id for path in self.town_paths]
        self.clerks = {
            role: _spans([self._keep(world.people[centre, role]) for centre in centres])
            for role in ("registrar", "dispatcher", "duty_officer")
        }
        self.supervisors = _spans([self._keep(world.people[world.city_unit.id, "supervisor"])])
        self.handlers = _spans(
            [self._keep(world.people.get((unit.id, "handler"), [])) for unit in self.units]
        )
        self.worker_id = np.array([worker.id for worker in self.workers])
        self.worker_unit = np.array([worker.unit or 0 for worker in self.workers])
        self.worker_name = Texts(worker.name for worker in self.workers)
        self.worker_json = self.worker_name.as_json()
        self.worker_role = Texts(worker.role for worker in self.workers)

    def _officers(self, world: World, path: str) -> list[Worker]:
        station = world.units[station_code(path)].id
        return world.officers.get(path) or world.people[station, "grid_officer"]

    def _keep(self, found: Sequence[Worker]) -> tuple[int, int]:
        first = len(self.workers)
        self.workers += found
        return first, len(found)

    def _ask_the_matrix(self, world: World) -> None:
        """Keep the unit for each item in each town, and the town's other offices for what goes astray."""
        villages = {path.split("/")[1]: path for path in world.paths}
        rows = []
        for item in world.items:
            rows.append(
                [self._answers(world, item, path) for _town, path in sorted(villages.items())]
            )
        self.lead = np.array(rows)
        self.others = _padded([[self._at[u.id] for u in world.offices[t]] for t in self.town_paths])

    def _answers(self, world: World, item: Any, path: str) -> int:
        village = "/".join(path.split("/")[:3]) + "/"
        found = catalogue.responsible(item_id=item.id, area_path=village, on=world.on)
        unit = accounts.unit(found.handler_unit_id) if found.handler_unit_id else None
        if unit is None or not world.people.get((unit.id, "handler")):
            unit = world.offices["/".join(path.split("/")[:2]) + "/"][0]
        place: int = self._at[unit.id]
        return place


def _department(kinds: dict[int, str], unit: Any) -> int:
    """Return the city department above a unit, else the unit itself: a centre answers for itself."""
    above: list[int] = [pk for pk in unit.ancestors if kinds[pk] == "department"]
    return above[0] if above else int(unit.id)


def _spans(pairs: Sequence[tuple[int, int]]) -> Any:
    return np.array(pairs, dtype=np.int64)


def _padded(rows: Sequence[Sequence[int]]) -> Any:
    width = min(len(row) for row in rows)
    return np.array([row[:width] for row in rows])


def one_of(rng: np.random.Generator, spans: Any) -> Any:
    """Draw one worker from each span (first, count)."""
    return spans[:, 0] + (rng.random(len(spans)) * spans[:, 1]).astype(np.int64)
