"""Bringing in people and their postings as a table: all rows or none, with a dry run."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries, rules
from gongzhi.accounts.actions.imports import LIMITS, Imported, area_path_of, check_area, finish
from gongzhi.accounts.actions.passwords import one_time_password
from gongzhi.accounts.actions.postings import ensure_separate_offices
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, User
from gongzhi.accounts.queries.people import has_whole_city, visible_postings
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.base.tables.sheets import Line, read_lines

PEOPLE_COLUMNS = {
    "username": "username", "name": "name", "phone": "phone", "email": "email", "role": "role",
    "unit": "unit", "area": "area", "from": "starts_on", "until": "ends_on",
    "用户名": "username", "姓名": "name", "电话": "phone", "邮箱": "email", "岗位": "role",
    "单位编码": "unit", "区域编码": "area", "开始日期": "starts_on", "结束日期": "ends_on",
}  # fmt: skip


@dataclass
class _Sheet:
    """The table on the desk, with what its rows are compared to, read once."""

    actor: Actor
    at: datetime
    result: Imported
    people: dict[str, User]
    units: dict[str, queries.UnitRow]
    held: set[tuple[Any, ...]] = field(default_factory=set)
    postings: list[tuple[Line, Posting]] = field(default_factory=list)


@transaction.atomic
def import_people(*, content: bytes, actor: Actor, at: datetime, dry_run: bool = False) -> Imported:
    """
    Open accounts and add postings, one posting a row; the same user name in several rows is one person.

    New people get one-time passwords, which are returned once. Known people keep their details.
    """
    if not actor.can(Can.EMPLOY):
        raise OutOfReach
    lines = read_lines(
        content, PEOPLE_COLUMNS, required=["username", "name", "role"], limits=LIMITS
    )
    sheet = _laid_out(lines, actor, at)
    _open_accounts(lines, sheet, dry_run=dry_run)
    for line in lines:
        if line["username"].lower() in sheet.people:
            _add_posting(line, sheet)
    _write_postings(sheet)
    result = sheet.result
    finish(result, "import_people", actor=actor, at=at, dry_run=dry_run)
    return result


def _laid_out(lines: list[Line], actor: Actor, at: datetime) -> _Sheet:
    users = User.objects.filter(username__in={line["username"].lower() for line in lines})
    people = {user.username: user for user in users}
    held = Posting.objects.filter(user__in=people.values(), ends_on=None)
    return _Sheet(
        actor=actor,
        at=at,
        result=Imported(row_count=len(lines)),
        people=people,
        units=queries.units_by_code(),
        held=set(held.values_list(F("user_id"), "role", F("unit_id"), "area_path")),
    )


def _open_accounts(lines: Iterable[Line], sheet: _Sheet, *, dry_run: bool) -> None:
    new: dict[str, User] = {}
    for line in lines:
        username = line["username"].lower()
        if not 0 < len(username) <= 60 or not 0 < len(line["name"]) <= 60:
            sheet.result.wrong(
                line, "username", _("User name and name of 1 to 60 characters are needed.")
            )
        elif username not in sheet.people and username not in new:
            new[username] = User(
                username=username,
                name=line["name"],
                phone=line["phone"][:30],
                email=line["email"][:254],
                must_change_password=True,
                password_changed_at=sheet.at,
                password="" if dry_run else _with_password(username, line["name"], sheet.result),
            )
    User.objects.bulk_create(new.values(), batch_size=2000)
    sheet.people |= new
    sheet.result.added = len(new)


def _with_password(username: str, name: str, result: Imported) -> str:
    """Make a one-time password and return its hash."""
    password = one_time_password()
    result.passwords.append((username, name, password))
    # Sixty random bits need no slow hash, and thousands of people come in one table.
    # What they choose themselves at their first sign-in is hashed at full strength.
    hasher = copy.copy(get_hasher())
    for knob, least in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        if hasattr(hasher, knob):
            setattr(hasher, knob, least)
    return hasher.encode(password, hasher.salt())


def _add_posting(line: Line, sheet: _Sheet) -> None:
    person = sheet.people[line["username"].lower()]
    before = len(sheet.result.problems)
    role = _role_of(line, person, sheet)
    unit = _unit_of(line, role, sheet)
    check_area(line, sheet.result)
    first, last = _days(line, sheet)
    if len(sheet.result.problems) > before:
        return
    posting = Posting(
        user=person,
        role=role,
        unit_id=unit.id if unit else None,
        area_path=area_path_of(line["area"]),
        starts_on=first,
        ends_on=last,
    )
    key = (person.pk, role, posting.unit_id, posting.area_path)
    if key not in sheet.held:
        sheet.held.add(key)
        sheet.postings.append((line, posting))


def _role_of(line: Line, person: User, sheet: _Sheet) -> str:
    """Return the code of the role given by code or by name."""
    word, table = line["role"], rules.roles()
    role = word if word in table else next((c for c, r in table.items() if str(r.name) == word), "")
    if not role:
        sheet.result.wrong(line, "role", _("There is no role “{word}”.").format(word=word))
    elif role in rules.ADMINISTRATORS and not has_whole_city(sheet.actor, Can.EMPLOY):
        sheet.result.wrong(
            line, "role", _("Only an administrator of the whole city appoints administrators.")
        )
    if person.pk == sheet.actor.id:
        sheet.result.wrong(
            line, "username", _("Nobody gives themself a role: ask another administrator.")
        )
    return role


def _unit_of(line: Line, role: str, sheet: _Sheet) -> queries.UnitRow | None:
    unit = sheet.units.get(line["unit"])
    if line["unit"] and unit is None:
        sheet.result.wrong(line, "unit", _("There is no unit “{code}”.").format(code=line["unit"]))
    elif unit is None and rules.is_bound_to_unit(role):
        sheet.result.wrong(line, "unit", _("This role needs a unit."))
    return unit


def _days(line: Line, sheet: _Sheet) -> tuple[date, date | None]:
    days: dict[str, date | None] = {"starts_on": None, "ends_on": None}
    for column in days:
        try:
            if line[column]:
                days[column] = date.fromisoformat(line[column].replace("/", "-"))
        except ValueError:
            sheet.result.wrong(line, column, _("Write the day as 2026-03-09."))
    first, last = days["starts_on"] or timezone.localtime(sheet.at).date(), days["ends_on"]
    if last and last < first:
        sheet.result.wrong(line, "ends_on", _("The last day is before the first."))
    return first, last


def _write_postings(sheet: _Sheet) -> None:
    offices = [pair for pair in sheet.postings if pair[1].role in rules.ADMINISTRATORS]
    others = [pair for pair in sheet.postings if pair[1].role not in rules.ADMINISTRATORS]
    Posting.objects.bulk_create([posting for _line, posting in others], batch_size=2000)
    for line, posting in offices:
        try:
            ensure_separate_offices(
                posting.user_id, posting.role, posting.starts_on, posting.ends_on
            )
        except Refused as refusal:
            sheet.result.wrong(line, "role", str(refusal))
        else:
            posting.save()
    _ensure_reach(sheet)
    sheet.result.changed = len(sheet.postings)


def _ensure_reach(sheet: _Sheet) -> None:
    written = [(line, posting.pk) for line, posting in sheet.postings if posting.pk]
    ids = [pk for _line, pk in written]
    reachable = set(visible_postings(sheet.actor).filter(pk__in=ids).values_list("pk", flat=True))
    for line, pk in written:
        if pk not in reachable:
            sheet.result.wrong(line, "area", _("This posting is outside the area you administer."))
