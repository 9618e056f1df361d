"""The device's clock beside ours; an operation read without trust."""

from datetime import UTC, datetime, timedelta

import pytest

from gongzhi.field.rules import Unreadable, corrected, read, skew_of

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OP = {
    "id": "7d9c7f0e-5d9e-4a6a-9a44-0f6b7f3f2c11",
    "kind": "report",
    "made_at": "2026-11-23T11:00:00+08:00",
    "body": {},
}


def by_ours(made_at: datetime, skew_s: int = 0) -> datetime:
    return corrected(made_at, skew_s=skew_s, tolerance_s=120, received_at=NOON, oldest_days=30)


@pytest.mark.parametrize(
    ("ahead", "travelled", "skew"), [(0, 0, 0), (600, 0, -600), (-600, 0, 600), (-10, 8, 6)]
)
def test_the_skew_is_what_the_way_does_not_explain(ahead, travelled, skew):
    sent_at = NOON + timedelta(seconds=ahead)

    assert skew_of(sent_at=sent_at, received_at=NOON, round_trip_s=travelled) == skew


def test_a_small_skew_is_the_networks_and_changes_nothing():
    made = NOON - timedelta(hours=2)

    assert by_ours(made, 119) == made
    assert by_ours(made, 3600) == made + timedelta(hours=1)


def test_a_deed_is_never_later_than_its_receipt_nor_older_than_is_believed():
    assert by_ours(NOON + timedelta(days=400)) == NOON
    assert by_ours(NOON - timedelta(days=400)) == NOON - timedelta(days=30)
    assert by_ours(datetime(1970, 1, 1, tzinfo=UTC), -2_000_000_000) == NOON - timedelta(days=30)


def test_a_device_that_died_and_says_1970_is_put_right():
    dead = datetime(1970, 1, 1, 3, 0, tzinfo=UTC)
    skew = skew_of(sent_at=dead + timedelta(hours=1), received_at=NOON)

    assert by_ours(dead, skew) == NOON - timedelta(hours=1)


def test_what_is_read_is_what_was_said():
    said = read(
        OP
        | {"place": {"lon": 113.75, "lat": 23.02, "accuracy_m": 8}, "photos": [OP["id"], OP["id"]]}
    )

    assert (said.place.lon, said.place.accuracy_m) == (113.75, 8)
    assert len(said.photos) == 1
    assert read(said.as_content()) == said


@pytest.mark.parametrize(
    "change", [{"id": 7}, {"made_at": "2026-11-23T11:00:00"}, {"body": "x"}, {"place": {"lon": "a", "lat": 1}}, {"photos": ["x"]}]
)  # fmt: skip
def test_what_cannot_be_read_names_its_field(change):
    with pytest.raises(Unreadable, match=next(iter(change))):
        read(OP | change)
