"""Bringing in the organisation as a table: all rows or none, with a dry run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.accounts import queries
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Unit
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.tables.reading import MB
from gongzhi.base.tables.sheets import Limits, Line, read_lines
from gongzhi.places import queries as places

LIMITS = Limits(rows=200_000, size=20 * MB)
UNIT_COLUMNS = {
    "code": "code", "name": "name", "kind": "kind", "parent": "parent", "area": "area",
    "编码": "code", "名称": "name", "类型": "kind", "上级编码": "parent", "区域编码": "area",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    line: int
    column: str
    words: str


@dataclass
class Imported:
    """What a table did, or in a dry run would do."""

    row_count: int = 0
    added: int = 0
    changed: int = 0
    problems: list[Problem] = field(default_factory=list)
    passwords: list[tuple[str, str, str]] = field(default_factory=list)  # user name, name, password

    def wrong(self, line: Line, column: str, words: str) -> None:
        self.problems.append(Problem(line.number, column, words))


def area_path_of(text: str) -> str:
    """Return the path of an area named by its path or its official code; "" is the whole city."""
    if not text:
        return ""
    row = places.area(text) if text.endswith("/") else places.area_by_code(text)
    return row.path


@transaction.atomic
def import_units(*, content: bytes, actor: Actor, at: datetime, dry_run: bool = False) -> Imported:
    """Add units and change those whose code is known; parents stand above their children."""
    if not actor.can(Can.ORGANISE):
        raise OutOfReach
    lines = read_lines(content, UNIT_COLUMNS, required=["code", "name", "kind"], limits=LIMITS)
    result = Imported(row_count=len(lines))
    known = {code: row.id for code, row in queries.units_by_code().items()}
    kinds = {str(label): value for value, label in Unit.Kind.choices} | {
        k: k for k in Unit.Kind.values
    }
    seen: set[str] = set()
    for line in lines:
        if _is_usable_unit(line, kinds, known, seen, result):
            _put_unit(line, kinds[line["kind"]], known, result)
        seen.add(line["code"])
    _ensure_units_in_reach(lines, known, actor, result)
    finish(result, "import_units", actor=actor, at=at, dry_run=dry_run)
    queries.forget()
    return result


def _is_usable_unit(
    line: Line, kinds: Mapping[str, str], known: Mapping[str, int], seen: set[str], result: Imported
) -> bool:
    before = len(result.problems)
    if not line["code"] or len(line["code"]) > 60:
        result.wrong(line, "code", _("A code of 1 to 60 characters is needed."))
    elif line["code"] in seen:
        result.wrong(line, "code", _("This code stands twice in the table."))
    if not line["name"] or len(line["name"]) > 120:
        result.wrong(line, "name", _("A name of 1 to 120 characters is needed."))
    if line["kind"] not in kinds:
        result.wrong(line, "kind", _("Unknown kind “{word}”.").format(word=line["kind"]))
    if line["parent"] and line["parent"] not in known:
        result.wrong(
            line, "parent", _("There is no unit “{code}” above.").format(code=line["parent"])
        )
    check_area(line, result)
    return len(result.problems) == before


def check_area(line: Line, result: Imported) -> None:
    try:
        area_path_of(line["area"])
    except ObjectDoesNotExist:
        result.wrong(line, "area", _("There is no area “{code}”.").format(code=line["area"]))


def _put_unit(line: Line, kind: str, known: dict[str, int], result: Imported) -> None:
    values: dict[str, Any] = {
        "name": line["name"],
        "kind": kind,
        "parent_id": known.get(line["parent"]),
        "area_path": area_path_of(line["area"]),
    }
    if line["code"] not in known:
        known[line["code"]] = Unit.objects.create(code=line["code"], **values).pk
        result.added += 1
        return
    unit = Unit.objects.get(code=line["code"])
    if unit.pk == values["parent_id"] or _is_above(unit.pk, values["parent_id"]):
        result.wrong(line, "parent", _("A unit cannot stand below itself."))
    elif any(getattr(unit, column) != value for column, value in values.items()):
        Unit.objects.filter(pk=unit.pk).update(**values)
        result.changed += 1


def _is_above(unit_id: int, parent_id: int | None) -> bool:
    if parent_id is None:
        return False
    return Unit.objects.filter(pk=parent_id, ancestors__contains=[unit_id]).exists()


def _ensure_units_in_reach(
    lines: Iterable[Line], known: Mapping[str, int], actor: Actor, result: Imported
) -> None:
    reachable = set(
        Unit.objects.within_reach_of(actor, Can.ORGANISE).values_list("code", flat=True)
    )
    for line in lines:
        if line["code"] in known and line["code"] not in reachable:
            result.wrong(line, "code", _("This unit is outside the area you administer."))


def finish(result: Imported, verb: str, *, actor: Actor, at: datetime, dry_run: bool) -> None:
    """Keep everything or nothing."""
    if dry_run or result.problems:
        transaction.set_rollback(True)
        result.passwords.clear()
        return
    detail = {"rows": result.row_count, "added": result.added, "changed": result.changed}
    audit.record(actor=actor, verb=verb, subject="table:accounts", at=at, detail=detail)
