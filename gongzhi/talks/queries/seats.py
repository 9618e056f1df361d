"""A party at its own pages: who it is, whom it acts for, which rooms it sits in."""

from dataclasses import dataclass
from typing import Any

from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.talks import rules
from gongzhi.talks.queries.reach import CONTACTING, TALKING, is_hidden


@dataclass(frozen=True)
class Seat:
    """Whoever holds number and code of a party. `acts_for` is the side itself, or the one it represents."""

    matter_id: int
    number: str
    party_id: int
    acts_for: int
    room_key: str
    words: str  # respondent (no. 2)
    name: str  # masked
    may_sign: bool  # a minor's guardian signs
    state: str
    state_label: str
    is_hidden: bool

    @property
    def is_contacting(self) -> bool:
        return self.state in CONTACTING

    @property
    def is_talking(self) -> bool:
        return self.state in TALKING

    @property
    def keys(self) -> tuple[str, str]:
        return rules.SHARED, self.room_key


def seat(number: str, code: str) -> Seat | None:
    """Return the seat that number and code open; None when they do not belong together."""
    whole = matters.whole_number(number)
    plain = "".join(sign for sign in code[:12] if sign.isascii() and sign.isalnum())
    party = disputes.party_by_code(whole, plain) if whole and plain else None
    return seat_of(party) if party else None


def seat_of(party: Any) -> Seat:
    principal = party.represents or party
    standing = matters.standing(party.dispute_id)
    return Seat(
        matter_id=party.dispute_id, number=standing.number, party_id=party.pk, acts_for=principal.pk,
        room_key=rules.side_key(principal.side, principal.seq), words=disputes.side_words(principal.side, principal.seq),
        name=disputes.masked_name(party.name, party.nature), may_sign=not party.is_minor,
        state=standing.state, state_label=standing.state_label, is_hidden=is_hidden(party.dispute_id),
    )  # fmt: skip


@dataclass(frozen=True)
class Side:
    """A principal side, for lists and choices: words and a masked name."""

    id: int
    seq: int
    side: str
    words: str
    name: str
    room_key: str

    @property
    def label(self) -> str:
        return f"{self.words} {self.name}"


def sides(matter_id: int) -> list[Side]:
    return [
        Side(
            p.pk, p.seq, p.side, disputes.side_words(p.side, p.seq), disputes.masked_name(p.name, p.nature),
            rules.side_key(p.side, p.seq),
        )
        for p in disputes.principals(matter_id)
    ]  # fmt: skip


def room_name(key: str, people: list[Side]) -> str:
    """Return what a room is called: by the sides in it."""
    return "、".join(side.words for side in people if side.room_key == key)
