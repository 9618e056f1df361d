"""Amounts in words, checks, texts, changes, signatures; no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongzhi.agreements import queries, rules
from gongzhi.agreements.tests.builders import DRAWING, PAY, REPAIR, some_terms

ON = date(2026, 11, 23)
CHEN = rules.Who(0, "applicant", "陈甲")
LI = rules.Who(1, "respondent", "李乙")
CHILD = rules.Who(1, "respondent", "李小", is_minor=True)
MOTHER = rules.Who(2, "respondent", "王丁", represents=1, capacity="guardian")


def found(sides=(CHEN, LI), **said):
    terms = rules.Terms.of(some_terms(**said))
    case = rules.Case(sides, queries.needs_of_kinds(ON), queries.patterns(ON), ON)
    return {one.code for one in rules.check(terms, case)}


def with_words(words):
    return found(obligations=[{"kind": "do", "debtors": [1], "what": words, "due_on": "2026-12-20"}])  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "人民币零元整"), ("0.05", "人民币伍分"), ("0.5", "人民币伍角整"), ("1409.5", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"), ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"), ("12000", "人民币壹万贰仟元整"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"), ("100000000", "人民币壹亿元整"), ("10000001", "人民币壹仟万零壹元整"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"), ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"), ("200500.6", "人民币贰拾万零伍佰元陆角整"),
    ],
)  # fmt: skip
def test_an_amount_is_written_as_on_a_cheque(amount, words):
    assert rules.in_words(Decimal(amount)) == words


def test_an_amount_below_zero_has_no_words():
    with pytest.raises(ValueError, match="-1"):
        rules.in_words(Decimal(-1))


def test_good_terms_pass_every_check():
    assert found() == set()


def test_instalments_must_add_up():
    wrong = PAY | {"amount": "3500.00"}

    assert found(obligations=[wrong]) == {"sum_differs"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": "", "instalments": []}, "no_amount"), ({"instalments": []}, "no_due"), ({"manner": ""}, "no_manner"),
        ({"creditors": []}, "owed_to_nobody"), ({"creditors": [1]}, "owes_itself"), ({"debtors": []}, "nobody_owes"),
        ({"debtors": [9]}, "nobody_owes"), ({"due_on": "2026-12-31"}, "instalment_after_end"), ({"kind": "dance"}, "unknown_kind"),
        ({"instalments": [], "due_on": "2026-11-01"}, "due_in_the_past"), ({"instalments": [], "due_on": "2046-11-01"}, "due_far_away"),
        ({"instalments": [{"amount": "1500.00", "due_on": "2026-12-10"}] * 2}, "instalments_out_of_order"),
        ({"amount": "-5.00", "instalments": [], "due_on": "2026-12-10"}, "negative"),
    ],
)  # fmt: skip
def test_what_is_unclear_in_a_payment_is_found(change, code):
    assert code in found(obligations=[PAY | change])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("尽快搬走杂物", "unclear"), ("今后不得再起诉对方", "no_suit"), ("向调委会交调解费", "fee"), ("扣押身份证直至付清", "freedom"),
        ("不再追究对方刑事责任", "crime"), ("归还赌债", "gambling"), ("按月息三分支付利息", "usury"), ("自愿放弃缴纳社会保险", "social_insurance"),
        ("放弃赡养义务", "support"), ("双方离婚", "status"), ("房屋归李乙所有", "title"), ("由其父亲支付余款", "third_party"),
    ],
)  # fmt: skip
def test_words_that_are_unlawful_or_cannot_be_confirmed_are_found(words, code):
    assert code in with_words(words)


def test_ordinary_words_are_left_alone():
    assert with_words("修复卫生间防水并试水二十四小时无渗漏") == set()


def test_every_check_has_a_sentence_and_its_article():
    rows = queries.checks(ON)

    assert {pattern.check for pattern in queries.patterns(ON)} <= set(rows)
    assert all(row["source"] and row["level"] in {"stop", "warn"} for row in rows.values())


def test_a_minor_performs_only_with_a_guardian_at_the_table():
    assert "minor_alone" in found(sides=(CHEN, CHILD))
    assert found(sides=(CHEN, CHILD, MOTHER)) == set()


def test_a_partial_agreement_says_what_is_left():
    assert found(is_partial=True) == {"partial_without_rest"}
    assert found(is_partial=True, rest="加班费另行申请劳动仲裁") == set()


def test_a_guardian_signs_for_the_minor_and_an_agent_for_the_side():
    sides = [CHEN, CHILD, MOTHER]

    assert rules.missing_sides(sides, [rules.Signed(0), rules.Signed(1)]) == [CHILD]
    assert rules.missing_sides(sides, [rules.Signed(0), rules.Signed(2)]) == []


def test_twelve_sides_are_all_asked():
    sides = [CHEN, *[rules.Who(seq, "respondent", f"被{seq}") for seq in range(1, 12)]]

    missing = rules.missing_sides(sides, [rules.Signed(seq) for seq in range(11)])

    assert [who.seq for who in missing] == [11]


def test_the_text_names_sides_sums_and_days_and_is_the_same_every_time():
    frame = rules.Frame("人民调解协议书", "1号", "胜和调委会", [CHEN, LI], queries.sentences(ON), queries.text("effect", ON), ["何静"])  # fmt: skip
    terms = rules.Terms.of(some_terms())

    text = rules.full_text(terms, frame)

    assert "被申请人李乙于2027年1月10日前以银行转账方式向申请人陈甲支付人民币3,000.00元（大写：人民币叁仟元整）（天花板维修费）。分2期：第1期于2026年12月10日前支付1,000.00元；" in text  # fmt: skip
    assert "2. 被申请人李乙于2026年12月20日前完成卫生间防水修复。" in text
    assert rules.digest(text) == rules.digest(rules.full_text(rules.Terms.of(terms.plain()), frame))
    assert rules.digest(text) != rules.digest(rules.full_text(replace(terms, closing="无"), frame))


def test_changes_are_told_by_place():
    before = rules.Terms.of(some_terms())
    after = rules.Terms.of(some_terms(closing="无其他争议", obligations=[PAY]))

    told = rules.changes(before, after)

    assert [(one.place, one.number) for one in told] == [("closing", 0), ("obligation", 2)]
    assert told[1].before == rules.Obligation.of(REPAIR)
    assert told[1].after is None


def test_dues_are_the_instalments_and_the_deeds():
    dues = rules.dues_of(rules.Terms.of(some_terms()))

    assert [(one.clause, one.part, one.due_on) for one in dues] == [(1, 1, date(2026, 12, 10)), (1, 2, date(2027, 1, 10)), (2, 0, date(2026, 12, 20))]  # fmt: skip


@pytest.mark.parametrize("path", ["", "M1 1 L2 2", '"/><script>', "M1 1 L2 2 " * 9000, "M1 1 C2 2"])
def test_only_lines_are_a_drawing(path):
    assert not rules.is_drawing(path)
    assert rules.is_drawing(DRAWING)


def test_a_receipt_depends_on_everything_it_proves():
    said = {"digest": "a", "signer": "party:0", "how": "drawn", "moment": "t", "secret": "s"}

    receipts = {rules.receipt_of(**said)[1]} | {rules.receipt_of(**(said | {key: "x"}))[1] for key in said}  # fmt: skip

    assert len(receipts) == 6
    assert all(len(code) == 14 for code in receipts)


def test_confirmation_is_open_for_its_days_only():
    routes = queries.routes(ON)
    said = {"has_money": True, "is_labour": False, "confirm_until": date(2026, 12, 23)}

    last_day = rules.open_routes(routes, on=date(2026, 12, 23), **said)
    after = rules.open_routes(routes, on=date(2026, 12, 24), **said)

    assert [one.is_over for one in last_day if one.code == "confirm"] == [False]
    assert [one.is_over for one in after if one.code == "confirm"] == [True]
    assert "suit" in {one.code for one in after}
    assert "labour" not in {one.code for one in after}
