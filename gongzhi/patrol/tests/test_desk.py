"""The pages of the patrol desk: they answer, keep to the reach, refuse rubbish, and do what they say."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from gongzhi.accounts.tests import builders as people
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.patrol import actions, queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import PlanReleased
from gongzhi.patrol.models import Call, Due, Plan, Sample, Task, Visit
from gongzhi.patrol.queries import desk
from gongzhi.patrol.reactions import share_anew
from gongzhi.patrol.tests.builders import (
    GRID,
    NEXT_GRID,
    TOWN,
    a_field,
    a_visit,
    an_officer,
    some_premises,
)

pytestmark = pytest.mark.django_db
EVERYTHING = (Can.VIEW, Can.PLAN, Can.CALL, Can.SAMPLE, Can.DECIDE_APPEAL, "places.view")
PAGES = (
    "/desk/patrol", "/desk/patrol/tasks", "/desk/patrol/tasks/export?format=xlsx", "/desk/patrol/coverage",
    f"/desk/patrol/coverage?area={TOWN}&kind=rental_building&grade=D", "/desk/patrol/coverage/list?state=never&sort=-due",
    "/desk/patrol/coverage/areas.geojson?level=2", "/desk/patrol/coverage/export?what=areas", "/desk/patrol/coverage/export",
    "/desk/patrol/calls", "/desk/patrol/calls/new", "/desk/patrol/calls/export", "/desk/patrol/plans", "/desk/patrol/plans/new",
    "/desk/patrol/plans/export", "/desk/patrol/lists", "/desk/patrol/lists/RB-KEY", "/desk/patrol/lists/export",
    "/desk/patrol/lists/import", "/desk/patrol/forecast", "/desk/patrol/routes", "/desk/patrol/samples",
    "/desk/patrol/samples/new", "/desk/patrol/appeals",
)  # fmt: skip


def now() -> datetime:
    return timezone.now()  # noqa: TID251 - the pages read the real clock, too


def boss(*capabilities: str, area: str = "") -> Actor:
    return an_actor(*(capabilities or EVERYTHING), area=area, id=9, name="值班长")


def asked(address: str, actor: Actor | None = None) -> Any:
    return _answer(RequestFactory().get(address), actor or boss())


def sent(address: str, actor: Actor | None = None, **values: Any) -> Any:
    return _answer(RequestFactory().post(address, values), actor or boss())


def _answer(request: Any, actor: Actor) -> Any:
    request.actor, request.session = actor, {}
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    page, args, kwargs = resolve(request.path_info)
    return page(request, *args, **kwargs)


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def a_day() -> Any:
    """Make two grids with an officer each, premises, and today's tasks."""
    a_field()
    mei, omar = an_officer(GRID, name="梅"), an_officer(NEXT_GRID, name="奥马")
    for n in range(3):
        some_premises(f"A{n}", grid=GRID)
    at = now()
    actions.draw_day(on=timezone.localdate(at), area_path="", at=at)
    return mei, omar


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers(address):
    a_day()

    response = asked(address)

    assert response.status_code == 200
    assert text_of(response)


@pytest.mark.parametrize("address", PAGES)
def test_without_the_right_a_page_is_as_good_as_absent(address):
    with pytest.raises(OutOfReach):
        asked(address, an_actor("other.right"))
    assert asked(address, ANONYMOUS).status_code == 302


def statements(address: str) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        asked(address)
    return len(asked_for)


def test_the_pages_ask_as_many_statements_for_many_premises_as_for_few():
    a_day()
    pages = (
        "/desk/patrol", "/desk/patrol/tasks", "/desk/patrol/coverage", "/desk/patrol/coverage/list",
        "/desk/patrol/coverage/areas.geojson?level=1",
    )  # fmt: skip
    for address in pages:
        asked(address)
    few = {address: statements(address) for address in pages}
    for n in range(40):
        some_premises(f"B{n}", grid=GRID if n % 2 else NEXT_GRID)
    actions.draw_day(on=timezone.localdate(), area_path="", at=now())

    many = {address: statements(address) for address in pages}
    # One more at the most: names are asked only once somebody has a task.
    assert all(many[address] <= few[address] + 1 for address in pages)
    assert max(many.values()) <= 12


def test_a_desk_of_another_town_counts_nothing_here():
    a_day()
    elsewhere = boss(area="441900/441900009/")

    assert desk.day_counts(elsewhere, on=timezone.localdate()).total == 0
    assert queries.coverage(elsewhere, on=timezone.localdate()) == []
    assert "A0" not in text_of(asked("/desk/patrol/coverage/export", elsewhere))


