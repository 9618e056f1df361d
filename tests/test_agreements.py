"""Agreements and files through their pages: the builder, a side's own page, a receipt, papers, the lists."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.agreements.models import Agreement
from gongzhi.agreements.tests.builders import DRAWING, a_table
from gongzhi.disputes.models import Party
from gongzhi.disputes.tests.builders import make_move
from tests.cast import MONDAY, a_photo, a_town
from tests.visits import signed_in

pytestmark = pytest.mark.django_db
SENTENCE = "我已阅读并理解协议全文，自愿签署"


def day(ahead):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def sent(**changes):
    return {
        "base": "0", "facts": "楼上漏水。", "issues": "被申请人承担责任。", "default_code": "whole", "default_words": "", "rest": "", "closing": "", "copies": "3",
        "ob-0-kind": "pay", "ob-0-debtors": ["1"], "ob-0-creditors": ["0"], "ob-0-what": "维修费", "ob-0-amount": "3,000", "ob-0-manner": "银行转账", "ob-0-due_on": "",
        "ob-0-part-amount": ["1000", "2000", ""], "ob-0-part-due_on": [day(10), day(40), ""],
    } | changes  # fmt: skip


def test_from_the_first_row_to_the_receipt_and_the_bound_file():
    held = a_table(a_town().units["station"], at=MONDAY)
    number = held.dispute.matter.number
    page = f"/desk/disputes/{number}/agreement"
    mediator, clerk = signed_in("hejing"), signed_in("clerk")

    assert "陈甲" in mediator.get(page).text
    wrong = mediator.post(page, sent(**{"ob-0-amount": "三千"}))
    assert (wrong.status_code, "三千" in wrong.text) == (422, True)
    assert mediator.post(page, sent()).status_code == 302
    late = clerk.post(page, sent(closing="另一人写的"))
    assert (late.status_code, "何静" in late.text, "另一人写的" in late.text) == (409, True, True)
    assert mediator.post(f"{page}/offer", {"version": "1"}).status_code == 302
    assert Agreement.objects.get(pk=held.id).state == "signing"

    for party in Party.objects.filter(dispute=held.dispute):
        _sign(number, party.code)
    mediator.post(f"{page}/sign_mediator", {"drawing": DRAWING})
    assert clerk.post(f"{page}/seal", {}).status_code == 302
    row = Agreement.objects.get(pk=held.id)
    assert row.state == "effective"

    proof = Client().get(f"/verify/{row.receipt}")
    assert row.digest in proof.text
    assert "陈甲" not in proof.text
    due = row.dues.order_by("part").first()
    noted = clerk.post(f"{page}/dues/{due.pk}", {"state": "done", "on": day(0), "amount": "1000", "note": ""})  # fmt: skip
    assert noted.status_code == 302
    _papers(clerk, number)
    for list_page in ("/desk/agreements?box=due", "/desk/dossiers?box=all"):
        assert "陈甲" not in clerk.get(list_page).text
    assert number in clerk.get("/desk/agreements.csv?box=due").getvalue().decode()
    assert signed_in("mei").get(page).status_code == 404


def test_an_agreement_from_paper_is_shown_without_a_receipt():
    held = a_table(a_town().units["station"], at=MONDAY)
    make_move(held.dispute, "settle", actor=held.everybody, at=MONDAY)
    make_move(held.dispute, "take_effect", actor=held.everybody, at=MONDAY, uploads=[a_photo(held.everybody)])  # fmt: skip
    page, clerk = f"/desk/disputes/{held.dispute.matter.number}/agreement", signed_in("clerk")

    assert clerk.post(page, sent()).status_code == 302
    shown = clerk.get(page)

    assert (shown.status_code, Agreement.objects.get(pk=held.id).receipt) == (200, "")
    assert "维修费" in shown.text


def _sign(number, code):
    side = Client()
    assert side.post("/sign", {"number": number, "code": "WRONGCODE"}).status_code == 404
    assert side.post("/sign", {"number": number, "code": code.lower()}).status_code == 302
    here = f"/sign/{number}"
    assert "元整" in side.get(here).text
    side.post(f"{here}/read")
    assert side.post(f"{here}/declare", {"words": "好"}).status_code == 422
    side.post(f"{here}/declare", {"words": SENTENCE})
    assert side.post(f"{here}/draw", {"drawing": "M1 1 L2 2"}).status_code == 422
    side.post(f"{here}/draw", {"drawing": DRAWING})
    assert Agreement.objects.get(matter_number=number).signatures.last().receipt in side.get(here).text  # fmt: skip
    assert Client().get(here).status_code == 302


def _papers(clerk, number):
    front = f"/desk/disputes/{number}"
    assert "data:image/png" in clerk.get(f"{front}/papers/agreement").text
    assert clerk.get(f"{front}/papers/agreement.pdf").content.startswith(b"%PDF-")
    assert clerk.get(f"{front}/papers/record.docx").content.startswith(b"PK")
    assert clerk.get(f"{front}/papers/nothing").status_code == 404
    assert "情况说明" in clerk.get(f"{front}/dossier").text
    assert clerk.get(f"{front}/dossier.pdf").content.startswith(b"%PDF-")
    assert "文书与卷宗" in clerk.get(f"/desk/matters/{number}").text
    kept = clerk.post(f"{front}/dossier/statement", {"statement": "身份证由社区核验。"})
    assert kept.status_code == 302
    assert clerk.post(f"{front}/dossier/put_in", {"place": "evidence"}).status_code == 422
