"""The unit tree in memory: a few thousand rows that everybody asks for and that rarely change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Unit, UnitVersion
from gongzhi.accounts.rules import LEVEL_KINDS, prefixes
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.base.snapshots import Snapshot

KINDS = Unit.Kind.choices


@dataclass(frozen=True)
class UnitRow:
    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    ancestors: tuple[int, ...]
    area_path: str
    is_open: bool


class _Tree:
    """One state of the tree, with what is asked of it indexed."""

    def __init__(self, rows: Iterable[UnitRow]) -> None:
        self.by_id = {row.id: row for row in rows}
        self.by_code = {row.code: row for row in self.by_id.values()}
        self.centres: dict[tuple[str, str], UnitRow] = {}
        self.below: dict[int, list[int]] = defaultdict(list)
        for row in self.by_id.values():
            if row.kind in LEVEL_KINDS and row.is_open:
                self.centres[row.kind, row.area_path] = row
            for ancestor in row.ancestors:
                self.below[ancestor].append(row.id)


def _version() -> int:
    return UnitVersion.objects.values_list("number", flat=True).first() or 0


def _read(_version: int) -> _Tree:
    rows = Unit.objects.order_by("ancestors").values_list(
        "id", "code", "name", "kind", "parent_id", "ancestors", "area_path", "ends_on"
    )
    return _Tree([UnitRow(*row[:5], tuple(row[5]), row[6], row[7] is None) for row in rows])


_tree = Snapshot(mark=_version, read=_read)
forget = _tree.forget


def unit(unit_id: int) -> UnitRow:
    """Return the unit; what is not known here is looked for once more before it counts as absent."""
    row = _tree.current().by_id.get(unit_id) or _tree.current(look_now=True).by_id.get(unit_id)
    if row is None:
        raise OutOfReach
    return row


def unit_by_code(code: str) -> UnitRow:
    row = _tree.current().by_code.get(code) or _tree.current(look_now=True).by_code.get(code)
    if row is None:
        raise OutOfReach
    return row


def units_by_code() -> dict[str, UnitRow]:
    """Return all units by their codes, for imports."""
    return dict(_tree.current(look_now=True).by_code)


def units_below(unit_id: int) -> tuple[int, ...]:
    """Return the ids of the unit itself and of all units below it."""
    return tuple(
        _tree.current().below.get(unit_id) or _tree.current(look_now=True).below.get(unit_id) or ()
    )


def unit_name(unit_id: int | None) -> str:
    """Return the unit's name, or nothing when there is none: for lists."""
    row = _tree.current().by_id.get(unit_id) if unit_id else None
    return row.name if row else ""


def centre_for(area_path: str, level: int) -> UnitRow:
    """
    Return the centre that answers for a place: 0 the city's, 1 the town's, 2 the village's station.

    A place whose own level has no centre is answered for by the next one above.
    """
    around = prefixes(area_path)
    for depth in range(min(level, len(around) - 1, len(LEVEL_KINDS) - 1), -1, -1):
        if found := _tree.current().centres.get((LEVEL_KINDS[depth], around[depth])):
            return found
    raise Refused(_("No centre answers for this place: add one to the organisation."))


def visible_units(actor: Actor) -> QuerySet[Unit]:
    return Unit.objects.within_reach_of(actor, Can.ORGANISE)


def find_units(actor: Actor, *, text: str = "", kind: str = "") -> QuerySet[Unit]:
    rows = _with_counts(visible_units(actor)).select_related("parent")
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code__startswith=text))
    return rows.filter(kind=kind) if kind else rows


def top_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units the actor's tree begins with: those whose parent is out of reach or absent."""
    rows = visible_units(actor)
    return _with_counts(rows.filter(Q(parent=None) | ~Q(parent__in=rows.values("pk")))).order_by(
        "id"
    )


def branch(actor: Actor, unit_id: int) -> QuerySet[Unit]:
    """Return the units directly below one."""
    return _with_counts(visible_units(actor).filter(parent=unit_id)).order_by("code")


def _with_counts(rows: QuerySet[Unit]) -> QuerySet[Unit]:
    below = Unit.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
    return rows.annotate(child_count=Subquery(below.annotate(n=Count("pk")).values("n")))


def choices() -> list[UnitRow]:
    """Return the open units, for a field that suggests them."""
    return sorted(
        (row for row in _tree.current().by_id.values() if row.is_open), key=lambda row: row.code
    )
