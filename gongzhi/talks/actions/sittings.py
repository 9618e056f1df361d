"""Sittings: planned, changed, begun, ended, broken off; who is invited to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.texts import plain
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices
from gongzhi.talks import clients, queries, rules
from gongzhi.talks.actions.telling import tell_sides
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import Invitee, InviteeWill, MeetingLink, Sitting

S = Sitting.State
LONGEST = {"written": timedelta(days=30)}
ONE_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Plan:
    """When, how and where the sides are heard."""

    mode: str
    starts_at: datetime
    ends_at: datetime
    purpose: str = "mediation"
    place: str = ""
    room_id: int | None = None
    link: str = ""
    is_open: bool = False


@transaction.atomic
def plan_sitting(*, number: str, plan: Plan, actor: Actor, at: datetime) -> Sitting:
    """Plan a sitting and tell the sides; an open one, or one by link, only as far as they agreed."""
    talk = _talking(number, actor)
    checked = _checked(talk.matter_id, plan, at)
    last = Sitting.objects.filter(dispute_id=talk.matter_id).aggregate(last=Max("seq"))["last"] or 0
    row = Sitting.objects.create(
        dispute_id=talk.matter_id, seq=last + 1, planned_by=actor.id, planned_at=at, **vars(checked)
    )
    _take_room(row, actor, at)
    _tell_plan(row, at)
    _recorded("talks.plan_sitting", row, actor, at)
    return row


@transaction.atomic
def change_sitting(
    *, number: str, sitting_id: int, changes: int, plan: Plan, actor: Actor, at: datetime
) -> Sitting:
    """Change the plan; `changes` is the version the form was filled from: two people do not overwrite each other."""
    talk = _talking(number, actor)
    row = _locked(talk.matter_id, sitting_id, {S.PLANNED})
    if row.changes != changes:
        raise Refused(_("Somebody has changed this sitting meanwhile; look at it again."))
    checked = _checked(talk.matter_id, plan, at)
    if row.room_id and checked.room_id is None and checked.place == row.place:
        raise Invalid({"place": _("The room is given back: name where it is held now.")})
    _give_room_back(row, actor, at)
    for name, value in vars(checked).items():
        setattr(row, name, value)
    row.changes, row.reminded_at = row.changes + 1, None
    row.save()
    _take_room(row, actor, at)
    _tell_plan(row, at)
    _recorded("talks.change_sitting", row, actor, at)
    return row


def _checked(matter_id: int, plan: Plan, at: datetime) -> Plan:
    problems = _time_problems(plan, at)
    link = plan.link.strip()
    if plan.mode not in Sitting.Mode.values or plan.purpose not in Sitting.Purpose.values:
        problems["mode"] = _("Choose how the sides are heard.")
    in_person = plan.mode == Sitting.Mode.IN_PERSON
    if in_person and not (plan.place.strip() or plan.room_id):
        problems["place"] = _("Name the room or the place.")
    if plan.mode == Sitting.Mode.BY_LINK:
        link = link or queries.meeting_link(matter_id)
        if words := link_words(link, at):
            problems["link"] = words
    if problems:
        raise Invalid(problems)
    _must_agree(matter_id, plan)
    return Plan(
        plan.mode, plan.starts_at, plan.ends_at, plan.purpose, plain(plan.place).strip()[:120],
        plan.room_id if in_person else None, link if plan.mode == Sitting.Mode.BY_LINK else "", is_open=plan.is_open,
    )  # fmt: skip


def _take_room(row: Sitting, actor: Actor, at: datetime) -> None:
    """Book the room of the centre the sitting is held in; Refused when somebody has it then."""
    lender = clients.house()
    if row.room_id is None or lender is None:
        return
    wanted = clients.Wanted(
        row.room_id, disputes.dispute(row.dispute_id).area_path, row.dispute_id, row.starts_at, row.ends_at
    )  # fmt: skip
    row.booking_id, name = lender.lend(wanted=wanted, actor=actor, at=at)
    row.place = name[:120]
    row.save(update_fields=["booking_id", "place"])


def _give_room_back(row: Sitting, actor: Actor, at: datetime) -> None:
    """Let others have the room."""
    lender = clients.house()
    if row.booking_id is None or lender is None:
        return
    lender.take_back(booking_id=row.booking_id, actor=actor, at=at)
    row.booking_id = None
    row.save(update_fields=["booking_id"])


def _time_problems(plan: Plan, at: datetime) -> dict[str, str]:
    if plan.starts_at < at:
        return {"starts_at": _("This time has passed.")}
    if plan.ends_at <= plan.starts_at:
        return {"ends_at": _("The end comes after the beginning.")}
    if plan.ends_at - plan.starts_at > LONGEST.get(plan.mode, ONE_DAY):
        return {"ends_at": _("Too long for one sitting.")}
    return {}


def link_words(link: str, at: datetime) -> str:
    """Return what is wrong with the address of a meeting, in a sentence; "" when nothing is."""
    words = {
        "plain": _("Only addresses that begin with https:// are safe."),
        "host": _("This service is not on the city's list of meeting services."),
        "broken": _("This is no address of a meeting."),
    }
    return words.get(rules.link_problem(link, queries.hosts(on=timezone.localdate(at))), "")


def _must_agree(matter_id: int, plan: Plan) -> None:
    wills = disputes.wills(matter_id, "open") if plan.is_open else []
    if plan.is_open and not all(will.answer for will in wills):
        raise Refused(
            _("An open sitting needs every side's agreement on record: 人民调解法 art. 23.")
        )
    online = disputes.wills(matter_id, "online") if plan.mode == Sitting.Mode.BY_LINK else []
    if any(will.answer is False for will in online):
        raise Refused(_("A side does not want to be heard by link: meet face to face, 在线调解规则 art. 16."))  # fmt: skip


def _tell_plan(row: Sitting, at: datetime) -> None:
    where = row.place or str(row.get_mode_display())
    tell_sides(row.dispute_id, "talk_sitting", {"due": row.starts_at, "address": where}, at=at)


@transaction.atomic
def begin_sitting(*, number: str, sitting_id: int, actor: Actor, at: datetime) -> Sitting:
    talk = _talking(number, actor)
    row = _locked(talk.matter_id, sitting_id, {S.PLANNED})
    if Sitting.objects.filter(dispute_id=talk.matter_id, state=S.UNDER_WAY).exists():
        raise Refused(_("Another sitting of this dispute is under way."))
    row.state, row.begun_at = S.UNDER_WAY, at
    row.save(update_fields=["state", "begun_at"])
    _recorded("talks.begin_sitting", row, actor, at)
    return row


@transaction.atomic
def end_sitting(*, number: str, sitting_id: int, actor: Actor, at: datetime) -> Sitting:
    """End a sitting that was held; minutes may be written and signed afterwards too."""
    talk = queries.talk(number, actor, Can.HOLD)
    row = _locked(talk.matter_id, sitting_id, {S.UNDER_WAY})
    row.state, row.ended_at = S.HELD, at
    row.save(update_fields=["state", "ended_at"])
    _recorded("talks.end_sitting", row, actor, at)
    return row


@transaction.atomic
def break_off(*, number: str, sitting_id: int, reason: str, actor: Actor, at: datetime) -> Sitting:
    """Break a sitting off; what was said until then stays in its minutes."""
    talk = queries.talk(number, actor, Can.HOLD)
    row = _locked(talk.matter_id, sitting_id, {S.UNDER_WAY})
    broken(row, reason, at=at)
    _recorded("talks.break_off", row, actor, at)
    return row


def broken(row: Sitting, reason: str, *, at: datetime) -> None:
    row.state, row.ended_at, row.ended_for = S.BROKEN_OFF, at, plain(reason)[:300]
    row.save(update_fields=["state", "ended_at", "ended_for"])


@transaction.atomic
def cancel_sitting(*, number: str, sitting_id: int, reason: str, actor: Actor, at: datetime) -> Sitting:  # fmt: skip
    talk = queries.talk(number, actor, Can.HOLD)
    row = _locked(talk.matter_id, sitting_id, {S.PLANNED})
    _give_room_back(row, actor, at)
    row.state, row.ended_at, row.ended_for = S.CANCELLED, at, plain(reason)[:300]
    row.changes += 1
    row.save(update_fields=["state", "ended_at", "ended_for", "changes"])
    tell_sides(talk.matter_id, "talk_cancelled", {"due": row.starts_at}, at=at)
    _recorded("talks.cancel_sitting", row, actor, at)
    return row


@transaction.atomic
def call_off(*, matter_id: int, at: datetime) -> int:
    """Cancel what was planned when the mediation ends, and tell the sides; return how many."""
    rows = list(Sitting.objects.select_for_update().filter(dispute_id=matter_id, state=S.PLANNED))
    for row in rows:
        _give_room_back(row, system("talks"), at)
        row.state, row.ended_at, row.changes = S.CANCELLED, at, row.changes + 1
        row.save(update_fields=["state", "ended_at", "changes"])
        tell_sides(matter_id, "talk_cancelled", {"due": row.starts_at}, at=at)
    return len(rows)


@transaction.atomic
def invite(
    *, number: str, sitting_id: int, name: str, role: str, actor: Actor, at: datetime
) -> Invitee:
    """Note that somebody is to be invited; every side is asked before they come: 人民调解法 art. 20."""
    talk = _talking(number, actor)
    row = _locked(talk.matter_id, sitting_id, {S.PLANNED, S.UNDER_WAY})
    if role not in Invitee.Role.values or not name.strip():
        raise Invalid({"name": _("Say who is invited, and as what.")})
    made = Invitee.objects.create(
        sitting=row, name=plain(name).strip()[:60], role=role, added_by=actor.id, added_at=at
    )
    tell_sides(talk.matter_id, "talk_news", {}, at=at)
    _recorded("talks.invite", row, actor, at)
    return made


@transaction.atomic
def say_to_invitee(*, matter_id: int, party_id: int, invitee_id: int, answer: bool, how: str, actor: Actor, at: datetime) -> InviteeWill:  # fmt: skip
    """Keep what a side says to somebody being invited; it may change its mind until the sitting is over."""
    found = Invitee.objects.select_for_update().select_related("sitting")
    row = found.filter(pk=invitee_id, sitting__dispute_id=matter_id).first()
    if row is None or party_id not in {side.id for side in queries.sides(matter_id)}:
        raise OutOfReach
    if row.sitting.state not in {S.PLANNED, S.UNDER_WAY}:
        raise Refused(_("This sitting is over."))
    values = {"answer": answer, "how": how, "at": at}
    will, _is_new = InviteeWill.objects.update_or_create(invitee=row, party_id=party_id, defaults=values)  # fmt: skip
    _recorded("talks.say_to_invitee", row.sitting, actor, at)
    return will


def set_meeting_link(*, body_id: int, address: str, actor: Actor, at: datetime) -> MeetingLink:
    """Keep where a body meets by video; only for its own people."""
    homes = {grant.home for grant in actor.grants_for(Can.HOLD)}
    if body_id not in queries.own_bodies(homes):
        raise OutOfReach
    if words := link_words(address, at):
        raise Invalid({"address": words})
    values = {"address": address.strip(), "set_by": actor.id, "set_at": at}
    row, _is_new = MeetingLink.objects.update_or_create(body_id=body_id, defaults=values)
    audit.record(actor=actor, verb="talks.set_meeting_link", subject=f"body:{body_id}", at=at)
    return row


def remind(*, at: datetime) -> int:
    """Remind sides and mediators of sittings that are near, once each; return of how many sittings."""
    near = at + timedelta(hours=queries.norm("reminder.hours", on=timezone.localdate(at)))
    due = Sitting.objects.filter(state=S.PLANNED, reminded_at=None, starts_at__gt=at, starts_at__lte=near)  # fmt: skip
    return sum(_remind(pk, at) for pk in due.values_list("pk", flat=True)[:500])


@transaction.atomic
def _remind(sitting_id: int, at: datetime) -> bool:
    waiting = Sitting.objects.select_for_update(skip_locked=True)
    row = waiting.filter(pk=sitting_id, reminded_at=None, state=S.PLANNED).first()
    if row is None:
        return False
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    _tell_plan(row, at)
    number = matters.standing(row.dispute_id).number
    notices.tell(
        people=disputes.mediator_people(row.dispute_id), template="sitting_near", at=at, link=f"/desk/talks/{number}",
        values={"number": number, "due": row.starts_at, "address": row.place or str(row.get_mode_display())},
    )  # fmt: skip
    return True


def _talking(number: str, actor: Actor) -> queries.Talk:
    talk = queries.talk(number, actor, Can.HOLD)
    if not talk.is_talking:
        raise Refused(
            _("Sittings are held while a mediator is appointed; this dispute is “{state}”.").format(
                state=talk.state_label
            )
        )
    return talk


def _locked(matter_id: int, sitting_id: int, states: set[Sitting.State]) -> Sitting:
    row = Sitting.objects.select_for_update().filter(pk=sitting_id, dispute_id=matter_id).first()
    if row is None:
        raise OutOfReach
    if row.state not in states:
        raise Refused(_("This sitting is “{state}”; that cannot be done any more.").format(state=row.get_state_display()))  # fmt: skip
    return row


def _recorded(verb: str, row: Sitting, actor: Actor, at: datetime) -> None:
    audit.record(actor=actor, verb=verb, subject=f"matter:{row.dispute_id}", at=at, detail={"sitting": row.seq})  # fmt: skip
