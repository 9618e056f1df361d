"""Three hands, one budget, a publicity everybody may object to, and payments that come back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongzhi.accounts.tests.builders import a_user
from gongzhi.allowances import actions, queries
from gongzhi.allowances.models import Allowance, LedgerEntry, Share
from gongzhi.allowances.tests.builders import (
    AFTER,
    APPROVER,
    NOON,
    OTHER_APPROVER,
    PAYER,
    REVIEWER,
    TOWN,
    a_budget,
    a_person,
    a_published,
    a_table,
    an_account,
    an_actor,
    an_allowance,
)
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused

pytestmark = pytest.mark.django_db


def test_a_dispute_is_paid_once_whatever_the_code_does():
    row = an_allowance()

    with pytest.raises(IntegrityError), transaction.atomic():
        Allowance.objects.create(
            matter_id=row.matter_id, number=row.number, kind_name="x", area_path=row.area_path, grade="major", form="oral",
            archived_at=NOON, state="proposed", proposed_at=NOON,
        )  # fmt: skip


def test_amount_and_shares_follow_the_points_of_the_file():
    first, second = a_person(), a_person()
    row = an_allowance(first, second)

    with pytest.raises(Invalid):
        actions.review(allowance_id=row.pk, actor=REVIEWER, at=NOON)
    done = actions.review(allowance_id=row.pk, score=Decimal("5.5"), actor=REVIEWER, at=NOON)

    assert (done.amount, done.state) == (300, "reviewed")
    assert list(Share.objects.order_by("id").values_list("amount", flat=True)) == [150, 150]


def test_points_that_no_line_pays_are_refused_in_a_sentence_and_change_nothing():
    row = an_allowance()

    with pytest.raises(Refused, match="2"):
        actions.review(allowance_id=row.pk, score=Decimal(2), actor=REVIEWER, at=NOON)

    row.refresh_from_db()
    assert (row.state, row.amount) == ("proposed", 500)


def test_whoever_reviewed_does_not_approve_and_the_budget_stops():
    a_budget(600)
    both = an_actor(900_109, "allowances.review", "allowances.approve")
    one, other = an_allowance(), an_allowance()
    actions.review(allowance_id=one.pk, score=Decimal(6), actor=both, at=NOON)
    actions.review(allowance_id=other.pk, score=Decimal(6), actor=REVIEWER, at=NOON)

    with pytest.raises(Refused):
        actions.approve(allowance_id=one.pk, actor=both, at=NOON)
    actions.approve(allowance_id=one.pk, actor=APPROVER, at=NOON)
    with pytest.raises(Refused, match="100"):
        actions.approve(allowance_id=other.pk, actor=APPROVER, at=NOON)


def test_out_of_reach_is_as_good_as_absent():
    row = an_allowance()
    far = an_actor(900_110, "allowances.review", area="441900/005/")

    with pytest.raises(OutOfReach):
        actions.review(allowance_id=row.pk, score=Decimal(6), actor=far, at=NOON)
    assert not queries.allowances(far, box="review").exists()


def test_nothing_is_paid_before_the_publicity_is_over_and_every_objection_answered():
    a_budget()
    row = a_published()
    objected = actions.object_to(allowance_id=row.pk, text="这件纠纷没有调解成功。", contact="", at=NOON)  # fmt: skip

    assert actions.end_publicity(at=NOON) == 0
    assert actions.end_publicity(at=AFTER) == 0
    with pytest.raises(Refused):
        actions.answer_objection(objection_id=objected.pk, is_upheld=False, answer="经核实，卷宗齐全。", actor=APPROVER, at=AFTER)  # fmt: skip
    actions.answer_objection(objection_id=objected.pk, is_upheld=False, answer="经核实，卷宗齐全。", actor=OTHER_APPROVER, at=AFTER)  # fmt: skip
    assert actions.end_publicity(at=AFTER) == 1


def test_an_upheld_objection_sends_it_back_and_frees_the_budget():
    a_budget()
    row = a_published()
    objected = actions.object_to(allowance_id=row.pk, text="等级评定过高。", contact="", at=NOON)

    actions.answer_objection(objection_id=objected.pk, is_upheld=True, answer="等级应为普通，重新审核。", actor=OTHER_APPROVER, at=NOON)  # fmt: skip

    row.refresh_from_db()
    assert (row.state, row.budget, row.reviewed_by) == ("proposed", None, 0)


def test_the_publicity_names_no_one():
    a_budget()
    row = a_published(a_person(name="何静雯"))

    _page, rows = queries.published(at=NOON)

    assert rows[0].mediators == "何••"
    assert row.number not in rows[0].number
    with pytest.raises(OutOfReach):
        queries.published_one(row.pk, at=AFTER)


def test_a_payment_that_comes_back_waits_for_a_right_account_and_goes_out_again():
    a_budget()
    user = a_user(username="hejing", name="何静")
    first, second = a_person(user=user), a_person()
    an_account(first)
    row = a_published(first, second)
    actions.end_publicity(at=AFTER)
    with pytest.raises(Refused):
        actions.make_batch(area_path=TOWN, actor=PAYER, at=AFTER)  # the second has no account
    an_account(second)
    made = actions.make_batch(area_path=TOWN, actor=PAYER, at=AFTER)
    actions.freeze(batch_id=made.batch.pk, actor=PAYER, at=AFTER)
    share = Share.objects.get(allowance=row, mediator=first)

    actions.mark_paid(batch_id=made.batch.pk, returned={share.pk: "账号与户名不符"}, actor=PAYER, at=AFTER)  # fmt: skip

    row.refresh_from_db()
    assert row.state == "returned"
    with pytest.raises(Refused):
        actions.make_batch(area_path=TOWN, actor=PAYER, at=AFTER)
    actions.set_account(mediator_id=first.pk, payee="何静", bank="农商银行", number="6222 0000 3333 4444", actor=Actor(user.id, user.name), at=AFTER)  # fmt: skip
    again = actions.make_batch(area_path=TOWN, actor=PAYER, at=AFTER)
    assert (again.batch.count, again.batch.amount) == (1, 250)
    actions.freeze(batch_id=again.batch.pk, actor=PAYER, at=AFTER)
    actions.mark_paid(batch_id=again.batch.pk, returned={}, actor=PAYER, at=AFTER)
    row.refresh_from_db()
    assert row.state == "paid"
    deeds = list(LedgerEntry.objects.filter(allowance=row).order_by("id").values_list("deed", flat=True))  # fmt: skip
    assert deeds == ["review", "publish", "clear", "batch", "return", "batch", "pay"]


def test_whoever_decided_does_not_pay():
    a_budget()
    person = a_person()
    an_account(person)
    a_published(person)
    actions.end_publicity(at=AFTER)
    both = Actor(APPROVER.id, "", (an_actor(0, "allowances.pay").grants[0],))

    with pytest.raises(Refused):
        actions.make_batch(area_path=TOWN, actor=both, at=AFTER)


def test_nobody_sets_the_account_of_another():
    person = a_person()

    with pytest.raises(OutOfReach):
        actions.set_account(mediator_id=person.pk, payee="某人", bank="银行", number="62220000", actor=REVIEWER, at=NOON)  # fmt: skip


def test_many_at_once_each_succeed_or_fail_alone():
    a_table()
    right, wrong = an_allowance(), an_allowance(state="refused")

    outcomes = actions.decide_many(ids=[right.pk, wrong.pk, 0], deed="review", note="", score=Decimal(6), actor=REVIEWER, at=NOON)  # fmt: skip

    assert [bool(one.problem) for one in outcomes] == [False, True, True]


def test_a_list_of_fifty_costs_what_a_list_of_two_does(django_assert_max_num_queries):
    person = a_person()
    for _n in range(6):
        an_allowance(person)
    queries.allowances_page(REVIEWER, box="review")

    with django_assert_max_num_queries(2):
        _page, rows = queries.allowances_page(REVIEWER, box="review", sort="amount")

    assert len(rows) == 6
