"""Handing over: written by the shift that ends, signed by both, afterwards only added to."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty.capabilities import Can
from gongzhi.duty.events import HandoverOffered
from gongzhi.duty.lifecycle import HandoverState
from gongzhi.duty.models import Addition, Desk, Handover, Point, Stint
from gongzhi.duty.queries.handovers import OpenPoint, digest_content, open_points
from gongzhi.duty.queries.now import crew, last_shift, shift_at
from gongzhi.matters import queries as matters

LONGEST = 20_000
MOST_POINTS = 100


@transaction.atomic
def begin_handover(*, unit_id: int, actor: Actor, at: datetime) -> Handover:
    """Begin the hand-over of the shift that runs, or of the one that ended last, with what is open."""
    desk = _desk(unit_id, actor)
    if Handover.objects.filter(desk=desk).exclude(state=HandoverState.SIGNED).exists():
        raise Refused(_("A hand-over of this desk is being written already."))
    shift = shift_at(desk, at) or last_shift(desk, at)
    if shift is None:
        raise Refused(_("Nobody is on the roster: make the roster first."))
    row = Handover.objects.create(
        desk=desk, shift=_shift_words(shift), starts_at=shift.starts_at, ends_at=shift.ends_at,
        crew=[list(one) for one in crew(desk, shift.starts_at, shift.ends_at)], begun_at=at,
        begun_by_name=actor.name[:150],
    )  # fmt: skip
    _add_points(row, open_points(desk, actor, at=at))
    _note("begin_handover", row, actor, at)
    return row


def _shift_words(shift: Stint) -> str:
    start, end = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    return f"{start:%Y-%m-%d} {shift.pattern.name} {start:%H:%M}–{end:%H:%M}"


def _add_points(row: Handover, found: list[OpenPoint]) -> int:
    known = set(row.points.values_list("kind", "reference"))
    place = row.points.aggregate(last=Max("place"))["last"] or 0
    new = [one for one in found if (one.kind, one.reference) not in known]
    Point.objects.bulk_create(
        Point(
            handover=row, kind=one.kind, reference=one.reference, title=one.title[:200], standing=one.standing[:120],
            href=one.href, place=place + number,
        )
        for number, one in enumerate(new, start=1)
    )  # fmt: skip
    return len(new)


@transaction.atomic
def renew_points(*, handover_id: int, actor: Actor, at: datetime) -> int:
    """Look again what is open and add what has come since; return how many points that were."""
    row = _draft(handover_id, actor)
    count = _add_points(row, open_points(row.desk, actor, at=at))
    _touch(row)
    return count


@transaction.atomic
def write_handover(
    *,
    handover_id: int,
    notes: str,
    point_notes: Mapping[int, str],
    version: int,
    actor: Actor,
    at: datetime,
) -> Handover:
    """Keep the notes as they stand; refused when somebody else kept others meanwhile."""
    row = _draft(handover_id, actor)
    if row.version != version:
        raise Refused(
            _(
                "Somebody changed this meanwhile. Copy your words, look at the page anew and add them."
            )
        )
    if len(notes) > LONGEST:
        raise Invalid({"notes": _("At most {n} characters.").format(n=LONGEST)})
    points = list(row.points.filter(pk__in=list(point_notes)))
    for point in points:
        point.note = point_notes[point.pk].strip()[:500]
    Point.objects.bulk_update(points, ["note"])
    row.notes = notes.strip()
    row.save(update_fields=["notes"])
    _touch(row)
    _note("write_handover", row, actor, at)
    return row


@transaction.atomic
def add_point(
    *, handover_id: int, number: str, title: str, note: str, actor: Actor, at: datetime
) -> Point:
    """Add a matter by its number, or a point in words."""
    row = _draft(handover_id, actor)
    if row.points.count() >= MOST_POINTS:
        raise Refused(_("At most {n} points: put the rest into the notes.").format(n=MOST_POINTS))
    found = _matter_point(number, actor, at) if number.strip() else _plain_point(title)
    if found.reference and row.points.filter(kind=found.kind, reference=found.reference).exists():
        raise Invalid({"number": _("This point stands here already.")})
    place = (row.points.aggregate(last=Max("place"))["last"] or 0) + 1
    made = Point.objects.create(handover=row, note=note.strip()[:500], place=place, **vars(found))
    _touch(row)
    return made


def _matter_point(number: str, actor: Actor, at: datetime) -> OpenPoint:
    if problem := matters.number_problem(number):
        raise Invalid({"number": problem})
    found = matters.matters_in(
        matters.Box.ALL, actor, by=matters.Filter(q=matters.whole_number(number)), at=at, size=1
    ).rows if matters.whole_number(number) else []  # fmt: skip
    if not found:
        raise Invalid({"number": _("There is no such matter within your reach.")})
    row = found[0]
    standing = " · ".join(filter(None, (row.state_label, row.face.words, row.party)))
    return OpenPoint(
        Point.Kind.MATTER,
        row.number,
        row.title[:200],
        standing[:120],
        f"/desk/matters/{row.number}",
    )


def _plain_point(title: str) -> OpenPoint:
    if len(title.strip()) < 2:
        raise Invalid({"title": _("Give a number of a matter, or say what it is about.")})
    return OpenPoint(Point.Kind.OTHER, "", title.strip()[:200], "", "")


@transaction.atomic
def drop_point(*, handover_id: int, point_id: int, actor: Actor, at: datetime) -> None:
    """Leave a point out of a hand-over that is not signed."""
    row = _draft(handover_id, actor)
    deleted, _rows = row.points.filter(pk=point_id).delete()
    if not deleted:
        raise OutOfReach
    _touch(row)


@transaction.atomic
def offer(*, handover_id: int, version: int, actor: Actor, at: datetime) -> Handover:
    """Sign as the one who goes; nothing is changed any more unless it is sent back."""
    row = _draft(handover_id, actor)
    if row.version != version:
        raise Refused(_("Somebody changed this meanwhile: look at it before you sign."))
    row.state, row.outgoing_id, row.outgoing_name = (
        HandoverState.OFFERED,
        actor.id,
        actor.name[:150],
    )
    row.offered_at, row.sent_back = at, ""
    row.save()
    _note("offer_handover", row, actor, at)
    bus.publish(HandoverOffered(row.pk, at))
    return row


@transaction.atomic
def take_over(*, handover_id: int, actor: Actor, at: datetime) -> Handover:
    """Sign as the one who comes: from now on it cannot be changed, only added to."""
    row = _offered(handover_id, actor)
    if row.outgoing_id == actor.id:
        raise Refused(_("You signed as the one who goes; a colleague takes over."))
    row.state, row.incoming_id, row.incoming_name = HandoverState.SIGNED, actor.id, actor.name[:150]
    row.signed_at = at
    row.digest = digest_content(row, list(row.points.order_by("place", "id")))
    row.save()
    _note("take_over", row, actor, at, digest=row.digest)
    return row


@transaction.atomic
def send_back(*, handover_id: int, reason: str, actor: Actor, at: datetime) -> Handover:
    """Do not take over yet: something is missing. Also for the one who signed and saw a mistake."""
    row = _offered(handover_id, actor)
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    row.state, row.outgoing, row.outgoing_name, row.offered_at = HandoverState.DRAFT, None, "", None
    row.sent_back = f"{actor.name}：{reason.strip()}"[:300]
    row.save()
    _touch(row)
    _note("send_back_handover", row, actor, at, reason=reason.strip())
    return row


@transaction.atomic
def add_to_handover(*, handover_id: int, text: str, actor: Actor, at: datetime) -> Addition:
    """Say something more about a signed hand-over; what was signed stays as it is."""
    row = _locked(handover_id, actor)
    if row.state != HandoverState.SIGNED:
        raise Refused(_("It is not signed yet: change it itself."))
    if len(text.strip()) < 2:
        raise Invalid({"text": _("Write what is to be added.")})
    made = Addition.objects.create(
        handover=row, at=at, text=text.strip()[:2000], actor_id=actor.id, actor_name=actor.name[:150]
    )  # fmt: skip
    _note("add_to_handover", row, actor, at)
    return made


@transaction.atomic
def discard_handover(*, handover_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Throw away a hand-over nobody signed; the trail keeps that it was there."""
    row = _draft(handover_id, actor)
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    _note("discard_handover", row, actor, at, reason=reason.strip())
    row.delete()


