"""
The dry run of areas: every row that cannot be right, and why.

Codes and parents first, then each outline by itself, then neighbours and parents. Areas in square
metres are good to a thousandth, which is all a tolerance needs.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from gongzhi.places.rules import paths
from gongzhi.places.rules.area_files import LONGEST_NAME, AreaDraft, converted
from gongzhi.places.rules.coordinates import METRES_PER_DEGREE, Bounds, Flaw, flaw_in
from gongzhi.places.rules.problems import Problem

DEEPEST: Final = 8  # the path's column holds nine segments of the longest code
LEAST_OVERLAP: Final = 1.0  # m²; below it is the rounding of the numbers
LEAST_GAP: Final = 50.0  # m²
LEAST_OUTSIDE: Final = 0.002  # share of the area that may stand out of its parent
FITS: Final = 0.98


@dataclass(frozen=True)
class KnownArea:
    """An area that exists already, with the outline valid on the day in question."""

    code: str
    name: str
    level: int
    parent_code: str
    outline: Any = None


def examine(
    drafts: list[AreaDraft], known: Mapping[str, KnownArea], city: Bounds | None
) -> list[Problem]:
    """Return every problem, by line."""
    problems = [*_row_problems(drafts, known), *_tree_problems(drafts, known)]
    box = city or _box_of_top(drafts)
    for draft in drafts:
        problems.extend(_outline_problems(draft, box))
    broken = {p.line for p in problems if p.is_grave}
    usable = [d for d in drafts if d.outline is not None and d.line not in broken]
    problems.extend(_overlaps(usable, drafts, known))
    problems.extend(_parent_problems(usable, drafts, known))
    return sorted(problems, key=lambda problem: (problem.line, problem.flaw))


def square_metres(outline: Any) -> float:
    if outline.is_empty:
        return 0.0
    _west, south, _east, north = outline.bounds
    across = math.cos(math.radians((south + north) / 2))
    return float(outline.area) * METRES_PER_DEGREE**2 * across


def _box_of_top(drafts: list[AreaDraft]) -> Bounds | None:
    tops = [d.outline for d in drafts if not d.parent_code and d.outline is not None]
    if not tops or not all(math.isfinite(x) for x in shapely.total_bounds(tops)):
        return None
    box = Bounds(*shapely.total_bounds(tops).tolist()).widened(0.02)
    middle = (box.west + box.east) / 2, (box.south + box.north) / 2
    return box if flaw_in(*middle) is None else None


def _row_problems(drafts: list[AreaDraft], known: Mapping[str, KnownArea]) -> Iterator[Problem]:
    first_line: dict[str, int] = {}
    for draft in drafts:
        if not draft.code:
            yield Problem(draft.line, "", "code_missing")
        elif not paths.is_code(draft.code):
            yield Problem(draft.line, draft.code[:40], "code_unusable")
        elif draft.code in first_line:
            yield Problem(draft.line, draft.code, "code_twice", {"line": first_line[draft.code]})
        first_line.setdefault(draft.code, draft.line)
        if not draft.name:
            yield Problem(draft.line, draft.code, "name_missing")
        elif len(draft.name) > LONGEST_NAME or not draft.name.isprintable():
            yield Problem(draft.line, draft.code, "name_unusable", {"most": LONGEST_NAME})
        yield from _moved(draft, known)


def _moved(draft: AreaDraft, known: Mapping[str, KnownArea]) -> Iterator[Problem]:
    old = known.get(draft.code)
    if old is not None and old.parent_code != draft.parent_code:
        yield Problem(draft.line, draft.code, "parent_changed", {"parent": old.parent_code or "—"})


def _tree_problems(drafts: list[AreaDraft], known: Mapping[str, KnownArea]) -> Iterator[Problem]:
    by_code = {draft.code: draft for draft in drafts}
    tops = {code for code, area in known.items() if not area.parent_code}
    tops |= {draft.code for draft in drafts[:1] if not draft.parent_code}
    for draft in drafts:
        if not draft.parent_code:
            if tops and draft.code not in tops:
                yield Problem(draft.line, draft.code, "parent_missing")
            tops.add(draft.code)
            continue
        if draft.parent_code not in by_code and draft.parent_code not in known:
            yield Problem(
                draft.line, draft.code, "parent_unknown", {"parent": draft.parent_code[:40]}
            )
            continue
        level = _level(draft, by_code, known)
        if level is None:
            yield Problem(draft.line, draft.code, "parent_circle")
        elif level > DEEPEST:
            yield Problem(draft.line, draft.code, "too_deep", {"most": DEEPEST + 1})
        elif draft.level is not None and draft.level != level:
            values = {"stated": draft.level, "computed": level}
            yield Problem(draft.line, draft.code, "level_wrong", values)


def _level(
    draft: AreaDraft, by_code: Mapping[str, AreaDraft], known: Mapping[str, KnownArea]
) -> int | None:
    """Count the steps to the top; None when the parents run in a circle."""
    steps, seen, code = 0, {draft.code}, draft.parent_code
    while code:
        if code in seen:
            return None
        seen.add(code)
        steps += 1
        if code in by_code:
            code = by_code[code].parent_code
        elif code in known:
            return steps + known[code].level
        else:
            return steps
    return steps


def _outline_problems(draft: AreaDraft, city: Bounds | None) -> Iterator[Problem]:
    if draft.lon is not None and draft.lat is not None:
        flaw = flaw_in(draft.lon, draft.lat, city)
        if flaw:
            yield _misplaced(draft, flaw, draft.lon, draft.lat)
    if draft.outline is None:
        return
    points = shapely.get_coordinates(draft.outline)
    if not np.isfinite(points).all():
        yield Problem(draft.line, draft.code, Flaw.NOT_A_NUMBER)
        return
    box = city if draft.parent_code else None
    for lon, lat in points[_corners(points)].tolist():
        if flaw := flaw_in(lon, lat, box):
            yield _misplaced(draft, flaw, lon, lat)
            return
    if not draft.outline.is_valid:
        reason = shapely.is_valid_reason(draft.outline)
        yield Problem(draft.line, draft.code, "self_intersection", _where_in(reason))


def _corners(points: Any) -> list[int]:
    """Only the outermost points can be outside a box."""
    return sorted({int(n) for n in (*points.argmin(axis=0), *points.argmax(axis=0))} | {0})


def _misplaced(draft: AreaDraft, flaw: str, lon: float, lat: float) -> Problem:
    return Problem(draft.line, draft.code, flaw, {"lon": round(lon, 6), "lat": round(lat, 6)})


def _where_in(reason: str) -> dict[str, Any]:
    """Split GEOS's "Self-intersection[113.75 23.02]"."""
    word, _bracket, place = reason.partition("[")
    return {"reason": word.strip(), "where": place.rstrip("]").replace(" ", ", ")}


