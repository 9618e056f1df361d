from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import OutOfReach
from gongzhi.clocks import pages, queries
from gongzhi.clocks.capabilities import Can

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


class _Messages(list):
    def add(self, level, message, extra_tags=""):
        self.append(message)


def ask(page, *args, can=(Can.VIEW, Can.MANAGE), get=None, post=None):
    factory = RequestFactory()
    request = factory.post("/x", post) if post is not None else factory.get("/x", get or {})
    request.actor = Actor(1, "管理员", (Grant(frozenset(can)),))
    request._messages = _Messages()
    response = page(request, *args)
    return response, response.content.decode() if response.content else ""


def test_the_list_warns_of_years_without_holidays(monkeypatch):
    monkeypatch.setattr(
        pages.calendars.__globals__["timezone"], "localdate", lambda: date(2026, 11, 22)
    )

    response, body = ask(pages.calendars)

    assert response.status_code == 200
    assert "2027 年放假安排尚未录入" in body
    assert "全市机关工作日历" in body


def test_the_year_shows_what_each_day_is():
    _response, body = ask(pages.year, "default", get={"year": "2026", "day": "2026-10-10"})

    assert "2026-10-10 调休上班 · 国庆节" in body
    assert "2026-10-1 放假 · 国庆节" in body
    assert body.count('class="cal-month"') == 12
    assert "保存这一天" in body


def test_who_only_looks_sees_no_form():
    _response, body = ask(
        pages.year, "default", can=[Can.VIEW], get={"year": "2026", "day": "2026-10-10"}
    )

    assert "<form" not in body.split('id="day"')[1]
    with pytest.raises(OutOfReach):
        ask(pages.day, "default", can=[Can.VIEW], post={})


@pytest.mark.parametrize(
    "query", [{"year": "0"}, {"year": "9999"}, {"year": "x" * 99}, {"day": "9999-99-99"}]
)
def test_odd_years_show_a_year_all_the_same(query):
    response, _body = ask(pages.year, "default", get=query)

    assert response.status_code == 200


def test_a_day_is_set_and_taken_back():
    day = {"date": "2026-11-20", "kind": "holiday", "name": "运动会", "source": "市府办通知"}

    response, _body = ask(pages.day, "default", post=day)
    assert response.status_code == 302
    assert queries.calendar().name_of(date(2026, 11, 20)) == "运动会"

    ask(pages.clear, "default", post=day)
    assert queries.calendar().name_of(date(2026, 11, 20)) == ""


@pytest.mark.parametrize("wrong", ["0000-01-01", "9999-12-31", "", "2026-02-30"])
def test_an_impossible_day_keeps_the_form_with_a_sentence(wrong):
    response, body = ask(
        pages.day, "default", post={"date": wrong, "kind": "holiday", "name": "春游"}
    )

    assert response.status_code == 422
    assert "春游" in body


def test_a_table_is_looked_at_then_written():
    content = "日期,类型,名称,来源\n2027-01-01,放假,元旦,国办发明电〔2026〕9号\n".encode()
    file = SimpleUploadedFile("2027.csv", content)

    _response, body = ask(pages.import_days, post={"file": file})
    checked = body.split('name="checked" value="')[1].split('"')[0]
    assert queries.uncovered_years(2027, 2027) == [2027]
    ask(pages.import_days, post={"checked": checked, "complete-2027": "on"})

    assert queries.uncovered_years(2027, 2027) == []
    assert queries.calendar().name_of(date(2027, 1, 1)) == "元旦"


def test_a_table_with_troubles_offers_no_writing():
    file = SimpleUploadedFile("x.csv", "日期,类型\n2027-02-30,放假\n".encode())

    _response, body = ask(pages.import_days, post={"file": file})

    assert "“2027-02-30”不是有效日期" in body
    assert 'name="checked"' not in body


def test_a_deadline_is_tried_with_its_explanation():
    asked = {"start": "2026-09-24T10:00", "calendar": "default", "amount": "5", "unit": "day", "counting": "service"}  # fmt: skip

    _response, body = ask(pages.try_deadline, get=asked)

    assert "2026年10月9日 10:00" in body
    assert "国庆节放假，不计" in body


@pytest.mark.parametrize(
    "change",
    [
        {"start": "0000-01-01T00:00"}, {"start": "9999-12-31T23:59"}, {"start": "0001-01-01T00:00"},
        {"amount": "999999999"}, {"amount": "0"}, {"unit": "month"}, {"counting": "moon"},
        {"calendar": "moon"}, {"rule": "moon"}, {"paused_to": "2026-10-01T00:00"}, {"amount": ""},
    ],
)  # fmt: skip
def test_odd_trials_are_answered_with_a_sentence(change):
    asked = {"start": "2026-09-24T10:00", "calendar": "default", "amount": "5", "unit": "day", "counting": "service"}  # fmt: skip

    response, body = ask(pages.try_deadline, get={**asked, **change})

    assert response.status_code == 422
    assert 'class="error"' in body or "alert" in body


def test_rules_are_listed_searched_and_given_a_new_version():
    _response, body = ask(pages.time_rules, get={"q": "信访"})
    assert "《信访工作条例》" in body
    assert "incident.accept" not in body

    posted = {
        "name": "接收", "amount": "2", "unit": "hour", "counting": "service", "ends_at": "day",
        "warn_percent": "25", "valid_from": "2027-01-01", "source": "市府办〔2026〕1号",
    }  # fmt: skip
    response, _body = ask(pages.new_version, "incident.accept", post=posted)

    assert response.status_code == 302
    assert queries.rule_limit("incident.accept", date(2027, 1, 2)).amount == 2


def test_a_calendar_of_its_own_is_opened():
    posted = {"code": "night", "name": "夜间巡查", "hours": "1-7 20:00-24:00", "unit": ""}

    assert ask(pages.new_calendar, post={**posted, "unit": "no-such"})[0].status_code == 422
    assert ask(pages.new_calendar, post=posted)[0].status_code == 302
    assert queries.calendar("night").holidays.years is None


def test_the_year_is_exported():
    for kind in ("csv", "xlsx"):
        response, _ = ask_raw(pages.export, "default", get={"year": "2026", "format": kind})
        assert f"default-2026.{kind}" in response["Content-Disposition"]


def ask_raw(page, *args, get):
    request = RequestFactory().get("/x", get)
    request.actor = Actor(1, "管理员", (Grant(frozenset([Can.VIEW])),))
    return page(request, *args), None
