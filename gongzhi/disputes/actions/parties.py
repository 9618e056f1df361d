"""The sides as they are told: checked, written, put right."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.base.secrets import blind_index
from gongzhi.disputes import queries, rules
from gongzhi.disputes.models import Dispute, Party

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read aloud without doubt
CODE_LENGTH = 10
TOLD = (
    "side", "name", "nature", "id_number", "phone", "email", "address", "sex", "birth_year", "occupation",
    "legal_person", "is_minor", "capacity",
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One party as it was told at the counter."""

    side: str  # applicant, respondent, third
    name: str
    nature: str = "person"
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    sex: str = ""
    birth_year: int | None = None
    occupation: str = ""
    legal_person: str = ""
    is_minor: bool = False
    capacity: str = ""  # guardian, agent, representative
    represents: int | None = None  # place of the represented side in the list, from 0
    needs: Sequence[str] = ()


def checked_sides(
    sides: Sequence[Side], *, on: date, seqs: Sequence[int] | None = None
) -> list[Side]:
    """
    Return the sides, minors told by their number or year of birth marked as such.

    `seqs` are the numbers they are called by, where somebody between them has left. Raises Invalid, with the
    article, when they cannot stand as they were told.
    """
    adult_at = queries.norm("adult.age", on=on)
    marked = [
        replace(side, is_minor=side.is_minor or _is_minor(side, adult_at, on)) for side in sides
    ]
    told = [_told(side) for side in marked]
    called = range(len(told)) if seqs is None else seqs
    if problem := _standing(told) or _of_age(told, called, on) or _spoken_for(told, called, on):
        raise Invalid({"sides": problem})
    return marked


def _standing(told: Sequence[rules.Told]) -> str:
    if rules.missing_sides(told):
        return _("Name at least one applicant and one respondent.")
    if any(not side.name.strip() for side in told):
        return _("Every party needs a name.")
    if rules.on_both_sides(told) is not None:
        return _("The same person stands on both sides; check the identity numbers.")
    return ""


def _of_age(told: Sequence[rules.Told], called: Sequence[int], on: date) -> str:
    lone = rules.without_guardian(told)
    if lone is None:
        return ""
    return _("{side} is a minor: name the guardian who speaks for them ({source}).").format(
        side=queries.side_words(told[lone].side, called[lone]), source=queries.norm_source("adult.age", on=on)
    )  # fmt: skip


def _spoken_for(told: Sequence[rules.Told], called: Sequence[int], on: date) -> str:
    wrong = rules.wrongly_represented(told)
    if wrong is not None:
        return _("{side}: say which party of the same side they speak for.").format(
            side=queries.side_words(told[wrong].side, called[wrong])
        )
    most = queries.norm("representatives.most", on=on)
    if rules.too_many_representatives(told, most=most):
        return _("A numerous side is spoken for by at most {most} representatives ({source}).").format(
            most=most, source=queries.norm_source("representatives.most", on=on)
        )  # fmt: skip
    return ""


def _told(side: Side) -> rules.Told:
    return rules.Told(
        side.side, side.nature, side.name, side.id_number, side.phone, side.is_minor, side.represents, side.capacity,
    )  # fmt: skip


def _is_minor(side: Side, adult_at: int, on: date) -> bool:
    if side.nature != Party.Nature.PERSON:
        return False
    return rules.is_under_age(side.id_number, side.birth_year, adult_at=adult_at, on=on)


def write_sides(row: Dispute, sides: Sequence[Side]) -> list[Party]:
    """Write the parties in their order; whoever speaks for another is tied to them afterwards."""
    written = [_write(row, seq, side) for seq, side in enumerate(sides)]
    for party, side in zip(written, sides, strict=True):
        if side.represents is not None:
            party.represents = written[side.represents]
            party.save(update_fields=["represents"])
    return written


def _write(row: Dispute, seq: int, side: Side) -> Party:
    return Party.objects.create(
        dispute=row, seq=seq, side=side.side, code=new_code(), **columns(side)
    )


def columns(side: Side) -> dict[str, Any]:
    """Return what is kept of a party as it was told, apart from its side and whom it speaks for."""
    return {
        "nature": side.nature, "name": side.name, "id_number": side.id_number,
        "id_index": blind_index(side.id_number, purpose="party"), "phone": side.phone, "email": side.email,
        "address": side.address, "sex": side.sex, "birth_year": side.birth_year, "occupation": side.occupation,
        "legal_person": side.legal_person, "is_minor": side.is_minor, "capacity": side.capacity, "needs": list(side.needs),
    }  # fmt: skip


def as_told(parties: Sequence[Party]) -> list[Side]:
    """Return parties as they were told, in their order."""
    places = {party.pk: place for place, party in enumerate(parties)}
    return [
        Side(
            **{name: getattr(party, name) for name in TOLD}, needs=tuple(party.needs),
            represents=places.get(party.represents_id) if party.represents_id else None,
        )
        for party in parties
    ]  # fmt: skip


def new_code() -> str:
    """Return a code that opens a party's own pages, with the number."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))
