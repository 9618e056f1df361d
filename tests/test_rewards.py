"""A resident's report is rewarded: proposed, reviewed, approved, claimed, paid. And when it is not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import system
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.incidents.models import Incident
from gongzhi.matters import actions as matters
from gongzhi.matters.models import Matter
from gongzhi.rewards import actions, queries
from gongzhi.rewards.actions import BudgetDraft, Payment, RuleDraft
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.lifecycle import Bar, State
from gongzhi.rewards.models import Award, Claim, RewardBudget
from tests.cast import MONDAY, TOWN, a_town
from tests.visits import reported, signed_in

pytestmark = pytest.mark.django_db
MINISTER = system("财政", Can.SET_RULES)
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
PHONE = "13812345678"


def a_city(*, amount=1000, **rule):
    cast = a_town()
    for name, role in (
        ("rev", "registrar"),
        ("app", "duty_officer"),
        ("pay", "supervisor"),
        ("app2", "duty_officer"),
    ):
        a_posting(
            user=a_user(username=name, name=name.title()),
            role=role,
            unit=cast.units["town"],
            area_path=TOWN,
        )
    facts = {
        "code": "facility", "name": "公用设施问题", "covers": [cast.item.code[:3]], "amount": 20, "day_most": 3,
        "person_most": 300, "claim_days": 60, "objection_days": 15, "source": "示范办法", **YEAR,
    }  # fmt: skip
    actions.set_rule(draft=RuleDraft(**(facts | rule)), actor=MINISTER, at=MONDAY)
    budget = BudgetDraft(TOWN, YEAR["valid_from"], YEAR["valid_to"], amount, "预算批复")
    actions.set_budget(draft=budget, actor=MINISTER, at=MONDAY)
    return cast


def settled(cast, matter):
    Matter.objects.filter(pk=matter.id).update(
        state="to_close", owing_role="closer", owing_unit=cast.units["town"].id
    )
    at = matter.reported_at
    matters.move(matter_id=matter.id, move="close", values={}, actor=cast.actor("tan", at), at=at)
    return actions.propose(matter_id=matter.id, at=at)


def an_award(cast, **said):
    matter, code = reported(cast, **({"phone": PHONE} | said))
    return settled(cast, matter), matter, code


def decided(award, *names, note=""):
    for name, deed in names:
        signed_in(name).post("/desk/rewards/decide", {"ids": award.pk, "deed": deed, "note": note})
    award.refresh_from_db()
    return award


BOTH = (("rev", "review"), ("app", "approve"))


def test_from_the_report_to_the_money_three_hands_and_one_resident():
    cast = a_city()
    award, matter, code = an_award(cast)
    assert (award.state, award.amount) == (State.PROPOSED, 20)

    decided(award, *BOTH)
    resident = Client()
    assert "¥20" in resident.get(f"/progress/{matter.number}", {"code": code}).content.decode()
    claim = {"code": code, "way": "phone_bill", "account": PHONE, "payee": "", "extra": ""}
    assert resident.post(f"/rewards/{matter.number}", claim).status_code == 302
    payer = signed_in("pay")
    payer.post("/desk/rewards/batches", {"area": TOWN})
    award.refresh_from_db()
    batch = award.batch
    assert (
        payer.get(f"/desk/rewards/batches/{batch.pk}/file.csv").status_code == 404
    )  # not frozen yet
    payer.post(f"/desk/rewards/batches/{batch.pk}/freeze")
    assert PHONE in payer.get(f"/desk/rewards/batches/{batch.pk}/file.csv").getvalue().decode()
    payer.post(f"/desk/rewards/batches/{batch.pk}/paid")

    award.refresh_from_db()
    assert award.state == State.PAID
    assert [e.deed for e in award.entries.order_by("id")] == [
        "propose", "review", "approve", "claim", "batch", "pay",
    ]  # fmt: skip
    (row,) = queries.budget_stands(
        cast.actor("app") if "app" in cast.people else system("x", Can.PAY), on=MONDAY.date()
    )
    assert (row.spent, row.reserved, row.left) == (20, 0, 980)


def test_the_desk_never_shows_who_reported_or_how_they_are_paid():
    cast = a_city()
    award, matter, code = an_award(cast)
    decided(award, *BOTH)
    actions.claim(
        number=matter.number, code=code, payment=Payment("phone_bill", PHONE), at=award.decided_at
    )
    signed_in("pay").post("/desk/rewards/batches", {"area": TOWN})
    award.refresh_from_db()

    desk = signed_in("app")
    for page in (
        "/desk/rewards?box=claimed",
        f"/desk/rewards/{award.pk}",
        f"/desk/rewards/batches/{award.batch_id}",
        "/desk/rewards/awards.csv?box=claimed",
    ):
        answer = desk.get(page)
        shown = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert matter.number in shown, page
        assert PHONE not in shown, page
    assert PHONE not in Claim.objects.values_list("account", flat=True).query.__str__()


def test_who_reviewed_or_approved_does_not_pay():
    cast = a_city()
    award, matter, code = an_award(cast)
    decided(award, *BOTH)
    actions.claim(
        number=matter.number, code=code, payment=Payment("phone_bill", PHONE), at=award.decided_at
    )

    with pytest.raises(Refused):
        actions.make_batch(area_path=TOWN, actor=_as("app"), at=award.decided_at)


def _as(name):
    from gongzhi.accounts import queries as accounts  # noqa: PLC0415

    person = accounts.person_by_username(name)
    return accounts.actor_for(person.id, MONDAY)


def bar_of(cast, **said):
    award, _matter, _code = an_award(cast, **said)
    return award.bar


def test_what_gets_no_reward_keeps_its_reason():
    cast = a_city()
    a_user(username="staff", phone="13900000000")

    assert bar_of(cast, phone="") == Bar.NO_CONTACT
    assert (
        bar_of(cast, phone="13900000000", is_new=1, idempotency_key="another-key-of-a-form")
        == Bar.STAFF
    )


def test_a_report_that_was_not_true_or_covered_by_no_rule_gets_none():
    cast = a_city(valid_to=date(2026, 2, 1))
    assert bar_of(cast) == Bar.NO_RULE

    matter, _code = reported(cast, phone=PHONE, is_new=1, idempotency_key="another-key-of-a-form")
    Incident.objects.filter(pk=matter.id).update(is_true=False)
    assert settled(cast, matter).bar == Bar.NOT_TRUE


def test_what_an_office_filed_is_no_award_at_all():
    cast = a_city()
    matter, _code = reported(cast, phone=PHONE)
    Matter.objects.filter(pk=matter.id).update(source="patrol")

    assert settled(cast, matter) is None


def test_who_joined_reads_that_only_the_first_is_rewarded():
    cast = a_city()
    matter, _code = reported(cast, phone=PHONE)
    _matter, second = matters.join(
        matter_id=matter.id,
        text="",
        contact=matters.Contact(phone="13811112222"),
        files=[],
        actor=system("x"),
        at=MONDAY,
    )
    settled(cast, matter)
    decided(Award.objects.get(), *BOTH)

    shown = Client().get(f"/progress/{matter.number}", {"code": second}).content.decode()
    assert "¥20" not in shown
    assert "只奖励最先上报的人" in shown
    with pytest.raises(OutOfReach):
        actions.claim(
            number=matter.number, code=second, payment=Payment("phone_bill", PHONE), at=MONDAY
        )


def test_closing_twice_proposes_once_and_taking_it_up_again_withdraws_it():
    cast = a_city()
    award, matter, _code = an_award(cast)

    assert actions.propose(matter_id=matter.id, at=MONDAY) == award
    actions.withdraw(matter_id=matter.id, at=MONDAY)
    award.refresh_from_db()
    assert award.state == State.WITHDRAWN
    assert actions.propose(matter_id=matter.id, at=MONDAY).state == State.PROPOSED


def test_an_objection_is_answered_by_somebody_else_and_may_start_the_award_anew():
    cast = a_city()
    award, matter, code = an_award(cast)
    decided(award, ("app", "refuse"), note="照片看不清")
    Client().post(f"/rewards/{matter.number}", {"code": code, "text": "照片里看得见编号牌"})
    objection = award.objections.get()
    answer = {"is_upheld": "yes", "rule_id": "", "words": "复看照片，可以认定"}

    refused = signed_in("app").post(f"/desk/rewards/{award.pk}/objections/{objection.pk}", answer)
    assert refused.status_code == 422
    signed_in("app2").post(f"/desk/rewards/{award.pk}/objections/{objection.pk}", answer)

    award.refresh_from_db()
    assert award.state == State.PROPOSED
    assert "复看照片" in Client().get(f"/rewards/{matter.number}", {"code": code}).content.decode()


def test_a_payment_that_fails_asks_for_another_way_and_forgets_the_first():
    cast = a_city()
    award, matter, code = an_award(cast)
    decided(award, *BOTH)
    actions.claim(
        number=matter.number, code=code, payment=Payment("phone_bill", PHONE), at=award.decided_at
    )
    payer = signed_in("pay")
    payer.post("/desk/rewards/batches", {"area": TOWN})
    award.refresh_from_db()
    batch = award.batch_id
    payer.post(f"/desk/rewards/batches/{batch}/freeze")
    payer.post(f"/desk/rewards/batches/{batch}/paid", {f"failed-{award.pk}": "号码已停机"})

    award.refresh_from_db()
    assert award.state == State.APPROVED
    assert Claim.objects.get().account == ""
    shown = Client().get(f"/rewards/{matter.number}", {"code": code}).content.decode()
    assert "号码已停机" in shown


def test_what_nobody_claims_lapses_and_people_are_forgotten_when_the_rule_is_over():
    cast = a_city()
    award, _matter, _code = an_award(cast)
    decided(award, *BOTH)
    late = award.claim_until + timedelta(days=1)

    assert actions.lapse(at=late) == 1
    award.refresh_from_db()
    assert award.state == State.LAPSED
    assert award.person
    actions.forget(at=late.replace(year=2027, month=6))
    award.refresh_from_db()
    assert award.person == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "gold"},
        {"way": "phone_bill", "account": "12"},
        {"way": "bank", "account": "6222020000000000", "payee": ""},
        {},
    ],
)
def test_a_claim_with_something_missing_says_what(wrong):
    cast = a_city()
    award, matter, code = an_award(cast)
    decided(award, *BOTH)

    answer = Client().post(
        f"/rewards/{matter.number}", {"code": code, "account": "", "payee": "", "extra": ""} | wrong
    )

    assert answer.status_code == 422
    award.refresh_from_db()
    assert award.state == State.APPROVED


def test_rules_and_budgets_are_set_on_their_pages_and_read_by_residents():
    cast = a_city()
    setter = signed_in("app")
    rule = {
        "code": "facility", "name": "公用设施问题", "covers": cast.item.code[:3], "amount": 30, "day_most": 3, "person_most": 300,
        "claim_days": 60, "objection_days": 15, "valid_from": "2026-02-01", "valid_to": "2036-01-01", "source": "修订〔2026〕1号",
    }  # fmt: skip

    assert setter.post("/desk/rewards/rules", rule | {"covers": "Z99"}).status_code == 422
    assert setter.post("/desk/rewards/rules", rule).status_code == 302
    overlapping = {
        "area_path": TOWN,
        "starts_on": "2026-06-01",
        "ends_on": "2026-12-01",
        "amount": 5,
        "source": "x",
    }
    assert setter.post("/desk/rewards/budgets", overlapping).status_code == 422
    assert setter.get("/desk/rewards/budgets").status_code == 200

    shown = Client().get("/rewards").content.decode()
    assert "¥30" in shown
    assert "110" in shown


@pytest.mark.parametrize(
    "page",
    ["/desk/rewards", "/desk/rewards/rules", "/desk/rewards/budgets", "/desk/rewards/batches"],
)
def test_who_has_nothing_to_do_with_rewards_does_not_find_them(page):
    a_city()

    assert signed_in("bo").get(page).status_code == 404


def test_a_wrong_code_leads_back_to_the_form_and_tells_nothing():
    cast = a_city()
    _award, matter, _code = an_award(cast)

    answer = Client().get(f"/rewards/{matter.number}", {"code": "AAAAAA"})

    assert answer.status_code == 302
    assert answer.url.startswith("/progress?")


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_never_break_a_budget():
    cast = a_city(amount=30)
    awards = []
    for n in range(4):
        said = {
            "phone": f"1381234567{n}",
            "is_new": 1,
            "idempotency_key": f"a-key-of-form-number-{n}",
        }
        awards.append(an_award(cast, **said)[0])
    for award in awards:
        actions.review(award_id=award.pk, actor=_as("rev"), at=MONDAY)

    def approve(award):
        try:
            actions.approve(award_id=award.pk, actor=_as("app"), at=MONDAY)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(4) as hands:
        problems = list(hands.map(approve, awards))

    assert sorted(bool(problem) for problem in problems) == [False, True, True, True]
    assert Award.objects.filter(state=State.APPROVED).count() == 1
    assert RewardBudget.objects.get().amount == 30
