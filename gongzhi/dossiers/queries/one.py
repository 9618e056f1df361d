"""One file: its contents, what is missing, its documents and reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.agreements import queries as agreements
from gongzhi.base.actor import Actor
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers import rules
from gongzhi.dossiers.models import Document, Dossier, Review
from gongzhi.dossiers.queries.content import places, sheets
from gongzhi.matters import queries as matters
from gongzhi.papers.queries import Paper

SETTLED = frozenset({"written", "partial"})
AGREED = SETTLED | {"oral"}
ENDED = frozenset({"none", "refused", "withdrawn"})
# Which line of the contents a file of the matter belongs to, by the move or page it came with.
STAGES = {"agreement": "agreement", "take_effect": "agreement", "proof": "performance", "performed": "performance", "visit": "visit"}  # fmt: skip
RECORDS = frozenset({"settle", "settle_orally", "terminate", "stop_refused", "withdraw", "talk_again", "note", "recuse"})  # fmt: skip


@dataclass(frozen=True)
class Attached:
    """A document of the file that is no paper of ours."""

    title: str
    token: str
    file_id: int
    kind: str
    at: datetime
    document_id: int | None = None  # put in by hand, so it can be taken out by hand


class FilePaper(Protocol):
    """A paper another module has written for the file: minutes, undisputed facts, the record of contact."""

    @property
    def kind(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def is_signed(self) -> bool: ...

    @property
    def paper(self) -> Paper: ...


class MakePapers(Protocol):
    def __call__(self, matter_id: int, *, at: datetime) -> Sequence[FilePaper]: ...


# Which line of the contents a paper of another module belongs to, by its kind.
KINDS = {"minutes": "record", "inquiry": "inquiry", "facts": "facts", "contact": "contact"}
MOST_NAMED = 3  # sides of a wage dispute are dozens
_makers: list[MakePapers] = []


def install_papers(makers: Sequence[MakePapers]) -> None:
    """Set once, at start-up, which modules write papers for the file (config/blocks.py)."""
    _makers[:] = makers


def papers_of_others(matter_id: int, *, at: datetime) -> dict[str, list[FilePaper]]:
    """Return the papers other modules have for the file, by the line they belong to."""
    found: dict[str, list[FilePaper]] = {}
    for make in _makers:
        for one in make(matter_id, at=at):
            found.setdefault(KINDS.get(one.kind, "evidence"), []).append(one)
    return found


@dataclass(frozen=True)
class Line:
    standing: rules.Standing
    papers: list[tuple[str, str]]  # code and name of papers written from the answers
    attached: list[Attached]
    written: Sequence[FilePaper] = ()  # by other modules


@dataclass(frozen=True)
class Contents:
    dossier: Dossier | None
    lines: list[Line]
    reviews: list[Review]
    outcome: str

    @property
    def missing(self) -> list[rules.Standing]:
        return rules.missing([line.standing for line in self.lines])

    @property
    def is_whole(self) -> bool:
        return not self.missing


def dossier_of(matter_id: int) -> Dossier | None:
    return Dossier.objects.filter(pk=matter_id).first()


def score_of(matter_id: int) -> Decimal | None:
    """Return the score of the file out of seven points, for what follows from it; None before a review."""
    return Dossier.objects.filter(pk=matter_id).values_list("score", flat=True).first()


def contents_of(matter_id: int, *, at: datetime) -> Contents:
    """Return the contents with what is there and what is missing."""
    on = timezone.localdate(at)
    row, kept = disputes.dispute(matter_id), dossier_of(matter_id)
    by_place, written = _attached(matter_id), papers_of_others(matter_id, at=at)
    there, why = _there(matter_id, row, kept, {*by_place, *written})
    found = rules.standings(
        places(on), circumstances=_circumstances(matter_id, row), there=there, why=why
    )
    lines = [
        Line(one, _papers(one), by_place.get(one.place.code, []), written.get(one.place.code, ()))
        for one in found
    ]
    reviews = list(Review.objects.filter(dossier_id=matter_id).order_by("-id"))
    return Contents(kept, lines, reviews, row.outcome)


def _papers(one: rules.Standing) -> list[tuple[str, str]]:
    return [(code, sheets()[code].name) for code in one.place.papers]


def _circumstances(matter_id: int, row: Any) -> set[str]:
    """Return the words of the table of contents that hold for this dispute."""
    holds = {
        "agreed": row.outcome in AGREED,
        "written": row.outcome in SETTLED,
        "oral": row.outcome == "oral",
        "ended": row.outcome in ENDED,
        "mediated": row.outcome in AGREED | {"none"},
        "referred": bool(row.referred_by),
        "performed": bool(row.performed_on) and row.outcome in SETTLED,
        "represented": any(party.represents_id for party in disputes.parties(matter_id)),
    }
    return {word for word, is_so in holds.items() if is_so}


def _named(parties: Sequence[Any]) -> str:
    """Return the sides in words; of many the first, and how many they are together."""
    words = "、".join(disputes.side_words(one.side, one.seq) for one in parties[:MOST_NAMED])
    if len(parties) <= MOST_NAMED:
        return words
    return _("{sides} and others, {n} in all").format(sides=words, n=len(parties))


def _there(matter_id: int, row: Any, kept: Dossier | None, filed: set[str]) -> tuple[set[str], dict[str, str]]:  # fmt: skip
    why: dict[str, str] = {}
    there = {"application", *filed}
    unsigned = disputes.without_notice(matter_id)
    if unsigned:
        why["notice"] = _named(unsigned)
    else:
        there.add("notice")
    unknown = [one for one in disputes.principals(matter_id) if not (one.id_number or one.verified_at)]  # fmt: skip
    if unknown:
        why["identity"] = _named(unknown)
    else:
        there.add("identity")
    there |= _written(matter_id, row)
    if kept and kept.statement:
        there.add("statement")
    return there, {code: words for code, words in why.items() if code not in there}


def _written(matter_id: int, row: Any) -> set[str]:
    """Return what the course of the dispute has left in the file by itself."""
    lines = matters.timeline(row.matter)
    found = set()
    if any(line.move in RECORDS and line.note for line in lines):
        found.add("record")
    if any(line.move == "visit" for line in lines):
        found.add("visit")
    if row.outcome in ENDED:
        found.add("termination")
    if row.outcome == "oral":
        found.add("oral")
    agreement = agreements.agreement_of(matter_id)
    if agreement and agreement.effective_at:
        found |= {"agreement", "record"}
    if row.referred_by and row.outcome:
        found.add("referral")
    return found


def _attached(matter_id: int) -> dict[str, list[Attached]]:
    """Return the files of the matter by the line they belong to; documents put in by hand keep their line."""
    by_hand = {one.token: one for one in Document.objects.filter(dossier_id=matter_id, removed_at=None)}  # fmt: skip
    removed = set(Document.objects.filter(dossier_id=matter_id, removed_at__isnull=False).values_list("token", flat=True))  # fmt: skip
    found: dict[str, list[Attached]] = {}
    for file in matters.files_of(matter_id):
        if file.token in removed and file.token not in by_hand:
            continue
        document = by_hand.get(file.token)
        place = document.place if document else STAGES.get(file.stage, "evidence")
        title = document.title if document else file.name
        found.setdefault(place, []).append(
            Attached(title, file.token, file.file_id, file.kind, file.at, document.pk if document else None)
        )  # fmt: skip
    return found


def papers_to_bind(contents: Contents) -> Sequence[Line]:
    """Return the lines that stand in the bound file: what is there, in the order of the contents."""
    return [line for line in contents.lines if line.standing.is_there]


def hides(token: str, actor: Actor, at: datetime) -> bool:
    """Whether a file belongs to a dispute whose file is not open to the actor: scans name people."""
    return any(
        not disputes.may_read(actor, matter_id, at)
        for matter_id in matters.owners_of_file(token, kind="dispute")
    )
