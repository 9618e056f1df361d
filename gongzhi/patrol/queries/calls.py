"""What the centre asks of officers, and who could be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.matters import queries as matters
from gongzhi.patrol.models import Call
from gongzhi.patrol.queries.work import officers, on_shift

OPEN = (Call.State.WAITING, Call.State.SENT, Call.State.ACCEPTED)
WITH_OFFICER = (Call.State.SENT, Call.State.ACCEPTED)


@dataclass(frozen=True)
class CallRow:
    id: int
    kind: str
    kind_label: str
    state: str
    state_label: str
    words: str
    due_at: datetime | None
    sent_at: datetime
    sent_by: str
    answered_at: datetime | None
    reason: str
    user_id: int | None
    premises: str
    area_path: str
    matter_id: int | None
    matter: Any = None  # matters.Carried, for the officer who is called
    number: str = ""
    title: str = ""


@dataclass(frozen=True)
class Candidate:
    """An officer who could be asked, the best first, and why."""

    user_id: int
    name: str
    is_on_shift: bool
    open_calls: int
    stands_in_for: int | None


def calls_of(*, user_id: int, at: datetime) -> list[CallRow]:
    """Return somebody's open calls with their matters, and those of the person they stand in for."""
    absent = accounts.stands_in_for(user_id, on=timezone.localdate(at))
    people = [user_id, *([absent.id] if absent else [])]
    rows = list(
        Call.objects.filter(user__in=people, state__in=WITH_OFFICER).order_by("due_at", "id")
    )
    actor = accounts.actor_for(user_id, at)
    about = matters.carried_matters([row.matter_id for row in rows if row.matter_id], actor)
    return [_row(row, about.get(row.matter_id or 0)) for row in rows]


def _row(row: Call, carried: Any) -> CallRow:
    return CallRow(
        row.pk, row.kind, str(row.get_kind_display()), row.state, str(row.get_state_display()),
        row.words, row.due_at, row.sent_at, row.sent_by_name, row.answered_at, row.reason,
        row.user_id, row.premises_code, row.area_path,
        row.matter_id, carried, carried.number if carried else "", carried.title if carried else "",
    )  # fmt: skip


def candidates(area_path: str, *, at: datetime, without: Collection[int] = ()) -> list[Candidate]:
    """
    Return who could be called to a place: on shift first, then the nearest posting, then the fewest calls.

    An absent officer does not appear; the substitute does. Three statements.
    """
    held = [
        one
        for one in officers(on=timezone.localdate(at), area_path=area_path)
        if area_path.startswith(one.area_path) and one.user_id not in without
    ]
    ids = sorted({one.user_id for one in held})
    here, names = on_shift(ids), accounts.names(ids)
    counts = Call.objects.filter(user__in=ids, state__in=WITH_OFFICER).values("user_id")
    load = dict(counts.annotate(n=Count("pk")).values_list("user_id", "n"))
    ordered = sorted(
        held,
        key=lambda one: (
            one.user_id not in here, -len(one.area_path), load.get(one.user_id, 0), one.user_id
        ),
    )  # fmt: skip
    best = {one.user_id: one for one in reversed(ordered)}
    order = list(dict.fromkeys(one.user_id for one in ordered))
    return [
        Candidate(pk, names[pk], pk in here, load.get(pk, 0), best[pk].stands_in_for)
        for pk in order
    ]
