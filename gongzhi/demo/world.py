"""What a matter's life needs to know of the city: units, people, items, limits, places. Read once a process."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import queries as clocks
from gongzhi.demo import premises, tables
from gongzhi.demo.city import City, build
from gongzhi.demo.life import NOBODY, STAGE_OF, Matter, Worker
from gongzhi.demo.people import centre_code, station_code, story_village
from gongzhi.demo.premises import ORGANISATION, RENTAL, SMALL, Premise
from gongzhi.demo.seeds import dice
from gongzhi.demo.subjects import FOOD, HOUSE, SHOP, STREET, WORKS, Subject, subject_of
from gongzhi.matters import actions as register

SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_PLACES = {RENTAL: HOUSE, SMALL: SHOP, ORGANISATION: WORKS}
NEXT_BEST = {FOOD: SHOP, SHOP: HOUSE, WORKS: SHOP}
_EATERIES = ("餐", "肠粉", "奶茶", "超市", "粮油", "烧烤", "面馆", "便利", "水果", "作坊", "杂货")
_URGENT_SHARE = (
    0.25  # an item that is always an emergency is rarer than its place in the form suggests
)
_SENSED = {"puddle", "manhole", "extinguishers", "electric_box", "lamp", "river"}
STORY_SHARE = (
    8.0  # how much livelier the story's village is, so that every inbox has something in it
)


class Proposed(NamedTuple):
    unit: Any
    why: str


class DemoStandard(NamedTuple):
    id: int
    when_counts: str
    original: str
    urgent: bool
    limit: Any  # None: the shipped rule for handling


class DemoItem(NamedTuple):
    id: int
    version: int
    name: str
    class_name: str
    self_handled_allowed: bool
    standards: tuple[DemoStandard, ...]
    weights: tuple[float, ...]


class World:
    def __init__(self, seed: int, *, at: datetime) -> None:
        self.seed = seed
        self.on = at.date()
        self.calendar = clocks.calendar()
        self.city: City = build(seed)
        self.grids = self.city.level(3)
        self.paths = [grid.path for grid in self.grids]
        self.full_names = self._full_names()
        self.spots = self._spots()
        self.story = story_village(self.city)
        self.story_weights = self._story_weights()
        self.story_grids = [i for i, path in enumerate(self.paths) if path.startswith(self.story)]
        self.items, self.subjects = self._items()
        self.shares = {wet: self._shares(wet, sensed=False) for wet in range(4)}
        self.sensed = self._shares(0, sensed=True)
        self.units = accounts.units_by_code()
        self.city_unit = self.units["city"]
        self.city_name = self.city_unit.name
        self.people, self.officers = self._people()
        self.offices = self._offices()
        self._matrix: dict[tuple[int, str], Proposed] = {}
        self.story_items = self._story_items()
        self._terms: dict[tuple[str, bool], tuple[Any, str]] = {}

    # Places

    def _full_names(self) -> list[str]:
        names = {area.path: area.name for area in self.city.areas}
        return [
            f"{names['/'.join(path.split('/')[:2]) + '/']} {names['/'.join(path.split('/')[:3]) + '/']} {names[path]}"
            for path in self.paths
        ]

    def _spots(self) -> list[dict[str, list[Premise]]]:
        spots: list[dict[str, list[Premise]]] = [defaultdict(list) for _grid in self.grids]
        for premise in premises.build(self.seed, self.city):
            here = spots[premise.grid]
            here[_PLACES.get(premise.kind, STREET)].append(premise)
            if premise.kind == SMALL and any(word in premise.name for word in _EATERIES):
                here[FOOD].append(premise)
        return spots

    def spot(self, chance: random.Random, grid: int, place: str) -> Premise:
        here = self.spots[grid]
        return chance.choice(
            here.get(place) or here.get(NEXT_BEST.get(place, "")) or next(iter(here.values()))
        )

    def _story_weights(self) -> Any:
        lively = [STORY_SHARE if path.startswith(self.story) else 1.0 for path in self.paths]
        weights = self.city.weight * np.array(lively)
        return weights / weights.sum()

    # Items

    def _items(self) -> tuple[list[DemoItem], list[Subject]]:
        rows = sorted(catalogue.items_in_force(self.on), key=lambda row: row.code)
        items = [self._item(row) for row in rows]
        return items, [subject_of(item.name, item.class_name) for item in items]

    def _item(self, row: Any) -> DemoItem:
        standards = tuple(
            DemoStandard(s.id, s.when_counts, s.original, s.urgent, _limit_of(s))
            for s in row.standards
        )
        weights = tuple(0.5**n for n in range(len(standards)))
        return DemoItem(
            row.id,
            row.version,
            row.name,
            row.class_name,
            row.self_handled_allowed,
            standards,
            weights,
        )

    def _shares(self, wet: int, *, sensed: bool) -> list[float]:
        """Return running sums of how often each item occurs when it rains so hard."""
        ranks = list(range(len(self.items)))
        dice(self.seed, "popularity").shuffle(ranks)
        for index, item in enumerate(self.items):
            rank = catalogue.item(item.id).popular_rank
            ranks[index] = rank if rank is not None else 12 + ranks[index]
        total, sums = 0.0, []
        for index, subject in enumerate(self.subjects):
            often = (ranks[index] + 4) ** -0.85 * (1 + (subject.wet - 1) * wet / 1.5)
            if all(standard.urgent for standard in self.items[index].standards):
                often *= _URGENT_SHARE
            if not self.items[index].standards or (sensed and subject.scene not in _SENSED):
                often = 0.0
            total += often
            sums.append(total)
        return sums

    # Units and people

    def _people(self) -> tuple[dict[tuple[int, str], list[Worker]], dict[str, list[Worker]]]:
        people: dict[tuple[int, str], list[Worker]] = defaultdict(list)
        officers: dict[str, list[Worker]] = defaultdict(list)
        for user, name, role, unit, area in tables.postings():
            worker = Worker(user, name, role, unit)
            people[unit, role].append(worker)
            if role == "grid_officer":
                officers[area].append(worker)
        return people, officers

    def _offices(self) -> dict[str, list[Any]]:
        offices: dict[str, list[Any]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=lambda unit: unit.code):
            if unit.kind == "town_office":
                offices[unit.area_path].append(unit)
        return offices

    def person(self, chance: random.Random, m: Matter, role: str) -> Worker:
        if role == "grid_officer":
            found = (
                self.officers.get(m.path) or self.people[self.units[station_code(m.path)].id, role]
            )
        elif role in {"handler", "unit_lead"}:
            found = self.people[m.lead.id, role]
        else:
            centre = self.city_unit if m.level == 0 else self.units[centre_code(m.path)]
            found = self.people[centre.id, role] or self.people[self.city_unit.id, role]
        return chance.choice(found)

    def owes(self, m: Matter) -> Any:
        if m.state in {"to_verify", "to_check"}:
            return self.units[station_code(m.path)]
        if m.state in {"to_accept", "handling", "suspended"}:
            return m.lead
        return self.city_unit if m.level == 0 else self.units[centre_code(m.path)]

    def responsible(self, m: Matter) -> Proposed:
        """Answer from the city's own matrix."""
        village = "/".join(m.path.split("/")[:3]) + "/"
        key = m.item.id, village
        if key not in self._matrix:
            found = catalogue.responsible(item_id=m.item.id, area_path=village, on=self.on)
            unit = accounts.unit(found.handler_unit_id) if found.handler_unit_id else None
            if unit is not None and not self.people.get((unit.id, "handler")):
                unit = None
            self._matrix[key] = Proposed(unit, found.why[:300])
        return self._matrix[key]

    def _story_items(self) -> list[int]:
        """Return the items that the story's own office answers for, so that its inbox is never empty."""
        office = story_office(self.on, self.story)
        return [
            index
            for index, item in enumerate(self.items)
            if item.standards
            and not all(standard.urgent for standard in item.standards)
            and catalogue.responsible(
                item_id=item.id, area_path=self.story, on=self.on
            ).handler_unit_id
            == office.id
        ]

    def other_unit(self, m: Matter) -> Any:
        town = "/".join(m.path.split("/")[:2]) + "/"
        chance = dice(self.seed, "other", m.id)
        others = [unit for unit in self.offices[town] if m.lead is None or unit.id != m.lead.id]
        return chance.choice(others)

    def reporter(self, chance: random.Random, m: Matter) -> tuple[Worker, str, dict[str, Any]]:
        facts = {"item": m.item.name, "source": m.source}
        if m.source == "patrol":
            return self.person(chance, m, "grid_officer"), "", facts
        if m.source == "inspection":
            return chance.choice(self.people[self.city_unit.id, "supervisor"]), "", facts
        if m.source in {"12345", "110", "counter"}:
            return self.person(chance, m, "registrar"), "", facts
        if m.source == "sensor":
            return Worker(0, "物联感知平台", "", None), "", facts
        return NOBODY, "", facts

    # Time

    def rule(self, code: str) -> Any:
        return _rule(code, self.on)

    def term(self, m: Matter) -> tuple[Any, str]:
        """Return the limit of the stage the matter enters, and the rule it comes from."""
        if m.state == "handling" and m.standard is not None and m.standard.limit is not None:
            return m.standard.limit, "item"
        key = m.state, m.is_urgent
        if key not in self._terms:
            code = f"incident.{STAGE_OF[m.state]}{'.urgent' if m.is_urgent else ''}"
            self._terms[key] = self.rule(code), code
        return self._terms[key]

    def later(self, start: int, limit: Any, share: float) -> int:
        """Return the instant at which a share of the limit is used, by the calendar."""
        if limit.counting in {"continuous", "calendar"}:
            return start + max(1, int(share * limit.amount * SECONDS[limit.unit]))
        day = self.calendar.day_seconds_at(start)
        unit = day if limit.unit == "day" else SECONDS[limit.unit]
        reached = self.calendar.position(start) + max(1, int(share * limit.amount * unit))
        return self.calendar.instant(reached)

    def midnight(self, moment: int) -> int:
        return self.calendar.midnight(self.calendar.ordinal_at(moment))

    def day(self, moment: int) -> date:
        return self.calendar.local(moment).date()

    def number(self, serial: int, reported: int) -> str:
        year = datetime.fromtimestamp(reported, UTC).year
        return register.number_of(year=year, serial=serial)


def story_office(on: date, village: str) -> Any:
    for item in catalogue.search("井盖", on=on, limit=5) or catalogue.items_in_force(on)[:1]:
        found = catalogue.responsible(item_id=item.id, area_path=village, on=on)
        if found.handler_unit_id:
            return accounts.unit(found.handler_unit_id)
    town = "/".join(village.split("/")[:2]) + "/"
    return next(
        u
        for u in accounts.units_by_code().values()
        if u.kind == "town_office" and u.area_path == town
    )


def _limit_of(standard: Any) -> Any:
    if standard.amount is None:
        return None
    return clocks.Limit(standard.amount, standard.unit, standard.counting, standard.from_next_day)


@lru_cache(maxsize=64)
def _rule(code: str, on: date) -> Any:
    return clocks.rule_limit(code, on)