def test_a_task_changes_hands_with_a_reason_only():
    mei, omar = a_day()
    task = Task.objects.filter(state="open").first() or Task.objects.create(
        premises=some_premises("X1"), user=mei, due_on=timezone.localdate(), planned_on=timezone.localdate(),
        first_on=timezone.localdate(), group="rental", list_code="RB-KEY", area_path=GRID,
    )  # fmt: skip

    with pytest.raises(Invalid):
        sent("/desk/patrol/tasks/reassign", ids=[task.pk], officer=omar.pk, reason="")
    answer = sent("/desk/patrol/tasks/reassign", ids=[task.pk], officer=omar.pk, reason="梅请假")

    task.refresh_from_db()
    assert (answer.status_code, task.user_id) == (302, omar.pk)


def test_a_plan_is_drafted_followed_and_put_in_force():
    a_day()
    rental = Plan.objects.get(group="rental")

    draft = Plan.objects.get(
        pk=int(sent(f"/desk/patrol/plans/{rental.pk}/follow").url.split("/")[-2])
    )
    form = {
        "name": rental.name, "valid_from": timezone.localdate().isoformat(), "days--": "45", "days--D": "5",
    }  # fmt: skip
    said = sent(f"/desk/patrol/plans/{draft.pk}/edit", **form)
    released = sent(f"/desk/patrol/plans/{draft.pk}/release")

    draft.refresh_from_db()
    rental.refresh_from_db()
    assert (said.status_code, released.status_code) == (302, 302)
    assert (draft.state, rental.valid_to) == ("in_force", timezone.localdate())
    assert set(desk.periods_of(desk.plan(boss(), draft.pk)).values()) == {45, 5}


def test_a_longer_period_takes_what_it_puts_off_out_of_the_day():
    a_day()
    today = timezone.localdate()
    Due.objects.update(due_on=today, last_on=today - timedelta(days=10))
    actions.draw_day(on=today, area_path="", at=now())
    rental = Plan.objects.get(group="rental")
    assert Task.objects.filter(state="open").count() == 3

    address = sent(f"/desk/patrol/plans/{rental.pk}/follow").url
    sent(address, name="x", valid_from=today.isoformat(), **{"days--D": "45"})
    sent(address.replace("/edit", "/release"))
    share_anew(PlanReleased(plan_id=rental.pk, area_path="", at=now()))

    assert set(Task.objects.values_list("state", flat=True)) == {"dropped"}
    assert set(Due.objects.values_list("due_on", flat=True)) == {today + timedelta(days=35)}


@pytest.mark.parametrize("days", [-1, 1, 3000])
def test_only_today_is_shared_anew(days):
    a_day()
    planned = set(Task.objects.values_list("planned_on", flat=True))
    another = (timezone.localdate() + timedelta(days=days)).isoformat()

    with pytest.raises(Invalid):
        sent("/desk/patrol/tasks/redraw", on=another, area=TOWN)

    assert set(Task.objects.values_list("planned_on", flat=True)) == planned


def test_a_plan_of_the_last_day_there_is_gets_a_sentence_not_an_overflow():
    a_day()
    rental = Plan.objects.get(group="rental")
    draft = sent(f"/desk/patrol/plans/{rental.pk}/follow").url
    last = "9999-12-31"

    assert sent(draft, name="x", valid_from=last, **{"days--": "9"}).status_code == 422
    ended = sent(f"/desk/patrol/plans/{rental.pk}/end", last_on=last, reason="试试")
    assert ended.status_code == 422
    Plan.objects.filter(state="draft").delete()
    Plan.objects.filter(pk=rental.pk).update(valid_from=last)
    with pytest.raises(Invalid):
        sent(f"/desk/patrol/plans/{rental.pk}/follow")
    assert asked(f"/desk/patrol/plans/{rental.pk}").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_answered_with_words(day):
    a_day()
    moment = f"{day}T00:01" if day < "2" else f"{day}T23:59"
    sample = {"name": "x", "area": "", "since": day, "until": day, "size": 1, "due_on": day}
    plan = {
        "name": "x",
        "group": "rental/rental_building",
        "area": "",
        "days": 9,
        "valid_from": day,
    }

    assert sent("/desk/patrol/samples/new", **sample).status_code == 422
    assert sent("/desk/patrol/plans/new", **plan).status_code in {302, 422}
    called = {"kind": "urgent", "words": "去看看", "premises": "A0", "due_at": moment}
    assert sent("/desk/patrol/calls/new", **called).status_code == 422
    for page in ("tasks", "routes", "calls", "coverage/list"):
        assert asked(f"/desk/patrol/{page}?on={day}&since={day}").status_code == 200


