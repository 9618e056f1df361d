"""Everything kept about one resident, and why: for their own eyes."""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from gongzhi.matters import queries as matters
from gongzhi.residents.models import Follow, OwnReport, Resident
from gongzhi.residents.queries.following import alerts_of

CONTENT = Path(__file__).parents[1] / "content" / "kept.csv"


@dataclass(frozen=True)
class Kept:
    """One sort of data: what, why, under which law, until when."""

    code: str
    what: str
    why: str
    law: str
    until: str
    is_deletable: bool
    source: str


def kept_sorts() -> list[Kept]:
    """Return what is kept about a resident, in the reader's language."""
    end = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [
        Kept(
            row["code"], row[end], row[f"why_{end}"], row[f"law_{end}"], row[f"until_{end}"],
            row["deletable"] == "yes", row["source"],
        )
        for row in _shipped()
    ]  # fmt: skip


@lru_cache
def _shipped() -> list[dict[str, str]]:
    with CONTENT.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def data_of(resident: Resident, *, at: datetime) -> dict[str, Any]:
    """Return all that is kept about a resident, ready to be written as JSON."""
    return {
        "made_for": "data subject (PIPL art. 45)",
        "at": at.isoformat(),
        "account": {
            "phone": resident.phone, "email": resident.email, "language": resident.language,
            "large_type": resident.large_type, "by_sms": resident.by_sms, "by_email": resident.by_email,
            "digest": resident.digest, "quiet_from": f"{resident.quiet_from:%H:%M}", "quiet_to": f"{resident.quiet_to:%H:%M}",
            "paused_until": resident.paused_until.isoformat() if resident.paused_until else None,
            "made_at": resident.made_at.isoformat(), "seen_at": resident.seen_at.isoformat(),
        },
        "follows": [
            {"matter": row.public_id, "since": row.made_at.isoformat()}
            for row in Follow.objects.filter(resident=resident).order_by("pk")
        ],
        "alerts": [
            {"where": row.where, "what": row.what, "paused": row.is_paused} for row in alerts_of(resident)
        ],
        "reports": [_report(kept, at) for kept in _reports(resident)],
        "kept": [vars(sort) for sort in kept_sorts()],
    }  # fmt: skip


def _reports(resident: Resident) -> Any:
    rows = OwnReport.objects.filter(resident=resident).select_related("reporter__matter")
    return rows.order_by("-reporter_id").iterator(chunk_size=500)


def _report(kept: OwnReport, at: datetime) -> dict[str, Any]:
    """Describe one report; words and contact only where they are this reporter's own."""
    reporter, matter = kept.reporter, kept.reporter.matter
    row = matters.row_of(matter, at=at)
    return {
        "number": row.number, "code": reporter.code, "problem": row.item or row.title, "place": row.place,
        "state": str(row.state_label), "reported_at": reporter.reported_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "text": matter.text if reporter.is_first else reporter.text, "address": matter.address if reporter.is_first else "",
        "contact": {"phone": reporter.phone, "email": reporter.email},
        "rating": reporter.rating, "rating_text": reporter.rating_text, "kept_since": kept.kept_at.isoformat(), "kept_by": kept.how,
    }  # fmt: skip
