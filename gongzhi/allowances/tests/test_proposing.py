"""An archived dispute is looked at by itself; rules are versions; what is bought is not paid again."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from gongzhi.allowances import actions
from gongzhi.allowances.actions import BudgetDraft, ContractDraft, SetDraft
from gongzhi.allowances.models import Allowance, Contract, RuleSet, Share
from gongzhi.allowances.queries import services
from gongzhi.allowances.queries.ruling import ShippedLine, rules_for, shipped_sets
from gongzhi.allowances.tests.builders import (
    AFTER,
    BUYER,
    CITY,
    NOON,
    TOWN,
    a_person,
    a_table,
    an_actor,
    an_allowance,
)
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes.tests.builders import a_body as the_body
from gongzhi.disputes.tests.builders import a_mediator, everybody, in_mediation
from tests import cast

pytestmark = pytest.mark.django_db
SETTER = an_actor(900_106, "allowances.set_rules")
LINE = ShippedLine("simple", "oral", Decimal(0), needs_performed=False, amount=50)


def an_archived_dispute(*, employment: str = "part"):
    """Return a dispute that was settled orally and archived; by its rows, so that the road is short."""
    town = cast.a_town()
    body = the_body(town.units["station"])
    a_mediator(body, employment=employment)
    row = in_mediation(body=body, actor=everybody(body), at=cast.MONDAY)
    type(row).objects.filter(pk=row.pk).update(grade="simple", outcome="oral")
    type(row.matter).objects.filter(pk=row.pk).update(
        state="archived", is_open=False, owing_role=""
    )
    return row, body


def test_an_archived_dispute_is_proposed_once_and_its_line_says_why():
    row, _body = an_archived_dispute()
    table = actions.set_rules(draft=SetDraft(CITY, "示范", "文件", date(2026, 1, 1)), lines=[LINE], actor=SETTER, at=NOON)  # fmt: skip

    made = actions.propose(matter_id=row.pk, at=AFTER)
    again = actions.propose(matter_id=row.pk, at=AFTER)

    assert made == again
    assert (made.state, made.amount, made.line.rules) == ("proposed", 50, table)
    assert (
        Share.objects.get(allowance=made).mediator
        == apps.get_model("mediators", "Mediator").objects.get()
    )


def test_full_time_mediators_have_a_salary():
    row, _body = an_archived_dispute(employment="full")
    a_table()

    made = actions.propose(matter_id=row.pk, at=AFTER)

    assert (made.state, made.bar) == ("barred", "salaried")


def test_without_a_fitting_line_the_reason_is_kept():
    row, _body = an_archived_dispute()
    a_table()

    made = actions.propose(matter_id=row.pk, at=AFTER)

    assert (made.state, made.bar) == ("barred", "no_rule")


def test_what_is_bought_is_used_of_the_contract_and_paid_by_its_statement_alone():
    row, body = an_archived_dispute()
    draft = ContractDraft("G-1", "司法局", body.pk, date(2026, 1, 1), date(2026, 12, 31), 1, 500, "采购公告")  # fmt: skip
    contract = actions.enter_contract(draft=draft, actor=BUYER, at=NOON)

    made = actions.propose(matter_id=row.pk, at=NOON)
    statement = actions.make_statement(contract_id=contract.pk, month=date(2026, 11, 1), actor=BUYER, at=AFTER)  # fmt: skip

    assert (made.bar, made.amount) == ("contract", 0)
    assert (statement.count, statement.amount, statement.left) == (1, 500, 0)
    assert services.statement_paper(statement).blocks[2].rows[0][1] == row.matter.number
    with pytest.raises(Refused):
        actions.make_statement(contract_id=contract.pk, month=date(2026, 11, 1), actor=BUYER, at=AFTER)  # fmt: skip
    with pytest.raises(Refused):
        actions.make_statement(contract_id=contract.pk, month=date(2026, 12, 1), actor=BUYER, at=AFTER)  # fmt: skip
    assert Contract.objects.get().uses.count() == 1


def test_a_dispute_taken_up_again_loses_what_nobody_decided_on():
    row, _body = an_archived_dispute()
    a_table()
    actions.propose(matter_id=row.pk, at=AFTER)
    Allowance.objects.update(state="proposed", bar="")

    actions.withdraw(matter_id=row.pk, at=AFTER)

    assert Allowance.objects.get().state == "withdrawn"


def test_who_mediated_is_paid_when_a_second_score_finds_a_line_after_all():
    row = an_allowance(a_person())
    actions.note_score(matter_id=row.matter_id, score=Decimal(1), at=NOON)
    row.refresh_from_db()
    assert (row.line, row.amount, list(row.shares.values_list("amount", flat=True))) == (None, 0, [0])  # fmt: skip

    actions.note_score(matter_id=row.matter_id, score=Decimal(6), at=NOON)

    row.refresh_from_db()
    assert (row.amount, list(row.shares.values_list("amount", flat=True))) == (500, [500])


def test_a_new_version_ends_the_one_before():
    cast.a_town()
    first = actions.set_rules(draft=SetDraft(CITY, "示范一", "文件一", date(2026, 1, 1)), lines=[LINE], actor=SETTER, at=NOON)  # fmt: skip
    second = actions.set_rules(draft=SetDraft(CITY, "示范二", "文件二", date(2026, 12, 1)), lines=[LINE], actor=SETTER, at=NOON)  # fmt: skip

    first.refresh_from_db()
    assert (first.valid_to, second.version) == (date(2026, 12, 1), 2)
    assert rules_for(TOWN, on=date(2026, 11, 30)) == first
    assert rules_for(TOWN, on=date(2026, 12, 1)) == second


def test_a_table_with_two_equal_lines_is_refused():
    cast.a_town()
    with pytest.raises(Invalid):
        actions.set_rules(draft=SetDraft(CITY, "示范", "文件", date(2026, 1, 1)), lines=[LINE, LINE], actor=SETTER, at=NOON)  # fmt: skip
    assert not RuleSet.objects.exists()


def test_a_wrong_table_is_told_row_by_row():
    content = "难度等级,协议形式,金额（元）\n简易,口头协议,50\n难,口头协议,五十\n".encode()

    with pytest.raises(Invalid, match="3"):
        actions.read_rules(content=content)


def test_budgets_of_one_place_do_not_overlap_and_are_set_within_reach():
    town_setter = an_actor(900_107, "allowances.set_rules", area=TOWN)
    year = BudgetDraft(TOWN, date(2026, 1, 1), date(2027, 1, 1), 1000, "批复")
    cast.a_town()
    actions.set_budget(draft=year, actor=town_setter, at=NOON)

    half = BudgetDraft(TOWN, date(2026, 7, 1), date(2027, 1, 1), 1000, "批复")
    with pytest.raises(Invalid):
        actions.set_budget(draft=half, actor=town_setter, at=NOON)
    city = BudgetDraft(CITY, date(2026, 1, 1), date(2027, 1, 1), 1000, "批复")
    with pytest.raises(OutOfReach):
        actions.set_budget(draft=city, actor=town_setter, at=NOON)


@pytest.mark.parametrize("code", list(shipped_sets()))
def test_every_shipped_table_can_be_put_into_force(code):
    cast.a_town()
    draft = SetDraft(CITY, "示范", "文件", date(2026, 1, 1))

    made = actions.adopt_shipped(code=code, draft=draft, actor=SETTER, at=NOON)

    assert made.lines.count() == len(shipped_sets()[code].lines)
