"""Takes whole histories in at once: the demonstration city, and the migration of an old register."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.disputes.models import Appointment, Consent, Dispute, Party, RightsNotice

CHUNK = 500


@dataclass(frozen=True)
class History:
    """
    Rows of disputes whose matters are in the register already.

    Disputes and parties by column; of the rest what each needs: a party is named by its dispute and its place.
    """

    disputes: Sequence[Mapping[str, Any]]
    parties: Sequence[Mapping[str, Any]] = ()
    consents: Iterable[tuple[int, int, datetime]] = ()  # each side's yes to the mediation
    notices: Iterable[tuple[int, int, datetime]] = ()  # signed on paper
    appointments: Iterable[tuple[int, int, datetime, datetime | None]] = field(default=())


@transaction.atomic
def take_history(*, history: History, notice_version: str) -> int:
    """Write the rows, or none; return how many disputes there are. Nothing is told to anybody."""
    Dispute.objects.bulk_create([Dispute(**row) for row in history.disputes], CHUNK)
    written = Party.objects.bulk_create([Party(**row) for row in history.parties], CHUNK)
    party = {(row.dispute_id, row.seq): row for row in written}
    Consent.objects.bulk_create(
        [
            Consent(party=party[matter_id, seq], subject=Consent.Subject.MEDIATION, answer=True, how="counter", at=at)
            for matter_id, seq, at in history.consents
        ],
        CHUNK,
    )  # fmt: skip
    RightsNotice.objects.bulk_create(
        [
            RightsNotice(party=party[matter_id, seq], version=notice_version, shown_at=at, signed_at=at, how="paper")
            for matter_id, seq, at in history.notices
        ],
        CHUNK,
    )  # fmt: skip
    Appointment.objects.bulk_create(
        [
            Appointment(
                dispute_id=matter_id, mediator_id=mediator, chosen_by="body", appointed_at=at, accepted_at=at, ended_at=ended
            )
            for matter_id, mediator, at, ended in history.appointments
        ],
        CHUNK,
    )  # fmt: skip
    return len(history.disputes)
