import pytest
from django.utils import translation

from gongzhi.clocks import queries
from gongzhi.clocks.queries import Limit, face
from gongzhi.clocks.rules import Holidays, explain
from gongzhi.clocks.tests.builders import a_calendar, a_clock, local

DUE, START = local("2026-11-17 10:00"), local("2026-11-13 10:00")


@pytest.fixture(autouse=True)
def _chinese(db):
    queries.forget()
    with translation.override("zh-hans"):
        yield
    queries.forget()


@pytest.mark.parametrize(
    ("at", "state", "percent", "words"),
    [
        ("2026-11-13 10:00", "ok", 100, "剩 2 天"),
        ("2026-11-14 12:00", "ok", 62, "剩 1 天 2 小时"),  # a weekend takes nothing away
        ("2026-11-16 14:00", "warn", 38, "剩 6 小时"),
        ("2026-11-17 09:59:30", "warn", 0, "剩 不到 1 分"),
        ("2026-11-17 10:00", "warn", 0, "剩 不到 1 分"),
        ("2026-11-17 12:30", "late", 0, "超时 2 小时"),
        ("2026-11-19 09:20", "late", 0, "超时 1 天 7 小时"),
    ],
)
def test_the_face_tells_service_time(at, state, percent, words):
    drawn = face(due_at=DUE, warn_at=local("2026-11-16 14:00"), started_at=START, at=local(at))

    assert (drawn.state, drawn.percent, drawn.words) == (state, percent, words)


def test_the_face_of_urgent_time_ticks_on_and_says_so():
    drawn = face(due_at=DUE, started_at=START, at=local("2026-11-16 10:00"), counting="continuous")

    assert (drawn.words, drawn.title) == ("剩 1 天", "剩 1 天（连续计时），11月17日 10:00 到期")
    assert drawn.due == DUE


@pytest.mark.parametrize(
    ("at", "counting", "words"),
    [
        ("2026-11-13 09:00", "working", "剩 2 个工作日"),
        ("2026-11-13 09:00", "calendar", "剩 4 天"),
        ("2026-11-17 09:00", "working", "今天到期"),
        ("2026-11-20 09:00", "working", "超时 3 个工作日"),
    ],
)
def test_whole_days_are_told_as_days(at, counting, words):
    due = local("2026-11-17 23:59:59")

    assert face(due_at=due, started_at=START, at=local(at), counting=counting).words == words


def test_a_paused_a_finished_and_an_absent_clock_have_faces_too():
    at = local("2026-11-16 10:00")

    paused = face(due_at=DUE, started_at=START, at=at, paused="等待施工许可", paused_at=at)
    kept = face(due_at=DUE, at=at, stopped_at=at)
    late = face(due_at=DUE, at=at, stopped_at=local("2026-11-17 11:00"))

    assert (paused.state, paused.words) == ("paused", "暂停：等待施工许可")
    assert paused.hints == ("剩 1 天",)
    assert (kept.words, late.words) == ("按时", "超时 1 小时")
    assert face(due_at=None, at=at).state == "none"


def test_an_unlikely_year_still_has_a_face():
    assert face(due_at=local("9999-01-01 10:00"), at=DUE).state == "ok"


def test_the_explanation_tells_every_day():
    calendar = a_calendar()
    pauses = [(local("2026-09-28 10:00"), local("2026-09-28 16:00"))]

    explained = explain(
        start=local("2026-09-24 10:00"), limit=Limit(6, "day"), calendar=calendar, pauses=pauses
    )

    assert queries.explanation_words(explained, {pauses[0][0]: "等候配件"}) == [
        "时限：6 天（工作时间）。",
        "日历：default（周一至周五 08:00-12:00 14:00-18:00），一个工作日按 8 小时计。",
        "2026年9月24日 10:00 开始计时。",
        "暂停：2026年9月28日 10:00 至 2026年9月28日 16:00（等候配件），不计入。",
        "9月24日：计 6 小时。",
        "9月25日至9月27日：中秋节放假，不计。",
        "9月28日：计 4 小时。",
        "9月29日至9月30日：每天计 8 小时，共 16 小时。",
        "10月1日至10月7日：国庆节放假，不计。",
        "10月8日至10月9日：每天计 8 小时，共 16 小时。",
        "10月10日：国庆节调休上班，计 6 小时。",
        "到期：2026年10月10日 16:00。",
    ]


def test_a_last_day_that_rolls_over_and_an_unknown_year_are_told():
    limit = Limit(30, "day", "calendar", from_next_day=True, rolls_over=True)
    rolled = queries.trial(start=local("2026-09-02 10:00"), calendar="default", limit=limit)
    unknown = queries.trial(
        start=local("2026-12-30 10:00"), calendar="default", limit=Limit(5, "day")
    )

    assert "9月3日至10月2日：计 30 天。" in rolled.sentences
    assert "末日 10月2日 逢国庆节，顺延至 10月8日。" in rolled.sentences
    assert rolled.due == "2026年10月8日 24:00"
    assert unknown.sentences[-1].startswith("2027 年放假安排尚未录入")


def test_a_running_clock_is_explained_with_its_reasons():
    row = a_clock(limit=Limit(1, "hour"))

    sentences = queries.explanation(row)

    assert sentences[0] == "时限：1 小时（工作时间）。"
    assert sentences[-1] == "到期：2026年11月16日 10:00。"


def test_every_shipped_rule_has_a_limit_or_a_count_and_a_source():
    rules = queries.rules_in_force()

    assert len(rules) > 40
    assert all(rule.source and (rule.limit or rule.most) for rule in rules)


def test_a_calendar_without_holidays_knows_every_year():
    calendar = a_calendar("1-7 00:00-24:00", holidays=Holidays(years=None))

    explained = explain(start=local("2028-02-29 23:00"), limit=Limit(2, "hour"), calendar=calendar)

    assert explained.due == (local("2028-03-01 01:00"), local("2028-03-01 00:30"), ())
