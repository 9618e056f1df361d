"""One door for every quarrel: neighbours settle on the spot, wages go on in part, a court confirms, a side is silent, an appraisal, a telephone signs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.agreements.models import Signature
from gongzhi.disputes import actions as disputes
from gongzhi.disputes.models import Dispute, Party
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    a_mediator,
    all_agree,
    everybody,
    in_mediation,
    make_move,
    row_sides,
)
from gongzhi.docking.models import Docket
from gongzhi.docking.tests.builders import a_commission, a_court, a_message
from gongzhi.docking.tests.builders import sent as sent_by_court
from gongzhi.matters import actions as matters
from gongzhi.mediators.models import Body
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town, do_jobs
from tests.cast import TOWN, VILLAGE

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAPERS = ["application", "agreement", "proof", "identity", "contact"]
SIDES = (("陈甲", "13800000001"), ("李乙", "13800000002"))


@pytest.fixture(scope="module")
def mediating(town: Town) -> Town:
    """A counter at the town's centre, and a committee at the judicial office with its clerk and a mediator."""
    disputes.load_kinds()
    units = town.cast.units
    posts = {"counter": ("centre_clerk", units["town"]), "clerk": ("body_clerk", units["station"]), "he": ("mediator", units["station"])}  # fmt: skip
    people = {name: a_user(username=name, name=name.title()) for name in posts}
    for name, (role, unit) in posts.items():
        a_posting(user=people[name], role=role, unit=unit, area_path=TOWN)
    a_mediator(a_body(units["station"], area_path=VILLAGE), user=people["he"], name="何静")
    accounts.forget()
    return town


def opened(page: Page, number: str, move: str) -> Locator:
    """Open the dialog of a move on the dispute's page."""
    page.goto(f"/desk/matters/{number}")
    button = page.locator(f"button[hx-get$='/{number}/{move}']").first
    if not button.is_visible():
        page.locator(".owes summary").first.click()
    button.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("form")).to_be_visible()
    return dialog


def sent(dialog: Locator) -> None:
    page = dialog.page
    with page.expect_navigation():
        dialog.locator(".dialog-foot .btn.primary").click()
    expect(page.locator(".owes, .message, .toast").first).to_be_visible()


def enter(page: Page) -> str:
    """Take the dispute in at the counter; return its number."""
    page.goto("/desk/disputes/new")
    for place, (name, phone) in enumerate(SIDES):
        page.locator(f"#id_sides-{place}-name").fill(name)
        page.locator(f"#id_sides-{place}-phone").fill(phone)
    page.locator("#id_kind_code").select_option("neighbour.water", force=True)
    page.locator("#id_area").select_option(VILLAGE, force=True)
    page.locator("#id_source").select_option("counter")
    page.locator("#id_address").fill("胜和一路 8 号")
    page.locator("#id_story").fill("楼上漏水浸湿天花板。")
    page.locator("#id_wish").fill("修好并赔偿。")
    page.locator("#entry .form-acts .btn.primary").click()
    page.wait_for_url(re.compile(r"/desk/matters/"))
    return page.url.rpartition("/")[2]


def test_neighbours_settle_on_the_spot_and_every_figure_leads_back_to_them(
    mediating: Town, visitor: Visitors, screenshot
):
    counter = visitor("counter")
    number = enter(counter)
    expect(counter.locator("main")).not_to_contain_text("陈甲")
    triage = opened(counter, number, "triage")
    sent(triage)

    clerk = visitor("clerk")
    clerk.goto(f"/desk/matters/{number}")
    clerk.locator(f"button[hx-get='/desk/disputes/{number}/say']").click()
    saying = clerk.locator("dialog[open]")
    expect(saying.locator("select[name^='answer_']")).to_have_count(len(SIDES))
    for answer in saying.locator("select[name^='answer_']").all():
        answer.select_option("yes")
    for notice in saying.locator("input[name^='signed_']").all():
        notice.check()
    sent(saying)
    sent(opened(clerk, number, "consent"))
    appoint = opened(clerk, number, "appoint")
    appoint.get_by_label("何静").check()
    sent(appoint)

    mediator = visitor("he")
    settle = opened(mediator, number, "settle_orally")
    settle.locator("[name=note]").fill("当场修补并赔偿五百元，互不追究。")
    sent(settle)

    sent(opened(clerk, number, "performed"))
    visit = opened(clerk, number, "visit")
    visit.locator("input[name=satisfied][value='3']").check()
    sent(visit)
    archive = opened(clerk, number, "archive")
    archive.locator("[name=note]").fill("身份证明当面核对，未留复印件。")
    sent(archive)
    screenshot(clerk, "mediation-archived")

    counter.goto("/desk/disputes/figures?by=kind")
    expect(counter.locator(".stat").first).to_contain_text("100")
    screenshot(counter, "mediation-figures")
    counter.locator("a.stat").first.click()
    counter.locator("[data-list] tbody a").first.click()
    counter.wait_for_url(f"**/desk/matters/{number}")
    phone = visitor("counter", **PHONE)
    phone.goto("/desk/disputes/figures")
    assert hindrances(phone) == []
    assert phone.evaluate(WIDER) <= 0


