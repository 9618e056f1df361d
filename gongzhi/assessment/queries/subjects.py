"""Who is assessed: areas, units, and posts as the function of a place; never a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.assessment.lifecycle import Subject
from gongzhi.assessment.queries.content import posts
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.figures.queries import Key
from gongzhi.places import queries as places

LEVELS = {Subject.TOWN: 1, Subject.VILLAGE: 2, Subject.GRID: 3}
ANSWERS = {Subject.TOWN: 1, Subject.VILLAGE: 2, Subject.GRID: 2}  # level of the centre that answers


@dataclass(frozen=True)
class SubjectRow:
    key: str
    name: str
    area_path: str
    unit_ids: tuple[int, ...]  # the unit that answers and all above it


def subjects(
    subject: str, *, post: str = "", within: str, on: date, keys: Iterable[Key] = ()
) -> list[SubjectRow]:
    """Return every area of the level, or the units named by `keys`, in the order of the city."""
    if subject in LEVELS:
        areas = places.areas_at_level(LEVELS[Subject(subject)], within=within, on=on)
        return [_area(area.path, subject, post) for area in areas]
    found = [row for row in (_unit(key) for key in keys) if row is not None]
    return sorted(found, key=lambda row: row.name)


def subject_named(subject: str, key: str, *, post: str = "") -> SubjectRow:
    """Return one subject; OutOfReach when there is none."""
    if subject in LEVELS:
        row = places.area(key)
        if row.level != LEVELS[Subject(subject)]:
            raise OutOfReach
        return _area(key, subject, post)
    found = _unit(key)
    if found is None:
        raise OutOfReach
    return found


def _area(path: str, subject: str, post: str) -> SubjectRow:
    name = places.area(path).name
    if subject in {Subject.VILLAGE, Subject.GRID}:
        name = places.full_name(path)
    if post:
        name = f"{name} · {posts()[post].name_zh}"
    return SubjectRow(path, name, path, _answering(path, ANSWERS[Subject(subject)]))


def _answering(path: str, level: int) -> tuple[int, ...]:
    try:
        return accounts.centre_for(path, level).ancestors
    except Refused:
        return ()  # a place without a centre has figures all the same; nobody can appeal for it


def _unit(key: Key) -> SubjectRow | None:
    try:
        row = accounts.unit(int(key))
    except (OutOfReach, ValueError):
        return None
    return SubjectRow(str(row.id), row.name, row.area_path, row.ancestors)


def subject_key(subject: str, name: str, *, on: date) -> str:
    """Find one area or unit by its name; Invalid when there is none, or several."""
    wanted = name.replace(" ", "")
    if subject in LEVELS:
        rows = places.areas_at_level(LEVELS[Subject(subject)], on=on)
        found = [
            row.path
            for row in rows
            if wanted in {row.name, places.full_name(row.path).replace(" ", "")}
        ]
    else:
        found = [
            str(unit.id)
            for unit in accounts.units_by_code().values()
            if unit.is_open and unit.name == wanted
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid({"about": _("Several have this name: write it with its town.")})
    raise Invalid(
        {
            "about": _(
                "Nothing has this name: write it as it stands in the organisation or on the map."
            )
        }
    )
