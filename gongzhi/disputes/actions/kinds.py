"""The kind table from its file."""

import csv
from datetime import date
from pathlib import Path

from gongzhi.disputes.models import DisputeKind

FILE = Path(__file__).resolve().parents[1] / "content" / "kinds.csv"
COLUMNS = ("parent_code", "name", "ministry", "cause", "hotline", "body_kind", "period_rule", "route", "source")  # fmt: skip


def load_kinds() -> int:
    """Add the shipped kinds that are not there yet; return how many. Safe to repeat."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [
            DisputeKind(
                code=line["code"], version=int(line["version"]), valid_from=date.fromisoformat(line["valid_from"]),
                **{column: line[column] for column in COLUMNS},
            )
            for line in csv.DictReader(lines)
        ]  # fmt: skip
    return len(DisputeKind.objects.bulk_create(rows, ignore_conflicts=True))
