"""Check-lists, classes, plans and norms as tables: what the product ships, and what a city puts in its place."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.catalogue import queries as catalogue
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import CheckList, Frequency, Line, Norm, Plan, PremisesClass
from gongzhi.patrol.queries.lists import GRADE_IDS, KIND_IDS

CONTENT: Final = Path(__file__).resolve().parents[1] / "content"
Row = dict[str, str]


def load_content(*, actor: Actor, at: datetime) -> int:
    """
    Load the shipped lists, classes, norms and plans where the city has none of its own.

    Returns the number of check-lists loaded. Safe to repeat.
    """
    tables = {path.stem: path.read_bytes() for path in sorted(CONTENT.glob("*.csv"))}
    read = {name: _read(content) for name, content in tables.items()}
    with transaction.atomic():
        if not PremisesClass.objects.exists():
            PremisesClass.objects.bulk_create(_class(row) for row in read["classes"])
        if not Norm.objects.exists():
            Norm.objects.bulk_create(_norm(row) for row in read["norms"])
        known = set(CheckList.objects.values_list("code", flat=True))
        fresh = [row for row in read["lists"] if row["code"] not in known]
        _check_lines(fresh, read["lines"])
        for row in fresh:
            _add_list(row, read["lines"], date.fromisoformat(row["valid_from"]), version=1)
        if not Plan.objects.exists():
            _add_plans(read["plans"], read["frequencies"], at)
        if fresh:
            audit.record(
                actor=actor, verb="patrol.load_content", subject="patrol", at=at,
                detail={"lists": len(fresh)},
            )  # fmt: skip
    return len(fresh)


def replace_lists(
    *, lists: bytes, lines: bytes, valid_from: date, actor: Actor, at: datetime
) -> list[str]:
    """
    Put new versions of check-lists in force from a day on; visits keep the version they began with.

    Lists whose text has not changed stay as they are. Returns the codes that changed.
    """
    if not actor.can(Can.PLAN):
        raise OutOfReach
    heads, bodies = _read(lists), _read(lines)
    _check_lists(heads)
    _check_lines(heads, bodies)
    changed: list[str] = []
    with transaction.atomic():
        for row in heads:
            newest = (
                CheckList.objects.select_for_update()
                .filter(code=row["code"])
                .order_by("-version")
                .first()
            )
            if newest and _same(newest, row, bodies):
                continue
            _close(newest, valid_from)
            _add_list(row, bodies, valid_from, version=newest.version + 1 if newest else 1)
            changed.append(row["code"])
        audit.record(
            actor=actor, verb="patrol.replace_lists", subject="patrol", at=at,
            detail={"lists": changed, "from": valid_from.isoformat()},
        )  # fmt: skip
    return changed


def set_norm(
    *,
    code: str,
    value: int,
    area_path: str,
    valid_from: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Set a planning number of an area from a day on; the one before stays readable."""
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.PLAN)):
        raise OutOfReach
    if not Norm.objects.filter(code=code).exists():
        raise Invalid({"code": _("There is no such number.")})
    if not 1 <= value <= 1000:
        raise Invalid({"value": _("Give a number between 1 and 1000.")})
    with transaction.atomic():
        before = (
            Norm.objects.select_for_update()
            .filter(code=code, area_path=area_path, valid_to__isnull=True)
            .first()
        )
        if before and before.valid_from >= valid_from:
            raise Invalid(
                {"valid_from": _("A number that begins on that day or later is already set.")}
            )
        if before:
            before.valid_to = valid_from
            before.save(update_fields=["valid_to"])
        Norm.objects.create(
            code=code, value=value, area_path=area_path, valid_from=valid_from, source=source
        )
        audit.record(
            actor=actor, verb="patrol.set_norm", subject=f"norm:{code}", at=at,
            detail={"value": value, "area": area_path, "from": valid_from.isoformat()},
        )  # fmt: skip


def _read(content: bytes) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"file": _("Save the file as CSV in UTF-8.")}) from None
    return [
        {key: (value or "").strip() for key, value in row.items() if key}
        for row in csv.DictReader(io.StringIO(text))
    ]


def _check_lists(heads: Sequence[Row]) -> None:
    for number, row in enumerate(heads, 2):
        if row.get("kind") not in KIND_IDS:
            raise Invalid({"lists": _("Line {n}: unknown kind of premises.").format(n=number)})
        if not (row.get("code") and row.get("name") and row.get("group")):
            raise Invalid(
                {"lists": _("Line {n}: code, group and name are needed.").format(n=number)}
            )
        if set(_several(row.get("grades", ""))) - set(GRADE_IDS):
            raise Invalid({"lists": _("Line {n}: grades are A, B, C and D.").format(n=number)})


