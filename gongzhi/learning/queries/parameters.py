"""The numbers learning works with, as they hold on a day."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from gongzhi.learning.rules.forecasting import Plan
from gongzhi.learning.rules.training import Bounds

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class ParameterRow:
    name: str
    value: float
    used_for: str  # forecast | suggestions
    meaning_zh: str
    meaning_en: str
    source: str

    @property
    def meaning(self) -> str:
        is_chinese = (get_language() or "zh").startswith("zh")
        return self.meaning_zh if is_chinese else self.meaning_en


@lru_cache(maxsize=8)
def parameter_rows(on: date) -> tuple[ParameterRow, ...]:
    """Return the parameters in force, the newest of each name."""
    with (CONTENT / "parameters.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: row["valid_from"])
    return tuple(
        ParameterRow(
            row["name"],
            float(row["value"]),
            row["used_for"],
            row["meaning_zh"],
            row["meaning_en"],
            row["source"],
        )
        for row in {r["name"]: r for r in rows if r["valid_from"] <= on.isoformat()}.values()
    )


def parameters_of(used_for: str, *, on: date) -> list[ParameterRow]:
    return [row for row in parameter_rows(on) if row.used_for == used_for]


def parameters(on: date) -> Mapping[str, float]:
    return {row.name: row.value for row in parameter_rows(on)}


def number(name: str, *, on: date) -> int:
    return int(parameters(on)[name])


def forecast_plan(on: date) -> Plan:
    held = parameters(on)
    return Plan(
        choose_weeks=int(held["choose_weeks"]), test_weeks=int(held["test_weeks"]),
        horizon_days=int(held["horizon_days"]), interval_percent=held["interval_percent"],
        ets_days=int(held["ets_days"]), ets_least_a_day=held["ets_least_a_day"],
        cpu_seconds=held["forecast_cpu_seconds"],
    )  # fmt: skip


def training_bounds(on: date) -> Bounds:
    held = parameters(on)
    return Bounds(
        class_least=int(held["class_least"]), word_matters=int(held["word_matters"]),
        word_villages=int(held["word_villages"]), most_words=int(held["most_words"]), epochs=int(held["epochs"]),
    )  # fmt: skip
