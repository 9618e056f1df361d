"""What the figures of mediation mean: their definitions from content/, and each condition as SQL."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import Q
from django.utils.translation import get_language

from gongzhi.disputes.lifecycle import Outcome, State
from gongzhi.disputes.models import Dispute

CONTENT = Path(__file__).resolve().parents[2] / "content"
_AGREED = Q(outcome__in=[Outcome.WRITTEN, Outcome.ORAL, Outcome.PARTIAL])
_KNOWN = Q(performed_on__isnull=False) | Q(
    state__in=[State.TO_VISIT, State.TO_ARCHIVE, State.ARCHIVED]
)
# What may stand under `asked` and `kept` in content/figures.csv.
CONDITIONS: Mapping[str, Q] = {
    "opened": Q(),
    "mediated": ~Q(outcome__in=[Outcome.REFUSED, Outcome.WITHDRAWN]) & ~Q(state__in=[State.TO_TRIAGE, State.TO_CONSENT, State.TO_APPOINT, State.NOT_ACCEPTED, State.MERGED, State.VOID]),
    "settled": _AGREED,
    "written": Q(outcome=Outcome.WRITTEN),
    "oral": Q(outcome=Outcome.ORAL),
    "partial": Q(outcome=Outcome.PARTIAL),
    "failed": Q(outcome=Outcome.NONE),
    "refused": Q(outcome=Outcome.REFUSED),
    "withdrawn": Q(outcome=Outcome.WITHDRAWN),
    "declined": Q(state=State.NOT_ACCEPTED),
    "prevented": Q(basis=Dispute.Basis.INITIATIVE),
    "major": Q(grade__in=[Dispute.Grade.MAJOR, Dispute.Grade.GRAVE]),
    "performed": _AGREED & Q(performed_on__isnull=False),
    "confirm_asked": ~Q(confirmation=""),
    "confirmed": Q(confirmation="confirmed"),
    "sued": ~Q(suit=""),
    "sued_upheld": Q(suit="upheld"),
    "sued_changed": Q(suit="changed"),
    "sued_annulled": Q(suit="annulled"),
    "tried": _AGREED | Q(outcome=Outcome.NONE),
    "due": _AGREED & Q(effective_at__isnull=False) & _KNOWN,
    "kept": _AGREED & Q(performed_on__isnull=False),
    "answered": Q(satisfied__isnull=False),
    "satisfied": Q(satisfied__gte=2),
    "near": Q(settle_level=Dispute.Level.VILLAGE),
}  # fmt: skip

# What adds up to what, so that none of them is told where the others give it away.
ADDS_UP: Mapping[str, tuple[str, ...]] = {
    "settled": ("written", "oral", "partial"),
    "tried": ("settled", "failed"),
}
# Numerators that lie wholly in their denominator: counted alone they are the same.
WITHIN = frozenset({("tried", "settled"), ("settled", "oral")})

# Inside the denominator the plain opposite is the same, and an index knows it.
LACKING: Mapping[str, Q] = {"kept": Q(performed_on__isnull=True)}


@dataclass(frozen=True)
class Figure:
    """A count (`kept` is empty) or a rate, with its definition and where that is from."""

    code: str
    name_zh: str
    english: str
    shown: str  # form, rate
    better: str
    asked: str
    kept: str
    definition: str
    source: str

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.english

    @property
    def is_rate(self) -> bool:
        return bool(self.kept)

    def counts(self, part: str) -> str:
        """Return what is counted, by one name whichever figure counts it."""
        if not self.kept or part == "asked":
            return self.asked
        if part == "kept" and (self.asked, self.kept) in WITHIN:
            return self.kept
        return f"{self.asked} {part} {self.kept}"

    def condition(self, *, part: str) -> Q:
        """Return what is in the denominator, in the numerator (`kept`), or only in the denominator (`missed`)."""
        asked = CONDITIONS[self.asked]
        if not self.kept or part == "asked":
            return asked
        kept = CONDITIONS[self.kept]
        return asked & kept if part == "kept" else asked & LACKING.get(self.kept, ~kept)


@lru_cache(maxsize=1)
def figure_definitions() -> Mapping[str, Figure]:
    with (CONTENT / "figures.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            Figure(
                row["code"], row["name"], row["english"], row["shown"], row["better"], row["asked"], row["kept"],
                row["definition"], row["source"],
            )
            for row in csv.DictReader(lines)
        ]  # fmt: skip
    return {row.code: row for row in rows}
