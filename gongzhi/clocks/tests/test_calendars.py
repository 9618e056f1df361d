from datetime import date

import pytest

from gongzhi.base.actor import ANONYMOUS, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import actions, queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.queries import Limit, Start
from gongzhi.clocks.rules import UnreadableHours, format_week, parse_week
from gongzhi.clocks.rules.tables import read_date
from gongzhi.clocks.tests.builders import local

pytestmark = pytest.mark.django_db

ADMIN = {"actor": system("test", Can.MANAGE), "at": local("2026-11-16 09:00")}


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


def test_a_day_of_the_city_goes_before_the_shipped_arrangement():
    friday = date(2026, 11, 20)

    actions.set_day(calendar="default", day=friday, kind="holiday", name="运动会", **ADMIN)
    assert queries.day_cell("default", friday).kind == "holiday"
    assert queries.calendar().name_of(friday) == "运动会"

    actions.clear_day(calendar="default", day=friday, **ADMIN)
    assert queries.day_cell("default", friday).kind == "working"


def test_a_shipped_day_can_be_made_ordinary():
    day = date(2026, 10, 10)  # a make-up Saturday

    actions.set_day(calendar="default", day=day, kind="ordinary", **ADMIN)

    assert queries.day_cell("default", day).kind == "weekend"


def test_a_units_calendar_keeps_the_holidays_and_its_own_hours():
    actions.open_calendar(code="market", name="市场监管所", hours="1-6 09:00-17:00", **ADMIN)
    start = [Start("whole", Limit(1, "day"), calendar="market")]

    (row,) = actions.change(subject=1, at=local("2026-09-30 16:00"), start=start)

    assert row.due_at == local("2026-10-08 16:00")


def test_changed_hours_hold_from_their_day_on():
    actions.change_hours(
        calendar="default",
        valid_from=date(2026, 12, 1),
        hours="1-5 09:00-12:00 14:00-17:00",
        **ADMIN,
    )

    calendar = queries.calendar()
    assert calendar.schedule_on(date(2026, 11, 30)).day_seconds == 8 * 3600
    assert calendar.schedule_on(date(2026, 12, 1)).day_seconds == 6 * 3600
    assert [version.version for version in queries.hour_versions("default")] == [2, 1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": "1-5 08:00-25:00"}, "hours"),
        ({"hours": "8 08:00-12:00"}, "hours"),
        ({"hours": "1-5"}, "hours"),
        ({"hours": "1-5 08:00-12:00", "makeup": "noon"}, "makeup"),
        ({"hours": "1-5 08:00-12:00", "valid_from": date(9999, 1, 1)}, "date"),
        ({"hours": "1-5 08:00-12:00", "valid_from": date(2000, 1, 1)}, "valid_from"),
    ],
)
def test_hours_that_cannot_be_are_named(change, field):
    values = {"calendar": "default", "valid_from": date(2026, 12, 1), **change, **ADMIN}

    with pytest.raises(Invalid) as refused:
        actions.change_hours(**values)

    assert field in refused.value.problems


def test_a_new_version_of_a_rule_holds_from_its_day_on():
    limit = Limit(2, "hour")
    terms = {
        "code": "incident.accept",
        "name": "接收",
        "limit": limit,
        "source": "市府办〔2026〕1号",
    }

    version = actions.publish_rule(**terms, valid_from=date(2027, 1, 1), **ADMIN)

    assert version == 2
    assert queries.rule_limit("incident.accept", date(2026, 12, 31)).amount == 4
    assert queries.rule_limit("incident.accept", date(2027, 1, 1)) == limit
    with pytest.raises(Invalid):
        actions.publish_rule(**terms, valid_from=date(2027, 1, 1), **ADMIN)


def test_a_rule_nobody_wrote_is_refused():
    with pytest.raises(Refused):
        queries.rule("no.such", date(2026, 1, 1))
    with pytest.raises(Refused):
        queries.rule_limit("incident.extension", date(2026, 1, 1))


def test_only_who_manages_clocks_changes_calendars():
    with pytest.raises(OutOfReach):
        actions.set_day(
            calendar="default",
            day=date(2026, 11, 20),
            kind="holiday",
            actor=ANONYMOUS,
            at=ADMIN["at"],
        )


def test_a_table_is_read_in_chinese_and_its_troubles_are_named():
    text = "日期,类型,名称\n2027/1/1,放假,元旦\n2027年1月3日,上班,元旦\n20270230,放假,x\n0000-01-01,放假,x\n9999-01-01,放假,x\n2027-01-01,放假,x\n2027-01-04,也许,x\n"

    for content in (text.encode("gb18030"), text.encode("utf-8-sig")):
        table = queries.day_table(content)
        assert [str(line.date) for line in table.lines] == ["2027-01-01", "2027-01-03"]
        assert [(problem.row, problem.trouble) for problem in table.problems] == [
            (4, "date"), (5, "date"), (6, "years"), (7, "twice"), (8, "kind"),
        ]  # fmt: skip
        assert len(queries.problem_words(table)) == 5


@pytest.mark.parametrize(
    "content",
    [b"", b"   ", b"\x00\xff\xfe\x00", b"PK\x03\x04 no zip", b"a,b\n1,2\n", "日期,类型\n".encode()],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content):
    with pytest.raises(Invalid) as refused:
        queries.day_table(content)

    assert "file" in refused.value.problems


def test_what_is_exported_imports_again_unchanged():
    years = [2026]

    from_csv = queries.day_table(queries.days_csv("default", years))
    from_xlsx = queries.day_table(queries.days_xlsx("default", years))

    assert from_csv.lines == from_xlsx.lines
    assert len(from_csv.lines) == 39
    assert from_csv.problems == from_xlsx.problems == []


def test_hours_are_written_as_they_are_read():
    for text in ("1-5 08:00-12:00 14:00-18:00", "1-4 08:00-12:00; 6 00:00-24:00"):
        assert format_week(parse_week(text)) == text
    for text in (
        "1-5 12:00-08:00",
        "1 08:00-12:00 11:00-13:00",
        "0 08:00-09:00",
        "5-1 08:00-09:00",
    ):
        with pytest.raises(UnreadableHours):
            parse_week(text)


@pytest.mark.parametrize("text", ["2027-2-29", "0000-00-00", "tomorrow", "", "2027-13-01", "=1+1"])
def test_what_is_no_date_is_none(text):
    assert read_date(text) is None
