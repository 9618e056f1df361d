"""A roster from a table: every row is checked, then all are written or none."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.tables.sheets import Limits, Line, read_lines
from gongzhi.duty.actions.desks import locked_desk
from gongzhi.duty.actions.rostering import Seat, place
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.models import Desk, Pattern, Stint
from gongzhi.duty.queries.desks import candidates, patterns

LIMITS = Limits(rows=2000, size=4 * 1024 * 1024)
COLUMNS = {
    "日期": "on", "date": "on", "班次": "shift", "shift": "shift", "岗位": "post", "post": "post",
    "用户名或单位代码": "code", "user name or unit code": "code", "姓名或单位": "name", "姓名": "name", "名称": "name", "name": "name",
    "备注": "note", "note": "note",
}  # fmt: skip
REQUIRED = ("on", "shift", "post")
_POSTS = {
    "带班领导": Post.LEADER, "leader on duty": Post.LEADER, "leader": Post.LEADER,
    "值班员": Post.DISPATCHER, "person on duty": Post.DISPATCHER, "dispatcher": Post.DISPATCHER,
    "备勤单位": Post.PARTNER, "partner on call": Post.PARTNER, "partner": Post.PARTNER,
}  # fmt: skip


@dataclass(frozen=True)
class Imported:
    batch: str  # "" when nothing was written
    written: int
    known: int  # rows that stood in the roster already
    problems: list[tuple[int, str]]  # row, sentence


class _Wrong(Exception):
    """A row that cannot be used; the message says why."""


def import_roster(*, unit_id: int, content: bytes, actor: Actor, at: datetime) -> Imported:
    """Read CSV or XLSX with the headings of the export; with one row wrong nothing is written."""
    lines = read_lines(content, COLUMNS, required=REQUIRED, limits=LIMITS)
    if not lines:
        raise Invalid({"file": _("The table has no rows.")})
    batch = uuid.uuid4()
    with transaction.atomic():
        desk = locked_desk(unit_id, actor)
        problems, written, known = _write(desk, lines, batch, actor, at)
        if problems:
            transaction.set_rollback(True)
            return Imported("", 0, known, problems)
        audit.record(
            actor=actor, verb="duty.import_roster", subject=f"desk:{unit_id}", at=at,
            detail={"count": written, "batch": str(batch)},
        )  # fmt: skip
    return Imported(str(batch) if written else "", written, known, [])


def _write(
    desk: Desk, lines: Iterable[Line], batch: uuid.UUID, actor: Actor, at: datetime
) -> tuple[list[tuple[int, str]], int, int]:
    problems: list[tuple[int, str]] = []
    written = known = 0
    book = _Book(desk, timezone.localdate(at))
    for line in lines:
        try:
            seat = book.seat(line)
            if book.stands(seat):
                known += 1
                continue
            place(desk, seat, book.people[seat.post], actor=actor, at=at, batch=batch)
        except (_Wrong, Refused, Invalid) as trouble:
            problems.append((line.number, str(trouble)))
            continue
        written += 1
    return problems, written, known


class _Book:
    """What the rows of a table may name: shifts of the desk, its people, its partners."""

    def __init__(self, desk: Desk, today: date) -> None:
        self.desk = desk
        self.patterns = patterns(desk)
        self.people: dict[str, dict[int, str]] = {
            post: {one.id: one.name for one in candidates(desk, post, on=today)}
            for post in Post.values
        }
        present = Stint.objects.filter(desk=desk, on__gte=today)
        self.present = set(present.values_list("pattern_id", "on", "post", "user_id", "partner_id"))

    def seat(self, line: Line) -> Seat:
        post = _POSTS.get(line["post"].lower())
        if post is None:
            raise _Wrong(_("There is no post “{post}”.").format(post=line["post"]))
        on = _day(line["on"])
        return Seat(
            self._pattern(line["shift"], on).pk,
            on,
            post,
            self._member(line, post),
            line["note"][:200],
        )

    def stands(self, seat: Seat) -> bool:
        is_partner = seat.post == Post.PARTNER
        pair = (None, seat.member_id) if is_partner else (seat.member_id, None)
        return (seat.pattern_id, seat.on, seat.post, *pair) in self.present

    def _pattern(self, name: str, on: date) -> Pattern:
        for row in self.patterns:
            if (
                row.name == name
                and row.valid_from <= on
                and (row.valid_to is None or on < row.valid_to)
            ):
                return row
        raise _Wrong(_("This desk has no shift “{name}” on {day}.").format(name=name, day=on))

    def _member(self, line: Line, post: str) -> int:
        people: Mapping[int, str] = self.people[post]
        found = self._by_code(line["code"], post) if line["code"] else None
        if found is None and line["name"]:
            same = [pk for pk, name in people.items() if name == line["name"]]
            if len(same) > 1:
                raise _Wrong(
                    _("There are {n} people called {name} here: give the user name.").format(
                        n=len(same), name=line["name"]
                    )
                )
            found = same[0] if same else None
        if found is None or found not in people:
            who = line["name"] or line["code"] or "—"
            raise _Wrong(_("{who} cannot be on duty as this here.").format(who=who))
        return found

    def _by_code(self, code: str, post: str) -> int | None:
        if post == Post.PARTNER:
            unit = accounts.units_by_code().get(code)
            return unit.id if unit else None
        person = accounts.person_by_username(code)
        return person.id if person else None


def _day(text: str) -> date:
    plain = text.strip().replace("/", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        year, month, day = (int(part) for part in plain[:10].split("-"))
        return date(year, month, day)
    except ValueError:
        raise _Wrong(_("“{text}” is no day: write 2026-11-22.").format(text=text)) from None
