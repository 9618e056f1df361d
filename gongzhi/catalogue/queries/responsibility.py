"""Who answers for an item at a place, and whether it may be reported there now."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.catalogue.models import Level
from gongzhi.catalogue.queries.items import item
from gongzhi.catalogue.queries.rows import Assignment, ItemRow, NoReportRow, ResponsibilityRow
from gongzhi.catalogue.queries.snapshot import snapshot
from gongzhi.catalogue.rules.matrix import (
    best_row,
    is_in_force,
    is_within_hours,
    parse_target,
    scopes_of,
    town_of,
)

OFFICER = "grid_officer"
_DEPTHS = {"city": 0, "town": 1, "village": 2}


def responsible(*, item_id: int, area_path: str, on: date, level: str = "") -> Assignment:
    """Answer from the matrix; without a fitting row the item's own department answers."""
    about = item(item_id)
    level = level or about.level
    row = best_row(_rows_for(about), scopes=_scopes(about), area_path=area_path, level=level, on=on)
    target = row.handler if row else ("item@town" if level == "town" else "item")
    handler = _unit(target, about, area_path)
    joint = [_unit(text, about, area_path) for text in (row.joint if row else ())]
    return Assignment(
        handler_unit_id=handler[0],
        handler_name=handler[1],
        joint_unit_ids=tuple(pk for pk, _name in joint if pk is not None and pk != handler[0]),
        finder=row.finder if row else OFFICER,
        verifier=row.verifier if row else OFFICER,
        level=level,
        why=_why(about, level, row, handler, [name for _pk, name in joint]),
        responsibility_id=row.id if row else None,
    )


def _scopes(about: ItemRow) -> tuple[str, ...]:
    return scopes_of(code=about.code, family=about.family, class_code=about.class_code)


def _rows_for(about: ItemRow) -> list[ResponsibilityRow]:
    held = snapshot().responsibilities
    return [row for scope in _scopes(about) for row in held.get(scope, ())]


def _unit(text: str, about: ItemRow, area_path: str) -> tuple[int | None, str]:
    """Return (id, name) of the unit a target means here; a department without office answers itself."""
    target = parse_target(text)
    if target is None:
        return None, text
    if not target.unit:
        return _centre(target.at, area_path)
    code = about.department if target.unit == "item" else target.unit
    codes = [f"{code}-{town_of(area_path)}", code] if target.at == "town" else [code]
    for candidate in filter(None, codes):
        with suppress(OutOfReach):
            unit = accounts.unit_by_code(candidate)
            if unit.is_open:
                return unit.id, unit.name
    own = about.department_name if code == about.department else ""
    return None, own or snapshot().departments.get(code) or code


def _centre(at: str, area_path: str) -> tuple[int | None, str]:
    try:
        centre = accounts.centre_for(area_path, _DEPTHS[at])
    except Refused:
        return None, _("the centre of the {level}").format(level=Level(at).label)
    return centre.id, centre.name


def _why(
    about: ItemRow,
    level: str,
    row: ResponsibilityRow | None,
    handler: tuple[int | None, str],
    joint: Sequence[str],
) -> str:
    source = (row.source if row else "") or _("responsibility matrix")
    lead = (
        _("{name} (lead)") if handler[0] is not None else _("{name} (lead; unit not set up yet)")
    ).format(name=handler[1])
    parties = [lead, *(_("{name} (joint)").format(name=name) for name in joint)]
    words = _("{source}: {item} × {level} → {parties}").format(
        source=source,
        item=about.name,
        level=Level(level).label,
        parties=_(", ").join(parties),
    )
    if row is None:
        return _(
            "{words}. No row of the matrix fits, so the item's own department answers."
        ).format(words=words)
    return words


def advice(*, item_id: int, area_path: str, at: datetime) -> str:
    """Return the tip for whoever wants to report this here now, or "" when it may be reported."""
    about = item(item_id)
    held = snapshot().no_reports
    rows = [row for scope in _scopes(about) for row in held.get(scope, ())]
    return next((row.tip for row in rows if _forbids(row, area_path, at)), "")


def _forbids(row: NoReportRow, area_path: str, at: datetime) -> bool:
    local = localtime(at)
    return (
        area_path.startswith(row.area_path)
        and is_in_force(row, local.date())
        and is_within_hours(moment=local, starts=row.starts, ends=row.ends)
    )


def matrix_rows(*, on: date | None = None) -> list[ResponsibilityRow]:
    """Return the rows of the matrix, all or those in force on the day."""
    rows = [row for group in snapshot().responsibilities.values() for row in group]
    return sorted(
        (row for row in rows if on is None or is_in_force(row, on)), key=lambda row: row.id
    )


def no_report_rows() -> list[NoReportRow]:
    rows = [row for group in snapshot().no_reports.values() for row in group]
    return sorted(rows, key=lambda row: row.id)
