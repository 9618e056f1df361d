"""What the pages list: the matrix in words, an item's history, what a draft would change."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from gongzhi.catalogue.models import Family, Level
from gongzhi.catalogue.queries.drafting import ChangeLine, change_lines, draft_of
from gongzhi.catalogue.queries.items import departments, item, items_in_force, versions
from gongzhi.catalogue.queries.responsibility import matrix_rows, no_report_rows
from gongzhi.catalogue.queries.rows import ItemRow, NoReportRow, ResponsibilityRow
from gongzhi.catalogue.rules.drafts import ItemDraft
from gongzhi.catalogue.rules.matrix import parse_target, scopes_of
from gongzhi.places import queries as places

PAGE = 101  # one more than a page shows, to know whether there is a next one


@dataclass(frozen=True)
class MatrixLine:
    row: ResponsibilityRow
    scope_words: str
    level_words: str
    handler_words: str
    joint_words: tuple[str, ...]


@dataclass(frozen=True)
class NoReportLine:
    row: NoReportRow
    scope_words: str


@dataclass(frozen=True)
class VersionLine:
    row: ItemRow
    changed: tuple[ChangeLine, ...]


def scope_words(scope: str, names: dict[str, str]) -> str:
    """Say what a scope covers; `names` gives the names of items and classes."""
    if scope == "*":
        return _("All items")
    if scope in Family.values:
        return _("All: {family}").format(family=Family(scope).label)
    return names.get(scope, scope)


def _names(on: date) -> dict[str, str]:
    rows = items_in_force(on)
    classes = {f"{row.family}:{row.class_code}": row.class_name for row in rows}
    return classes | {row.code: row.name for row in rows}


def matrix_lines(text: str, *, on: date, after: int = 0) -> list[MatrixLine]:
    """Return rows in force that mention the text, beginning after the id of the last row seen."""
    lines = (line for line in _all_lines(on) if line.row.id > after and _mentions(line, text))
    return list(islice(lines, PAGE))


def _mentions(line: MatrixLine, text: str) -> bool:
    row = line.row
    return text in " ".join((row.scope, line.scope_words, row.handler, *row.joint, row.area_path))


def no_report_lines(*, on: date) -> list[NoReportLine]:
    names = _names(on)
    return [
        NoReportLine(row, scope_words(row.scope, names))
        for row in no_report_rows()
        if row.valid_to is None or row.valid_to > on
    ]


def _scopes(row: ItemRow) -> tuple[str, ...]:
    return scopes_of(code=row.code, family=row.family, class_code=row.class_code)


def matrix_for(item_id: int, *, on: date) -> list[MatrixLine]:
    """Return the rows that cover the item, the narrowest scope first."""
    scopes = _scopes(item(item_id))
    fitting = [line for line in _all_lines(on) if line.row.scope in scopes]
    return sorted(fitting, key=lambda line: (-line.row.priority, scopes.index(line.row.scope)))


def _all_lines(on: date) -> list[MatrixLine]:
    names = _names(on) | dict(departments(on))
    return [
        MatrixLine(
            row,
            scope_words(row.scope, names),
            str(Level(row.level).label) if row.level else _("Every level"),
            target_words(row.handler, names),
            tuple(target_words(text, names) for text in row.joint),
        )
        for row in matrix_rows(on=on)
    ]


def target_words(text: str, names: dict[str, str]) -> str:
    """Say whom a target names: "shuiwu@town" is the water authority's office in the town."""
    target = parse_target(text)
    if target is None:
        return text
    if not target.unit:
        return _("the centre of the {level}").format(level=Level(target.at).label)
    unit = _("the item's department") if target.unit == "item" else names.get(target.unit, text)
    if target.at:
        return _("{unit}, its office in the town").format(unit=unit)
    return unit


def towns(on: date) -> list[places.AreaRow]:
    """Return the city and its towns: the areas a row is usually written for."""
    tops = places.children("", on=on)
    return [*tops, *(town for top in tops for town in places.children(top.path, on=on))]


def no_reports_for(item_id: int) -> list[NoReportRow]:
    scopes = _scopes(item(item_id))
    return [row for row in no_report_rows() if row.scope in scopes]


def history(code: str) -> list[VersionLine]:
    """Return the versions, the newest first, each with what it changed."""
    rows = versions(code)
    lines = [
        VersionLine(row, tuple(change_lines(draft_of(before), draft_of(row))) if before else ())
        for before, row in zip((None, *rows), rows, strict=False)
    ]
    return lines[::-1]


def changes_to(draft: ItemDraft) -> list[ChangeLine]:
    rows = versions(draft.code)
    return change_lines(draft_of(rows[-1]), draft) if rows else []
