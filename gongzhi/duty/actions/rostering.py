"""Puts people on duty: one by one, by a rotation, and takes back what was written together."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.duty import rules
from gongzhi.duty.actions.desks import locked_desk
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import Days, Every, Post
from gongzhi.duty.models import Desk, Pattern, Rotation, Stint
from gongzhi.duty.queries.content import norm
from gongzhi.duty.queries.desks import calendar_of, candidates, days_between, need
from gongzhi.duty.queries.roster import stint as seen_stint


@dataclass(frozen=True)
class Seat:
    """Who is to be on duty as what, on which shift of which day."""

    pattern_id: int
    on: date
    post: str
    member_id: int  # a person, or for partners a unit
    note: str = ""


@transaction.atomic
def assign(*, unit_id: int, seat: Seat, actor: Actor, at: datetime) -> Stint:
    """Put one person or partner on a shift; refused where they are on duty elsewhere at the time."""
    desk = locked_desk(unit_id, actor)
    row = place(desk, seat, _names(desk, seat.post, seat.on), actor=actor, at=at)
    _note("assign", row, actor, at)
    return row


def place(
    desk: Desk,
    seat: Seat,
    names: dict[int, str],
    *,
    actor: Actor,
    at: datetime,
    batch: uuid.UUID | None = None,
) -> Stint:
    """Write one place of a locked desk's roster; `names` are those who may hold it."""
    pattern = _pattern(desk, seat.pattern_id)
    row = _stint(desk, pattern, seat, names, at=at, by=actor, batch=batch)
    _must_be_to_come(row, at)
    _check_room(desk, pattern, seat)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(_clash_words(row)) from clash
    return row


