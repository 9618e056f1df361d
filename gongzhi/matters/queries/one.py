"""One matter: its facts, its file, the moves open to whoever looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.lifecycle import Move
from gongzhi.clocks import queries as clocks
from gongzhi.files import queries as files
from gongzhi.matters import rules
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import Block, Kind, all_kinds, blocks_of, kind_of
from gongzhi.matters.models import (
    Ask,
    Attachment,
    Entry,
    Link,
    Matter,
    Reporter,
    SavedFilter,
)
from gongzhi.matters.queries.beside import UsedBefore, history_near, named, photos_used_before
from gongzhi.matters.queries.joint import Helper, helpers, may_answer
from gongzhi.matters.queries.lists import COLUMNS, Row, face_of, rows_of
from gongzhi.matters.queries.papers import OFFICE_STAGES, OWN_STAGES
from gongzhi.matters.queries.ratings import reason_words
from gongzhi.matters.queries.turns import has_cause, has_turn
from gongzhi.matters.queries.words import fact_words


@dataclass(frozen=True)
class Line:
    """An entry as the timeline shows it."""

    at: datetime
    who: str
    unit: str
    label: str
    note: str
    values: dict[str, Any]
    move: str
    files: list[Any]

    @property
    def facts(self) -> list[str]:
        return fact_words(self.values)


@dataclass(frozen=True)
class Possible:
    name: str
    label: str
    says: str
    is_main: bool  # leads on to another state
    needs_input: bool


@dataclass(frozen=True)
class Detail:
    matter: Matter
    row: Row
    kind: Kind
    facts: list[tuple[Any, str]]
    lines: list[Line]
    files: list[Any]
    links: list[tuple[str, Row]]
    joint: list[Helper]
    asks: list[Ask]
    moves: list[Possible]
    explanation: list[str]
    reporters: int
    ratings: list[Reporter]
    nearby: list[Row]  # the same item at the same spot, before
    twins: list[Row]  # what it looked like when it came
    used_before: list[UsedBefore]  # photos that earlier reports carried
    blocks: list[Block]  # what modules above add


def detail(number: str, actor: Actor, *, at: datetime) -> Detail:
    """Return everything a matter's page shows; Matter.DoesNotExist out of reach."""
    matter = Matter.objects.within_reach_of(actor, Can.VIEW).defer("words").get(number=number)
    kind = kind_of(matter.kind)
    papers = _papers(matter)
    reporters = list(Reporter.objects.filter(matter=matter).defer("name", "phone", "email"))
    lines = timeline(matter, papers=papers)
    asks = list(Ask.objects.filter(matter=matter).order_by("-asked_at"))
    helping = helpers(matter, at=at)
    moves = [
        move
        for move in possible_moves(matter, actor)
        if has_cause(move.name, matter, asks)
        and (move.name != "answer" or may_answer(helping, actor))
        and kind.has_cause(move.name, matter, actor)
    ]
    return Detail(
        matter, rows_of([matter], at=at)[0], kind, kind.facts(matter), lines,
        papers, _links(matter, actor, at=at),
        helping, asks, moves,
        _explanation(matter, at) if matter.is_open else [],
        len(reporters), _rated(reporters), history_near(matter, actor, at=at),
        named(_twins(lines), actor, at=at) if matter.is_open else [],
        photos_used_before(matter, papers, actor), blocks_of(matter, actor, at),
    )  # fmt: skip


def _rated(reporters: Sequence[Reporter]) -> list[Reporter]:
    words, rated = reason_words(), [r for r in reporters if r.rating]
    for reporter in rated:
        reporter.reason_words = [words.get(code, code) for code in reporter.rating_reasons]  # type: ignore[attr-defined]
    return rated


def _twins(lines: Sequence[Line]) -> list[str]:
    return list(lines[-1].values.get("likely_duplicates", [])) if lines else []


def timeline(matter: Matter, *, papers: Sequence[Any] = ()) -> list[Line]:
    """Return the file's lines, newest first."""
    kind = kind_of(matter.kind)
    by_moment: dict[tuple[str, datetime], list[Any]] = {}
    for paper in papers:
        by_moment.setdefault((paper.stage, paper.at), []).append(paper)
    return [
        Line(
            e.at, e.actor_name, accounts.unit(e.unit_id).name if e.unit_id else "",
            kind.deed(e.move), e.note, e.values, e.move,
            by_moment.get((e.move, e.at), []),
        )
        for e in Entry.objects.filter(matter_id=matter.id).order_by("-seq")
    ]  # fmt: skip


