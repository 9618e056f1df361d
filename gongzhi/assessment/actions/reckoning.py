"""From frozen lists to results: counts, points, places. The same lists give the same results."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.utils import timezone

from gongzhi.assessment.models import FrozenMatter, Publication, Result, Scheme
from gongzhi.assessment.queries.counting import bit_places, found_by, grades_of, lines_of
from gongzhi.assessment.queries.subjects import SubjectRow, subjects
from gongzhi.assessment.rules import Counted, LineScore, Placed, Scored, grade_of, places, score
from gongzhi.figures.queries import Extent

Counts = dict[str, dict[str, Counted]]


@dataclass(frozen=True)
class Exempted:
    """What upheld appeals took out: matters and findings stay facts, the figures do without them."""

    matters: Collection[int] = ()
    findings: Collection[int] = ()


def reckon(publication: Publication, *, exempted: Exempted) -> list[Result]:
    """Return the results, unsaved, and set the publication's totals."""
    scheme = publication.scheme
    base_id = publication.base_id or publication.pk
    counts, matters = _frozen_counts(base_id, publication.inputs, exempted)
    extent = Extent(publication.since, publication.until, publication.area_path)
    codes = [one["code"] for one in publication.inputs if one["nature"] == "finding"]
    for key, tally in found_by(extent, scheme.subject, codes, without=list(exempted.findings)).items():  # fmt: skip
        counts.setdefault(key, {}).update(tally)
    publication.matter_count = sum(matters.values())
    publication.totals = _totals(counts, publication.inputs)
    on = timezone.localdate(publication.as_of)
    rows = subjects(
        scheme.subject, post=scheme.post, within=publication.area_path, on=on, keys=sorted(counts)
    )
    return _ranked(publication, scheme, rows, counts, matters)


def _frozen_counts(
    base_id: int, inputs: Sequence[dict[str, Any]], exempted: Exempted
) -> tuple[Counts, Counter[str]]:
    frozen = FrozenMatter.objects.filter(publication_id=base_id).order_by()
    rows = frozen.exclude(matter_id__in=list(exempted.matters))
    counted = [(place, code) for code, place in bit_places(inputs).items()]
    sums = {
        f"{word}_{place}": Sum(F(word).bitrightshift(place).bitand(1))
        for place, _code in counted
        for word in ("asked", "kept")
    }
    counts: Counts = {}
    summed: Any = rows.values("key").annotate(**sums)
    for row in summed:
        counts[row["key"]] = {
            code: Counted(row[f"asked_{place}"] or 0, row[f"kept_{place}"] or 0)
            for place, code in counted
        }
    # Who won an appeal is not put out of the list for having a matter less.
    matters = frozen.values_list("key").annotate(n=Count("pk"))
    return counts, Counter(dict(matters))


def _totals(counts: Counts, inputs: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    rows = list(counts.values())
    return {
        code: [
            sum(row[code].asked for row in rows if code in row),
            sum(row[code].kept for row in rows if code in row),
        ]
        for code in (one["code"] for one in inputs)
    }


def _ranked(
    publication: Publication,
    scheme: Scheme,
    rows: Sequence[SubjectRow],
    counts: Counts,
    matters: Counter[str],
) -> list[Result]:
    lines, grades = lines_of(scheme), grades_of(scheme)
    scored = {row.key: score(lines, counts.get(row.key, {})) for row in rows}
    listed = {
        key: one.score
        for key, one in scored.items()
        if one.score is not None and matters[key] >= scheme.least
    }
    placed = {one.key: one for one in places(listed, ahead=scheme.ahead, behind=scheme.behind)}
    found = []
    for row in rows:
        place = placed.get(row.key)
        one = scored[row.key]
        grade = grade_of(one.score or Decimal(0), one.most, grades) if place and grades else ""
        result = _result(publication, row, one, place)
        result.matters, result.grade = matters[row.key], grade
        found.append(result)
    return found


def _result(
    publication: Publication, row: SubjectRow, scored: Scored, placed: Placed | None
) -> Result:
    return Result(
        publication=publication, key=row.key, name=row.name[:120], area_path=row.area_path, unit_ids=list(row.unit_ids),
        points=scored.score, most=scored.most, rank=placed.rank if placed else None,
        standing=placed.standing.value if placed else "", lines=[_kept(line) for line in scored.lines],
    )  # fmt: skip


def _kept(line: LineScore) -> list[Any]:
    points = None if line.points is None else str(line.points)
    return [line.input, line.asked, line.kept, points]
