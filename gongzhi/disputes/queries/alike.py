"""Disputes that may be one: the same number of a court, or the same people, in the same town."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.phones import plain_number
from gongzhi.disputes.models import Dispute, Party
from gongzhi.disputes.queries.sides import side_words
from gongzhi.matters.capabilities import Can as Matters

LOOKED_AT = (
    200  # the newest open ones of the town: names are sealed, so they are compared one by one
)
MOST = 5


def alike(matter_id: int, actor: Actor, *, outside_numbers: Collection[str]) -> list[tuple[Dispute, list[str]]]:  # fmt: skip
    """Return open disputes within reach that look like this one, and why; never a name."""
    row = Dispute.objects.get(pk=matter_id)
    reach = Dispute.objects.within_reach_of(actor, Matters.VIEW).filter(matter__is_open=True).exclude(pk=matter_id)  # fmt: skip
    numbers = [number for number in outside_numbers if number]
    numbered = set(
        reach.filter(matter__kind="dispute", matter__outside_number__in=numbers).values_list("pk", flat=True)[:MOST]
    ) if numbers else set()  # fmt: skip
    near = set(reach.filter(district=row.district).order_by("-opened_at", "-pk").values_list("pk", flat=True)[:LOOKED_AT])  # fmt: skip
    shared = _shared(matter_id, near | numbered)
    why = {pk: [_("the same number")] if pk in numbered else [] for pk in {*numbered, *shared}}
    for pk, sides in shared.items():
        why[pk].append(_("the same {sides}").format(sides="、".join(sides)))
    rows = Dispute.objects.in_bulk(list(why))
    ranked = sorted(why, key=lambda pk: (pk not in numbered, -len(shared.get(pk, ())), -pk))
    return [(rows[pk], why[pk]) for pk in ranked[:MOST]]


def _shared(matter_id: int, others: set[int]) -> dict[int, list[str]]:
    """Return which of our parties stand in the other disputes: by number, by telephone, else by name."""
    mine = {
        mark: party
        for party in Party.objects.filter(dispute_id=matter_id, left_at=None)
        for mark in _marks(party)
    }
    found: dict[int, list[str]] = {}
    for party in Party.objects.filter(dispute_id__in=others, left_at=None).order_by("dispute_id", "seq"):  # fmt: skip
        if same := next((mine[mark] for mark in _marks(party) if mark in mine), None):
            words, kept = side_words(same.side, same.seq), found.setdefault(party.dispute_id, [])
            kept += [] if words in kept else [words]
    return found


def _marks(party: Party) -> list[tuple[str, str]]:
    marks = [("number", party.id_index), ("phone", plain_number(party.phone)), ("name", party.name)]
    return [(nature, value) for nature, value in marks if value and value != "—"]
