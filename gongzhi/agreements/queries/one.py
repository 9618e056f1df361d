"""One agreement: its terms, what stands against them, who signed, what is performed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongzhi.agreements import rules
from gongzhi.agreements.models import Agreement, Due, Signature, Version
from gongzhi.agreements.queries import content
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.matters import queries as matters

CONFIRMATION = "mediation.confirmation"


def door(number: str, actor: Actor) -> int:
    """Return the dispute's id if it lies within reach; OutOfReach otherwise, also for another kind of matter."""
    found = matters.ids_by_number([matters.whole_number(number) or number], actor).get(
        matters.whole_number(number) or number
    )
    if found is None or matters.standing(found).kind != "dispute":
        raise OutOfReach
    return found


def agreement_of(matter_id: int) -> Agreement | None:
    return Agreement.objects.filter(pk=matter_id).first()


def version_of(row: Agreement, number: int) -> Version:
    found = Version.objects.filter(agreement=row, number=number).first()
    if found is None:
        raise OutOfReach
    return found


def terms_of(version: Version) -> rules.Terms:
    return rules.Terms.of(json.loads(version.terms))


def current_terms(row: Agreement | None) -> rules.Terms:
    return terms_of(version_of(row, row.version)) if row and row.version else rules.Terms()


def first_terms(matter_id: int, *, on: date) -> rules.Terms:
    """Return what a new agreement begins with: the story of the dispute, the usual last words, a copy for everybody."""
    story = str(disputes.answers_for_papers(matter_id)["story"])
    copies = max(rules.Terms().copies, len(disputes.parties(matter_id)) + 1)
    return rules.Terms(facts=story, closing=content.text("closing", on), copies=copies)


def may_offer(actor: Actor, state: str) -> bool:
    """Whether the actor may offer the text for signing: while the talks go on, that it was agreed is the mediator's word."""
    return state != "mediating" or actor.can(Disputes.MEDIATE)


def sides_of(matter_id: int) -> list[rules.Who]:
    """Return the sides with their names in full: for the file and its signers only."""
    parties = disputes.parties(matter_id)
    seqs = {party.pk: party.seq for party in parties}
    return [
        rules.Who(
            seq=party.seq, side=party.side, name=party.name, is_person=party.nature == "person",
            id_number=party.id_number, address=party.address, phone=party.phone, legal_person=party.legal_person,
            is_minor=party.is_minor, capacity=party.capacity,
            represents=seqs.get(party.represents_id) if party.represents_id else None,
            sex=party.sex, birth_year=party.birth_year, occupation=party.occupation,
        )
        for party in parties
    ]  # fmt: skip


def side_of(matter_id: int, seq: int) -> Any:
    """Return one party; OutOfReach when the dispute has none with this number."""
    for party in disputes.parties(matter_id):
        if party.seq == seq:
            return party
    raise OutOfReach


def frame_of(matter_id: int, *, number: str, on: date) -> rules.Frame:
    answers = disputes.answers_for_papers(matter_id)
    return rules.Frame(
        title=content.text("title", on), number=number, body=str(answers["body"]), sides=sides_of(matter_id),
        sentences=content.sentences(on), effect=content.text("effect", on), mediators=tuple(answers["mediators"]),
    )  # fmt: skip


def draft_text(matter_id: int, terms: rules.Terms, *, number: str, on: date) -> str:
    return rules.full_text(terms, frame_of(matter_id, number=number, on=on))


@dataclass(frozen=True)
class Problem:
    """A finding in words, with its article."""

    code: str
    level: str  # stop, warn
    clause: int
    sentence: str
    source: str


