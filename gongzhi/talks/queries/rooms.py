"""What was said and offered in the rooms somebody sits in. A room one does not sit in is as good as absent."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from gongzhi.base.actor import Actor
from gongzhi.disputes import queries as disputes
from gongzhi.files import queries as files
from gongzhi.talks import rules
from gongzhi.talks.models import CaucusNote, Message, MessageFile, Offer, OfferAnswer, Room
from gongzhi.talks.queries.seats import Seat, Side, room_name, seat, sides

MOST = 100  # lines brought at a time


@dataclass(frozen=True)
class RoomRow:
    key: str
    name: str
    count: int
    last_at: datetime | None
    is_closed: bool


@dataclass(frozen=True)
class Line:
    """One message as a page shows it."""

    id: int
    who: str  # words of the side; "" for the mediator
    is_own: bool
    text: str
    at: datetime
    papers: list[files.FileLink]


@dataclass(frozen=True)
class TermRow:
    by: str
    to: str
    what: str
    amount: str
    due_on: str


@dataclass(frozen=True)
class OfferView:
    row: Offer
    who: str  # words of the side; "" for the mediator
    terms: list[TermRow]
    yes: list[str]
    waits_for: list[Side]
    is_passed: bool
    can_answer: bool
    can_withdraw: bool


def rooms(matter_id: int, keys: Collection[str] | None = None) -> list[RoomRow]:
    """Return the rooms of a dispute (or those with the keys), the shared one first."""
    people = sides(matter_id)
    wanted = [
        k for k in rules.room_keys([(p.side, p.seq) for p in people]) if keys is None or k in keys
    ]
    known = {
        row.key: row
        for row in Room.objects.filter(dispute_id=matter_id, key__in=wanted).annotate(
            count=Count("messages"), last_at=Max("messages__at")
        )
    }
    return [_room(key, known.get(key), people) for key in wanted]


def _room(key: str, row: Any, people: list[Side]) -> RoomRow:
    name = room_name(key, people)
    if row is None:
        return RoomRow(key, name, 0, None, is_closed=False)
    return RoomRow(key, name, row.count, row.last_at, is_closed=row.closed_at is not None)


def has_room(matter_id: int, key: str) -> bool:
    return key in rules.room_keys([(p.side, p.seq) for p in sides(matter_id)])


def lines(matter_id: int, key: str, *, after: int, me: Seat | Actor) -> list[Line]:
    """Return what was said after a line, oldest first; at the start, the last hundred lines."""
    said = Message.objects.filter(room__dispute_id=matter_id, room__key=key).select_related("party")
    if after:
        rows = list(said.filter(pk__gt=after).order_by("pk")[:MOST])
    else:
        rows = list(said.order_by("-pk")[:MOST])[::-1]
    papers = _papers([row.pk for row in rows])
    return [
        Line(row.pk, _who(row.party), _is_own(row, me), row.text, row.at, papers.get(row.pk, []))
        for row in rows
    ]


def _who(party: Any) -> str:
    return disputes.side_words(party.side, party.seq) if party else ""


def _is_own(row: Message, me: Seat | Actor) -> bool:
    return row.party_id == me.party_id if isinstance(me, Seat) else row.user_id == me.id


def _papers(ids: Sequence[int]) -> dict[int, list[files.FileLink]]:
    hung = list(MessageFile.objects.filter(message_id__in=ids).order_by("pk"))
    links = {link.id: link for link in files.file_links([one.file_id for one in hung])}
    found: dict[int, list[files.FileLink]] = {}
    for one in hung:
        if one.file_id in links:
            found.setdefault(one.message_id, []).append(links[one.file_id])
    return found


def notes(matter_id: int, actor: Actor) -> list[CaucusNote]:
    """Return the mediator's own notes; nobody reads those of another."""
    mine = CaucusNote.objects.filter(dispute_id=matter_id, user_id=actor.id)
    return list(mine.order_by("-pk")[:MOST])


def offers_for_mediator(matter_id: int, actor: Actor) -> list[OfferView]:
    people = sides(matter_id)
    return [_offer(row, people, None, actor) for row in _offers(matter_id)]


def offers_for(seat: Seat) -> list[OfferView]:
    """Return the offers a side knows of: those shown to all, and what was made in its own room."""
    people = sides(seat.matter_id)
    known = _offers(seat.matter_id).filter(Q(passed_at__isnull=False) | Q(room__key=seat.room_key))
    return [_offer(row, people, seat, None) for row in known]


def _offers(matter_id: int) -> Any:
    rows = Offer.objects.filter(dispute_id=matter_id).select_related("party", "room")
    return rows.prefetch_related("answers").order_by("-seq")


def terms_of(offer: Offer) -> list[rules.Term]:
    return rules.as_terms(json.loads(offer.terms))


def asked(offer: Offer, people: Sequence[Side]) -> list[Side]:
    """Return the sides that must say yes: all but the one that made the offer."""
    return [side for side in people if side.id != offer.party_id]


def _offer(row: Offer, people: list[Side], seat: Seat | None, actor: Actor | None) -> OfferView:
    words = {side.seq: side.words for side in people}
    said: dict[int, bool] = {a.party_id: a.answer for a in row.answers.all()}
    waits = [side for side in asked(row, people) if side.id not in said]
    is_open = row.state == Offer.State.OPEN
    is_mine = row.party_id == seat.acts_for if seat else row.user_id == (actor.id if actor else 0)
    return OfferView(
        row, _who(row.party),
        [TermRow(words.get(t.by, ""), words.get(t.to, "") if t.to is not None else "", t.what, t.amount, t.due_on) for t in terms_of(row)],
        [side.words for side in people if said.get(side.id)], waits, is_passed=row.passed_at is not None,
        can_answer=is_open and row.passed_at is not None and seat is not None and seat.acts_for in {side.id for side in waits},
        can_withdraw=is_open and is_mine,
    )  # fmt: skip


def may_see_file(token: str, actor: Actor, request: Any) -> bool:
    """Tell whether a paper hangs in a room the mediator or the party at this browser sits in."""
    hung = MessageFile.objects.filter(file__token=token)
    if (
        actor.id
        and hung.filter(message__room__dispute_id__in=disputes.mediated_by(actor.id)).exists()
    ):
        return True
    me = seated(request)
    mine = (
        hung.filter(message__room__dispute_id=me.matter_id, message__room__key__in=me.keys)
        if me
        else None
    )
    return mine is not None and mine.exists()


COOKIE = "gz_side"
SEAT_HOURS = 4


def seated(request: Any) -> Seat | None:
    """Return the seat this browser has opened with number and code, for a few hours."""
    signed = str(request.get_signed_cookie(COOKIE, default="", max_age=SEAT_HOURS * 3600))
    number, _bar, code = signed.partition("_")
    return seat(number, code) if code else None


__all__ = [
    "COOKIE", "SEAT_HOURS", "Line", "OfferAnswer", "OfferView", "RoomRow", "asked", "has_room", "lines", "may_see_file",
    "notes", "offers_for", "offers_for_mediator", "rooms", "seated", "terms_of",
]  # fmt: skip
