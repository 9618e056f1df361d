"""The numbers: one line each on screen, and var/bench.json."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Result:
    """
    What was measured and what was promised.

    `how` says in words how it was measured; for a ratio it gives both sides. Without a target the
    number is only shown.
    """

    name: str
    value: float
    unit: str
    target: float | None
    better: Literal["higher", "lower"]
    how: str
    ok: bool


@dataclass
class Table:
    """What a benchmark records into: each number goes on screen at once."""

    results: list[Result] = field(default_factory=list)

    def record(
        self,
        *,
        name: str,
        value: float,
        unit: str,
        better: Literal["higher", "lower"],
        how: str,
        target: float | None = None,
        ok: bool | None = None,
    ) -> None:
        if ok is None:
            ok = target is None or (value >= target if better == "higher" else value <= target)
        self.results.append(Result(name, value, unit, target, better, how, ok))
        print(line(self.results[-1]), flush=True)


def line(result: Result) -> str:
    promise = ""
    if result.target is not None:
        sign = "≥" if result.better == "higher" else "≤"
        promise = f"{sign} {number(result.target)}"
    mark = "ok  " if result.ok else "MISS"
    return f"{mark}  {result.name:<28} {number(result.value):>12} {result.unit:<14} {promise:<12} {result.how}"


def number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def save(results: Sequence[Result], file: Path) -> None:
    """Write the numbers; those of benchmarks that did not run this time are kept."""
    known = json.loads(file.read_text()) if file.exists() else []
    fresh = {result.name for result in results}
    kept = [old for old in known if old["name"] not in fresh]
    file.parent.mkdir(parents=True, exist_ok=True)
    records = kept + [asdict(result) for result in results]
    file.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n")


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that is not exceeded by the share of all values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
