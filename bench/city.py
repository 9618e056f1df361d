"""
The workbench over the whole city's register against a register of a million: what it costs may not grow with it.

Both databases are filled by `gongzhi load demo --size city`, the smaller one with `--matters 1000000`; they are opened turn
by turn in the same run, so that whatever else the machine does falls on both. Where they are is said by
GONGZHI_BENCH_CITY and GONGZHI_BENCH_MILLION (addresses as in DATABASE_URL); else it is the cluster "city".
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from gongzhi.config.postgres import Cluster

TURNS = 9
MOST = 1.2
SLOW = 0.1  # seconds of one statement: worth a line of its own
CITY = Cluster("city")
SMALLER = "million"  # the other database of the same server
HOW_TO = (
    "city: there is no database of the city; make it by"
    " GONGZHI_CLUSTER=city gongzhi load demo --size city, and the smaller one beside it (docs/performance.md)"
)


@dataclass
class Side:
    """A database and the process that opens pages on it."""

    process: "subprocess.Popen[str]"
    plan: dict[str, Any]

    def open(self, login: str, address: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"login": login, "address": address}) + "\n")
        self.process.stdin.flush()
        found = _answer(self.process)
        assert found["status"] in {200, 302}, (address, found)
        return found


def run(record: Callable[..., None]) -> None:
    addresses = _addresses()
    if addresses is None:
        print(HOW_TO)
        return
    with _side(addresses[0]) as city, _side(addresses[1]) as million:
        for group in city.plan["groups"]:
            _compare(record, group, city, million)


def _addresses() -> tuple[str, str] | None:
    city, million = os.environ.get("GONGZHI_BENCH_CITY"), os.environ.get("GONGZHI_BENCH_MILLION")
    if city and million:
        return city, million
    if not CITY.data.exists():
        return None
    CITY.start()
    return CITY.url(), CITY.url(SMALLER)


@contextmanager
def _side(address: str) -> Iterator[Side]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.side"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"},
    )  # fmt: skip
    try:
        yield Side(process, _answer(process))
    finally:
        process.kill()
        process.wait()


def _answer(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """Read on until an answer comes; what the product logs in between is not one."""
    assert process.stdout is not None
    for line in process.stdout:
        found: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
        if "groups" in found or "ms" in found:
            return found
    raise RuntimeError("the other side has ended")


@dataclass(frozen=True)
class Cost:
    """Medians of one page on both sides, in milliseconds, and the statements it takes."""

    large: float
    small: float
    statements: int
    page: str


def _compare(record: Callable[..., None], group: str, city: Side, million: Side) -> None:
    """Open each page on both sides in turn, and set the sums of their medians against each other."""
    pairs = list(zip(city.plan["groups"][group], million.plan["groups"][group], strict=True))
    costs = [_cost(ours, theirs, city, million) for ours, theirs in pairs]
    large, small = sum(cost.large for cost in costs), sum(cost.small for cost in costs)
    worst = max(costs, key=lambda cost: cost.large / cost.small)
    record(
        name=f"city.{group}", value=large / small, unit="of 1 M", target=MOST, better="lower",
        how=f"{len(costs)} pages, {large / len(costs):.1f} ms at {city.plan['matters']:,} matters, {small / len(costs):.1f} ms at"
        f" {million.plan['matters']:,} (medians of {TURNS}), ≤ {max(cost.statements for cost in costs)} statements; farthest"
        f" apart {worst.large:.1f} / {worst.small:.1f} ms: {worst.page}",
    )  # fmt: skip


def _cost(ours: Any, theirs: Any, city: Side, million: Side) -> Cost:
    large, small = [], []
    for turn in range(TURNS + 1):
        found, other = city.open(*ours), million.open(*theirs)
        if turn:  # the first one only fills the memory
            large.append(found["ms"])
            small.append(other["ms"])
    if found["slowest"][0] > SLOW:
        print(f"      {median(large):.0f} ms {ours[0]} {ours[1]}: {found['slowest'][1][:600]}")
    return Cost(median(large), median(small), found["statements"], f"{ours[0]} {ours[1]}")