def at_the_table(*, days: int, **said: Any) -> Dispute:
    """Return a dispute that has been at He's table for so many days."""
    body = Body.objects.get()
    at = timezone.now() - days * DAY
    return in_mediation(body=body, actor=everybody(body), at=at, area_path=VILLAGE, **said)


def in_force(row: Dispute) -> None:
    """Let all sides sign on paper; the agreement takes effect."""
    me = everybody(Body.objects.get())
    matters.move(matter_id=row.pk, move="take_effect", values={}, facts={"agreement": "各方签字盖章"}, actor=me, at=timezone.now())  # fmt: skip


def choose(dialog: Locator, name: str, value: str) -> None:
    dialog.locator(f"input[name={name}][value='{value}']").check()


def pressed(page: Page, form: Locator) -> None:
    with page.expect_navigation():
        form.locator(".btn.primary").last.click()


def test_wages_of_23_workers_settle_in_part_and_the_rest_goes_to_arbitration(
    mediating: Town, visitor: Visitors, screenshot
):
    office = a_commission()
    workers = [disputes.Side(side="applicant", name=f"工友{n}", phone=f"100000{n:05d}") for n in range(23)]  # fmt: skip
    firm = disputes.Side(side="respondent", name="宏筑劳务公司", nature="organisation", legal_person="邓甲")  # fmt: skip
    row = at_the_table(days=5, kind_code="labour.wages", sides=[*workers, firm], people_count=24)
    number = row.matter.number

    he = visitor("he")
    settle = opened(he, number, "settle")
    choose(settle, "outcome", "partial")
    choose(settle, "routes", "labour_arbitration")
    settle.locator("[name=note]").fill("17 人工资分三期支付；6 人加班费未达成一致。")
    sent(settle)
    in_force(row)

    counter = visitor("counter")
    counter.goto(f"/desk/docking/apply/{number}?kind=arbitration")
    counter.locator("[name=partner_id]").select_option(str(office.pk))
    counter.locator("[name=since]").fill(f"{timezone.localdate() - 60 * DAY}")
    pressed(counter, counter.locator("main form").last)
    counter.wait_for_url(re.compile(r"/desk/docking/cases/\d+"))
    papers = counter.locator("form[action$='/prepare']")
    for paper in papers.locator("input[name=materials]").all():
        paper.check()
    pressed(counter, papers)
    counter.locator("details.docking-do summary").first.click()
    pressed(counter, counter.locator("details.docking-do[open] form"))
    screenshot(counter, "mediation-arbitration")
    docket = Docket.objects.get(matter_id=row.pk)
    assert (docket.kind, docket.next_step) == ("arbitration", "accept")

    counter.goto(f"/desk/matters/{number}")
    expect(counter.locator("main")).to_contain_text("劳动仲裁")
    expect(counter.locator("main")).to_contain_text("部分")
    assert counter.locator("main").inner_text().count("工友") == 0  # no name of a worker


