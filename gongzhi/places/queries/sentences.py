"""Every problem of a file in one sentence: what is wrong, where, what to do."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.tables.sheets import SENTENCES
from gongzhi.places.models import Kind, Status
from gongzhi.places.rules.problems import Problem

_SENTENCES: dict[str, Any] = {
    # coordinates
    "not_a_number": gettext_lazy("The coordinates are not numbers."),
    "zero": gettext_lazy("The coordinates are 0, 0: the place was never measured."),
    "metres": gettext_lazy(
        "The coordinates {lon}, {lat} look like metres of a projection. Export longitude and latitude in degrees."
    ),
    "swapped": gettext_lazy(
        "Longitude and latitude seem to be swapped: {lon}, {lat}. Longitude comes first."
    ),
    "outside_china": gettext_lazy("The coordinates {lon}, {lat} lie outside China."),
    "outside_city": gettext_lazy("The coordinates {lon}, {lat} lie outside the city."),
    "wrong_system": gettext_lazy(
        "This looks like {system}: taken as {system} it fits {parent}. Choose that coordinate system and check again."
    ),
    # files
    **SENTENCES,
    "no_grids": gettext_lazy("No grid is valid on {day}. Import the areas first."),
    "missing_columns": gettext_lazy("Columns missing: {missing}. The file has: {found}."),
    "personal_columns": gettext_lazy(
        "These columns look like personal data: {columns}. The register knows places, not people; "
        "delete the columns and send the file again."
    ),
    "not_geojson": gettext_lazy("This is not GeoJSON. A FeatureCollection of areas is expected."),
    "no_features": gettext_lazy("The GeoJSON holds no areas."),
    "unknown_system": gettext_lazy(
        "The file names the coordinate system {name}, which is not known here. "
        "Export it in WGS-84 or CGCS2000, in degrees."
    ),
    # rows of areas
    "not_a_feature": gettext_lazy("This is not a feature with properties."),
    "unreadable_outline": gettext_lazy("The outline cannot be read."),
    "unreadable_level": gettext_lazy("The level “{level}” is not a number."),
    "not_a_polygon": gettext_lazy("The outline is not a polygon."),
    "empty_outline": gettext_lazy("The outline is empty."),
    "self_intersection": gettext_lazy("The outline crosses itself at {where}."),
    "code_missing": gettext_lazy("The code is missing."),
    "code_unusable": gettext_lazy(
        "The code has characters other than letters, digits, - and _, or more than 24 of them."
    ),
    "code_twice": gettext_lazy("The same code is in line {line} already."),
    "name_missing": gettext_lazy("The name is missing."),
    "name_unusable": gettext_lazy(
        "The name is longer than {most} characters or holds unprintable ones."
    ),
    "parent_missing": gettext_lazy("The parent's code is missing; there is a top area already."),
    "parent_unknown": gettext_lazy(
        "The parent {parent} is neither in the file nor in the area tree."
    ),
    "parent_circle": gettext_lazy("The parents run in a circle."),
    "parent_changed": gettext_lazy(
        "The area belongs to {parent} now. Close it and open a new one with a new code."
    ),
    "too_deep": gettext_lazy("The area tree may have at most {most} levels."),
    "level_wrong": gettext_lazy("The level is {stated}, but by its parents it is {computed}."),
    "overlap": gettext_lazy("Overlaps {other} by {metres} m² at {where}."),
    "outside_parent": gettext_lazy("{percent} % of the area lies outside its parent {parent}."),
    "gap": gettext_lazy("{metres} m² of the area belong to none of its parts, at {where}."),
    "valid_already": gettext_lazy(
        "There is an outline valid from {day} already; a new one must begin later."
    ),
    "closed_already": gettext_lazy("The area was closed on {day}; use a new code."),
    # rows of premises
    "kind_unknown": gettext_lazy("The kind “{kind}” is not known. Known: {known}."),
    "status_unknown": gettext_lazy("The status “{status}” is not known. Known: {known}."),
    "grade_unknown": gettext_lazy("The grade “{grade}” is not known. Known: A, B, C, D or empty."),
    "too_long": gettext_lazy("{column} has more than {most} characters."),
    "unprintable": gettext_lazy("The row holds control characters."),
    "too_few_cells": gettext_lazy("The row has {count} cells, the header {expected}."),
    "too_many_cells": gettext_lazy("The row has {count} cells, the header {expected}."),
    "point_missing": gettext_lazy("Neither coordinates nor the code of an area are given."),
    "half_a_point": gettext_lazy("Longitude and latitude must be given together."),
    "area_unknown": gettext_lazy("There is no area with the code {area}."),
    "in_no_grid": gettext_lazy(
        "The point lies in no grid; {metres} m away is {area}, which is taken."
    ),
    "too_far": gettext_lazy("The point lies in no grid and {metres} m from the nearest, {area}."),
    "other_area": gettext_lazy(
        "The point lies in {placed}, the row says {area}. The point is believed."
    ),
    "looks_like": gettext_lazy(
        "The point lies in {placed}; taken as {system} it would lie in {area}, as the row says. "
        "Choose that coordinate system and check again."
    ),
    "personal_id": gettext_lazy("The row holds a person's identity number. Delete it."),
    "personal_mobile": gettext_lazy("The row holds a mobile number. Delete it."),
    "out_of_reach": gettext_lazy("The place lies outside your area."),
}


_COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "kind": gettext_lazy("Kind"),
    "name": gettext_lazy("Name"),
    "address": gettext_lazy("Address"),
    "parent_code": gettext_lazy("Belongs to (code)"),
}
_WORDS: dict[str, Any] = {"kind_unknown": Kind, "status_unknown": Status}


def sentence(problem: Problem) -> str:
    values = _Known(problem.values)
    if "column" in values:
        values["column"] = _COLUMNS.get(values["column"], values["column"])
    if "missing" in values:
        values["missing"] = ", ".join(_named(column) for column in values["missing"].split(", "))
    if choices := _WORDS.get(problem.flaw):
        values["known"] = ", ".join(str(label) for label in choices.labels)
    return str(_SENTENCES[problem.flaw]).format_map(values)


def _named(column: str) -> str:
    return f"{_COLUMNS[column]} ({column})" if column in _COLUMNS else column


class _Known(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return _("unknown")


def flaws() -> frozenset[str]:
    return frozenset(_SENTENCES)