@pytest.mark.parametrize("typed", ["zwölf", "-3", "１２", "9" * 30, "0", "1e3"])
def test_a_period_that_is_no_number_of_days_is_told(typed):
    a_day()
    rental = Plan.objects.get(group="rental")
    address = sent(f"/desk/patrol/plans/{rental.pk}/follow").url

    answer = sent(
        address, name="x", valid_from=timezone.localdate().isoformat(), **{"days--D": typed}
    )

    assert answer.status_code == 422


def test_the_forecast_shows_what_shorter_rounds_cost():
    a_day()
    rental = Plan.objects.get(group="rental")

    work = queries.forecast(
        boss(),
        plan_id=rental.pk,
        proposed={("", ""): 5},
        now={("", ""): 10},
        on=timezone.localdate(),
    )

    assert [(load.premises, load.now, load.proposed) for load in work.loads] == [(3, 0.1, 0.3)]


def test_an_officer_is_called_and_the_call_taken_back():
    mei, _omar = a_day()

    asked_for = {"kind": "urgent", "words": "电箱门敞开", "premises": "A0", "officer": mei.pk}
    assert sent("/desk/patrol/calls/new", **asked_for).status_code == 302
    call = Call.objects.get()
    assert sent(f"/desk/patrol/calls/{call.pk}/withdraw", reason="已关好").status_code == 302

    call.refresh_from_db()
    assert (call.user_id, call.state, call.reason) == (mei.pk, "withdrawn", "已关好")
    assert sent("/desk/patrol/calls/new", kind="urgent", words="去看看").status_code == 422


def test_what_an_appealed_figure_was_counted_from_is_told_in_words():
    rows = [
        {"day": "2026-03-02", "premises": "A0", "state": "open", "in_time": False},
        {"day": "2026-03-02", "premises": "A1", "state": "done", "in_time": True},
    ]

    headings, first, second = desk.counted_words(rows)

    assert headings == ["日期", "编码", "状态", "按时"]
    assert first == ["2026-03-02", "A0", "待办", "否"]
    assert second == ["2026-03-02", "A1", "已完成", "是"]
    a_day()
    mei = an_officer(GRID)
    for figure in queries.statistics(
        user_id=mei.pk, since=timezone.localdate(), until=timezone.localdate()
    ):
        assert desk.counted_words(figure.rows) == []


def test_everybody_can_repeat_a_published_draw():
    mei, omar = a_day()
    people.a_posting(user=mei, role="grid_officer", area_path=NEXT_GRID)
    at = now() - timedelta(days=1)
    for n in range(3):
        a_visit(mei, some_premises(f"V{n}", grid=GRID), at=at)
    day = timezone.localdate().isoformat()
    made = sent("/desk/patrol/samples/new", name="周抽查", area="", since=timezone.localdate(at).isoformat(), until=day, size=2, due_on=day)  # fmt: skip
    address = made.url
    row = Sample.objects.get()
    before = json.loads(text_of(asked(f"/patrol/samples/{row.pk}/papers.json", ANONYMOUS)))
    assert sent(f"{address}/draw").status_code == 302

    after = json.loads(text_of(asked(f"/patrol/samples/{row.pk}/papers.json", ANONYMOUS)))

    assert (before["seed"], before["drawn"]) == (None, [])
    assert before["population_sha256"] == after["population_sha256"]
    assert len(after["drawn"]) == 2
    row.refresh_from_db()
    assert desk.proof_of(row).holds
    page = text_of(asked(f"/patrol/samples/{row.pk}", ANONYMOUS))
    assert row.seed in page
    assert mei.name not in page
    assert omar.name not in page


def test_check_lists_come_back_unchanged_from_their_own_workbook():
    a_day()
    book = asked("/desk/patrol/lists/export").content
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    upload = SimpleUploadedFile("lists.xlsx", book)
    later = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = text_of(sent("/desk/patrol/lists/import", file=upload, valid_from=later))

    assert "RB-KEY" not in page
    rubbish = SimpleUploadedFile("lists.xlsx", b"PK\x03\x04 broken")
    assert sent("/desk/patrol/lists/import", file=rubbish, valid_from=later).status_code == 422
    assert Visit.objects.count() == 0
