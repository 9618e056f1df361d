from datetime import date, timedelta

import pytest

from gongzhi.accounts.tests.builders import trail
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.guard import actions, queries
from gongzhi.guard.actions import Answer, ReasonDraft
from gongzhi.guard.models import Block
from gongzhi.guard.tests.builders import (
    NOBODY,
    NOON,
    NUMBER,
    OTHER,
    SEC,
    SENDER,
    a_block,
    a_report_sent,
)

pytestmark = pytest.mark.django_db


def admitted(deed, *, at=NOON):
    return actions.admit(deed=deed, device=SENDER.device, address=SENDER.address, at=at)


def test_a_block_stops_reports_and_photos_and_never_reading_or_following():
    made = a_block()

    assert admitted("report").block == made
    assert not admitted("upload").allowed
    assert admitted("look").allowed
    assert admitted("look").allowed
    assert admitted("code").allowed


def test_a_block_ends_by_itself():
    a_block(days=5)

    assert not admitted("report", at=NOON + timedelta(days=4)).allowed
    assert admitted("report", at=NOON + timedelta(days=5, seconds=1)).allowed


def test_what_was_not_seen_with_the_report_cannot_be_blocked():
    a_report_sent()

    with pytest.raises(Invalid):
        actions.block(
            number=NUMBER, key="e" * 64, reason_code="flood", days=1, note="x", actor=SEC, at=NOON
        )


@pytest.mark.parametrize(
    ("key", "days"), [(SENDER.device, 8), (SENDER.address, 2), (SENDER.device, 0)]
)
def test_a_block_lasts_no_longer_than_its_reason_allows(key, days):
    with pytest.raises(Invalid):
        a_block(key, days=days)


def test_what_is_blocked_is_not_blocked_again():
    a_block()

    with pytest.raises(Refused):
        a_block()


def test_nobody_without_the_capability_sees_or_makes_a_block():
    a_report_sent()

    with pytest.raises(OutOfReach):
        queries.blocks(NOBODY, at=NOON)
    with pytest.raises(OutOfReach):
        a_block(actor=NOBODY)


def test_lifting_needs_a_reason_and_stands_in_the_trail():
    made = a_block()

    actions.lift(reference=made.reference, why="误判", actor=SEC, at=NOON)

    assert admitted("report").allowed
    assert [(entry.verb, entry.reason) for entry in trail()[::-1]] == [
        ("guard.block", "同一内容连发三十次"), ("guard.lift", "误判"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.lift(reference=made.reference, why="再来", actor=SEC, at=NOON)


def an_appeal(made):
    return actions.appeal(
        reference=made.reference, text="我没有发过", contact="13800000000", sender=SENDER, at=NOON
    )


def test_an_appeal_is_answered_by_somebody_else_in_time_with_a_reason():
    made = a_block()
    asked = an_appeal(made)
    assert asked.due_at == NOON + timedelta(days=3)

    with pytest.raises(Refused):
        actions.answer(appeal_id=asked.pk, said=Answer("lifted", "误判"), actor=SEC, at=NOON)
    actions.answer(appeal_id=asked.pk, said=Answer("lifted", "误判"), actor=OTHER, at=NOON)

    assert admitted("report").allowed
    assert Block.objects.get().lifted_by_name == "Wen"


def test_an_appeal_may_shorten_a_block_but_not_lengthen_it():
    made = a_block()
    asked = an_appeal(made)
    longer = Answer("shortened", "改短", until=date(2026, 12, 20))
    shorter = Answer("shortened", "改短", until=date(2026, 11, 21))

    with pytest.raises(Invalid):
        actions.answer(appeal_id=asked.pk, said=longer, actor=OTHER, at=NOON)
    actions.answer(appeal_id=asked.pk, said=shorter, actor=OTHER, at=NOON)

    assert admitted("report", at=NOON + timedelta(days=2)).allowed


def test_one_appeal_waits_at_a_time_and_only_the_blocked_may_appeal():
    made = a_block()
    an_appeal(made)

    with pytest.raises(Refused):
        an_appeal(made)
    with pytest.raises(OutOfReach):
        actions.appeal(
            reference=made.reference, text="x", contact="", sender=queries.Sender("e" * 64, "f" * 64), at=NOON
        )  # fmt: skip


def test_the_next_version_of_a_reason_rules_and_the_shipped_one_stays_on_record():
    draft = ReasonDraft(
        "flood", "刷屏", "说明", 3, 1, 2, date(2026, 11, 1), "办公室通知〔2026〕3号"
    )
    actions.set_reason(draft=draft, actor=SEC, at=NOON)

    assert queries.reason("flood", on=date(2026, 11, 20)).device_days == 3
    assert queries.reason("flood", on=date(2026, 10, 20)).device_days == 7
    assert [row.version for row in queries.reason_versions() if row.code == "flood"] == [1, 2]


def test_the_key_of_a_block_that_ended_is_forgotten_and_its_history_stays():
    made = a_block()

    actions.forget(at=NOON + timedelta(days=40))

    made.refresh_from_db()
    assert made.key == ""
    assert made.reason == "短时间大量重复上报"
