"""Bodies and mediators from a table: every row is checked, then all are written or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tables.sheets import Limits, Line, read_lines
from gongzhi.mediators.actions.bodies import BodyDraft, change_body, enter_body
from gongzhi.mediators.actions.offices import MediatorDraft, appoint, change
from gongzhi.mediators.models import Body, Mediator
from gongzhi.mediators.queries.defined import fields, languages
from gongzhi.mediators.queries.tables import BODY_COLUMNS, MEDIATOR_COLUMNS
from gongzhi.places import queries as places

LIMITS = Limits(rows=20_000, size=8 * 1024 * 1024)
YES = {"1", "是", "女", "yes", "true"}


@dataclass(frozen=True)
class Imported:
    entered: int
    changed: int
    problems: list[tuple[int, str]]  # row, sentence; with one of them nothing is written


class _Wrong(Exception):
    """A row that cannot be used; the message says why."""


def import_bodies(*, content: bytes, actor: Actor, at: datetime) -> Imported:
    """Read CSV or XLSX with the headings of the export; a known code is changed, a new one entered."""
    known = dict(Body.objects.values_list("code", "id"))

    def write(line: Line) -> bool:
        draft = _body(line)
        if draft.code in known:
            change_body(body_id=known[draft.code], draft=draft, actor=actor, at=at)
            return False
        known[draft.code] = enter_body(draft=draft, actor=actor, at=at).pk
        return True

    return _import("bodies", content, BODY_COLUMNS, ("code", "name", "kind", "unit", "area"), write, actor, at)  # fmt: skip


def import_mediators(*, content: bytes, actor: Actor, at: datetime) -> Imported:
    """Read CSV or XLSX with the headings of the export; a known code is changed, a new one appointed."""
    known = dict(Mediator.objects.values_list("code", "id"))
    bodies = dict(Body.objects.values_list("code", "id"))

    def write(line: Line) -> bool:
        draft = _mediator(line)
        if draft.code in known:
            change(mediator_id=known[draft.code], draft=draft, actor=actor, at=at)
            return False
        if line["body_code"] not in bodies:
            raise _Wrong(_("There is no body with the code {code}.").format(code=line["body_code"] or "—"))  # fmt: skip
        made = appoint(body_id=bodies[line["body_code"]], draft=draft, actor=actor, at=at)
        known[made.code] = made.pk
        return True

    return _import("mediators", content, MEDIATOR_COLUMNS, ("name", "body_code", "employment", "appointed_on"), write, actor, at)  # fmt: skip


def _import(
    what: str, content: bytes, columns: Mapping[str, str], required: tuple[str, ...],
    write: Callable[[Line], bool], actor: Actor, at: datetime,
) -> Imported:  # fmt: skip
    lines = read_lines(content, columns, required=required, limits=LIMITS)
    if not lines:
        raise Invalid({"file": _("The table has no rows.")})
    entered = changed = 0
    problems: list[tuple[int, str]] = []
    with transaction.atomic():
        for line in lines:
            try:
                with transaction.atomic():
                    is_new = write(line)
            except OutOfReach:
                problems.append((line.number, _("Not within your reach.")))
                continue
            except (_Wrong, Invalid, Refused) as trouble:
                problems.append((line.number, str(trouble)))
                continue
            entered, changed = entered + is_new, changed + (not is_new)
        if problems:
            transaction.set_rollback(True)
            return Imported(0, 0, problems)
        audit.record(
            actor=actor, verb=f"mediators.import_{what}", subject=f"registry:{what}", at=at,
            detail={"entered": entered, "changed": changed},
        )  # fmt: skip
    return Imported(entered, changed, [])


def _body(line: Line) -> BodyDraft:
    unit = accounts.units_by_code().get(line["unit"])
    if unit is None:
        raise _Wrong(_("There is no unit with the code {code}.").format(code=line["unit"] or "—"))
    area = places.area_by_code(line["area"]) if line["area"] else None
    if area is None:
        raise _Wrong(_("There is no area with the code {code}.").format(code=line["area"] or "—"))
    return BodyDraft(
        code=line["code"], name=line["name"], kind=_code(line["kind"], dict(Body.Kind.choices)), unit_id=unit.id,
        area_path=area.path, expertise=_codes(line["expertise"], fields()), founder=line["founder"],
        founded_on=_day(line["founded_on"]), term_ends_on=_day(line["term_ends_on"]), address=line["address"],
        phone=line["phone"], about=line["about"],
    )  # fmt: skip


def _mediator(line: Line) -> MediatorDraft:
    appointed_on = _day(line["appointed_on"])
    if appointed_on is None:
        raise _Wrong(_("Say since when the mediator is in office."))
    return MediatorDraft(
        code=line["code"], name=line["name"], employment=_code(line["employment"], dict(Mediator.Employment.choices)),
        is_woman=line["is_woman"].lower() in YES, appointed_on=appointed_on, username=line["username"],
        seat=_code(line["seat"], dict(Mediator.Seat.choices)) if line["seat"] else "",
        expertise=_codes(line["expertise"], fields()), languages=_codes(line["languages"], languages()),
        term_ends_on=_day(line["term_ends_on"]), most_open=_number(line["most_open"] or "10"),
    )  # fmt: skip


def _code(text: str, names: Mapping[str, object]) -> str:
    """Return the code of a word of the list, written as code or as its name."""
    for code, name in names.items():
        if text in {code, str(name)}:
            return code
    raise _Wrong(_("“{text}” is not on the list.").format(text=text or "—"))


def _codes(text: str, names: Mapping[str, object]) -> list[str]:
    for sign in "，,；; ":
        text = text.replace(sign, "、")
    return [_code(one, names) for one in text.split("、") if one]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise _Wrong(_("“{text}” is no number.").format(text=text))
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    plain = text.replace("/", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        year, month, day = (int(part) for part in plain[:10].split("-"))
        return date(year, month, day)
    except ValueError:
        raise _Wrong(_("“{text}” is no day: write 2026-11-22.").format(text=text)) from None
