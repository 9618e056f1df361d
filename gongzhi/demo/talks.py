"""What is said between the sides of some disputes: contact, sittings, rooms, facts, a safety plan."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.disputes import queries as disputes
from gongzhi.matters import actions as register
from gongzhi.matters import queries as matters
from gongzhi.talks import actions, queries
from gongzhi.talks.actions import SHARED, Plan, Proposal, Record, Said, Term, Wording, Words

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OTHERS = 9  # further disputes of the mediator with a sitting to come
ROOMS = ("综治中心调解一室", "综治中心调解二室", "社区党群服务中心二楼")
READ = "本人已阅读，内容属实"


@dataclass(frozen=True)
class Cast:
    mediator: Actor
    clerk: Actor
    at: datetime


def hold(*, at: datetime) -> int:
    """Play the talks of the stories and plan the mediator's coming sittings; return how many disputes were touched."""
    mediator, clerk = (accounts.person_by_username(name) for name in ("mediator", "body"))
    if mediator is None or clerk is None:
        return 0
    cast = Cast(accounts.actor_for(mediator.id, at), accounts.actor_for(clerk.id, at), at)
    played = [_silent(cast), _medical(cast)]
    return sum(played) + _agenda(cast)


def _number(key: str) -> str:
    found = register.known_opening(f"story-{key}")
    return found.matter.number if found else ""


def _silent(cast: Cast) -> bool:
    """Who never answers: a call, a link, a letter and a visit on record; the visit met with threats."""
    number = _number("silent")
    if not number:
        return False
    talk = queries.talk(number, cast.clerk, "talks.contact")
    quiet = next(side for side in queries.sides(talk.matter_id) if side.side == "respondent")
    start, clerk = cast.at - 8 * DAY, cast.clerk

    def tried(way: str, outcome: str, note: str, when: datetime) -> None:
        said = Record(party_id=quiet.id, way=way, outcome=outcome, note=note)
        actions.record_attempt(number=number, said=said, actor=clerk, at=when)

    tried("call", "no_answer", "响铃后挂断。", start)
    actions.send_link(number=number, party_id=quiet.id, actor=clerk, at=start + HOUR)
    tried("call", "no_answer", "两次拨打均未接听。", start + 2 * DAY)
    if disputes.party(quiet.id).address:
        actions.make_letter(number=number, party_id=quiet.id, actor=clerk, at=start + 3 * DAY)
    tried("visit", "left_word", "店铺关门，隔壁商户称其傍晚开店；门缝留了告知信。", start + 5 * DAY)
    actions.plan_attempt(
        number=number, party_id=quiet.id, way="visit", due_on=timezone.localdate(cast.at) + DAY, actor=clerk, at=cast.at
    )  # fmt: skip
    actions.note_signs(
        number=number, signs=["threat"], note="申请人转述：对方托人带话“再来就不客气”。", actor=clerk, at=cast.at - 5 * HOUR
    )  # fmt: skip
    first = queries.plans(talk.matter_id, at=cast.at)[0].steps[0].row
    actions.do_step(number=number, step_id=first.pk, note="已向派出所报告，接警回执已入卷。", actor=clerk, at=cast.at - 4 * HOUR)  # fmt: skip
    return True


def _medical(cast: Cast) -> bool:
    """At the table: a sitting with minutes signed by all, one to come, rooms, an offer that stands, a fact."""
    number = _number("medical")
    if not number:
        return False
    me, held = cast.mediator, cast.at - 6 * DAY
    talk = queries.mediated(number, me, "talks.hold")
    seats = [queries.seat_of(party) for party in disputes.principals(talk.matter_id)]
    _called_up(cast, number, talk.matter_id)
    _first_sitting(cast, number, seats, held)
    fact = actions.add_fact(
        number=number, text="患者于今年三月在该院行左膝关节镜手术，住院九天，费用由患者垫付。", actor=me, at=held + DAY
    )  # fmt: skip
    for seat in seats:
        actions.sign_fact(seat=seat, fact_id=fact.pk, digest=fact.digest, declared=READ, at=held + 2 * DAY)  # fmt: skip
    actions.sign_fact_as_mediator(number=number, fact_id=fact.pk, digest=fact.digest, actor=me, at=held + 2 * DAY)  # fmt: skip
    _said_in_rooms(cast, number, seats)
    starts = _at_ten(cast.at + 2 * DAY)
    plan = Plan("in_person", starts, starts + 2 * HOUR, place=ROOMS[0])
    row = actions.plan_sitting(number=number, plan=plan, actor=me, at=cast.at - DAY)
    actions.invite(number=number, sitting_id=row.pk, name="周主任医师", role="expert", actor=me, at=cast.at - DAY)  # fmt: skip
    return True


def _called_up(cast: Cast, number: str, matter_id: int) -> None:
    """Each side was reached by telephone, the first time within the days the plan gave."""
    for one in queries.contact(matter_id, on=timezone.localdate(cast.at)):
        planned = next((tried.row for tried in one.attempts if tried.row.made_at is None), None)
        when = _at_ten(cast.at - 9 * DAY)
        if planned:
            when = when.replace(year=planned.due_on.year, month=planned.due_on.month, day=planned.due_on.day)  # fmt: skip
        said = Record(
            one.side.id,
            "call",
            "reached",
            "说明了调解的程序和各自的权利。",
            planned.pk if planned else None,
        )
        actions.record_attempt(number=number, said=said, actor=cast.mediator, at=when)


def _at_ten(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=10, minute=0, second=0, microsecond=0)


