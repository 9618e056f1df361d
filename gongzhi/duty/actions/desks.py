"""Opens a unit's desk and keeps its shifts."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import Desk, Pattern, Stint
from gongzhi.duty.queries.content import shifts_for
from gongzhi.duty.queries.units import columns_of

MOST_OF_A_POST = 20


@transaction.atomic
def open_desk(*, unit_id: int, actor: Actor, at: datetime, valid_from: date | None = None) -> Desk:
    """Open a unit's desk with the shifts shipped for units of its kind."""
    desk, is_new = Desk.objects.get_or_create(
        unit_id=unit_id,
        defaults={**columns_of(unit_id), "opened_at": at, "opened_by_name": actor.name[:150]},
    )
    _within_reach(desk, actor)
    if not is_new:
        raise Refused(_("This unit has a desk already."))
    Pattern.objects.bulk_create(
        Pattern(desk=desk, valid_from=valid_from or timezone.localdate(at), **vars(shift))
        for shift in shifts_for(accounts.unit(unit_id).kind)
    )
    _note("open_desk", desk, actor, at)
    return desk


@dataclass(frozen=True)
class ShiftDraft:
    name: str
    starts: time
    ends: time
    leaders: int
    dispatchers: int
    partners: int
    valid_from: date
    source: str


@transaction.atomic
def set_shift(*, unit_id: int, draft: ShiftDraft, actor: Actor, at: datetime) -> Pattern:
    """Put a shift, or the next version of the one of this name, into force from a day on."""
    desk = locked_desk(unit_id, actor)
    _check(draft, timezone.localdate(at))
    same = Pattern.objects.filter(desk=desk, name=draft.name, valid_to=None).first()
    if same is not None:
        if draft.valid_from <= same.valid_from:
            raise Invalid(
                {
                    "valid_from": _(
                        "The shift of this name holds from {day} on: choose a later day."
                    ).format(day=same.valid_from)
                }
            )
        _end(same, draft.valid_from)
    made = Pattern.objects.create(desk=desk, **vars(draft))
    _note("set_shift", desk, actor, at, shift=draft.name, valid_from=draft.valid_from.isoformat())
    return made


@transaction.atomic
def end_shift(*, unit_id: int, pattern_id: int, on: date, actor: Actor, at: datetime) -> None:
    """Let a shift hold for the last time on the day before."""
    desk = locked_desk(unit_id, actor)
    found = Pattern.objects.filter(desk=desk, pk=pattern_id, valid_to=None).first()
    if found is None:
        raise OutOfReach
    if on <= found.valid_from:
        raise Invalid({"on": _("The shift only begins then: choose a later day.")})
    _end(found, on)
    _note("end_shift", desk, actor, at, shift=found.name, reason=on.isoformat())


def _end(pattern: Pattern, on: date) -> None:
    later = Stint.objects.filter(pattern=pattern, on__gte=on).order_by("on").first()
    if later is not None:
        raise Refused(
            _("On {day} {name} is on this shift: take the later roster back first.").format(
                day=later.on, name=later.name
            )
        )
    pattern.valid_to = on
    pattern.save(update_fields=["valid_to"])


def _check(draft: ShiftDraft, today: date) -> None:
    problems = {}
    if not draft.name.strip():
        problems["name"] = _("Name the shift.")
    counts = (draft.leaders, draft.dispatchers, draft.partners)
    if max(counts) > MOST_OF_A_POST or min(counts) < 0:
        problems["dispatchers"] = _("At most {most} of a post.").format(most=MOST_OF_A_POST)
    if not any(counts):
        problems["dispatchers"] = _("A shift needs somebody.")
    if draft.valid_from < today:
        problems["valid_from"] = _("The past is a record: choose today or a later day.")
    if problems:
        raise Invalid(problems)


def locked_desk(unit_id: int, actor: Actor) -> Desk:
    """Return the desk with its row locked: rosters of one desk are changed one after another."""
    rows = Desk.objects.within_reach_of(actor, Can.ROSTER).select_for_update(of=("self",))
    found = rows.filter(unit=unit_id).first()
    if found is None:
        raise OutOfReach
    return found


def _within_reach(desk: Desk, actor: Actor) -> None:
    if not Desk.objects.within_reach_of(actor, Can.ROSTER).filter(pk=desk.pk).exists():
        raise OutOfReach


def _note(
    verb: str, desk: Desk, actor: Actor, at: datetime, *, reason: str = "", **detail: object
) -> None:
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"desk:{desk.unit_id}", at=at, reason=reason, detail=detail
    )  # fmt: skip
