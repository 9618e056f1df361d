import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions, queries
from gongzhi.clocks.models import RunningClock
from gongzhi.clocks.queries import Limit, Start
from gongzhi.clocks.tests.builders import a_clock, local

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


def test_a_change_stops_and_starts_in_two_statements(django_assert_num_queries):
    a_clock(name="stage", limit=Limit(1, "hour"))
    start = [
        Start("stage", Limit(4, "hour"), party="unit:9"),
        Start("first_response", Limit(1, "day")),
    ]

    with django_assert_num_queries(2):
        stage, first = actions.change(
            subject=7, at=local("2026-11-16 09:30"), stop=["stage"], start=start
        )

    assert (stage.due_at, first.due_at) == (local("2026-11-16 15:30"), local("2026-11-17 09:30"))
    assert [row.outcome for row in queries.clocks_of(7)] == ["", "", "kept"]


def test_a_clock_stopped_too_late_says_so():
    a_clock(limit=Limit(1, "hour"))

    (stopped,) = actions.stop_clocks(subject=7, names=["whole"], at=local("2026-11-16 10:01"))

    assert stopped.is_late


def test_a_clock_cannot_run_twice():
    a_clock()

    with pytest.raises(Refused, match="whole"), transaction.atomic():
        a_clock()
    with pytest.raises(IntegrityError), transaction.atomic():
        RunningClock.objects.create(
            subject=7, name="whole", limit={}, calendar="default", calendar_version=1,
            started_at=local("2026-11-16 09:00"), due_at=local("2026-11-16 09:00"),
            warn_at=local("2026-11-16 09:00"),
        )  # fmt: skip


def test_a_pause_holds_the_clock_and_resuming_gives_the_time_back():
    a_clock(limit=Limit(4, "hour"))

    actions.pause(subject=7, reason="等待当事人补充材料", at=local("2026-11-16 10:00"))
    (resumed,) = actions.resume(subject=7, at=local("2026-11-17 10:00"))

    assert resumed.due_at == local("2026-11-17 15:00")
    assert queries.remaining(resumed, local("2026-11-17 10:00")) == 3 * 3600


def test_a_stopped_pause_keeps_its_stretch():
    a_clock(limit=Limit(4, "hour"))
    actions.pause(subject=7, reason="施工许可", at=local("2026-11-16 10:00"))

    (stopped,) = actions.stop_clocks(subject=7, names=["whole"], at=local("2026-11-20 10:00"))

    assert stopped.outcome == "kept"
    assert stopped.pauses[0].reason == "施工许可"
    assert queries.remaining(stopped, local("2026-12-01 10:00")) == 3 * 3600


@pytest.mark.parametrize(
    ("reason", "until", "error"),
    [("", None, Invalid), ("等待", "2026-11-16 09:00", Invalid)],
)
def test_a_pause_needs_a_reason_and_a_later_end(reason, until, error):
    a_clock()

    with pytest.raises(error):
        actions.pause(
            subject=7, reason=reason, at=local("2026-11-16 10:00"), until=until and local(until)
        )


def test_a_clock_is_paused_once_but_resuming_is_safe_to_repeat():
    with pytest.raises(Refused):
        actions.pause(subject=7, reason="等待", at=local("2026-11-16 10:00"))
    with pytest.raises(Refused):
        actions.resume(subject=7, at=local("2026-11-16 10:00"))
    running = a_clock()
    assert actions.resume(subject=7, at=local("2026-11-16 10:00")) == [running]
    actions.pause(subject=7, reason="等待", at=local("2026-11-16 10:00"))
    with pytest.raises(Refused):
        actions.pause(subject=7, reason="等待", at=local("2026-11-16 10:05"))


def test_a_matter_is_suspended_once_and_for_a_year_at_most():
    a_clock()
    terms = {"subject": 7, "reason": "列入明年改造", "at": local("2026-11-16 10:00")}

    with pytest.raises(Invalid):
        actions.suspend(**terms, until=local("2027-11-17 10:00"))
    actions.suspend(**terms, until=local("2027-03-01 08:00"))
    actions.resume(subject=7, at=local("2027-03-01 08:00"))
    with pytest.raises(Refused):
        actions.suspend(
            subject=7, reason="再次", at=local("2027-03-02 08:00"), until=local("2027-03-09 08:00")
        )


def test_two_extensions_add_the_original_limit_each_and_a_third_is_refused():
    a_clock(limit=Limit(1, "day"))
    at = local("2026-11-16 10:00")

    actions.extend(subject=7, name="whole", at=at)
    extended = actions.extend(subject=7, name="whole", at=at)

    assert extended.due_at == local("2026-11-19 09:00")
    with pytest.raises(Refused):
        actions.extend(subject=7, name="whole", at=at)


def test_what_is_overdue_is_not_extended():
    a_clock(limit=Limit(1, "hour"))

    with pytest.raises(Refused):
        actions.extend(subject=7, name="whole", at=local("2026-11-16 10:01"))


def test_an_appraisal_is_excluded():
    a_clock(limit=Limit(30, "day", "calendar", from_next_day=True))

    row = actions.exclude(
        subject=7, name="whole", start=local("2026-11-18 09:00"), end=local("2026-11-28 09:00"),
        reason="司法鉴定", at=local("2026-11-28 10:00"),
    )  # fmt: skip

    assert row.due_at == local("2026-12-26 23:59:59")


def test_history_is_copied_in():
    rows = [
        queries.row_values(
            subject=subject, start=Start("whole", Limit(1, "hour")),
            started_at=local("2026-11-16 09:00"), stopped_at=local(stopped),
        )
        for subject, stopped in ((1, "2026-11-16 10:00"), (2, "2026-11-16 10:30"))
    ]  # fmt: skip

    assert actions.copy_in(rows=rows) == 2
    assert queries.clocks_of(1)[0].outcome == "kept"
    assert queries.clocks_of(2)[0].is_late


def test_times_no_calendar_knows_are_refused():
    with pytest.raises(Refused):
        a_clock(at="9990-01-01 09:00")
    with pytest.raises(Invalid):
        actions.change(
            subject=1, at=local("2026-11-16 09:00"), start=[Start("whole", Limit(1, "day"), "moon")]
        )
