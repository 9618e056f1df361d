"""The kind table from its file, and the versions the city adds."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from gongzhi.disputes.models import DisputeKind

FILE = Path(__file__).resolve().parents[1] / "content" / "kinds.csv"
COLUMNS = ("parent_code", "name", "ministry", "cause", "hotline", "body_kind", "period_rule", "route", "source")  # fmt: skip


def load_kinds() -> int:
    """Add the shipped kinds that are not there yet; return how many. Safe to repeat."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [DisputeKind(**_read(line)) for line in csv.DictReader(lines)]
    return len(DisputeKind.objects.bulk_create(rows, ignore_conflicts=True))


def _read(line: dict[str, str]) -> dict[str, Any]:
    return {
        "code": line["code"], "version": int(line["version"]), "valid_from": date.fromisoformat(line["valid_from"]),
        "routes": [code for code in line["routes"].split(";") if code], "is_sealed": line["is_sealed"] == "yes",
        **{column: line[column] for column in COLUMNS},
    }  # fmt: skip
