import pytest
from django.db import DatabaseError, transaction

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.rewards import actions
from gongzhi.rewards.lifecycle import State
from gongzhi.rewards.models import Award, LedgerEntry
from gongzhi.rewards.tests.builders import (
    ADA,
    NOON,
    PIA,
    ROSA,
    TOWN,
    a_budget,
    a_rule,
    an_actor,
    an_approved,
    an_award,
)

pytestmark = pytest.mark.django_db


def test_one_reviews_another_approves_and_the_ledger_says_so():
    a_budget()
    award = an_approved()

    assert award.state == State.APPROVED
    assert [(e.deed, e.actor_name) for e in award.entries.order_by("id")] == [
        ("review", "Person 1"), ("approve", "Person 2"),
    ]  # fmt: skip


def test_nobody_approves_what_they_reviewed_themselves():
    a_budget()
    both = an_actor(9, "rewards.review", "rewards.approve")
    award = an_award()
    actions.review(award_id=award.pk, actor=both, at=NOON)

    with pytest.raises(Refused):
        actions.approve(award_id=award.pk, actor=both, at=NOON)


def test_nobody_decides_outside_their_area_or_without_the_capability():
    a_budget()
    award = an_award()

    with pytest.raises(OutOfReach):
        actions.review(
            award_id=award.pk,
            actor=an_actor(9, "rewards.review", area="441900/441900005/"),
            at=NOON,
        )
    with pytest.raises(OutOfReach):
        actions.review(award_id=award.pk, actor=PIA, at=NOON)


def test_what_was_not_reviewed_is_not_approved():
    a_budget()

    with pytest.raises(Refused):
        actions.approve(award_id=an_award().pk, actor=ADA, at=NOON)


def test_a_refusal_says_why_and_may_be_objected_to_for_some_days():
    award = an_award()

    with pytest.raises(Invalid):
        actions.refuse(award_id=award.pk, note=" ", actor=ROSA, at=NOON)
    refused = actions.refuse(award_id=award.pk, note="照片不清楚", actor=ROSA, at=NOON)

    assert refused.reason == "照片不清楚"
    assert (refused.object_until - NOON).days == 15


def test_a_person_gets_no_more_awards_a_day_than_the_rule_allows():
    a_budget()
    rule = a_rule(day_most=2)
    for _n in range(2):
        an_approved(rule=rule)

    with pytest.raises(Refused, match="2"):
        an_approved(rule=rule)
    assert an_approved(rule=rule, person="p2").state == State.APPROVED


def test_a_person_gets_no_more_money_than_the_rule_allows():
    a_budget()
    rule = a_rule(person_most=15)
    an_approved(rule=rule)

    with pytest.raises(Refused, match="15"):
        an_approved(rule=rule)


def test_a_budget_is_never_overspent_and_what_lapses_is_free_again():
    budget = a_budget(15)
    first = an_approved(person="p1")

    with pytest.raises(Refused, match="5"):
        an_approved(person="p2")
    Award.objects.filter(pk=first.pk).update(state=State.LAPSED)
    assert an_approved(person="p3").budget == budget


def test_the_towns_budget_comes_before_the_citys():
    a_budget(1000)
    town = a_budget(1000, area_path=TOWN)

    assert an_approved().budget == town


def test_without_a_budget_nothing_is_approved():
    with pytest.raises(Refused):
        an_approved()


def test_many_are_decided_at_once_and_each_says_what_stood_against_it():
    a_budget(15)
    awards = [an_award(person=f"p{n}") for n in range(2)]
    ids = [award.pk for award in awards]
    actions.decide_many(award_ids=ids, deed="review", note="", actor=ROSA, at=NOON)

    outcomes = actions.decide_many(award_ids=[*ids, 0], deed="approve", note="", actor=ADA, at=NOON)

    assert [bool(one.problem) for one in outcomes] == [False, True, True]


def test_the_ledger_cannot_be_changed():
    a_budget()
    an_approved()

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.all().update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.all().delete()
