"""Check-lists, classes, plans and norms as they stand on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from gongzhi.catalogue import queries as catalogue
from gongzhi.patrol.models import CheckList, Line, Norm, PremisesClass
from gongzhi.patrol.rules.lists import fitting

KINDS = {1: "address", 2: "building", 3: "rental_building", 4: "small_premises", 5: "organisation", 6: "facility"}  # fmt: skip
KIND_IDS = {code: number for number, code in KINDS.items()}
GRADES = {0: "", 1: "A", 2: "B", 3: "C", 4: "D"}
GRADE_IDS = {code: number for number, code in GRADES.items()}


@dataclass(frozen=True)
class LineRow:
    n: int
    item_code: str
    item_id: int  # of the item's version on the day
    item_name: str
    text: str
    how: str
    standard: str
    self_fix: bool
    revisit_days: int
    own_standard: str = ""  # of the list itself; else the item's is shown


@dataclass(frozen=True)
class ListRow:
    id: int
    code: str
    version: int
    group: str
    name: str
    kind: int
    classes: tuple[str, ...]
    grades: tuple[int, ...]
    valid_from: date
    valid_to: date | None
    source: str
    lines: tuple[LineRow, ...]

    @property
    def kind_code(self) -> str:
        return KINDS[self.kind]

    @property
    def grade_letters(self) -> tuple[str, ...]:
        return tuple(GRADES[grade] for grade in self.grades)


@dataclass(frozen=True)
class ClassRow:
    kind: int
    code: str
    name: str

    @property
    def kind_code(self) -> str:
        return KINDS[self.kind]


def valid_on(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def check_lists(*, on: date) -> list[ListRow]:
    """Return the lists in force on the day with their lines, two statements."""
    return _rows(CheckList.objects.filter(valid_on(on)).order_by("kind", "code"), on)


def check_list(code: str, version: int, *, on: date) -> ListRow:
    """Return that very version, in force or not: a visit that began with it ends with it."""
    return _rows([CheckList.objects.get(code=code, version=version)], on)[0]


def list_versions(code: str, *, on: date) -> list[ListRow]:
    """Return every version of a list, the newest first."""
    return _rows(CheckList.objects.filter(code=code).order_by("-version"), on)


def list_for(*, kind: int, klass: str, grade: int, on: date, group: str = "") -> ListRow | None:
    """Return the list for premises: of their class before of their grade before for all."""
    lists = CheckList.objects.filter(valid_on(on), kind=kind)
    chosen = fitting(
        lists.filter(group=group) if group else lists, kind=kind, klass=klass, grade=grade
    )
    return _rows([chosen], on)[0] if chosen else None


def _rows(lists: Iterable[CheckList], on: date) -> list[ListRow]:
    held = list(lists)
    lines: dict[int, list[LineRow]] = defaultdict(list)
    for line in Line.objects.filter(list__in=[one.pk for one in held]).order_by("list_id", "n"):
        lines[line.list_id].append(_line(line, on))
    return [
        ListRow(
            one.pk, one.code, one.version, one.group, one.name, one.kind, tuple(one.classes),
            tuple(one.grades), one.valid_from, one.valid_to, one.source, tuple(lines[one.pk]),
        )
        for one in held
    ]  # fmt: skip


def _line(line: Line, on: date) -> LineRow:
    item = _item(line.item_code, on)
    standard = line.standard or (item.standards[0].when_counts if item and item.standards else "")
    return LineRow(
        line.n, line.item_code, item.id if item else 0, item.name if item else line.item_code,
        line.text, line.how, standard, line.self_fix, line.revisit_days, line.standard,
    )  # fmt: skip


def _item(code: str, on: date) -> Any:
    """Return the item's version on the day; the last one where it has left the catalogue."""
    versions = catalogue.versions(code)
    valid = [v for v in versions if v.valid_from <= on and (v.valid_to is None or on < v.valid_to)]
    return next(iter(valid or versions[-1:]), None)


def classes(*, on: date) -> list[ClassRow]:
    rows = PremisesClass.objects.filter(valid_on(on)).order_by("kind", "number", "code")
    return [ClassRow(*row) for row in rows.values_list("kind", "code", "name")]


def groups(*, on: date) -> list[tuple[str, int]]:
    """Return the groups of check-lists with the kind of premises they are for."""
    rows = CheckList.objects.filter(valid_on(on)).order_by("kind", "group")
    return list(rows.values_list("group", "kind").distinct())


def norm(code: str, *, on: date, area_path: str = "") -> int:
    """Return a planning number: of the nearest area that has one of its own; Norm.DoesNotExist without any."""
    held = norms(code, on=on)
    return held[_nearest(held, area_path)]


def norms(code: str, *, on: date) -> dict[str, int]:
    """Return a planning number by area; "" is the whole city's."""
    found = dict(Norm.objects.filter(valid_on(on), code=code).values_list("area_path", "value"))
    if "" not in found:
        raise Norm.DoesNotExist(f"norm {code} on {on}")
    return found


def _nearest(held: dict[str, int], area_path: str) -> str:
    return max((path for path in held if area_path.startswith(path)), key=len)