def problems_of(matter_id: int, terms: rules.Terms, *, on: date) -> list[Problem]:
    case = rules.Case(sides_of(matter_id), content.needs_of_kinds(on), content.patterns(on), on)
    rows = content.checks(on)
    return [
        Problem(
            one.code, rows[one.code]["level"], one.clause, rows[one.code]["sentence"].format(**one.values),
            rows[one.code]["source"],
        )
        for one in rules.check(terms, case)
        if one.code in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Clause:
    number: int
    words: str
    kind: str


@dataclass(frozen=True)
class SignerRow:
    """Somebody who signs: a side, one who speaks for it, or a mediator."""

    seq: int | None
    role: str
    name: str
    signature: Signature | None
    must: bool  # a side itself; whoever speaks for one signs in its place


@dataclass(frozen=True)
class DueRow:
    due: Due
    words: str
    is_late: bool
    days_late: int


@dataclass(frozen=True)
class Seen:
    row: Agreement | None
    terms: rules.Terms
    sides: list[rules.Who]
    clauses: list[Clause]
    problems: list[Problem]
    versions: list[Version]
    signers: list[SignerRow]
    missing: list[rules.Who]
    dues: list[DueRow]
    routes: list[rules.Route]
    confirm_until: date | None
    answers: Mapping[str, Any]

    @property
    def stops(self) -> list[Problem]:
        return [one for one in self.problems if one.level == "stop"]


def seen(matter_id: int, *, at: datetime) -> Seen:
    """Return everything the page of an agreement shows; names in full, so open the file first."""
    on, row = timezone.localdate(at), agreement_of(matter_id)
    terms, sides = current_terms(row), sides_of(matter_id)
    answers = disputes.answers_for_papers(matter_id)
    known = content.sentences(on)
    clauses = [
        Clause(number, rules.clause(one, sides, known), one.kind)
        for number, one in enumerate(terms.obligations, 1)
        if one.kind in known
    ]
    signatures = list(row.signatures.filter(is_void=False).order_by("at")) if row else []
    signers = _signers(sides, list(answers["mediators"]), signatures)
    until = confirm_until(row)
    return Seen(
        row, terms, sides, clauses, problems_of(matter_id, terms, on=on) if row is None or row.state == "draft" else [],
        list(Version.objects.filter(agreement=row).defer("terms").order_by("-number")) if row else [],
        signers, rules.missing_sides(sides, [rules.Signed(s.seq) for s in signatures if s.seq is not None]),
        _dues(row, clauses, on), _routes(row, terms, answers, until, on), until, answers,
    )  # fmt: skip


def _signers(
    sides: list[rules.Who], mediators: list[str], signatures: list[Signature]
) -> list[SignerRow]:
    by_seq = {one.seq: one for one in signatures if one.role == Signature.Role.PARTY}
    rows = [
        SignerRow(who.seq, rules.named([who.seq], sides), who.name, by_seq.get(who.seq), must=who.represents is None)
        for who in sides
        if not (who.represents is None and who.is_minor)
    ]  # fmt: skip
    theirs = [one for one in signatures if one.role == Signature.Role.MEDIATOR]
    for place, name in enumerate(mediators):
        rows.append(SignerRow(None, "", name, theirs[place] if place < len(theirs) else None, must=place == 0))  # fmt: skip
    return rows


def _dues(row: Agreement | None, clauses: list[Clause], on: date) -> list[DueRow]:
    if row is None:
        return []
    words = {one.number: one.words for one in clauses}
    return [
        DueRow(
            due, words.get(due.clause, ""), is_late=is_late(due, on),
            days_late=(on - due.due_on).days if due.due_on and is_late(due, on) else 0,
        )
        for due in Due.objects.filter(agreement=row).order_by("clause", "part")
    ]  # fmt: skip


def is_late(due: Due, on: date) -> bool:
    return due.state == Due.State.OPEN and due.due_on is not None and due.due_on < on


def confirm_until(row: Agreement | None) -> date | None:
    """Return the last day of a joint application for judicial confirmation: 人民调解法 art. 33."""
    if row is None or row.effective_at is None:
        return None
    on = timezone.localdate(row.effective_at)
    limit = clocks.rule_limit(CONFIRMATION, on=on)
    ends = clocks.deadline(start=row.effective_at, limit=limit, calendar=clocks.calendar()).due_at
    return timezone.localdate(ends) if ends else None


def _routes(
    row: Agreement | None,
    terms: rules.Terms,
    answers: Mapping[str, Any],
    until: date | None,
    on: date,
) -> list[rules.Route]:
    if row is None or row.effective_at is None:
        return []
    return rules.open_routes(
        content.routes(on), has_money=bool(terms.total), is_labour=str(answers["kind"]).startswith("labour"),
        confirm_until=until, on=on,
    )  # fmt: skip


def as_signed(matter_id: int) -> Mapping[str, Any]:
    """Return the agreement for the papers of the file: text, clauses, signatures, dues; empty when there is none."""
    row = agreement_of(matter_id)
    if row is None or not row.version:
        return {}
    terms, sides = current_terms(row), sides_of(matter_id)
    on = timezone.localdate(row.effective_at or row.offered_at or version_of(row, row.version).at)
    known = content.sentences(on)
    return {
        "number": row.number, "state": row.state, "digest": row.digest, "receipt": row.receipt, "effective_at": row.effective_at,
        "sealed_at": row.sealed_at, "is_partial": terms.is_partial, "rest": terms.rest, "facts": terms.facts, "issues": terms.issues,
        "default": terms.default_words, "closing": terms.closing, "copies": terms.copies, "total": terms.total,
        "effect": content.text("effect", on).format(copies=terms.copies, sides=len(sides)),
        "clauses": [rules.clause(one, sides, known) for one in terms.obligations],
        "signatures": [
            {"seq": one.seq, "role": one.role, "how": one.how, "drawing": one.drawing, "at": one.at, "receipt": one.receipt}
            for one in row.signatures.filter(is_void=False).order_by("at")
        ],
        "dues": list(row.dues.order_by("clause", "part")),
        "proofs": [token for due in row.dues.order_by("clause", "part") for token in due.proofs],
        "scan": row.seal_file,
    }  # fmt: skip


@dataclass(frozen=True)
class VersionPage:
    version: Version
    lines: list[str]
    changed: list[rules.Change]  # from this version to the newest
    is_newest: bool
    can_restore: bool


def version_page(matter_id: int, number: int, *, on: date) -> VersionPage:
    row = agreement_of(matter_id)
    if row is None:
        raise OutOfReach
    held = version_of(row, number)
    terms = terms_of(held)
    text = draft_text(matter_id, terms, number=row.number or "—", on=on)
    return VersionPage(
        held, text.split("\n"), rules.changes(terms, current_terms(row)), is_newest=number == row.version,
        can_restore=row.state == Agreement.State.DRAFT and number != row.version,
    )  # fmt: skip


def may_take_in(matter_id: int) -> bool:
    """Whether a written agreement is in force whose terms were never entered here."""
    dispute, row = disputes.dispute(matter_id), agreement_of(matter_id)
    is_written = dispute.effective_at is not None and dispute.outcome in {"written", "partial"}
    return is_written and (row is None or row.state == Agreement.State.DRAFT)