def test_a_case_delegated_by_the_court_ends_in_a_judicial_confirmation(
    mediating: Town, visitor: Visitors, screenshot
):
    court, now = a_court(url=""), timezone.now()
    number = "（2026）粤1971诉前调88号"
    row = at_the_table(days=4, kind_code="traffic.injury", source="court", basis="referral", referred_by="court", outside_number=number)  # fmt: skip
    data = {"cause": "机动车交通事故责任纠纷", "appointed_at": (now - 4 * DAY).isoformat()}
    said = a_message(id="story-assign-0001", case_number=number, data=data, sent_at=now.isoformat())
    assert sent_by_court(said, at=now).matter == row.matter.number

    counter = visitor("counter")
    counter.goto("/desk/docking")
    counter.get_by_role("link", name=number).click()
    expect(counter.locator("main")).to_contain_text("第十二条")
    assert hindrances(counter) == []

    settle = opened(visitor("he"), row.matter.number, "settle")
    settle.locator("[name=note]").fill("保险公司先行支付，余额按责任分担。")
    sent(settle)
    in_force(row)
    do_jobs()
    counter.goto("/desk/docking/confirmations")
    counter.locator(f"a[href*='/apply/{row.matter.number}']").first.click()
    counter.locator("[name=partner_id]").select_option(str(court.pk))
    counter.locator("[name=venue]").select_option("organisation")
    pressed(counter, counter.locator("main form").last)
    papers = counter.locator("form[action$='/prepare']")
    for paper in PAPERS:
        choose(papers, "materials", paper)
    papers.locator("[name=venue]").select_option("organisation")
    pressed(counter, papers)
    counter.locator("details.docking-do summary").first.click()
    pressed(counter, counter.locator("details.docking-do[open] form"))

    docket = Docket.objects.get(matter_id=row.pk, kind="confirmation")
    for place, step in enumerate(({"step": "accept", "number": "粤1971诉前调确9号"}, {"step": "decide", "decision": "granted", "number": "粤1971民特9号"})):  # fmt: skip
        told = a_message("step.done", id=f"story-step-000{place}", docket=f"D{docket.pk}", data=step, sent_at=timezone.now().isoformat())  # fmt: skip
        assert sent_by_court(told, at=timezone.now()).status == 200
    counter.reload()
    expect(counter.locator("main")).to_contain_text("粤1971民特9号")
    screenshot(counter, "mediation-confirmed")
    counter.goto("/desk/docking/confirmations?box=all")
    expect(counter.locator("main")).to_contain_text(row.matter.number)


def test_a_respondent_who_never_answers_ends_it_with_the_other_routes_told(
    mediating: Town, visitor: Visitors, screenshot
):
    body = Body.objects.get()
    me, at = everybody(body), timezone.now() - 9 * DAY
    row = a_dispute(actor=me, at=at, area_path=VILLAGE, kind_code="neighbour.noise")
    make_move(row, "triage", actor=me, at=at + HOUR, body=body.pk)
    disputes.record_consent(party_id=row_sides(row)[0], subject="mediation", answer=True, how="counter", actor=me, at=at + DAY)  # fmt: skip

    visitor.expects(409)
    clerk = visitor("clerk")
    number = row.matter.number
    consent = opened(clerk, number, "consent")
    consent.locator(".dialog-foot .btn.primary").click()
    expect(consent.locator(".message, .field-error, .errorlist").first).to_be_visible()
    row.matter.refresh_from_db()
    assert row.matter.state == "to_consent"  # silence is no yes

    stop = opened(clerk, number, "stop_refused")
    stop.locator("[name=party]").select_option(str(row_sides(row)[1]))
    stop.locator("[name=reason]").fill("三次电话、两次上门，对方始终没有答复。")
    sent(stop)
    expect(clerk.locator("main")).to_contain_text("其他途径")
    screenshot(clerk, "mediation-silent")
    row.refresh_from_db()
    assert (row.outcome, "suit" in row.routes_told) == ("refused", True)


def test_a_medical_dispute_stands_still_for_its_appraisal_and_runs_longer_by_agreement(
    mediating: Town, visitor: Visitors, screenshot
):
    row = at_the_table(days=20, kind_code="medical.treatment")
    number, he = row.matter.number, visitor("he")
    begin = opened(he, number, "begin_appraisal")
    begin.locator("[name=reason]").fill("双方共同委托医学会鉴定。")
    sent(begin)
    row.refresh_from_db()
    assert row.appraisal_since is not None
    screenshot(he, "mediation-appraisal")
    sent(opened(he, number, "end_appraisal"))

    visitor.expects(409)
    longer = opened(he, number, "agree_to_extend")
    longer.locator("[name=reason]").fill("双方同意继续协商康复费用。")
    longer.locator(".dialog-foot .btn.primary").click()
    expect(longer.locator(".message, .field-error, .errorlist").first).to_be_visible()
    all_agree(row, "extension", actor=everybody(Body.objects.get()), at=timezone.now())
    longer = opened(he, number, "agree_to_extend")
    longer.locator("[name=reason]").fill("双方同意继续协商康复费用。")
    sent(longer)
    row.refresh_from_db()
    assert row.extended_at is not None
    expect(he.locator("main")).to_contain_text("鉴定")


