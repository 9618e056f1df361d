"""Mediators: elected or engaged, changed, leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.mediators.actions.reaching import (
    locked_body,
    locked_mediator,
    locked_seat,
    note,
    owe_filing,
)
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Body, Filing, Mediator
from gongzhi.mediators.queries.defined import composition, languages
from gongzhi.mediators.queries.defined import fields as fields_of_work


@dataclass(frozen=True)
class MediatorDraft:
    name: str
    employment: str
    is_woman: bool
    appointed_on: date
    seat: str = ""
    username: str = ""  # of the account they work with
    expertise: Sequence[str] = ()
    languages: Sequence[str] = ()
    term_ends_on: date | None = None
    most_open: int = 10
    code: str = ""  # "": the next of the body


@transaction.atomic
def appoint(*, body_id: int, draft: MediatorDraft, actor: Actor, at: datetime) -> Mediator:
    """Enter an elected member or an engaged mediator; the court is told of the change."""
    body = locked_body(body_id, actor, Can.KEEP)
    if not body.is_active:
        raise Refused(_("This body is closed already."))
    _check(draft, at)
    row = Mediator(body=body, unit_ids=body.unit_ids, area_path=body.area_path)
    _fill(row, draft)
    row.code = draft.code.strip() or _next_code(body)
    _check_seat(row, at)
    _save(row)
    owe_filing(body, Filing.What.MEMBERS, _("in: {name}").format(name=row.name), at=at)
    note("appoint", row, actor, at, name=row.name, body=body.name, seat=row.seat)
    return row


@transaction.atomic
def change(*, mediator_id: int, draft: MediatorDraft, actor: Actor, at: datetime) -> Mediator:
    """Set an office right. Grades, days and what the directory shows have deeds of their own."""
    row = locked_seat(mediator_id, actor, Can.KEEP)
    _check(draft, at)
    before = {"name": row.name, "seat": row.seat, "employment": row.employment}
    _fill(row, draft)
    _check_seat(row, at)
    _save(row)
    if (row.name, row.seat) != (before["name"], before["seat"]):
        owe_filing(row.body, Filing.What.MEMBERS, _("changed: {name}").format(name=row.name), at=at)
    note("change", row, actor, at, before=before)
    return row


@transaction.atomic
def leave(*, mediator_id: int, left_on: date, reason: str, actor: Actor, at: datetime) -> Mediator:
    """Note that somebody is a mediator no more; they are offered nowhere from now on."""
    row = locked_mediator(mediator_id, actor, Can.KEEP)
    return end_office(row, left_on=left_on, reason=reason, actor=actor, at=at)


def end_office(row: Mediator, *, left_on: date, reason: str, actor: Actor, at: datetime) -> Mediator:  # fmt: skip
    if row.left_on is not None:
        raise Refused(_("This mediator is not in office any more."))
    if left_on < row.appointed_on or left_on > timezone.localtime(at).date():
        raise Invalid({"left_on": _("The day lies between the appointment and today.")})
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why.")})
    row.left_on, row.left_for, row.is_public = left_on, reason.strip()[:200], False
    row.save(update_fields=["left_on", "left_for", "is_public"])
    owe_filing(row.body, Filing.What.MEMBERS, _("out: {name}").format(name=row.name), at=at)
    note("leave", row, actor, at, reason=row.left_for, left_on=str(left_on))
    return row


def _fill(row: Mediator, draft: MediatorDraft) -> None:
    user = accounts.person_by_username(draft.username) if draft.username else None
    row.user_id = user.id if user else None
    row.name, row.employment, row.seat = draft.name.strip(), draft.employment, draft.seat
    row.is_woman, row.appointed_on, row.term_ends_on = draft.is_woman, draft.appointed_on, draft.term_ends_on  # fmt: skip
    row.expertise, row.languages, row.most_open = list(draft.expertise), list(draft.languages), draft.most_open  # fmt: skip


def _check(draft: MediatorDraft, at: datetime) -> None:
    problems = {}
    if len(draft.name.strip()) < 2:
        problems["name"] = _("Write the name.")
    if draft.employment not in Mediator.Employment.values:
        problems["employment"] = _("Choose one of the list.")
    if draft.seat and draft.seat not in Mediator.Seat.values:
        problems["seat"] = _("Choose one of the list.")
    if draft.appointed_on > timezone.localtime(at).date():
        problems["appointed_on"] = _("This day is still to come.")
    if draft.term_ends_on and draft.term_ends_on < draft.appointed_on:
        problems["term_ends_on"] = _("The term ends after it begins.")
    if draft.username and accounts.person_by_username(draft.username) is None:
        problems["username"] = _("Nobody has this user name.")
    problems |= _unknown(draft)
    if problems:
        raise Invalid(problems)


def _unknown(draft: MediatorDraft) -> dict[str, str]:
    lists = (("expertise", draft.expertise, fields_of_work()), ("languages", draft.languages, languages()))  # fmt: skip
    return {
        name: _("Not on the list: {codes}.").format(codes="、".join(unknown))
        for name, codes, known in lists
        if (unknown := [code for code in codes if code not in known])
    }


def _check_seat(row: Mediator, at: datetime) -> None:
    """A seat more than the law allows, or a second chair, is refused with its article."""
    rule = composition(row.body.kind, on=timezone.localtime(at).date())
    if not row.seat:
        return
    if rule is None:
        raise Invalid({"seat": _("Only committees have seats.")})
    others = Mediator.objects.filter(body=row.body, left_on__isnull=True).exclude(pk=row.pk)
    seats = list(others.exclude(seat="").values_list("seat", flat=True))
    if len(seats) >= rule.most:
        words = _("A committee has at most {most} members ({source}). Engage them without a seat.")
        raise Invalid({"seat": words.format(most=rule.most, source=rule.source)})
    if row.seat == Mediator.Seat.CHAIR and Mediator.Seat.CHAIR in seats:
        raise Invalid({"seat": _("The committee has a chair already.")})


def _next_code(body: Body) -> str:
    return f"{body.code}-{Mediator.objects.filter(body=body).count() + 1:02}"


def _save(row: Mediator) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Invalid({"code": _("A mediator has this code already.")}) from clash
