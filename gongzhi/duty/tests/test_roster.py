"""Who is on duty: put, taken off, generated, imported, changed between colleagues."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.accounts.tests.builders import a_substitution, trail
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import local
from gongzhi.duty import actions, queries
from gongzhi.duty.models import Stint
from gongzhi.duty.tests.builders import (
    MONDAY,
    ON,
    TOWN,
    VILLAGE,
    a_desk,
    a_house,
    day_shift,
    night_shift,
    put,
)

pytestmark = pytest.mark.django_db
TUESDAY = ON + timedelta(days=1)


def rotation(house, desk, *names, post="dispatcher", every="shift", days="all", patterns=None):
    members = [house.unit(one) if post == "partner" else house.id(one) for one in names]
    draft = actions.RotationDraft(
        f"{post} {every} {days}",
        post,
        patterns or [row.pk for row in queries.patterns(desk)],
        days,
        every,
        members,
    )
    return actions.keep_rotation(
        unit_id=desk.unit_id, draft=draft, actor=house.actor("tan"), at=MONDAY
    )


def generated(house, desk, row, *, since=TUESDAY, until=ON + timedelta(days=4), begin_with=None):
    return actions.generate(
        unit_id=desk.unit_id, rotation_id=row.pk, since=since, until=until, begin_with=begin_with,
        actor=house.actor("tan"), at=MONDAY,
    )  # fmt: skip


def names_of(desk, post="dispatcher"):
    return [row.name for row in Stint.objects.filter(desk=desk, post=post).order_by("starts_at")]


def test_a_desk_begins_with_the_shifts_of_its_kind():
    house = a_house()
    desk = a_desk(house)

    assert [(row.name, row.leaders) for row in queries.patterns(desk)] == [("日班", 1), ("夜班", 1)]
    with pytest.raises(Refused):
        a_desk(house)


def test_nobody_opens_the_desk_of_another_town():
    house = a_house()

    with pytest.raises(OutOfReach):
        a_desk(house, "other", "tan")


def test_whoever_is_on_duty_answers_for_the_places_below_that_have_no_desk():
    house = a_house()
    desk = a_desk(house)
    put(house, desk, "tan", post="leader")
    put(house, desk, "lin")
    put(house, desk, "office", post="partner")
    put(house, desk, "mei", pattern=night_shift(desk))

    by_day = queries.on_duty(TOWN, MONDAY)
    at_night = queries.on_duty(VILLAGE, local("2026-11-24 02:00"))

    assert [(one.post, one.name) for one in by_day] == [
        ("leader", "Tan"), ("dispatcher", "Lin"), ("partner", "南城水务分局"),
    ]  # fmt: skip
    assert [one.name for one in at_night] == ["Mei"]
    assert queries.on_duty("441900/005/", MONDAY) == []


def test_the_levels_below_are_asked_in_one_statement():
    house = a_house()
    town, village = a_desk(house), a_desk(house, "one", "zhan")
    put(house, town, "lin")
    put(house, village, "xu", by="zhan")
    queries.on_duty_below(TOWN, MONDAY)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.on_duty_below(TOWN, MONDAY)

    assert [one.name for one in found] == ["Lin", "Xu"]
    assert len(asked) == 1


def test_nobody_is_on_duty_twice_at_a_time_and_the_refusal_says_where():
    house = a_house()
    desk = a_desk(house)
    put(house, desk, "duan", post="leader")

    with pytest.raises(Refused, match=r"Duan.*南城中心.*2026-11-23.*日班"):
        put(house, desk, "duan")


def test_a_full_shift_takes_nobody_more():
    house = a_house()
    desk = a_desk(house)
    put(house, desk, "lin")

    with pytest.raises(Refused):
        put(house, desk, "mei")


def test_only_people_of_the_unit_with_a_fitting_role_are_on_duty():
    house = a_house()
    desk = a_desk(house)

    for name, post in (("wang", "dispatcher"), ("lin", "leader"), ("other", "partner")):
        with pytest.raises(Invalid):
            put(house, desk, name, post=post)


def test_what_is_over_is_a_record():
    house = a_house()
    desk = a_desk(house)
    row = put(house, desk, "lin")
    later = MONDAY + timedelta(days=1)

    with pytest.raises(Refused):
        put(house, desk, "mei", at=later)
    with pytest.raises(Refused):
        actions.release(stint_id=row.pk, reason="改派", actor=house.actor("tan"), at=later)


def test_taking_somebody_off_needs_a_reason_and_leaves_a_trail():
    house = a_house()
    desk = a_desk(house)
    row = put(house, desk, "lin")
    with pytest.raises(Invalid):
        actions.release(stint_id=row.pk, reason=" ", actor=house.actor("tan"), at=MONDAY)
    with pytest.raises(OutOfReach):
        actions.release(stint_id=row.pk, reason="改派", actor=house.actor("far"), at=MONDAY)

    actions.release(stint_id=row.pk, reason="外出培训", actor=house.actor("tan"), at=MONDAY)

    entry = trail(verb="duty.release").get()
    assert (entry.reason, entry.detail["name"]) == ("外出培训", "Lin")


def test_a_rotation_goes_on_after_whoever_had_the_last_turn():
    house = a_house()
    desk = a_desk(house)
    row = rotation(house, desk, "lin", "mei", "qi")

    generated(house, desk, row, since=TUESDAY, until=TUESDAY)
    made = generated(
        house, desk, row, since=TUESDAY + timedelta(days=1), until=TUESDAY + timedelta(days=1)
    )

    assert names_of(desk) == ["Lin", "Mei", "Qi", "Lin"]
    assert (made.written, made.gaps) == (2, 0)


def test_what_a_rotation_wrote_is_taken_back_together():
    house = a_house()
    desk = a_desk(house)
    kept = put(house, desk, "mei", on=TUESDAY)
    made = generated(house, desk, rotation(house, desk, "lin", "mei"))
    count = Stint.objects.count()

    taken = actions.take_back(
        unit_id=desk.unit_id, batch=made.batch, actor=house.actor("tan"), at=MONDAY
    )

    assert taken == made.written == count - 1
    assert list(Stint.objects.all()) == [kept]
    with pytest.raises(Refused):
        actions.take_back(
            unit_id=desk.unit_id, batch=made.batch, actor=house.actor("tan"), at=MONDAY
        )


def test_a_rotation_passes_over_who_is_absent_and_leaves_the_gap_it_cannot_fill():
    house = a_house()
    desk = a_desk(house)
    a_substitution(absent=house.people["lin"], substitute=house.people["qi"], on=TUESDAY)
    row = rotation(house, desk, "lin", patterns=[day_shift(desk).pk])

    made = generated(house, desk, row)

    assert (made.written, made.gaps) == (0, 4)
    missing = queries.gaps_between(desk, [TUESDAY])
    assert {(gap.post, gap.missing) for gap in missing} == {
        ("leader", 1),
        ("dispatcher", 1),
        ("partner", 1),
    }


def test_a_rotation_of_days_off_runs_at_weekends_and_on_holidays_only():
    house = a_house()
    desk = a_desk(house, since=date(2026, 1, 1))
    row = rotation(house, desk, "lin", "mei", days="off", patterns=[day_shift(desk).pk])

    generated(house, desk, row, since=date(2026, 11, 27), until=date(2026, 12, 6))

    days = list(Stint.objects.order_by("on").values_list("on", flat=True))
    assert [day.isoweekday() for day in days] == [6, 7, 6, 7]


def test_partners_take_turns_too():
    house = a_house()
    desk = a_desk(house)

    generated(house, desk, rotation(house, desk, "office", post="partner", every="week"))

    assert set(names_of(desk, "partner")) == {"南城水务分局"}


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [(ON - timedelta(days=1), ON, "since"), (TUESDAY, ON, "until"), (TUESDAY, TUESDAY + timedelta(days=200), "until")],
)  # fmt: skip
def test_days_that_cannot_be_are_told(since, until, field):
    house = a_house()
    desk = a_desk(house)
    row = rotation(house, desk, "lin")

    with pytest.raises(Invalid) as refusal:
        generated(house, desk, row, since=since, until=until)

    assert field in refusal.value.problems


def test_a_month_shows_holidays_gaps_and_short_rests_in_a_fixed_number_of_statements():
    house = a_house()
    desk = a_desk(house)
    put(house, desk, "lin")
    put(house, desk, "lin", pattern=night_shift(desk))
    queries.month(desk, ON, at=MONDAY)

    with CaptureQueriesContext(connection) as asked:
        seen = queries.month(desk, ON, at=MONDAY)

    day = next(one for one in seen.days if one.day == ON)
    assert [place.stint.name if place.stint else "" for place in day.shifts[0].places] == [
        "",
        "Lin",
        "",
    ]
    assert day.shifts[0].is_now
    assert seen.tired == 1
    assert seen.missing == 8 * 6 - 2
    assert len(asked) == 2
    assert next(one for one in seen.days if one.day.day == 28).is_off


def test_a_changed_shift_is_a_new_version_and_the_old_days_keep_theirs():
    house = a_house()
    desk = a_desk(house)
    old = day_shift(desk)
    draft = actions.ShiftDraft("日班", old.starts, old.ends, 1, 2, 1, TUESDAY, "值班制度修订")

    actions.set_shift(unit_id=desk.unit_id, draft=draft, actor=house.actor("tan"), at=MONDAY)

    assert [row.dispatchers for row in queries.patterns(desk, on=ON)] == [1, 1]
    assert [row.dispatchers for row in queries.patterns(desk, on=TUESDAY)] == [2, 1]


def table(*rows):
    return ("日期,班次,岗位,用户名或单位代码,姓名或单位,备注\n" + "\n".join(rows)).encode()


def imported(house, desk, *rows):
    return actions.import_roster(
        unit_id=desk.unit_id, content=table(*rows), actor=house.actor("tan"), at=MONDAY
    )


def test_a_roster_is_exported_and_imported_again_unchanged():
    house = a_house()
    desk = a_desk(house)
    done = imported(
        house, desk, "2026-11-24,日班,带班领导,tan,,", "2026/11/24,日班,值班员,,Lin,替班", "2026年11月24日,夜班,备勤单位,shuiwu-004,,",
    )  # fmt: skip
    assert (done.written, done.problems) == (3, [])
    rows = list(queries.roster_table(queries.stints(desk, queries.RosterFilter())))

    again = imported(
        house,
        desk,
        *(",".join(map(str, (row[0], row[1], row[4], row[5], row[6], row[7]))) for row in rows),
    )

    assert (again.written, again.known) == (0, 3)


def test_one_wrong_row_keeps_all_out_and_every_wrong_row_is_told():
    house = a_house()
    desk = a_desk(house)

    done = imported(
        house, desk, "2026-11-24,日班,带班领导,tan,,", "明天,日班,值班员,,Lin,", "2026-11-24,早班,值班员,,Lin,",
        "2026-11-24,日班,值班员,wang,,", "2026-11-24,日班,司机,lin,,", "2026-11-20,日班,值班员,lin,,",
    )  # fmt: skip

    assert [row for row, _sentence in done.problems] == [3, 4, 5, 6, 7]
    assert Stint.objects.count() == 0


def test_two_colleagues_change_their_shifts_once_a_third_agrees():
    house = a_house()
    desk = a_desk(house)
    mine = put(house, desk, "lin", on=TUESDAY)
    theirs = put(house, desk, "mei", on=TUESDAY, pattern=night_shift(desk))
    asked = actions.ask_swap(
        stint_id=mine.pk,
        taker_id=0,
        other_id=theirs.pk,
        reason="看病",
        actor=house.actor("lin"),
        at=MONDAY,
    )
    with pytest.raises(Refused):
        actions.approve_swap(swap_id=asked.pk, actor=house.actor("tan"), at=MONDAY)
    with pytest.raises(OutOfReach):
        actions.agree(swap_id=asked.pk, actor=house.actor("qi"), at=MONDAY)
    actions.agree(swap_id=asked.pk, actor=house.actor("mei"), at=MONDAY)

    actions.approve_swap(swap_id=asked.pk, actor=house.actor("tan"), at=MONDAY)

    assert names_of(desk) == ["Mei", "Lin"]
    mine.refresh_from_db()
    assert mine.user_id == house.id("mei")


def test_nobody_approves_their_own_change():
    house = a_house()
    desk = a_desk(house)
    mine = put(house, desk, "tan", on=TUESDAY, post="leader", by="duan")
    asked = actions.ask_swap(
        stint_id=mine.pk,
        taker_id=house.id("duan"),
        other_id=None,
        reason="出差",
        actor=house.actor("tan"),
        at=MONDAY,
    )
    actions.agree(swap_id=asked.pk, actor=house.actor("duan"), at=MONDAY)

    for name in ("tan", "duan"):
        with pytest.raises(Refused):
            actions.approve_swap(swap_id=asked.pk, actor=house.actor(name), at=MONDAY)
    actions.approve_swap(swap_id=asked.pk, actor=house.actor("sun"), at=MONDAY)

    assert names_of(desk, "leader") == ["Duan"]


def test_a_change_that_puts_somebody_on_duty_twice_is_refused():
    house = a_house()
    desk = a_desk(house)
    mine = put(house, desk, "lin", on=TUESDAY)
    asked = actions.ask_swap(
        stint_id=mine.pk,
        taker_id=house.id("duan"),
        other_id=None,
        reason="看病",
        actor=house.actor("lin"),
        at=MONDAY,
    )
    actions.agree(swap_id=asked.pk, actor=house.actor("duan"), at=MONDAY)
    put(house, desk, "duan", on=TUESDAY, post="leader")

    with pytest.raises(Refused):
        actions.approve_swap(swap_id=asked.pk, actor=house.actor("tan"), at=MONDAY)

    assert names_of(desk) == ["Lin"]