def written(page: Page, number: str, facts: str) -> None:
    """Write one obligation and the facts into the builder's form as it stands; nothing is sent."""
    if page.url.rpartition("/")[2] != "agreement":
        page.goto(f"/desk/disputes/{number}/agreement")
    page.locator("[name=ob-0-debtors][value='1']").check()
    page.locator("[name=ob-0-creditors][value='0']").check()
    page.locator("[name=ob-0-what]").fill("天花板维修费")
    page.locator("[name=ob-0-amount]").fill("3000")
    page.locator("[name=ob-0-due_on]").fill(f"{timezone.localdate() + 20 * DAY}")
    page.locator("[name=ob-0-manner]").fill("银行转账")
    page.locator("[name=default_code]").select_option(index=1)
    page.locator("[name=issues]").fill("被申请人对漏水负责。")
    page.locator("[name=facts]").fill(facts)


def keeps(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form[data-agreement] .btn.primary").click()


def draw(page: Page) -> str:
    """Draw a signature; return the path that will be sent."""
    field = page.locator("[data-sign-pad] svg[role=img]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 24):
        page.mouse.move(box["x"] + 20 + step * 12, box["y"] + 30 + step * 17 % 70)
    page.mouse.up()
    return page.locator("[data-sign-path]").input_value()


def test_two_people_write_one_agreement_and_a_side_signs_it_though_its_link_dies(
    mediating: Town, visitor: Visitors, screenshot
):
    row = at_the_table(days=2)
    number, he, clerk = row.matter.number, visitor("he"), visitor("clerk")
    visitor.expects(409)
    written(he, number, "楼上漏水，浸湿天花板。")
    written(clerk, number, "楼上漏水，浸湿天花板和墙面。")
    keeps(he)
    keeps(clerk)
    expect(clerk.locator(".message.warn").first).to_contain_text("He")
    expect(clerk.locator("[name=facts]")).to_have_value("楼上漏水，浸湿天花板和墙面。")
    screenshot(clerk, "mediation-two-writers")
    keeps(clerk)
    expect(clerk.locator("main")).to_contain_text("第 2 版")
    expect(clerk.locator("form[action$='/offer']")).to_have_count(
        0
    )  # the mediator says that it is agreed
    he.goto(f"/desk/disputes/{number}/agreement")
    he.locator("form[action$='/offer'] button").click()
    with he.expect_navigation():
        he.locator("dialog[open] .btn.primary").click()

    side = visitor(**PHONE)
    side.goto(f"/sign?number={number}")
    side.locator("[name=code]").fill(Party.objects.get(dispute=row, seq=1).code)
    side.locator("form .btn.primary").click()
    side.wait_for_url(f"**/sign/{number}")
    expect(side.locator(".agreement-text")).to_contain_text("浸湿天花板和墙面")
    screenshot(side, "mediation-sign-read")
    assert hindrances(side) == []
    side.locator("form .btn.primary").click()
    side.locator("[name=words]").fill(side.locator(".declaration").inner_text())
    screenshot(side, "mediation-sign-declare")
    side.locator("form .btn.primary").click()
    expect(side.locator("[data-sign-pad]")).to_be_visible()

    drawn = draw(side)
    visitor.expects_no_network()
    side.context.set_offline(True)
    side.get_by_role("button", name="签名").click()
    expect(side.locator("[data-sign-trouble]")).to_contain_text("网络不通")
    assert side.locator("[data-sign-path]").input_value() == drawn
    screenshot(side, "mediation-sign-dead-link")
    assert Signature.objects.filter(agreement_id=row.pk).count() == 0

    side.context.set_offline(False)
    side.get_by_role("button", name="签名").click()
    kept = side.locator(".facts b").first
    expect(kept).to_be_visible()
    signed = Signature.objects.get(agreement_id=row.pk)
    assert (kept.inner_text(), signed.drawing, side.evaluate(WIDER)) == (signed.receipt, drawn, 0)
    screenshot(side, "mediation-sign-receipt")
    side.goto(f"/sign/{number}")  # the same link, another day
    expect(side.locator(".facts b").first).to_have_text(signed.receipt)