def _first_sitting(cast: Cast, number: str, seats: list[queries.Seat], held: datetime) -> None:
    me = cast.mediator
    plan = Plan("in_person", held, held + 2 * HOUR, place=ROOMS[1])
    row = actions.plan_sitting(number=number, plan=plan, actor=me, at=held - 2 * DAY)
    actions.begin_sitting(number=number, sitting_id=row.pk, actor=me, at=held)
    said = Wording(
        present="申请人及其家属一人，被申请人医务科负责人，调解员。",
        facts="手术时间、住院天数和费用数额双方一致；对术前告知是否充分意见不一，以鉴定意见书为准。",
        course="申请人陈述术后活动受限情况。被申请人出示术前谈话记录。调解员宣读鉴定意见书主要结论，双方对结论没有异议，就康复费用分担各自提出意见。",
        wording="双方同意以鉴定意见为基础继续协商康复费用，下次调解会再议。",
    )
    minutes = actions.write_minutes(number=number, sitting_id=row.pk, version=0, said=said, actor=me, at=held + 2 * HOUR)  # fmt: skip
    for seat in seats:
        actions.sign_minutes(seat=seat, sitting_id=row.pk, digest=minutes.digest, declared=READ, at=held + 2 * HOUR)  # fmt: skip
    actions.sign_minutes_as_mediator(number=number, sitting_id=row.pk, digest=minutes.digest, actor=me, at=held + 2 * HOUR)  # fmt: skip
    actions.end_sitting(number=number, sitting_id=row.pk, actor=me, at=held + 2 * HOUR)


def _said_in_rooms(cast: Cast, number: str, seats: list[queries.Seat]) -> None:
    me, now = cast.mediator, cast.at - DAY
    patient, hospital = seats[0], seats[1]

    def mine(room: str, text: str, when: datetime) -> None:
        actions.say_as_mediator(number=number, room=room, said=Words(text, f"demo-{room}-{when:%d%H%M}"), actor=me, at=when)  # fmt: skip

    def theirs(seat: queries.Seat, room: str, text: str, when: datetime) -> None:
        actions.say(seat=seat, room=room, said=Words(text, f"demo-{seat.party_id}-{when:%d%H%M}"), at=when)  # fmt: skip

    mine(SHARED, "各位好，鉴定意见书已经发给双方。今天先各自谈想法，不急着定数。", now)
    theirs(hospital, SHARED, "院方愿意在鉴定意见基础上协商。", now + 3 * MINUTE)
    theirs(patient, SHARED, "康复还要半年，费用和误工都要考虑。", now + 6 * MINUTE)
    theirs(
        patient,
        patient.room_key,
        "八万以下家里不好交代，但如果能一次付清，可以再商量。",
        now + 12 * MINUTE,
    )
    mine(patient.room_key, "明白。这话我不会转给对方，我先问院方能否一次付清。", now + 15 * MINUTE)
    theirs(
        hospital,
        hospital.room_key,
        "一次付清需要走院内审批，五万元以内我可以定。",
        now + 25 * MINUTE,
    )
    actions.note(number=number, room=patient.room_key, text="患者方底线约八万，看重一次付清；下一步谈分期与利息的替代方案。", actor=me, at=now + 30 * MINUTE)  # fmt: skip
    due = (timezone.localdate(cast.at) + 30 * DAY).isoformat()
    terms = [
        Term(1, 0, "支付康复费用及补偿", "50000.00", due),
        Term(1, 0, "提供六个月康复门诊随访，免收挂号费"),
    ]
    offer = Proposal(terms, "demo-offer-medical", "不代表承认诊疗过错。", hours=120)
    actions.offer(seat=hospital, room=SHARED, said=offer, at=now + 40 * MINUTE)


def _agenda(cast: Cast) -> int:
    """Plan the coming sittings of other disputes the mediator has at the table."""
    known = matters.standing_ids(list(disputes.mediated_by(cast.mediator.id)[:400]))
    open_now = sorted(
        (row for row in known.values() if row.state == "mediating"), key=lambda row: row.id
    )
    chosen = [row for row in open_now if row.key is None or not row.key.startswith("story-")][
        :OTHERS
    ]
    for place, row in enumerate(chosen):
        starts = _at_ten(cast.at + DAY * (1 + place // 2)) + (place % 2) * 5 * HOUR
        is_written = place % 4 == 3
        plan = Plan(
            "written" if is_written else "in_person", starts, starts + (3 * DAY if is_written else 90 * MINUTE),
            purpose="inquiry" if place % 5 == 4 else "mediation", place="" if is_written else ROOMS[place % len(ROOMS)],
        )  # fmt: skip
        actions.plan_sitting(number=row.number, plan=plan, actor=cast.mediator, at=cast.at - HOUR * (place + 1))  # fmt: skip
        _reach(cast, row.number, row.id, place)
    return len(chosen)


def _reach(cast: Cast, number: str, matter_id: int, place: int) -> None:
    """One side answered by its link; another is still to be reached."""
    others = [party for party in disputes.principals(matter_id) if party.side == "respondent"]
    if place % 3 == 0 and others:
        party = disputes.party(others[0].pk)
        code = actions.make_invitation(party, at=cast.at - 2 * DAY).code
        choice, words = (
            ("ask", "可以带家属一起去吗？") if place % 2 else ("propose", "工作日白天走不开。")
        )
        when = _at_ten(cast.at + 4 * DAY) + 9 * HOUR if choice == "propose" else None
        actions.answer(code=code, said=Said(choice, words, when), at=cast.at - DAY + place * HOUR)
    elif others:
        actions.plan_attempt(
            number=number, party_id=others[0].pk, way="call" if place % 2 else "visit",
            due_on=timezone.localdate(cast.at) + timedelta(days=place % 4), actor=cast.mediator, at=cast.at,
        )  # fmt: skip
