"""The dry run of areas against the tree as it stands."""

from datetime import date
from typing import Any

from gongzhi.places.queries.areas import city_bounds
from gongzhi.places.queries.snapshot import AreaRow, Snapshot, outlines, snapshot
from gongzhi.places.rules.area_files import AreaDraft
from gongzhi.places.rules.problems import Problem
from gongzhi.places.rules.topology import KnownArea, examine


def check_areas(drafts: list[AreaDraft], *, on: date) -> list[Problem]:
    """Return every problem the drafts would cause if they were valid from the day."""
    held = snapshot()
    problems = examine(drafts, _known(held, on), city_bounds())
    return sorted([*problems, *_in_the_way(held, drafts, on)], key=lambda p: (p.line, p.flaw))


def _known(held: Snapshot, on: date) -> dict[str, KnownArea]:
    valid = {span.area_id: span.shape_id for span in held.shaped(on)}
    shapes = outlines(list(valid.values()))
    return {
        row.code: KnownArea(
            row.code,
            row.name,
            row.level,
            _parent_code(held, row),
            shapes.get(valid.get(row.id, 0)),
        )
        for row in held.rows
        if row.closed_on is None or row.closed_on > on
    }


def _parent_code(held: Snapshot, row: AreaRow) -> str:
    parent = held.by_path.get(row.parent_path)
    return parent.code if parent else ""


def _in_the_way(held: Snapshot, drafts: list[AreaDraft], on: date) -> list[Problem]:
    later = {span.area_id: span for span in held.spans if span.valid_from >= on}
    shapes = outlines([span.shape_id for span in later.values()])
    problems = []
    for draft in drafts:
        row = held.by_code.get(draft.code)
        if row is None:
            continue
        if row.closed_on is not None:
            values = {"day": row.closed_on.isoformat()}
            problems.append(Problem(draft.line, draft.code, "closed_already", values))
        elif (span := later.get(row.id)) is not None and _differs(draft, shapes[span.shape_id]):
            values = {"day": span.valid_from.isoformat()}
            problems.append(Problem(draft.line, draft.code, "valid_already", values))
    return problems


def _differs(draft: AreaDraft, outline: Any) -> bool:
    """The same file may be sent again without harm."""
    return draft.outline is not None and not draft.outline.equals_exact(outline, 0.0)
