"""What belongs to one party, what the rights notice says, and which files were kept long enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes.lifecycle import ENDED
from gongzhi.disputes.models import Consent, Dispute, FileAccess, Party, RightsNotice
from gongzhi.disputes.queries.defined import retention_classes, retention_name, rows_of
from gongzhi.disputes.queries.one import kind_of
from gongzhi.disputes.queries.people import party_by_code

OWN = (
    "side", "nature", "name", "id_number", "phone", "email", "address", "sex", "birth_year", "occupation",
    "legal_person", "is_minor", "capacity", "needs", "verified_at",
)  # fmt: skip


@dataclass(frozen=True)
class NoticeOfRights:
    version: str
    rights: list[tuple[str, str]]  # words, source
    duties: list[tuple[str, str]]
    notes: list[tuple[str, str]]  # what else must be known: no fee, no bar to a suit


def rights_notice(*, on: date) -> NoticeOfRights:
    """Return the notice of rights and duties that is read out on a day, each line with its article."""
    rows = [row for row in rows_of("rights_notice") if row["valid_from"] <= on.isoformat()]
    version = max(row["version"] for row in rows)
    lines = [row for row in rows if row["version"] == version]

    def of(nature: str) -> list[tuple[str, str]]:
        return [(row["words"], row["source"]) for row in lines if row["nature"] == nature]

    return NoticeOfRights(version, of("right"), of("duty"), of("note"))


def party_of_code(number: str, code: str) -> Party:
    """Return whose code this is, also once they left: what is kept about them stays theirs. OutOfReach when none fits."""
    party = party_by_code(number, code, also_gone=True)
    if party is None:
        raise OutOfReach
    return party


def own_data(party: Party) -> dict[str, Any]:
    """Return what is kept about one party: its own row, its words and signatures, and how long they are kept."""
    row = party.dispute
    consents = Consent.objects.filter(party=party).order_by("at", "id")
    notices = RightsNotice.objects.filter(party=party).order_by("shown_at")
    is_applicant = party.side == Party.Side.APPLICANT
    return {
        "number": row.matter.number,
        "kind": kind_of(row).name,
        "opened_at": row.opened_at,
        "body": row.body.name if row.body else "",
        "party": {name: getattr(party, name) for name in OWN},
        # The other side's words are theirs: who applied takes the story they told themselves.
        "story": row.story if is_applicant else "",
        "wish": row.wish if is_applicant else "",
        "answers": list(consents.values("subject", "answer", "how", "at", "words", "about")),
        "notices": list(notices.values("version", "shown_at", "signed_at", "how")),
        "kept": retention_name(row.retention),
    }


def access_reason(actor: Actor, matter_id: int, at: datetime) -> str:
    """Return why the actor opened this file, while that opening still holds; "" when none does."""
    rows = FileAccess.objects.filter(dispute_id=matter_id, user_id=actor.id, until__gt=at)
    return rows.order_by("-opened_at").values_list("reason", flat=True).first() or ""


def accesses(matter_id: int) -> list[FileAccess]:
    """Return who opened the file by reason, the newest first."""
    rows = FileAccess.objects.filter(dispute_id=matter_id).select_related("user")
    return list(rows.order_by("-opened_at")[:50])


def kept_long_enough(*, on: date) -> Sequence[int]:
    """Return the ended disputes whose class of keeping is over on a day, the oldest first."""
    over = Q(pk__in=[])
    for code, years in retention_classes().items():
        if years is not None:
            day = _years_before(on, years)
            over |= Q(retention=code, matter__closed_at__date__lt=day)
    ended = Dispute.objects.filter(over, forgotten_on__isnull=True, state__in=list(ENDED))
    return list(ended.order_by("pk").values_list("pk", flat=True))


def _years_before(on: date, years: int) -> date:
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - years, day=28 if is_leap_day else on.day)
