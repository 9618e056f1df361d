"""Bodies: entered, changed, elected anew, closed; and the court is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators import rules
from gongzhi.mediators.actions.reaching import locked_body, note, owe_filing
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Body, Filing, Mediator
from gongzhi.mediators.queries.defined import composition
from gongzhi.mediators.queries.defined import fields as fields_of_work
from gongzhi.places import queries as places

TOLD = ("name", "address", "phone")  # changes the court is told of


@dataclass(frozen=True)
class BodyDraft:
    code: str
    name: str
    kind: str
    unit_id: int
    area_path: str
    expertise: Sequence[str] = ()
    founder: str = ""
    founded_on: date | None = None
    term_ends_on: date | None = None
    address: str = ""
    phone: str = ""
    about: str = ""
    under_id: int | None = None


@transaction.atomic
def enter_body(*, draft: BodyDraft, actor: Actor, at: datetime) -> Body:
    """Enter a body; a committee is filed with the court within the days the rule gives."""
    _check(draft)
    if Body.objects.filter(code=draft.code).exists():
        raise Invalid({"code": _("A body has this code already.")})
    row = Body(**_columns(draft))
    row.save()
    _within_reach(row, actor)
    owe_filing(row, Filing.What.FOUNDED, row.name, at=at)
    note("enter_body", row, actor, at, name=row.name, kind=row.kind)
    return row


@transaction.atomic
def change_body(*, body_id: int, draft: BodyDraft, actor: Actor, at: datetime) -> Body:
    """Set a body right; the trail keeps what was there before."""
    row = locked_body(body_id, actor, Can.KEEP)
    _check(draft)
    if Body.objects.filter(code=draft.code).exclude(pk=row.pk).exists():
        raise Invalid({"code": _("A body has this code already.")})
    values = _columns(draft)
    before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _within_reach(row, actor)
    if {"area_path", "unit_ids"} & before.keys():
        Mediator.objects.filter(body=row).update(area_path=row.area_path, unit_ids=row.unit_ids)
    if told := [name for name in TOLD if name in before]:
        words = "；".join(f"{before[name]} → {values[name]}" for name in told)
        owe_filing(row, Filing.What.DETAILS, words, at=at)
    note("change_body", row, actor, at, before={name: str(value) for name, value in before.items()})
    return row


def _columns(draft: BodyDraft) -> dict[str, object]:
    unit = accounts.unit(draft.unit_id)
    values: dict[str, object] = {one.name: getattr(draft, one.name) for one in fields(draft)}
    return values | {
        "name": draft.name.strip(), "code": draft.code.strip(), "expertise": list(draft.expertise),
        "unit_ids": list(unit.ancestors),
    }  # fmt: skip


def _check(draft: BodyDraft) -> None:
    problems = {}
    if len(draft.name.strip()) < 2:
        problems["name"] = _("Write the name.")
    if draft.kind not in Body.Kind.values:
        problems["kind"] = _("Choose one of the list.")
    if unknown := [code for code in draft.expertise if code not in fields_of_work()]:
        problems["expertise"] = _("Not a field: {codes}.").format(codes="、".join(unknown))
    if not draft.area_path.endswith("/") or not places.ancestors(draft.area_path):
        problems["area_path"] = _("No such area.")
    if problems:
        raise Invalid(problems)


def _within_reach(row: Body, actor: Actor) -> None:
    if not Body.objects.within_reach_of(actor, Can.KEEP).filter(pk=row.pk).exists():
        raise OutOfReach


@transaction.atomic
def begin_term(*, body_id: int, begins_on: date, source: str, actor: Actor, at: datetime) -> Body:
    """Note an election: the members' term runs as long as the law says, from this day."""
    row = locked_body(body_id, actor, Can.KEEP)
    rule = composition(row.kind, on=begins_on)
    if rule is None:
        raise Refused(_("The law sets no term for a body of this kind."))
    seats = Mediator.objects.filter(body=row, left_on__isnull=True).exclude(seat="")
    facts = [rules.SeatFacts(seat, woman) for seat, woman in seats.values_list("seat", "is_woman")]
    if flaws := rules.composition_flaws(rule, facts):
        raise Refused(_refusal(flaws[0], rule))
    row.term_ends_on = rules.end_of_term(begins_on, rule.term_years)
    row.save(update_fields=["term_ends_on"])
    seats.update(term_ends_on=row.term_ends_on)
    owe_filing(row, Filing.What.TERM, f"{begins_on:%Y-%m-%d} – {row.term_ends_on:%Y-%m-%d}", at=at)
    note("begin_term", row, actor, at, reason=source, begins=str(begins_on), ends=str(row.term_ends_on))  # fmt: skip
    return row


def _refusal(flaw: rules.Flaw, rule: rules.Composition) -> str:
    words = {
        rules.Flaw.TOO_FEW: _("A committee has at least {least} members ({source})."),
        rules.Flaw.TOO_MANY: _("A committee has at most {most} members ({source})."),
        rules.Flaw.NO_WOMAN: _("A committee has at least one woman among its members ({source})."),
        rules.Flaw.NO_CHAIR: _("A committee has a chair ({source})."),
    }[flaw]
    return words.format(least=rule.least, most=rule.most, source=rule.source)


@transaction.atomic
def close_body(*, body_id: int, reason: str, actor: Actor, at: datetime) -> Body:
    """Close a body nobody works in any more; what it did stays."""
    row = locked_body(body_id, actor, Can.KEEP)
    if not row.is_active:
        raise Refused(_("This body is closed already."))
    if Mediator.objects.filter(body=row, left_on__isnull=True).exists():
        raise Refused(_("Mediators still work here: let them leave or change to another body first."))  # fmt: skip
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why.")})
    row.is_active = False
    row.save(update_fields=["is_active"])
    owe_filing(row, Filing.What.CLOSED, reason.strip(), at=at)
    note("close_body", row, actor, at, reason=reason.strip())
    return row


@transaction.atomic
def note_filed(*, filing_ids: Sequence[int], filed_on: date, number: str, actor: Actor, at: datetime) -> int:  # fmt: skip
    """Note that the court was told of these changes, with its number; return of how many."""
    if filed_on > timezone.localtime(at).date():
        raise Invalid({"filed_on": _("This day is still to come.")})
    if len(number.strip()) < 2:
        raise Invalid({"number": _("Write the number of the filing.")})
    reach = Body.objects.within_reach_of(actor, Can.KEEP)
    rows = Filing.objects.filter(pk__in=list(filing_ids), filed_on__isnull=True, body__in=reach)
    found = list(rows.select_for_update(of=("self",)).select_related("body"))
    if not found:
        raise Refused(_("These changes were filed already."))
    for row in found:
        row.filed_on, row.number, row.filed_by_name = filed_on, number.strip()[:60], actor.name[:150]  # fmt: skip
        row.save(update_fields=["filed_on", "number", "filed_by_name"])
        body = row.body
        body.filed_on, body.filing_number = filed_on, row.number
        body.save(update_fields=["filed_on", "filing_number"])
        note("note_filed", body, actor, at, what=row.what, number=row.number)
    return len(found)
