"""Who speaks in a dispute, for the modules above: its mediators, and a side by its code or telephone."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from gongzhi.base.phones import plain_number
from gongzhi.disputes.models import Appointment, Dispute, Party
from gongzhi.disputes.queries.sides import side_words


def mediator_people(matter_id: int) -> list[int]:
    """Return the users who mediate this dispute now."""
    now = Appointment.objects.filter(dispute_id=matter_id, ended_at__isnull=True)
    users = now.filter(mediator__user__isnull=False).values_list("mediator__user_id", flat=True)
    return list(users.distinct())


def mediated_by(user_id: int) -> "QuerySet[Appointment, int]":
    """Return the ids of the disputes somebody mediates now, to narrow other tables by."""
    mine = Appointment.objects.filter(mediator__user_id=user_id, ended_at__isnull=True)
    return mine.values_list("dispute_id", flat=True)


def body_of(matter_id: int) -> tuple[int | None, int | None, str]:
    """Return the body that mediates: its id, its unit, its name; nothing before the triage."""
    row = Dispute.objects.values_list("body_id", "body__unit_id", "body__name").get(pk=matter_id)
    return row[0], row[1], row[2] or ""


def is_hidden(matter_id: int) -> bool:
    """Tell whether the sides are written to in neutral words only."""
    return Dispute.objects.filter(pk=matter_id, safe_channel=True).exists()


def party_by_code(number: str, code: str, *, also_gone: bool = False) -> Party | None:
    """Return the party whose code this is in the dispute of this number; one that left only where it is asked for."""
    wanted = code.strip().upper()
    found = Party.objects.filter(code=wanted, dispute__matter__number=number)
    if not also_gone:
        found = found.filter(left_at__isnull=True)
    party = found.select_related("dispute__matter").first()
    return party if party and constant_time_compare(party.code, wanted) else None


def parties_by_phone(number: str, phone: str) -> list[Party]:
    """Return the parties of a dispute who left this telephone number."""
    plain = plain_number(phone)
    present = Party.objects.filter(left_at__isnull=True)
    parties = present.filter(dispute__matter__number=number).order_by("seq")
    return [party for party in parties if plain and plain_number(party.phone) == plain]


def words_of(party_ids: Collection[int]) -> dict[int, str]:
    """Return which side each party is, in words; one statement, and no name is read."""
    rows = Party.objects.filter(pk__in=party_ids).values_list("pk", "side", "seq")
    return {pk: side_words(side, seq) for pk, side, seq in rows}


def party(party_id: int) -> Party:
    return Party.objects.select_related("dispute__matter").get(pk=party_id)
