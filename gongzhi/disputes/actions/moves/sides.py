"""Parties after the intake: one is put right, one joins, one leaves. The file says what, never the words."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.base import bus
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import queries
from gongzhi.disputes.actions.parties import Side, as_told, checked_sides, columns, new_code
from gongzhi.disputes.events import PartyJoined, PartyLeft
from gongzhi.disputes.models import Dispute, Party
from gongzhi.matters import actions as matters
from gongzhi.matters.kind import Effect, Step

# What can be put right of a party, as the file names it.
PARTS = {
    "nature": gettext_lazy("Person or organisation"), "name": gettext_lazy("Name of the party"),
    "id_number": gettext_lazy("Identity or credit number"), "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"), "address": gettext_lazy("Address"), "sex": gettext_lazy("Sex"),
    "birth_year": gettext_lazy("Year of birth"), "occupation": gettext_lazy("Occupation"),
    "legal_person": gettext_lazy("Legal representative"), "is_minor": pgettext_lazy("party", "Minor"),
    "capacity": gettext_lazy("Speaks for another side as"), "represents": gettext_lazy("For which party"),
    "needs": gettext_lazy("Needs"),
}  # fmt: skip
PROVED = frozenset({"nature", "name", "id_number"})  # what a document was compared with


def _put_right(step: Step) -> None:
    """Write a party anew as it was told now; what an agreement names stays as it was agreed."""
    row, parties = _table(step)
    place = _place(parties, step.values.get("party"))
    told = as_told(parties)
    said = _said(step, told[place].side)
    before = told[place]
    told[place] = said
    checked = _checked(step, told, parties)
    changed = [name for name in PARTS if getattr(checked[place], name) != getattr(before, name)]
    if fixed := [name for name in changed if name in queries.fixed_parts(row, parties[place])]:
        raise Refused(
            _("An agreement names the sides: {parts} can be put right once it is back on the table.").format(
                parts=_named(fixed)
            )
        )  # fmt: skip
    proved = _proved(step, parties[place], changed)
    if not (changed or proved):
        raise Invalid({"": _("Nothing was changed.")})
    _write(step, row, parties, place, checked)
    step.facts |= {
        "side": queries.side_words(said.side, parties[place].seq),
        "put_right": [*(str(PARTS[name]) for name in changed), *proved],
    }


def _proved(step: Step, party: Party, changed: Sequence[str]) -> list[str]:
    """A proof holds for what it was compared with: a new name or number is compared anew."""
    is_proved = bool(step.values.get("is_verified"))
    was = party.verified_at is not None
    if is_proved and (not was or PROVED & set(changed)):
        party.verified_at = step.at
        return [_("compared with a document")]
    if was and (PROVED & set(changed) or not is_proved):
        party.verified_at = None
        return [_("to be compared with a document again")]
    return []


def _add(step: Step) -> None:
    """Somebody joins: everybody else's place stays, their own will is asked before it goes on."""
    row, parties = _table(step)
    said = _said(step, "")
    checked = _checked(step, [*as_told(parties), said], parties)
    seq = max(party.seq for party in queries.all_parties(row.pk)) + 1
    proved_at = step.at if step.values.get("is_verified") else None
    made = Party(
        dispute=row,
        seq=seq,
        side=said.side,
        code=new_code(),
        joined_at=step.at,
        verified_at=proved_at,
    )
    _write(step, row, [*parties, made], len(parties), checked)
    step.facts["side"] = queries.side_words(said.side, seq)
    bus.publish(PartyJoined(row.pk, made.pk, step.at))


def _leave(step: Step) -> None:
    """A party is none any more, and neither is whoever spoke for it alone."""
    row, parties = _table(step)
    gone = parties[_place(parties, step.values.get("party"))]
    leaving = [party for party in parties if gone.pk in {party.pk, party.represents_id}]
    staying = [party for party in parties if party not in leaving]
    _checked(step, as_told(staying), staying)
    Party.objects.filter(pk__in=[party.pk for party in leaving]).update(left_at=step.at)
    step.facts["sides"] = [queries.side_words(party.side, party.seq) for party in leaving]
    for party in leaving:
        bus.publish(PartyLeft(row.pk, party.pk, step.at))


def _table(step: Step) -> tuple[Dispute, list[Party]]:
    """Return the dispute and its parties, for somebody to whom the file is open."""
    if not queries.may_read(step.actor, step.matter.id, step.at):
        raise OutOfReach
    return queries.dispute(step.matter.id), queries.parties(step.matter.id)


def _place(parties: Sequence[Party], seq: Any) -> int:
    for place, party in enumerate(parties):
        if party.seq == seq:
            return place
    raise Invalid({"party": _("This is no party of the dispute.")})


def _said(step: Step, side: str) -> Side:
    said = step.values.get("told")
    if not isinstance(said, Side):
        raise Invalid({"": _("Put it right on the page of the file.")})
    if side and said.side != side:
        raise Invalid({"side": _("Nobody changes sides: let them leave, and join on the other side.")})  # fmt: skip
    return said


def _checked(step: Step, told: Sequence[Side], parties: Sequence[Party]) -> list[Side]:
    seqs = [party.seq for party in parties]
    seqs += range(max(seqs, default=-1) + 1, max(seqs, default=-1) + 1 + len(told) - len(seqs))
    return checked_sides(told, on=timezone.localdate(step.at), seqs=seqs)


def _write(
    step: Step, row: Dispute, parties: Sequence[Party], place: int, checked: Sequence[Side]
) -> None:
    party, said = parties[place], checked[place]
    whom = parties[said.represents].pk if said.represents is not None else None
    for name, value in columns(said).items():
        setattr(party, name, value)
    party.represents_id = whom
    party.save()
    count = max(row.people_count, len(parties))
    is_sealed = row.is_sealed or any(one.is_minor for one in checked)
    Dispute.objects.filter(pk=row.pk).update(people_count=count, is_sealed=is_sealed)
    if is_sealed and not row.is_sealed:
        matters.hide_place(step, title=queries.kind_of(row).name)


def _named(parts: Sequence[str]) -> str:
    return "、".join(str(PARTS[name]) for name in parts)


SIDES: dict[str, Effect] = {
    "put_right_party": _put_right,
    "add_party": _add,
    "party_leaves": _leave,
}