def _explanation(matter: Matter, at: datetime) -> list[str]:
    running = clocks.running_of([matter.id], "stage").get(matter.id)
    return clocks.explanation(running, at) if running else []


@dataclass(frozen=True)
class Paper:
    """A file of the matter, with the link to it."""

    stage: str
    at: datetime
    link: Any


def _papers(matter: Matter) -> list[Any]:
    attached = list(Attachment.objects.filter(matter=matter).order_by("id"))
    links = (
        {link.id: link for link in files.file_links([a.file_id for a in attached])}
        if attached
        else {}
    )
    return [Paper(a.stage, a.at, links[a.file_id]) for a in attached if a.file_id in links]


def _links(matter: Matter, actor: Actor, *, at: datetime) -> list[tuple[str, Row]]:
    links = list(Link.objects.filter(matter=matter).values_list("nature", "other_id"))
    links += [
        (f"{n}_of", m)
        for n, m in Link.objects.filter(other=matter).values_list("nature", "matter_id")
    ]
    if not links:
        return []
    others = (
        Matter.objects.within_reach_of(actor, Can.VIEW)
        .filter(pk__in=[i for _n, i in links])
        .only(*COLUMNS)
    )
    rows = {row.id: row for row in rows_of(list(others), at=at)}
    return [(nature, rows[i]) for nature, i in links if i in rows]


def possible_moves(matter: Matter, actor: Actor) -> list[Possible]:
    """Return the moves open to the actor now; reach is asked of the same declaration that the moves obey."""
    kind = kind_of(matter.kind)
    moves = kind.lifecycle.moves_from(matter.state)
    held = _held(matter, actor, {move.capability for move in moves})
    return [
        _possible(kind, move)
        for move in moves
        if move.capability in held and has_turn(matter, kind, move, actor)
    ]


def _held(matter: Matter, actor: Actor, capabilities: set[str]) -> set[str]:
    parts: list[QuerySet[Any]] = [
        Matter.objects.within_reach_of(actor, capability).filter(pk=matter.pk).order_by()
        .annotate(held=Value(str(capability), output_field=CharField())).values_list("held", flat=True)
        for capability in sorted(capabilities)
        if actor.can(capability)
    ]  # fmt: skip
    if not parts:
        return set()
    return set(parts[0].union(*parts[1:], all=True))


def _possible(kind: Kind, move: Move) -> Possible:
    return Possible(
        move.name, str(move.label), str(move.says), is_main=bool(move.target) and move.capability in kind.roles,
        needs_input=move.reason or move.name in kind.inputs,
    )  # fmt: skip


@dataclass(frozen=True)
class Movable:
    """A matter, seen by somebody who is about to make a move."""

    matter: Matter
    kind: Kind
    move: Move
    why: str  # the matrix's reason, for a dispatch


def movable(number: str, name: str, actor: Actor) -> Movable:
    """Return the matter for a move's form; Matter.DoesNotExist out of reach, Refused in another state."""
    matter = Matter.objects.within_reach_of(actor, Can.VIEW).defer("words").get(number=number)
    kind = kind_of(matter.kind)
    move = kind.lifecycle[name]
    kind.lifecycle.target(name, source=matter.state)
    return Movable(
        matter, kind, move, str(kind.reasons[name](matter)) if name in kind.reasons else ""
    )


def last_facts(matter_id: int, move: str) -> dict[str, Any]:
    """Return what the file keeps beside the newest line of a move; for reactions, which have no reach."""
    lines = Entry.objects.filter(matter_id=matter_id, move=move).order_by("-seq")
    return dict(lines.values_list("values", flat=True).first() or {})


def verify_file(matter_id: int) -> int | None:
    """Return the number of the first line of the file that does not follow from those before it; None: all is whole."""
    lines = list(
        Entry.objects.filter(matter_id=matter_id).order_by("seq").values(*rules.CHAINED, "hash")
    )
    broken = rules.first_break(lines)
    kept = Matter.objects.values_list("entry_count", "head").get(pk=matter_id)
    if broken is None and kept != (len(lines), lines[-1]["hash"] if lines else ""):
        return len(lines) + 1  # the end was cut off: only the matter's own row still knows of it
    return broken