def _check_lines(heads: Sequence[Row], bodies: Sequence[Row]) -> None:
    """Refuse lines that point nowhere: an unknown item, a fix on the spot the catalogue does not allow."""
    wanted = {row["code"] for row in heads}
    for number, row in enumerate(bodies, 2):
        if row.get("list") not in wanted:
            continue
        if problem := _problem(row):
            raise Invalid({"lines": _("Line {n}: {problem}").format(n=number, problem=problem)})
    for code in wanted:
        numbers = [row["n"] for row in bodies if row["list"] == code]
        if not numbers or len(set(numbers)) != len(numbers):
            words = _("The list {code} needs lines, each with a number of its own.")
            raise Invalid({"lines": words.format(code=code)})


def _problem(row: Row) -> str:
    versions = catalogue.versions(row.get("item", ""))
    if not versions:
        return _("the item {code} is not in the catalogue.").format(code=row.get("item", ""))
    if not row.get("n", "").isdecimal() or not row.get("text"):
        return _("number and text are needed.")
    if not row.get("revisit_days", "").isdecimal() or int(row["revisit_days"]) > 365:
        return _("days until the re-visit are a number up to 365.")
    if row.get("self_fix") == "yes" and not versions[-1].self_handled_allowed:
        return _("the item {code} cannot be settled on the spot.").format(code=row["item"])
    return ""


def _same(newest: CheckList, row: Row, bodies: Sequence[Row]) -> bool:
    known = Line.objects.filter(list=newest).order_by("n").values_list(
        "n", "item_code", "text", "how", "standard", "self_fix", "revisit_days"
    )  # fmt: skip
    head = (newest.name, newest.group, newest.kind, newest.classes, newest.grades)
    return head == _head(row) and list(known) == sorted(
        _line_values(line) for line in bodies if line["list"] == row["code"]
    )


def _close(newest: CheckList | None, valid_from: date) -> None:
    if newest is None:
        return
    if newest.valid_from >= valid_from:
        words = _("“{name}” already has a version from {day} on; choose a later day.")
        raise Invalid({"valid_from": words.format(name=newest.name, day=newest.valid_from)})
    newest.valid_to = valid_from
    newest.save(update_fields=["valid_to"])


def _several(text: str) -> list[str]:
    return [part for part in text.replace(",", "、").split("、") if part]


def _head(row: Row) -> tuple[Any, ...]:
    grades = [GRADE_IDS[letter] for letter in _several(row.get("grades", ""))]
    return (
        row["name"],
        row["group"],
        KIND_IDS[row["kind"]],
        _several(row.get("classes", "")),
        grades,
    )


def _line_values(row: Row) -> tuple[Any, ...]:
    return (
        int(row["n"]), row["item"], row["text"], row.get("how", ""), row.get("standard", ""),
        row.get("self_fix") == "yes", int(row["revisit_days"]),
    )  # fmt: skip


def _add_list(row: Row, bodies: Sequence[Row], valid_from: date, *, version: int) -> None:
    name, group, kind, classes, grades = _head(row)
    made = CheckList.objects.create(
        code=row["code"], version=version, group=group, name=name, kind=kind, classes=classes,
        grades=grades, valid_from=valid_from, source=row.get("source", ""),
    )  # fmt: skip
    names = ("n", "item_code", "text", "how", "standard", "self_fix", "revisit_days")
    Line.objects.bulk_create(
        Line(list=made, **dict(zip(names, _line_values(line), strict=True)))
        for line in bodies
        if line["list"] == row["code"]
    )


def _class(row: Row) -> PremisesClass:
    return PremisesClass(
        kind=KIND_IDS[row["kind"]], code=row["code"], name=row["name"], number=int(row["number"]),
        valid_from=date.fromisoformat(row["valid_from"]), source=row["source"],
    )  # fmt: skip


def _norm(row: Row) -> Norm:
    return Norm(
        code=row["code"], value=int(row["value"]), source=row["source"],
        valid_from=date.fromisoformat(row["valid_from"]),
    )  # fmt: skip


def _add_plans(plans: Sequence[Row], frequencies: Sequence[Row], at: datetime) -> None:
    by_plan: Mapping[str, Plan] = {
        row["code"]: Plan.objects.create(
            code=row["code"], name=row["name"], group=row["group"], kind=KIND_IDS[row["kind"]],
            state=Plan.State.IN_FORCE, valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"], made_at=at, released_at=at,
        )
        for row in plans
    }  # fmt: skip
    Frequency.objects.bulk_create(
        Frequency(
            plan=by_plan[row["plan"]], klass=row["class"],
            grade=GRADE_IDS[row["grade"]] if row["grade"] else None, days=int(row["days"]),
        )
        for row in frequencies
    )  # fmt: skip