def _levels_of(
    drafts: list[AreaDraft], everyone: list[AreaDraft], known: Mapping[str, KnownArea]
) -> dict[int, list[AreaDraft]]:
    by_code = {draft.code: draft for draft in everyone}
    levels: dict[int, list[AreaDraft]] = {}
    for draft in drafts:
        levels.setdefault(_level(draft, by_code, known) or 0, []).append(draft)
    return levels


def _overlaps(
    usable: list[AreaDraft], drafts: list[AreaDraft], known: Mapping[str, KnownArea]
) -> Iterator[Problem]:
    replaced = {draft.code for draft in drafts}
    for level, sent in _levels_of(usable, drafts, known).items():
        kept = [
            a
            for a in known.values()
            if a.level == level and a.outline is not None and a.code not in replaced
        ]
        outlines = [draft.outline for draft in sent] + [area.outline for area in kept]
        codes = [draft.code for draft in sent] + [area.code for area in kept]
        one, other = shapely.STRtree(outlines).query(outlines[: len(sent)], predicate="intersects")
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            if b >= len(sent) or a > b:  # each pair once, told at the later row
                yield from _overlap(sent[a], codes[b], outlines[b])


def _overlap(draft: AreaDraft, other_code: str, other: Any) -> Iterator[Problem]:
    try:
        common = shapely.intersection(draft.outline, other)
    except shapely.GEOSException:  # the other, older outline is not sound itself
        return
    if (metres := square_metres(common)) > LEAST_OVERLAP:
        values = {"other": other_code, "metres": round(metres), "where": _point_in(common)}
        yield Problem(draft.line, draft.code, "overlap", values)


def _point_in(outline: Any) -> str:
    point = shapely.point_on_surface(outline)
    return f"{point.x:.5f}, {point.y:.5f}"


def _parent_problems(
    usable: list[AreaDraft], drafts: list[AreaDraft], known: Mapping[str, KnownArea]
) -> Iterator[Problem]:
    outlines = {area.code: area.outline for area in known.values() if area.outline is not None}
    outlines |= {draft.code: draft.outline for draft in usable}
    families: dict[str, list[AreaDraft]] = {}
    for draft in usable:
        if draft.parent_code in outlines:
            families.setdefault(draft.parent_code, []).append(draft)
    lines = {draft.code: draft.line for draft in drafts}
    for parent_code, family in families.items():
        parent = outlines[parent_code]
        outside = [problem for d in family for problem in _outside(d, parent_code, parent)]
        yield from outside
        if not any(problem.flaw == "wrong_system" for problem in outside):
            kept = _kept_children(parent_code, lines, known)
            children = [draft.outline for draft in family] + kept
            yield from _gaps(parent_code, parent, children, lines.get(parent_code, family[0].line))


def _kept_children(
    parent_code: str, lines: Mapping[str, int], known: Mapping[str, KnownArea]
) -> list[Any]:
    return [
        area.outline
        for area in known.values()
        if area.parent_code == parent_code and area.outline is not None and area.code not in lines
    ]


def _outside(draft: AreaDraft, parent_code: str, parent: Any) -> Iterator[Problem]:
    share = _share_inside(draft.outline, parent)
    if share >= 1 - LEAST_OUTSIDE:
        return
    for system in ("GCJ-02", "BD-09", "WGS-84"):
        if _share_inside(converted(draft.as_sent, system), parent) > max(FITS, share):
            values = {"parent": parent_code, "system": system}
            yield Problem(draft.line, draft.code, "wrong_system", values, is_grave=False)
            return
    values = {"parent": parent_code, "percent": f"{(1 - share) * 100:.1f}"}
    yield Problem(draft.line, draft.code, "outside_parent", values, is_grave=False)


def _share_inside(outline: Any, parent: Any) -> float:
    return float(shapely.intersection(outline, parent).area / outline.area)


def _gaps(parent_code: str, parent: Any, children: Iterable[Any], line: int) -> Iterator[Problem]:
    uncovered = shapely.difference(parent, shapely.union_all(list(children)))
    for gap in shapely.get_parts(uncovered):
        if (metres := square_metres(gap)) > LEAST_GAP and gap.geom_type == "Polygon":
            values = {"metres": round(metres), "where": _point_in(gap)}
            yield Problem(line, parent_code, "gap", values, is_grave=False)