@dataclass(frozen=True)
class Progress:
    """What a reporter sees with number and code."""

    row: Row
    matter: Matter
    steps: list[Line]
    files: list[Any]
    owes: str
    reporter: Reporter
    can_rate: bool
    reopen_until: datetime | None  # None: it cannot be reopened
    face: Any


def public_progress(number: str, code: str, *, at: datetime) -> Progress:
    """Return a matter as its reporter may see it: no names of officers, no inner notes."""
    reporter = reporter_of(number, code)
    matter = Matter.objects.defer("words").get(pk=reporter.matter_id)
    row = rows_of([matter], at=at)[0]
    kind = kind_of(matter.kind)
    owes = kind.owes.get(matter.state)
    is_alone = not Reporter.objects.filter(matter=matter).exclude(pk=reporter.pk).exists()
    papers = [p for p in _papers(matter) if _is_shown(p, reporter, is_alone=is_alone)]
    lines = [line for line in timeline(matter, papers=papers) if line.move in PUBLIC_MOVES]
    if not is_alone:
        lines = [replace(line, note="") if line.move in RESIDENTS_MOVES else line for line in lines]
    return Progress(
        row, matter, lines, papers, str(owes.does) if owes else "", reporter,
        can_rate=can_rate(matter, reporter), reopen_until=_reopen_until(matter, at),
        face=face_of(matter, row.party, at),
    )  # fmt: skip


def _is_shown(paper: Paper, reporter: Reporter, *, is_alone: bool) -> bool:
    """Show what offices added to everybody who reported the matter, what a resident sent to that resident alone."""
    if paper.stage in OWN_STAGES:
        return is_alone or paper.at == reporter.reported_at
    return paper.stage in OFFICE_STAGES


RESIDENTS_MOVES = frozenset({"report", "join", "add", "rate", "reopen"})


def can_rate(matter: Matter, reporter: Reporter) -> bool:
    """Tell whether the matter was settled since the reporter last rated it."""
    if matter.closed_at is None or matter.state not in kind_of(matter.kind).settled_states:
        return False
    return reporter.rated_at is None or reporter.rated_at < matter.closed_at


def reopen_until(matter: Matter) -> datetime | None:
    """Return until when its reporter may reopen a settled matter."""
    if matter.closed_at is None or matter.state not in kind_of(matter.kind).settled_states:
        return None
    limit = clocks.rule_limit(f"{matter.kind}.reopen", on=timezone.localdate(matter.closed_at))
    return clocks.deadline(start=matter.closed_at, limit=limit, calendar=clocks.calendar()).due_at


def _reopen_until(matter: Matter, at: datetime) -> datetime | None:
    last = reopen_until(matter)
    return last if last is not None and at <= last else None


PUBLIC_MOVES = frozenset(
    {
        "report", "verify", "register", "refuse", "dispatch", "accept", "suspend", "resume", "hand_in", "pass_check",
        "fail_check", "rework", "close", "merge", "void", "reopen", "rate", "join", "absorb", "add",
    }
)  # fmt: skip


def settled_states() -> set[str]:
    return {state for kind in all_kinds() for state in kind.settled_states}


def reporter_of(number: str, code: str) -> Reporter:
    """
    Return the reporter the code belongs to; Matter.DoesNotExist when number and code do not match.

    The number of a matter that was merged leads to the one that stayed.
    """
    given = code.strip().upper().encode()
    for reporter in _reporters(number):
        if constant_time_compare(reporter.code.encode(), given):
            return reporter
    raise Matter.DoesNotExist


def _reporters(number: str) -> Iterator[Reporter]:
    yield from Reporter.objects.filter(matter__number=number).order_by("id")
    merged = Link.objects.filter(nature=Link.Nature.DUPLICATE_OF)
    survivor, seen = merged.filter(matter__number=number).first(), set[int]()
    while survivor is not None and survivor.other_id not in seen:
        seen.add(survivor.other_id)
        yield from Reporter.objects.filter(matter_id=survivor.other_id).order_by("id")
        survivor = merged.filter(matter_id=survivor.other_id).first()


def went_on_as(matter_id: int) -> int | None:
    """Return the matter that a merged one went on as; None when it was not merged."""
    merged = Link.objects.filter(nature=Link.Nature.DUPLICATE_OF, matter_id=matter_id)
    return merged.order_by("-at").values_list("other_id", flat=True).first()


def saved_filters(actor: Actor) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(user_id=actor.id).order_by("id"))
