from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from gongzhi.notices import queries, rules

CITY = timezone(timedelta(hours=8))
NIGHT = rules.Quiet(time(21, 30), time(8, 0))


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CITY)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        (at(12), at(12)),
        (at(21, 29), at(21, 29)),
        (at(21, 30), at(8, 0, day=21)),
        (at(23, 59), at(8, 0, day=21)),
        (at(0, 1), at(8, 0)),
        (at(7, 59), at(8, 0)),
        (at(8, 0), at(8, 0)),
        (at(23).astimezone(UTC), at(8, 0, day=21)),
    ],
)
def test_nobody_is_disturbed_at_night(asked, sent):
    assert rules.send_at(asked, quiet=NIGHT, zone=CITY) == sent


def test_quiet_hours_may_lie_within_one_day():
    siesta = rules.Quiet(time(12, 0), time(14, 0))

    assert rules.send_at(at(13), quiet=siesta, zone=CITY) == at(14)
    assert rules.send_at(at(15), quiet=siesta, zone=CITY) == at(15)


def test_a_missing_value_becomes_a_dash_and_is_reported():
    rendered = rules.render(
        subject="{number}", text="{title}：{reason}", values={"number": "1", "title": "井盖"}
    )

    assert (rendered.subject, rendered.text) == ("1", "井盖：—")
    assert rendered.missing == {"reason"}


def test_a_value_is_never_read_as_a_placeholder_or_a_second_line():
    rendered = rules.render(
        subject="{title}",
        text="{title}",
        values={"title": "{code}\r\nBcc: x@y.z\x00", "code": "7K3P"},
    )

    assert rendered.subject == "{code} Bcc: x@y.z"


def test_a_very_long_value_is_cut():
    assert len(rules.harmless("长" * 20_000)) == 200


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{number} {link}", []),
        ("{phone}", ["{phone}"]),
        ("{number} {", ["{"]),
        ("{0.__class__}", ["{"]),
        ("{ number }", ["{", "}"]),
    ],
)
def test_a_placeholder_that_nobody_fills_in_is_named(text, strange):
    assert rules.strange_placeholders("received", text) == strange


@pytest.mark.parametrize(
    "row", queries.shipped_templates(), ids=lambda r: f"{r['code']}-{r['channel']}-{r['language']}"
)
def test_every_shipped_text_can_be_filled_in(row):
    assert rules.strange_placeholders(row["code"], row["subject"] + row["text"]) == []
    assert row["text"].strip()
    assert row["channel"] == "sms" or row["subject"].strip()


def test_every_occasion_has_words_in_the_application_and_a_label():
    shipped = {
        (row["code"], row["language"])
        for row in queries.shipped_templates()
        if row["channel"] == "in_app"
    }

    assert shipped == {
        (code, language)
        for code in rules.OCCASIONS.keys() - rules.TO_RESIDENTS
        for language in ("zh-hans", "en")
    }
    assert queries.LABELS.keys() == rules.OCCASIONS.keys()


def test_what_only_residents_hear_has_words_for_a_text_message_or_a_letter():
    shipped = {(row["code"], row["language"]) for row in queries.shipped_templates()}

    assert {(code, lang) for code in rules.TO_RESIDENTS for lang in ("zh-hans", "en")} <= shipped


def test_every_placeholder_has_an_example():
    for code in rules.OCCASIONS:
        assert {p.name for p in queries.placeholders_of(code, language="zh-hans")} == rules.allowed(
            code
        )


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:x"]
)
def test_a_notice_never_leads_elsewhere(link):
    assert not rules.is_local(link)
