"""Take a dispute in, once: whichever door it comes by, everything later is filled from these answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries, rules
from gongzhi.centres.actions.halls import end_ticket
from gongzhi.centres.actions.ledger import follow_grade, put_on_ledger
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Centre, Registration
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries as dispute_queries
from gongzhi.matters import actions as matters

PUBLIC_DOORS = frozenset({"web", "qr"})
LONGEST = 5000  # characters of a story


@dataclass(frozen=True)
class Said:
    """What was asked at the door. `sides` hold names; nothing else does."""

    door: str
    sides: Sequence[disputes.Side]
    story: str
    wish: str
    area_path: str
    kind_code: str = ""  # empty: as the story suggests
    address: str = ""
    amount: Decimal | None = None  # yuan
    people_count: int = 2
    answers: Mapping[str, Any] = field(default_factory=dict)
    outside_number: str = ""
    safe_channel: bool = False
    ticket_id: int | None = None
    files: Sequence[str] = ()


def register(*, said: Said, actor: Actor, at: datetime, key: str | None = None) -> Registration:
    """
    Enter a dispute through a door of the centre that answers for its place.

    The same key gives the same registration. Heavy ones go on the ledger by the table of grades; what is
    not for mediation is registered all the same, and told its route at triage.
    """
    if key and (known := _known(key)):
        return known
    centre = _centre(said, actor)
    try:
        with transaction.atomic():
            return _register(said, centre, actor, at, key)
    except IntegrityError:
        if key and (known := _known(key)):
            return known
        raise


def _known(key: str) -> Registration | None:
    opened = matters.known_opening(key)
    if opened is None:
        return None
    return (
        Registration.objects.select_related("matter", "centre").filter(matter=opened.matter).first()
    )


def _centre(said: Said, actor: Actor) -> Centre:
    """Return the centre that answers; staff take in only where they work."""
    centre = queries.centre_for(said.area_path)
    if centre is None:
        raise Refused(_("No centre is open for this place yet; please go to the mediation committee of your village."))  # fmt: skip
    if said.door in PUBLIC_DOORS and not actor.id:
        return centre
    covers = [one.area_path for one in queries.visible_centres(actor, Can.TAKE_IN)]
    # Who hands over, or finds a dispute in a sweep, does so where the posting lets them.
    covers += [grant.area for can in (Can.HAND_OVER, Can.SWEEP) for grant in actor.grants_for(can)]
    if not any(said.area_path.startswith(path) for path in covers):
        raise OutOfReach
    return centre


def _register(
    said: Said, centre: Centre, actor: Actor, at: datetime, key: str | None
) -> Registration:
    on = timezone.localdate(at)
    door = _door(said)
    hints = queries.hints(f"{said.story}\n{said.wish}", on=on)
    grading = queries.grading(
        people=said.people_count, amount=said.amount, answers=said.answers, on=on
    )
    opened = disputes.open_dispute(
        intake=_intake(said, door, hints, centre), actor=actor, at=at, key=key
    )
    row = Registration.objects.create(
        matter_id=opened.pk, centre=centre, door=said.door, outside_number=said.outside_number.strip()[:60],
        registered_at=at, registered_by_name=actor.name, suggested=_suggested(hints), grade=grading.grade,
        grounds=[ground.code for ground in grading.grounds],
    )  # fmt: skip
    if grading.is_for_the_ledger:
        put_on_ledger(row=row, grading=grading, by_name=_("by the table of grades"), at=at)
    if said.ticket_id:
        end_ticket(ticket_id=said.ticket_id, actor=actor, at=at, matter_id=opened.pk)
    return row


def _door(said: Said) -> Mapping[str, str]:
    door = queries.by_code("doors").get(said.door)
    if door is None:
        raise Invalid({"door": _("Choose how it came.")})
    if door["number"] == "1" and not said.outside_number.strip():
        raise Invalid(
            {"outside_number": _("Give the number under which the other office keeps it.")}
        )
    if not said.story.strip():
        raise Invalid({"story": _("Say what happened.")})
    if len(said.story) > LONGEST or len(said.wish) > LONGEST:
        raise Invalid({"story": _("At most {n} characters.").format(n=LONGEST)})
    return door


def _intake(
    said: Said, door: Mapping[str, str], hints: queries.Hints, centre: Centre
) -> disputes.Intake:
    kind = said.kind_code or hints.kind
    if not kind:
        raise Invalid(
            {"kind_code": _("Choose the kind of dispute; the words alone do not tell it.")}
        )
    return disputes.Intake(
        kind_code=kind, sides=said.sides, story=said.story.strip(), wish=said.wish.strip(), area_path=said.area_path,
        source=door["source_code"], basis=door["basis"], referred_by=door["referred_by"],
        outside_number=said.outside_number.strip()[:60], address=said.address.strip()[:200], amount=said.amount,
        people_count=said.people_count, level=centre.level, safe_channel=said.safe_channel, answers=dict(said.answers),
        files=said.files,
    )  # fmt: skip


def _suggested(hints: queries.Hints) -> dict[str, Any]:
    """Keep what was suggested and why, without the story: words of the table alone."""
    return {
        "kinds": [{"code": one.code, "name": one.name, "words": one.words} for one in hints.kinds],
        "warnings": [_warning(one) for one in hints.warnings],
    }


def _warning(one: rules.Warning) -> dict[str, Any]:
    subject = one.subject
    return {
        "code": subject.code, "words": "、".join(one.found), "route": subject.route, "where": subject.where,
        "phone": subject.phone, "is_urgent": subject.is_urgent, "source": subject.source,
    }  # fmt: skip


@transaction.atomic
def note_opened(*, matter_id: int, at: datetime) -> Registration | None:
    """Register a dispute that came by another door of the city; safe to repeat. None where no centre is open."""
    if Registration.objects.filter(matter_id=matter_id).exists():
        return None
    of = dispute_queries.dispute(matter_id)
    centre = queries.centre_for(of.matter.area_path)
    if centre is None:
        return None
    on = timezone.localdate(at)
    hints = queries.hints(f"{of.story}\n{of.wish}", on=on)
    grading = queries.grading(people=of.people_count, amount=of.amount, answers=of.answers, on=on)
    row, is_new = Registration.objects.get_or_create(
        matter_id=matter_id,
        defaults={
            "centre": centre, "door": _door_of(of.matter.source), "outside_number": of.matter.outside_number[:60],
            "registered_at": of.matter.reported_at, "suggested": _suggested(hints), "grade": grading.grade,
            "grounds": [ground.code for ground in grading.grounds],
        },
    )  # fmt: skip
    if is_new and grading.is_for_the_ledger and of.matter.is_open:
        put_on_ledger(row=row, grading=grading, by_name=_("by the table of grades"), at=at)
    else:
        follow_grade(row=row, grade=of.grade, by_name=_("as graded at triage"), at=at)
    return row


def _door_of(source: str) -> str:
    """Return the first door that matters of this source come by."""
    return next(
        (row["code"] for row in queries.rows("doors") if row["source_code"] == source), "counter"
    )


def applicant_code(*, matter_id: int) -> str:
    """Return the code with which the first applicant opens the own pages: shown once, on the receipt."""
    parties = dispute_queries.parties(matter_id)
    return next((party.code for party in parties if party.side == "applicant"), "")