def _desk(unit_id: int, actor: Actor) -> Desk:
    rows = Desk.objects.within_reach_of(actor, Can.SERVE).select_for_update(of=("self",))
    found = rows.filter(unit=unit_id).first()
    if found is None:
        raise OutOfReach
    return found


def _locked(handover_id: int, actor: Actor) -> Handover:
    rows = Handover.objects.within_reach_of(actor, Can.SERVE).select_for_update(of=("self",))
    row = rows.select_related("desk").filter(pk=handover_id).first()
    if row is None:
        raise OutOfReach
    return row


def _draft(handover_id: int, actor: Actor) -> Handover:
    row = _locked(handover_id, actor)
    if row.state != HandoverState.DRAFT:
        raise Refused(
            _("It is “{state}” and cannot be changed.").format(state=row.get_state_display())
        )
    return row


def _offered(handover_id: int, actor: Actor) -> Handover:
    row = _locked(handover_id, actor)
    if row.state != HandoverState.OFFERED:
        raise Refused(_("It is “{state}” meanwhile.").format(state=row.get_state_display()))
    return row


def _touch(row: Handover) -> None:
    row.version += 1
    row.save(update_fields=["version"])


def _note(
    verb: str, row: Handover, actor: Actor, at: datetime, *, reason: str = "", **detail: str
) -> None:
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"handover:{row.pk}", at=at, reason=reason,
        detail={"desk": row.desk.unit_id, "shift": row.shift, **detail},
    )  # fmt: skip
