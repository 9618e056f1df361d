"""What a mediator decides themself: their days, how much they take, what the directory shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators.actions.reaching import note, own_office
from gongzhi.mediators.models import Absence, Mediator
from gongzhi.mediators.queries.defined import languages

SHOWN = ("expertise", "languages", "grade", "about", "days")
LONGEST = timedelta(days=365)


@transaction.atomic
def set_days(*, mediator_id: int, weekdays: Sequence[int], most_open: int, actor: Actor, at: datetime) -> Mediator:  # fmt: skip
    """Say on which weekdays (1 is Monday) one takes sessions, and how many disputes at a time."""
    row = own_office(mediator_id, actor)
    if not set(weekdays) <= set(range(1, 8)):
        raise Invalid({"weekdays": _("Choose one of the list.")})
    if not 1 <= most_open <= 100:
        raise Invalid({"most_open": _("Between 1 and 100.")})
    row.weekdays, row.most_open = sorted(set(weekdays)), most_open
    row.save(update_fields=["weekdays", "most_open"])
    note("set_days", row, actor, at, weekdays=row.weekdays, most_open=most_open)
    return row


@transaction.atomic
def add_absence(*, mediator_id: int, starts_on: date, ends_on: date, actor: Actor, at: datetime) -> Absence:  # fmt: skip
    """Say from when to when one takes no session; nobody is told why."""
    row = own_office(mediator_id, actor)
    if ends_on < starts_on:
        raise Invalid({"ends_on": _("The last day does not come before the first.")})
    if ends_on < timezone.localtime(at).date():
        raise Invalid({"ends_on": _("These days are over.")})
    if ends_on - starts_on > LONGEST:
        raise Invalid({"ends_on": _("At most a year at a time.")})
    if Absence.objects.filter(mediator=row, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():  # fmt: skip
        raise Invalid({"starts_on": _("Some of these days are taken out already.")})
    made = Absence.objects.create(mediator=row, starts_on=starts_on, ends_on=ends_on)
    note("add_absence", row, actor, at, starts=str(starts_on), ends=str(ends_on))
    return made


@transaction.atomic
def remove_absence(*, absence_id: int, actor: Actor, at: datetime) -> None:
    found = Absence.objects.filter(pk=absence_id).first()
    if found is None:
        raise OutOfReach
    row = own_office(found.mediator_id, actor)
    found.delete()
    note("remove_absence", row, actor, at, starts=str(found.starts_on), ends=str(found.ends_on))


@dataclass(frozen=True)
class Face:
    """What the public directory shows of somebody: only what they agreed to."""

    is_public: bool
    shows: Sequence[str] = ()
    about: str = ""
    languages: Sequence[str] = ()


@transaction.atomic
def show_me(*, mediator_id: int, face: Face, actor: Actor, at: datetime) -> Mediator:
    """Agree to stand in the directory, or take it back; it holds from this moment."""
    row = own_office(mediator_id, actor)
    if not set(face.shows) <= set(SHOWN):
        raise Invalid({"shows": _("Choose one of the list.")})
    if unknown := [code for code in face.languages if code not in languages()]:
        raise Invalid({"languages": _("Not on the list: {codes}.").format(codes="、".join(unknown))})
    if face.is_public and row.left_on is not None:
        raise Refused(_("This mediator is not in office any more."))
    row.is_public, row.shows = face.is_public, [one for one in SHOWN if one in face.shows]
    row.about, row.languages = face.about.strip()[:300], list(face.languages)
    row.agreed_on = timezone.localtime(at).date() if face.is_public else None
    row.save(update_fields=["is_public", "shows", "about", "languages", "agreed_on"])
    note("show_me", row, actor, at, public=face.is_public, shows=row.shows)
    return row
