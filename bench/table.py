"""One measured number, the table on screen, and var/bench.json."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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

    @property
    def ok(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.better == "higher" else self.value <= self.target

    def as_record(self) -> dict[str, object]:
        return {**asdict(self), "ok": self.ok}


def line(result: Result) -> str:
    promise = ""
    if result.target is not None:
        sign = "≥" if result.better == "higher" else "≤"
        promise = f"{sign} {number(result.target)}"
    mark = "ok  " if result.ok else "MISS"
    return f"{mark}  {result.name:<44} {number(result.value):>12} {result.unit:<10} {promise:<12} {result.how}"


def number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def record(results: Sequence[Result], file: Path) -> None:
    """Write the numbers; those of benchmarks that did not run this time are kept."""
    known = json.loads(file.read_text()) if file.exists() else []
    fresh = {result.name for result in results}
    kept = [old for old in known if old["name"] not in fresh]
    file.parent.mkdir(parents=True, exist_ok=True)
    records = kept + [result.as_record() for result in results]
    file.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n")


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that is not exceeded by the share of all values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