@transaction.atomic
def release(*, stint_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take somebody off a shift that has not ended; the trail keeps who it was and why."""
    row = seen_stint(actor, stint_id, Can.ROSTER)
    _must_be_to_come(row, at)
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    _note("release", row, actor, at, reason=reason.strip())
    row.delete()


@dataclass(frozen=True)
class RotationDraft:
    name: str
    post: str
    patterns: Sequence[int]
    days: str
    every: str
    members: Sequence[int]


@transaction.atomic
def keep_rotation(*, unit_id: int, draft: RotationDraft, actor: Actor, at: datetime) -> Rotation:
    """Keep an order of turns under a name."""
    desk = locked_desk(unit_id, actor)
    _check_rotation(desk, draft, timezone.localdate(at))
    row, _is_new = Rotation.objects.update_or_create(
        desk=desk, name=draft.name.strip(),
        defaults={
            "post": draft.post, "patterns": list(draft.patterns), "days": draft.days, "every": draft.every,
            "members": list(draft.members), "changed_at": at, "changed_by_name": actor.name[:150],
        },
    )  # fmt: skip
    audit.record(
        actor=actor, verb="duty.keep_rotation", subject=f"desk:{desk.unit_id}", at=at,
        detail={"name": row.name, "members": row.members},
    )  # fmt: skip
    return row


@transaction.atomic
def drop_rotation(*, unit_id: int, rotation_id: int, actor: Actor, at: datetime) -> None:
    """Forget an order of turns; what was written by it stays."""
    desk = locked_desk(unit_id, actor)
    row = Rotation.objects.filter(desk=desk, pk=rotation_id).first()
    if row is None:
        raise OutOfReach
    audit.record(
        actor=actor, verb="duty.drop_rotation", subject=f"desk:{desk.unit_id}", at=at,
        detail={"name": row.name, "members": row.members},
    )  # fmt: skip
    row.delete()


def _check_rotation(desk: Desk, draft: RotationDraft, on: date) -> None:
    problems = {}
    if (
        draft.post not in Post.values
        or draft.days not in Days.values
        or draft.every not in Every.values
    ):
        problems["post"] = _("Choose one of the list.")
    if not draft.members:
        problems["members"] = _("Choose who takes turns.")
    elif draft.post in Post.values:
        known = {one.id for one in candidates(desk, draft.post, on=on)}
        if unknown := [member for member in draft.members if member not in known]:
            problems["members"] = _("{n} of them cannot be on duty as this here.").format(
                n=len(unknown)
            )
    own = set(Pattern.objects.filter(desk=desk).values_list("pk", flat=True))
    if not draft.patterns or not set(draft.patterns) <= own:
        problems["patterns"] = _("Choose the shifts.")
    if problems:
        raise Invalid(problems)


@dataclass(frozen=True)
class Made:
    """What a rotation wrote: how many places, which nobody could take, and a mark to take it back by."""

    batch: str
    written: int
    gaps: int
    passed_over: int
    begins_with: int  # the place in the order it began with


@transaction.atomic
def generate(
    *,
    unit_id: int,
    rotation_id: int,
    since: date,
    until: date,
    begin_with: int | None,
    actor: Actor,
    at: datetime,
) -> Made:
    """
    Fill what is still free between two days by a rotation; what somebody holds already stays.

    Who is away (an approved substitution) or on duty elsewhere is passed over for the next. Without
    `begin_with` the order goes on after whoever had the last turn before.
    """
    desk = locked_desk(unit_id, actor)
    row = Rotation.objects.filter(desk=desk, pk=rotation_id).first()
    if row is None:
        raise OutOfReach
    _check_days(since, until, at)
    first = _first(row, begin_with, since)
    planned = _planned(desk, row, since, until, first)
    names = _names(desk, row.post, since)
    batch = uuid.uuid4()
    rows = [
        _stint(
            desk,
            patterns[one.slot.pattern],
            _seat(one, row.post),
            names,
            at=at,
            by=actor,
            batch=batch,
        )
        for patterns in [_patterns(desk)]
        for one in planned
        if one.member is not None and one.slot.ends_at > at
    ]
    _write(rows)
    audit.record(
        actor=actor, verb="duty.generate", subject=f"desk:{desk.unit_id}", at=at,
        detail={"rotation": row.name, "from": since.isoformat(), "to": until.isoformat(), "count": len(rows), "batch": str(batch)},
    )  # fmt: skip
    return Made(
        str(batch), len(rows), sum(one.member is None for one in planned),
        sum(bool(one.passed_over and one.member is not None) for one in planned), first,
    )  # fmt: skip


def _check_days(since: date, until: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if since < today:
        raise Invalid({"since": _("The past is a record: choose today or a later day.")})
    if until < since:
        raise Invalid({"until": _("The last day is before the first.")})
    most = norm("generate_days", today)
    if (until - since).days >= most:
        raise Invalid({"until": _("At most {n} days at once.").format(n=most)})


def _first(row: Rotation, begin_with: int | None, since: date) -> int:
    if begin_with is not None:
        if begin_with not in row.members:
            raise Invalid({"begin_with": _("Choose one of the list.")})
        return row.members.index(begin_with)
    column = "partner_id" if row.post == Post.PARTNER else "user_id"
    last = (
        Stint.objects.filter(
            desk=row.desk_id, post=row.post, on__lt=since, pattern__in=row.patterns
        )
        .filter(**{f"{column}__in": row.members})
        .order_by("-starts_at", "-id")
        .values_list(column, flat=True)
        .first()
    )
    return (row.members.index(last) + 1) % len(row.members) if last is not None else 0


def _planned(
    desk: Desk, row: Rotation, since: date, until: date, first: int
) -> list[rules.Planned]:
    days = [day for day in days_between(since, until) if _runs_on(desk, row.days, day)]
    of_desk = _patterns(desk)
    needs = [need(of_desk[pk], row.post) for pk in row.patterns if pk in of_desk]
    taken: Counter[tuple[int, date]] = Counter()
    present = Stint.objects.filter(desk=desk, post=row.post, on__gte=since, on__lte=until)
    for pattern_id, on in present.values_list("pattern_id", "on"):
        taken[pattern_id, on] += 1
    slots = rules.slots_of(needs, days, zone=timezone.get_current_timezone(), taken=taken)
    return rules.turns(
        slots, row.members, every=row.every, busy=_busy(row, since, until), away=_away(row, days), first=first
    )  # fmt: skip


def _runs_on(desk: Desk, days: str, day: date) -> bool:
    if days == Days.ALL:
        return True
    works = bool(clocks.calendar(calendar_of(desk)).hours_on(day))
    return works == (days == Days.WORKING)


def _busy(row: Rotation, since: date, until: date) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return when the members are on duty already, here or at another desk; partners may be at several."""
    busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    if row.post == Post.PARTNER:
        return busy
    zone = timezone.get_current_timezone()
    first, _end = rules.moments(since, time.min, time.min, zone)
    _start, last = rules.moments(until + timedelta(days=1), time.min, time.min, zone)
    found = Stint.objects.filter(user__in=row.members, ends_at__gt=first, starts_at__lt=last)
    for user_id, start, end in found.values_list("user_id", "starts_at", "ends_at"):
        busy[user_id or 0].append((start, end))
    return busy


def _away(row: Rotation, days: Sequence[date]) -> dict[int, set[date]]:
    """Return on which days the members are absent, by their approved substitutions."""
    away: dict[int, set[date]] = defaultdict(set)
    if row.post == Post.PARTNER:
        return away
    for absent, first, last in (
        accounts.absences(row.members, since=days[0], until=days[-1]) if days else ()
    ):
        away[absent].update(day for day in days if first <= day <= last)
    return away


def _seat(one: rules.Planned, post: str) -> Seat:
    return Seat(one.slot.pattern, one.slot.on, post, one.member or 0)


def _write(rows: list[Stint]) -> None:
    try:
        with transaction.atomic():
            Stint.objects.bulk_create(rows, batch_size=1000)
    except IntegrityError as clash:
        raise Refused(
            _("Meanwhile somebody of these was put on duty elsewhere: generate once more.")
        ) from clash


@transaction.atomic
def take_back(*, unit_id: int, batch: str, actor: Actor, at: datetime) -> int:
    """Undo what a rotation or an import wrote, as far as it has not begun; return how many places."""
    desk = locked_desk(unit_id, actor)
    try:
        mark = uuid.UUID(batch)
    except ValueError:
        raise OutOfReach from None
    rows = Stint.objects.filter(desk=desk, batch=mark, starts_at__gt=at)
    count = rows.count()
    if not count:
        raise Refused(_("Nothing of it is left to be taken back."))
    rows.delete()
    audit.record(
        actor=actor, verb="duty.take_back", subject=f"desk:{desk.unit_id}", at=at,
        detail={"batch": batch, "count": count},
    )  # fmt: skip
    return count


def _patterns(desk: Desk) -> dict[int, Pattern]:
    return {row.pk: row for row in Pattern.objects.filter(desk=desk)}


def _pattern(desk: Desk, pattern_id: int) -> Pattern:
    found = _patterns(desk).get(pattern_id)
    if found is None:
        raise Invalid({"pattern": _("Choose a shift of this desk.")})
    return found


def _names(desk: Desk, post: str, on: date) -> dict[int, str]:
    if post not in Post.values:
        raise Invalid({"post": _("Choose one of the list.")})
    return {one.id: one.name for one in candidates(desk, post, on=on)}


def _stint(
    desk: Desk,
    pattern: Pattern,
    seat: Seat,
    names: dict[int, str],
    *,
    at: datetime,
    by: Actor,
    batch: uuid.UUID | None = None,
) -> Stint:
    if seat.member_id not in names:
        raise Invalid({"member": _("They cannot be on duty as this here.")})
    if not need(pattern, seat.post).holds_on(seat.on):
        raise Invalid(
            {"on": _("The shift “{name}” does not hold on this day.").format(name=pattern.name)}
        )
    start, end = rules.moments(
        seat.on, pattern.starts, pattern.ends, timezone.get_current_timezone()
    )
    is_partner = seat.post == Post.PARTNER
    return Stint(
        desk=desk, pattern=pattern, on=seat.on, starts_at=start, ends_at=end, post=seat.post,
        user_id=None if is_partner else seat.member_id, partner_id=seat.member_id if is_partner else None,
        name=names[seat.member_id][:120], note=seat.note, batch=batch,
        made_at=at, made_by_name=by.name[:150],
    )  # fmt: skip


def _must_be_to_come(row: Stint, at: datetime) -> None:
    if row.ends_at <= at:
        raise Refused(_("This shift is over; what was, is kept as it was."))


def _check_room(desk: Desk, pattern: Pattern, seat: Seat) -> None:
    held = Stint.objects.filter(desk=desk, pattern=pattern, on=seat.on, post=seat.post).count()
    most = need(pattern, seat.post).count
    if held >= most:
        raise Refused(
            _("This shift has the {n} it needs; change the shift first if it needs more.").format(
                n=most
            )
        )


def _clash_words(row: Stint) -> str:
    clash = Stint.objects.filter(
        user=row.user_id, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at
    ).select_related("desk", "pattern")
    found = clash.first() if row.user_id else None
    if found is None:
        return _("{name} is on call on this shift already.").format(name=row.name)
    return _("{name} is on duty at the time already: {unit}, {day} {shift}.").format(
        name=row.name,
        unit=accounts.unit_name(found.desk.unit_id),
        day=found.on,
        shift=found.pattern.name,
    )


def _note(verb: str, row: Stint, actor: Actor, at: datetime, reason: str = "") -> None:
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"desk:{row.desk.unit_id}", at=at, reason=reason,
        detail={"on": row.on.isoformat(), "shift": row.pattern.name, "post": row.post, "name": row.name},
    )  # fmt: skip
