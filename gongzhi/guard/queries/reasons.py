"""Reasons to block: the shipped ones, and the versions the city has set since."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongzhi.guard.models import BlockReason

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class ReasonRow:
    code: str
    version: int
    name: str
    explanation: str
    device_days: int
    address_days: int
    appeal_days: int
    valid_from: date
    source: str

    def longest(self, subject: str) -> int:
        return self.device_days if subject == "device" else self.address_days


def reasons(*, on: date) -> list[ReasonRow]:
    """Return the version of each reason that is in force on the day."""
    in_force: dict[str, ReasonRow] = {}
    for row in sorted(reason_versions(), key=lambda row: (row.valid_from, row.version)):
        if row.valid_from <= on:
            in_force[row.code] = row
    return [row for row in in_force.values() if row.name]


def reason(code: str, *, on: date) -> ReasonRow | None:
    return next((row for row in reasons(on=on) if row.code == code), None)


def reason_versions() -> list[ReasonRow]:
    """Return every version ever set, shipped ones first."""
    return [
        *_shipped(),
        *(_row(found) for found in BlockReason.objects.order_by("code", "version")),
    ]


def _shipped() -> Iterator[ReasonRow]:
    with (CONTENT / "block_reasons.csv").open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            yield ReasonRow(
                line["code"], int(line["version"]), line["name"], line["explanation"], int(line["device_days"]),
                int(line["address_days"]), int(line["appeal_days"]), date.fromisoformat(line["valid_from"]), line["source"],
            )  # fmt: skip


def _row(found: BlockReason) -> ReasonRow:
    return ReasonRow(
        found.code, found.version, found.name, found.explanation, found.device_days, found.address_days,
        found.appeal_days, found.valid_from, found.source,
    )  # fmt: skip
