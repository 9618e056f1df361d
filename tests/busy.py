"""A register in which a great deal happens: every move of the lifecycle at random, written in bulk."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gongzhi.clocks.models import RunningClock
from gongzhi.incidents.lifecycle import ENDED, LIFECYCLE, State
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.models import Entry, Matter

LIMIT = {"unit": "hour", "amount": 4, "counting": "service"}
COUNTERS = {
    "urge": "urge_count",
    "approve_extension": "extension_count",
    "reopen": "reopen_count",
    "fail_check": "rework_count",
    "rework": "rework_count",
}
QUIET = {"hand_over", "invite", "answer", "link"}  # need more rows than the figures read
SAVED = (
    "state", "is_open", "owing_role", "due_at", "paused_at", "whole_due_at", "supervised", "changed_at", "closed_at",
    "version", "entry_count", "lead_unit_id", "level", "rating", "exempt", "item_id", "is_urgent", *sorted(set(COUNTERS.values())),
)  # fmt: skip


@dataclass
class Busy:
    """What stands where, and a source of chance; each round something happens to some matters."""

    chance: random.Random
    areas: list[str]
    units: list[int]
    items: list[int]
    at: datetime
    pace: timedelta = timedelta(minutes=2)  # between two rounds
    matters: list[Matter] = field(default_factory=list)
    clocks: dict[int, RunningClock] = field(default_factory=dict)  # the stage's, running
    events: int = 0
    first_id: int = 1_000_000

    def round(self) -> None:
        """Let something happen to some dozens of different matters: a quarter of it is new."""
        size = self.chance.randrange(10, 90)
        self.at += self.pace * self.chance.uniform(0.1, 2)
        new = [self._opened() for _ in range(max(1, size // 4))]
        old = self.chance.sample(self.matters, min(size - len(new), len(self.matters)))
        self.matters += new
        lines = [self._line(matter, "report", "") for matter in new]
        moved = [(matter, self._moved(matter)) for matter in old]
        lines += [line for _matter, line in moved if line]
        touched = [matter for matter, line in moved if line]
        with transaction.atomic():
            Matter.objects.bulk_create(
                [*new, *touched], update_conflicts=True, unique_fields=["id"], update_fields=[name.removesuffix("_id") for name in SAVED],
            )  # fmt: skip
            Entry.objects.bulk_create(lines)
            self._write_clocks([*new, *touched])
        self.events += len(lines)

    def _opened(self) -> Matter:
        self.first_id += self.chance.randrange(1, 4)  # ids need not be neighbours
        number = self.first_id
        state = self.chance.choice([State.TO_VERIFY, State.TO_VERIFY, State.TO_REGISTER, State.TO_ACCEPT, State.TO_CLOSE])  # fmt: skip
        area = self.chance.choice(self.areas)
        return Matter(
            id=number, number=f"T{number}", kind="incident", state=state, title="井盖", source=self.chance.choice(Source.values),
            item_id=self.chance.choice(self.items), area_path=area, placed_on=self.at.date(), owing_role="x", level=1,
            lon=113.7 + self.chance.random() / 10, lat=23 + self.chance.random() / 20,
            lead_unit_id=self.chance.choice(self.units) if state == State.TO_ACCEPT else None, reported_at=self.at,
            received_at=self.at, changed_at=self.at, due_at=self._due(), whole_due_at=self.at + timedelta(hours=30),
        )  # fmt: skip

    def _due(self) -> datetime:
        return self.at + timedelta(minutes=self.chance.randrange(1, 600))

    def _moved(self, matter: Matter) -> Entry | None:
        moves = [move for move in LIFECYCLE.moves_from(matter.state) if move.name not in QUIET]
        if not moves:
            return None
        move, source = self.chance.choice(moves), matter.state
        matter.state = move.target or source
        self._effects(matter, move.name)
        if matter.state != source and "suspend" not in move.name and move.name != "resume":
            matter.due_at = self._due() if matter.is_open else None
        return self._line(matter, move.name, source)

    def _effects(self, matter: Matter, move: str) -> None:
        if counter := COUNTERS.get(move):
            setattr(matter, counter, getattr(matter, counter) + 1)
        if move == "dispatch":
            matter.lead_unit_id = self.chance.choice(self.units)
        if move in {"supervise", "end_supervision"}:
            matter.supervised = int(move == "supervise")
        if move == "uphold_appeal":
            matter.exempt = True
        if move == "follow_up":
            matter.rating = self.chance.choice([1, 2, 3])
        if move in {"register", "correct"}:
            matter.item_id, matter.is_urgent = (
                self.chance.choice(self.items),
                self.chance.random() < 0.2,
            )
        matter.paused_at = self.at if matter.state == State.SUSPENDED else None
        matter.is_open = matter.state not in ENDED
        matter.owing_role = "x" if matter.is_open else ""
        matter.closed_at = None if matter.is_open else matter.closed_at or self.at
        matter.changed_at = self.at

    def _line(self, matter: Matter, move: str, source: str) -> Entry:
        matter.entry_count += 1
        matter.version += 1
        return Entry(
            matter=matter, seq=matter.entry_count, at=self.at, received_at=self.at, move=move, source=source,
            target=matter.state, hash="-",
        )  # fmt: skip

    def _write_clocks(self, touched: list[Matter]) -> None:
        """A stage's clock stops with it, and the next one starts; a pause leaves it running."""
        stopped, started = [], []
        for matter in touched:
            running = self.clocks.get(matter.id)
            if running and running.party == matter.state:
                continue
            if running:
                running.stopped_at = self.at
                running.outcome = "kept" if self.at <= running.due_at else "late"
                stopped.append(self.clocks.pop(matter.id))
            if matter.is_open:
                started.append(self._started(matter))
        RunningClock.objects.bulk_create(
            stopped,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["stopped_at", "outcome"],
        )
        for clock in RunningClock.objects.bulk_create(started):
            self.clocks[clock.subject] = clock

    def _started(self, matter: Matter) -> RunningClock:
        due = matter.due_at or self._due()
        return RunningClock(
            subject=matter.id, name="stage", party=matter.state, limit=LIMIT, calendar="default", calendar_version=1,
            started_at=self.at, due_at=due, warn_at=due,
        )  # fmt: skip


class Killed(Exception):
    """The process ended here."""


@dataclass
class KillAt:
    """Ends a transaction at its n-th statement, as a killed process would."""

    n: int

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        self.n -= 1
        if self.n == 0:
            raise Killed
        return execute(sql, params, many, context)
