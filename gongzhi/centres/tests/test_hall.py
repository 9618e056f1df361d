"""Tickets, counters, rooms, partners, the standard."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import local
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.events import PartnerSummoned
from gongzhi.centres.models import Booking, Summons, Ticket
from gongzhi.centres.tests.builders import House, a_house, a_partner, a_room
from tests.cast import MONDAY

Notice = apps.get_model("notices", "Notice")

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def house() -> House:
    return a_house()


def take(house: House, service: str = "mediation", *, after: int = 0) -> Ticket:
    return actions.take_ticket(centre=house.centre, service=service, at=MONDAY + after * MINUTE)


def test_numbers_run_by_service_and_day_and_the_longest_waiting_is_called(house):
    first, other, second = take(house), take(house, "legal", after=1), take(house, after=2)

    called = actions.call_next(
        counter_id=house.counters[0].pk, actor=house.clerk, at=MONDAY + 5 * MINUTE
    )

    assert [first.number, other.number, second.number] == ["A001", "C001", "A002"]
    assert called.pk == first.pk
    assert queries.place(house.centre, "A002", at=MONDAY).ahead == 0
    assert take_next_day(house).number == "A001"


def take_next_day(house: House) -> Ticket:
    return actions.take_ticket(
        centre=house.centre, service="mediation", at=MONDAY + timedelta(days=1)
    )


def test_a_counter_serves_one_at_a_time_and_only_its_own_services(house):
    take(house)
    counter, other = house.counters
    actions.call_next(counter_id=counter.pk, actor=house.clerk, at=MONDAY)

    with pytest.raises(Refused, match="请先办结"):
        actions.call_next(counter_id=counter.pk, actor=house.clerk, at=MONDAY)
    with pytest.raises(Refused, match="没有等候"):
        actions.call_next(counter_id=other.pk, actor=house.clerk, at=MONDAY)


def test_who_did_not_come_is_called_again_and_who_is_sent_on_goes_into_the_other_line(house):
    row = take(house)
    actions.call_next(counter_id=house.counters[0].pk, actor=house.clerk, at=MONDAY)
    actions.miss(ticket_id=row.pk, actor=house.clerk, at=MONDAY)
    back = actions.transfer(
        ticket_id=row.pk, counter_id=house.counters[0].pk, actor=house.clerk, at=MONDAY
    )
    sent = actions.transfer(ticket_id=row.pk, service="legal", actor=house.clerk, at=MONDAY)

    assert (back.state, back.call_count) == ("called", 2)
    assert (sent.state, sent.counter, sent.number) == ("waiting", None, "A001")


def test_the_screen_knows_numbers_and_counters_and_costs_few_statements(
    house, django_assert_max_num_queries
):
    take(house)
    take(house, "legal")
    actions.call_next(counter_id=house.counters[0].pk, actor=house.clerk, at=MONDAY)

    with django_assert_max_num_queries(3):
        seen = queries.screen(house.centre, at=MONDAY)

    assert [(row.number, row.counter.code) for row in seen.calls] == [("A001", "1")]
    assert seen.waiting == [("法律咨询、法律援助", 1)]


def test_somebody_of_another_town_touches_no_counter(house):
    with pytest.raises(OutOfReach):
        actions.call_next(
            counter_id=house.counters[0].pk,
            actor=house.only(Can.TAKE_IN, area="441900/005/"),
            at=MONDAY,
        )


def draft(room, *, start: float = 1, hours: float = 1) -> actions.BookingDraft:
    starts = MONDAY + start * HOUR
    return actions.BookingDraft(room.pk, starts, starts + hours * HOUR, "调解会")


def test_a_room_is_booked_once_at_a_time_and_is_free_again_when_cancelled(house):
    room = a_room(house)
    first = actions.book(draft=draft(room), actor=house.clerk, at=MONDAY)

    with pytest.raises(Refused, match="已被预约"):
        actions.book(draft=draft(room, start=1.5), actor=house.clerk, at=MONDAY)
    actions.book(draft=draft(room, start=2), actor=house.clerk, at=MONDAY)
    actions.cancel_booking(booking_id=first.pk, actor=house.clerk, at=MONDAY)
    actions.book(draft=draft(room), actor=house.clerk, at=MONDAY)

    assert Booking.objects.filter(cancelled_at__isnull=True).count() == 2


def test_the_table_itself_keeps_a_room_from_being_booked_twice(house):
    row = actions.book(draft=draft(a_room(house)), actor=house.clerk, at=MONDAY)
    row.pk = None

    with pytest.raises(IntegrityError, match="room_is_booked_once_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("start", "hours", "field"),
    [(1, 0, "ends"), (1, -1, "ends"), (1, 13, "ends"), (-5, 1, "starts"), (24 * 200, 1, "starts")],
)
def test_times_that_make_no_sense_are_told_beside_their_field(house, start, hours, field):
    with pytest.raises(Invalid) as told:
        actions.book(
            draft=draft(a_room(house), start=start, hours=hours), actor=house.clerk, at=MONDAY
        )

    assert list(told.value.problems) == [field]


def test_a_room_with_bookings_ahead_is_not_closed(house):
    room = a_room(house)
    actions.book(draft=draft(room), actor=house.clerk, at=MONDAY)

    with pytest.raises(Refused, match="已有预约"):
        actions.keep_room(
            centre=house.centre, room_id=room.pk, draft=actions.RoomDraft("mediation", room.name, is_open=False),
            actor=house.clerk, at=MONDAY,
        )  # fmt: skip


def test_a_partner_on_call_has_half_an_hour_and_the_centre_hears_when_nobody_answers(house):
    partner = a_partner(house)
    row = actions.summon(partner_id=partner.pk, reason="司法确认咨询", actor=house.clerk, at=MONDAY)

    assert row.due_at == local("2026-11-23 09:30")
    assert actions.note_late(at=MONDAY + 29 * MINUTE) == 0
    assert actions.note_late(at=MONDAY + 31 * MINUTE) == 1
    assert actions.note_late(at=MONDAY + 32 * MINUTE) == 0
    assert queries.answered_in_time(house.centre, since=MONDAY - HOUR) == (0, 1)


def test_the_unit_that_is_called_answers_once_and_says_who_comes_instead(house):
    row = actions.summon(
        partner_id=a_partner(house).pk, reason="咨询", actor=house.clerk, at=MONDAY
    )
    bo = house.cast.actor("bo")

    with pytest.raises(Invalid):
        actions.answer_summons(summons_id=row.pk, reply="cannot", words="", actor=bo, at=MONDAY)
    actions.answer_summons(
        summons_id=row.pk, reply="by_link", words="", actor=bo, at=MONDAY + MINUTE
    )
    with pytest.raises(Refused):
        actions.answer_summons(summons_id=row.pk, reply="coming", words="", actor=bo, at=MONDAY)

    assert Summons.objects.get().reply == "by_link"
    assert queries.answered_in_time(house.centre, since=MONDAY - HOUR) == (1, 1)


def test_the_people_of_the_called_unit_are_told(house):
    row = actions.summon(
        partner_id=a_partner(house).pk, reason="咨询", actor=house.clerk, at=MONDAY
    )
    unit = house.cast.units["office"].pk
    actions.tell_summons(
        PartnerSummoned(
            row.pk, unit, house.centre.unit_id, "南城法庭", "咨询", row.due_at, MONDAY, is_late=False
        )
    )  # fmt: skip

    assert Notice.objects.filter(
        person=house.cast.people["bo"], template__code="partner_summoned"
    ).exists()


def test_who_joins_by_link_needs_a_link_and_who_comes_by_rota_needs_days(house):
    for presence, field in (("cloud", "link"), ("rotating", "weekdays")):
        with pytest.raises(Invalid) as told:
            a_partner(house, presence=presence)
        assert list(told.value.problems) == [field]


def test_a_centre_scores_by_the_newest_look_at_each_item(house):
    def look(share: int, words: str = "台账照片") -> None:
        actions.self_check(
            centre=house.centre, item="S1", share=share, words=words, actor=house.clerk, at=MONDAY
        )

    look(100)
    look(50)
    with pytest.raises(Invalid):
        look(100, words="")

    seen = queries.standing(house.centre, on=MONDAY.date())
    assert (seen.score, seen.most) == (7, 100)
    assert queries.scores(house.clerk, on=MONDAY.date())[0][1:] == (7, 1)
