"""Partners: keep them and their days, call one in, answer in time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries
from gongzhi.centres.actions.reaching import locked
from gongzhi.centres.capabilities import Can
from gongzhi.centres.events import PartnerSummoned
from gongzhi.centres.lifecycle import Presence, Reply
from gongzhi.centres.models import Centre, Counter, Partner, Room, Summons, Turn
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices

AT_ONCE = 200


@dataclass(frozen=True)
class PartnerDraft:
    kind: str
    name: str
    presence: str
    unit_id: int | None = None
    weekdays: Sequence[int] = ()
    counter_id: int | None = None
    room_id: int | None = None
    phone: str = ""
    link: str = ""
    is_active: bool = True


def keep_partner(
    *, centre: Centre, partner_id: int | None, draft: PartnerDraft, actor: Actor, at: datetime
) -> Partner:
    """Add a partner, or change one. Who is there by rota needs days, who joins by link needs a link."""
    _check(centre, draft)
    try:
        with transaction.atomic():
            row = (
                locked(Partner, partner_id, actor, Can.KEEP)
                if partner_id
                else Partner(centre=locked(Centre, centre.pk, actor, Can.KEEP))
            )
            for name, value in asdict(draft).items():
                setattr(row, name, list(value) if name == "weekdays" else value)
            row.save()
            audit.record(
                actor=actor, verb="centres.partner", subject=f"centre:{row.centre_id}", at=at
            )
    except IntegrityError:
        raise Invalid({"name": _("The centre has a partner of this name.")}) from None
    return row


def _check(centre: Centre, draft: PartnerDraft) -> None:
    if draft.kind not in queries.names("partners"):
        raise Invalid({"kind": _("Choose the kind of partner.")})
    if draft.presence in {Presence.RESIDENT, Presence.ROTATING} and not draft.weekdays:
        raise Invalid({"weekdays": _("Choose the weekdays.")})
    if draft.presence == Presence.CLOUD and not draft.link:
        raise Invalid({"link": _("Who joins by link needs the link of the seat.")})
    if draft.counter_id and not Counter.objects.filter(pk=draft.counter_id, centre=centre).exists():
        raise Invalid({"counter_id": _("Choose a counter of this centre.")})
    if draft.room_id and not Room.objects.filter(pk=draft.room_id, centre=centre).exists():
        raise Invalid({"room_id": _("Choose a room of this centre.")})


@transaction.atomic
def set_turn(
    *, partner_id: int, on: date, is_there: bool, actor: Actor, at: datetime, note: str = ""
) -> Turn:
    """Say of one day that a partner is there, or is not, whatever its weekdays are."""
    row = locked(Partner, partner_id, actor, Can.KEEP)
    if on < timezone.localdate(at):
        raise Invalid({"on": _("This day has passed.")})
    turn, _is_new = Turn.objects.update_or_create(
        partner=row, on=on, defaults={"is_there": is_there, "note": note.strip()[:100]}
    )
    return turn


@transaction.atomic
def summon(
    *, partner_id: int, reason: str, actor: Actor, at: datetime, number: str = ""
) -> Summons:
    """Call a partner in. How soon it must answer follows from how it is present; the rule is named."""
    reach = Partner.objects.within_reach_of(actor, Can.TAKE_IN).select_related("centre", "unit")
    row = reach.filter(pk=partner_id, is_active=True).first()
    if row is None:
        raise OutOfReach
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say what the partner is needed for.")})
    rule = queries.summons_rule(row.presence)
    limit = clocks.rule_limit(rule, on=timezone.localdate(at))
    due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at or at
    units = set(row.centre.unit_ids) | set(row.unit.ancestors if row.unit else ())
    made = Summons.objects.create(
        partner=row, matter_id=_matter(number, actor), reason=reason.strip()[:200], asked_at=at, asked_by=actor.id,
        asked_by_name=actor.name, due_at=due, rule=rule, unit_ids=sorted(units), area_path=row.centre.area_path,
    )  # fmt: skip
    audit.record(actor=actor, verb="centres.summon", subject=f"centre:{row.centre_id}", at=at)
    _tell_others(made, at=at, is_late=False)
    return made


def _matter(number: str, actor: Actor) -> int | None:
    if not number.strip():
        return None
    found = matters.ids_by_number([matters.whole_number(number)], actor)
    if not found:
        raise Invalid({"number": _("There is no such matter within your reach.")})
    return next(iter(found.values()))


def _tell_others(row: Summons, *, at: datetime, is_late: bool) -> None:
    partner = row.partner
    bus.publish(
        PartnerSummoned(
            row.pk, partner.unit_id, partner.centre.unit_id, partner.name, row.reason, row.due_at, at, is_late
        )
    )  # fmt: skip


@transaction.atomic
def answer_summons(
    *, summons_id: int, reply: str, words: str, actor: Actor, at: datetime
) -> Summons:
    """Answer for the unit that was called: coming, joining by link, or not able, with what instead."""
    row = locked(Summons, summons_id, actor, Can.ANSWER)
    if row.replied_at is not None:
        raise Refused(_("This call was answered already."))
    if reply not in Reply.values:
        raise Invalid({"reply": _("Choose an answer.")})
    if reply == Reply.CANNOT and len(words.strip()) < 2:
        raise Invalid({"words": _("Say why, and who comes instead.")})
    row.reply, row.words, row.replied_at, row.replied_by_name = (
        reply,
        words.strip()[:200],
        at,
        actor.name,
    )
    row.save(update_fields=["reply", "words", "replied_at", "replied_by_name"])
    audit.record(
        actor=actor, verb="centres.answer_summons", subject=f"centre:{row.partner.centre_id}", at=at
    )
    return row


@transaction.atomic
def note_late(*, at: datetime) -> int:
    """Note each call that nobody answered in time, once, and have the centre told; return how many."""
    rows = Summons.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "partner__centre"
    )
    late = list(
        rows.filter(replied_at__isnull=True, late_at__isnull=True, due_at__lt=at).order_by("id")[
            :AT_ONCE
        ]
    )
    for row in late:
        Summons.objects.filter(pk=row.pk).update(late_at=at)
        _tell_others(row, at=at, is_late=True)
    return len(late)


def tell_summons(event: PartnerSummoned) -> None:
    """Tell the unit that it is called; tell the centre when nobody answered in time."""
    unit_id = event.centre_unit_id if event.is_late else event.unit_id
    if unit_id is None:
        return
    capability = Can.TAKE_IN if event.is_late else Can.ANSWER
    roles = [code for code, role in accounts.roles().items() if capability in role.capabilities]
    people = accounts.people_in_units(*roles, unit_ids=[unit_id], on=timezone.localdate(event.at))
    notices.tell(
        people=[one.id for one in people], template="partner_late" if event.is_late else "partner_summoned", at=event.at,
        link="/desk/centre/summons",
        values={
            "unit": event.partner, "reason": event.reason, "due": clocks.moment(timezone.localtime(event.due_at)),
        },
    )  # fmt: skip
