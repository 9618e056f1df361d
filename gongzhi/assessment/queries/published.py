"""Publications: their results, what stands behind each figure, what a correction changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.lifecycle import PUBLIC, AppealState, PublicationState
from gongzhi.assessment.models import Appeal, Finding, FrozenMatter, Publication, Result
from gongzhi.assessment.queries.behind import MatterLine
from gongzhi.assessment.queries.content import named, standings
from gongzhi.assessment.queries.counting import bit_places, findings_of, lines_of
from gongzhi.assessment.queries.ruling import words_of
from gongzhi.assessment.rules import Counted, Nature, share
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.figures.queries import Extent
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

PREPARING = (Can.PUBLISH, Can.SIGN)


def visible_publications(actor: Actor) -> QuerySet[Publication]:
    """
    Return what is published for a place the actor works in, or inside; and what they prepare or sign.

    A ranking is published to everybody it compares: a town reads the city's list.
    """
    reach = Q(pk__in=[])
    for grant in actor.grants_for(Can.VIEW):
        around = _prefixes(grant.area)
        reach |= Q(state__in=PUBLIC) & (
            Q(area_path__in=around) | Q(area_path__startswith=grant.area)
        )
    seen = Publication.objects.filter(reach)
    for capability in PREPARING:
        seen = seen | Publication.objects.within_reach_of(actor, capability)
    return seen.select_related("scheme")


def _prefixes(path: str) -> list[str]:
    parts = path.rstrip("/").split("/") if path else []
    return ["", *("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))]


def publications_page(
    actor: Actor, *, text: str = "", scheme: str = "", after: str = "", before: str = ""
) -> Page[Publication]:
    rows = visible_publications(actor)
    if scheme:
        rows = rows.filter(scheme__code=scheme)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(scheme__name__icontains=text))
    return page_of(rows, "-asked_at", "-id", after=after, before=before)


def publication(actor: Actor, publication_id: int) -> Publication:
    found = visible_publications(actor).select_related("base", "corrects").filter(pk=publication_id).first()  # fmt: skip
    if found is None:
        raise OutOfReach
    return found


@dataclass(frozen=True)
class ResultLine:
    """One line of a result in words: numerator, denominator, rate, points."""

    input: str
    name: str
    words: str
    asked: int
    kept: int
    share: Decimal | None  # of rates
    points: Decimal | None
    most: Decimal
    takes: bool  # a deduction
    costs: int  # matters, or findings, that cost points


@dataclass(frozen=True)
class ResultRow:
    result: Result
    lines: Sequence[ResultLine]
    standing: str
    is_mine: bool  # within the reader's reach: their matters may be opened
    before: "Change | None" = None


@dataclass(frozen=True)
class Change:
    """What the version before said."""

    score: Decimal | None
    rank: int | None
    by: Decimal


SORTS = {"rank": ("rank", "key"), "name": ("name", "key"), "score": ("-points", "key"), "matters": ("-matters", "key")}  # fmt: skip


def result_rows(
    actor: Actor, row: Publication, *, text: str = "", sort: str = "rank"
) -> list[ResultRow]:
    """Return the results as the page shows them, with the change against the version that was corrected."""
    results = Result.objects.filter(publication=row)
    if text:
        results = results.filter(name__icontains=text)
    first, second = SORTS.get(sort, SORTS["rank"])
    wanted = F(first.removeprefix("-"))
    ordered = results.order_by(wanted.desc(nulls_last=True) if first.startswith("-") else wanted.asc(nulls_last=True), second)  # fmt: skip
    mine = set(Result.objects.filter(publication=row).within_reach_of(actor, Can.VIEW).values_list("pk", flat=True))  # fmt: skip
    old = {one.key: one for one in Result.objects.filter(publication_id=row.corrects_id)} if row.corrects_id else {}  # fmt: skip
    return [_result_row(one, row, one.pk in mine, old.get(one.key)) for one in ordered]


def _result_row(result: Result, row: Publication, is_mine: bool, old: Result | None) -> ResultRow:  # noqa: FBT001
    standing = standings()[result.standing].name if result.standing else ""
    return ResultRow(result, result_lines(result, row), standing, is_mine, _change(result, old))


def _change(result: Result, old: Result | None) -> Change | None:
    if old is None or (old.points == result.points and old.rank == result.rank):
        return None
    return Change(old.points, old.rank, (result.points or Decimal(0)) - (old.points or Decimal(0)))


def result_lines(result: Result, row: Publication) -> list[ResultLine]:
    defined = {one["code"]: one for one in row.inputs}
    found = []
    for line, (code, asked, kept, points) in zip(lines_of(row.scheme), result.lines, strict=True):
        takes = line.nature in {Nature.DEDUCTION, Nature.FINDING}
        is_low = defined[code]["better"] == "low"
        found.append(ResultLine(
            code, named(code), words_of(line), asked, kept, None if takes else share(Counted(asked, kept)),
            None if points is None else Decimal(points), line.points, takes,
            asked if takes else kept if is_low else asked - kept,
        ))  # fmt: skip
    return found


def one_result(actor: Actor, result_id: int) -> Result:
    """Return a result whose matters the actor may open: their own area, unit or post, or one below."""
    found = (
        Result.objects.within_reach_of(actor, Can.VIEW)
        .select_related("publication__scheme", "publication__base").filter(pk=result_id).first()
    )  # fmt: skip
    if found is None or found.publication_id not in visible_publications(actor).values_list("pk", flat=True):  # fmt: skip
        raise OutOfReach
    return found


PARTS = ("costs", "asked", "kept")


@dataclass(frozen=True)
class FrozenLine:
    about: MatterLine
    is_exempt: bool
    can_appeal: bool
    appeal: Appeal | None


def frozen_page(
    actor: Actor, result: Result, *, code: str, part: str, after: str = "", before: str = ""
) -> tuple[Page[FrozenMatter], list[FrozenLine]]:
    """Return the matters a figure was counted from, as they were frozen; those an appeal took out are marked."""
    row = result.publication
    place = bit_places(row.inputs).get(code)
    if place is None:
        raise OutOfReach
    is_low = next(one["better"] == "low" for one in row.inputs if one["code"] == code)
    rows = FrozenMatter.objects.filter(publication_id=row.base_id or row.pk, key=result.key)
    shown = _part(rows, 1 << place, "kept" if part == "costs" and is_low else part)
    page = page_of(shown, "-matter_id", "-id", after=after, before=before)
    return page, _frozen_lines(page.rows, row, actor.can(Can.APPEAL))


def _part(rows: QuerySet[FrozenMatter], bit: int, part: str) -> QuerySet[FrozenMatter]:
    rows = rows.annotate(in_asked=F("asked").bitand(bit), in_kept=F("kept").bitand(bit))
    rows = rows.filter(in_asked__gt=0)
    if part == "kept":
        return rows.filter(in_kept__gt=0)
    return rows.filter(in_kept=0) if part == "costs" else rows


def _frozen_lines(
    frozen: Sequence[FrozenMatter],
    row: Publication,
    can_appeal: bool,  # noqa: FBT001
) -> list[FrozenLine]:
    ids = [one.matter_id for one in frozen]
    about = matters.standing_ids(ids)
    appeals = {
        one.matter_id: one
        for one in Appeal.objects.filter(publication_id=row.base_id or row.pk, matter_id__in=ids)
        .exclude(state=AppealState.WITHDRAWN).select_related("applied").order_by("id")
    }  # fmt: skip
    return [
        FrozenLine(
            MatterLine(
                found.id, found.number, found.title, places.full_name(found.area_path), "", found.state_label,
                found.reported_at, found.closed_at,
            ),
            is_exempt=_is_exempt(appeals.get(matter_id), row),
            can_appeal=can_appeal and row.state == PublicationState.PUBLISHED and matter_id not in appeals,
            appeal=appeals.get(matter_id),
        )
        for matter_id in ids
        if (found := about.get(matter_id))
    ]  # fmt: skip


def _is_exempt(appeal: Appeal | None, row: Publication) -> bool:
    """Tell whether an appeal took the matter out of this version."""
    applied = appeal.applied if appeal and appeal.state == AppealState.UPHELD else None
    return applied is not None and applied.version <= row.version


def findings_for(result: Result) -> list[Finding]:
    """Return the findings that counted against a result."""
    row = result.publication
    extent = Extent(row.since, row.until, row.area_path)
    return list(findings_of(extent, row.scheme.subject).filter(key=result.key).order_by("found_on", "pk"))  # fmt: skip


def versions(row: Publication, actor: Actor) -> list[Publication]:
    return list(visible_publications(actor).filter(number=row.number).order_by("version"))


def appeals_waiting(row: Publication) -> dict[str, int]:
    """Count the appeals against a publication by state."""
    rows = Appeal.objects.filter(publication_id=row.base_id or row.pk).values_list("state", "applied")  # fmt: skip
    states = [state if state != AppealState.UPHELD or applied is None else "applied" for state, applied in rows]  # fmt: skip
    return {state: states.count(state) for state in set(states)}


def result_table(actor: Actor, row: Publication) -> tuple[list[str], list[list[Any]]]:
    """Return the results as a table: each line's numerator, denominator, rate and points."""
    rows = result_rows(actor, row)
    return [words_of(line) for line in lines_of(row.scheme)], [
        [
            one.result.rank, one.result.name, one.result.matters, _float(one.result.points), one.result.grade, one.standing,
            *(cell for line in one.lines for cell in (line.kept, line.asked, _percent(line), _float(line.points))),
        ]
        for one in rows
    ]  # fmt: skip


def _percent(line: ResultLine) -> float | None:
    return None if line.share is None else round(float(line.share), 2)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
