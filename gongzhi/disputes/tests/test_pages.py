"""The pages of disputes, as clerks, mediators and sides use them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.accounts.tests.builders import trail
from gongzhi.disputes import actions, queries
from gongzhi.disputes.models import Dispute, DisputeKind, FileAccess, Party
from gongzhi.disputes.tests.builders import a_dispute, a_house, make_move
from tests.cast import MONDAY, VILLAGE
from tests.visits import signed_in

pytestmark = pytest.mark.django_db


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(**more):
    """Return what a clerk types for two neighbours."""
    sides = {
        "sides-TOTAL_FORMS": "2", "sides-INITIAL_FORMS": "0", "sides-0-side": "applicant", "sides-0-nature": "person",
        "sides-0-name": "陈甲", "sides-0-phone": "13800000001", "sides-1-side": "respondent", "sides-1-nature": "person",
        "sides-1-name": "李乙", "sides-1-phone": "13800000002",
    }  # fmt: skip
    return sides | {
        "kind_code": "neighbour.noise", "basis": "application", "source": "counter", "area": VILLAGE, "address": "胜和一路",
        "story": "深夜装修，噪声不止。", "people_count": "2", "idempotency_key": "k1",
    } | more  # fmt: skip


def a_sent_dispute(house, **said):
    """Return a dispute that the centre sent to the body."""
    row = a_dispute(actor=house.actor("xu"), at=MONDAY, area_path=VILLAGE, **said)
    return make_move(row, "triage", actor=house.actor("xu"), at=MONDAY, body=house.body.pk)


def test_from_the_counter_to_the_table_in_the_pages_themselves():
    house = a_house()
    xu = signed_in("xu")

    answer = xu.post("/desk/disputes/new", typed())
    number = Dispute.objects.get().matter.number
    assert (answer.status_code, answer.url) == (302, f"/desk/matters/{number}")
    assert xu.post("/desk/disputes/new", typed()).url == answer.url  # the same form twice

    form = xu.get(f"/desk/matters/{number}/triage")
    assert "三十日" in words_of(form) or "30" in words_of(form)
    xu.post(f"/desk/matters/{number}/triage", {"kind_code": "neighbour.noise", "body": house.body.pk, "settle_level": "village", "grade": "simple", "is_open": "no"})  # fmt: skip

    wen = signed_in("wen")
    one, two = Party.objects.order_by("seq")
    said = {"subject": "mediation", "how": "counter", f"answer_{one.pk}": "yes", f"answer_{two.pk}": "yes", f"signed_{one.pk}": "on", f"signed_{two.pk}": "on"}  # fmt: skip
    assert wen.post(f"/desk/disputes/{number}/say", said).status_code == 302
    wen.post(f"/desk/matters/{number}/consent", {})
    wen.post(f"/desk/matters/{number}/appoint", {"mediators": house.mediators["he"].pk, "chosen_by": "sides"})  # fmt: skip
    he = signed_in("he")
    he.post(f"/desk/matters/{number}/settle_orally", {"note": "二十二时后不施工。", "is_done": "yes", "wants_paper": "no"})  # fmt: skip

    assert Dispute.objects.get().outcome == "oral"
    page = words_of(he.get(f"/desk/matters/{number}"))
    assert "其他途径" in page
    assert "向人民法院起诉" in page
    assert "陈甲" not in page


def test_what_is_wrong_in_the_form_is_said_and_what_was_typed_stays():
    a_house()
    xu = signed_in("xu")

    grown = xu.post("/desk/disputes/new", typed(add="respondent"))
    wrong = xu.post("/desk/disputes/new", typed(**{"sides-1-name": "陈甲", "sides-1-phone": "13800000001"}))  # fmt: skip

    assert 'name="sides-2-name"' in grown.content.decode()
    assert "深夜装修" in grown.content.decode()
    assert wrong.status_code == 422
    assert "同一" in words_of(wrong)
    assert not Dispute.objects.exists()


def test_a_list_finds_by_number_kind_and_place_and_never_by_name():
    house = a_house()
    row = a_sent_dispute(house, kind_code="neighbour.water")
    xu = signed_in("xu")

    def found(text):
        return row.matter.number in words_of(xu.get("/desk/disputes", {"q": text, "box": "all"}))

    assert all(map(found, (row.matter.number, "漏水", "胜和", "胜和一路")))
    assert not any(map(found, ("陈甲", "13800000001", "楼上漏水浸湿天花板")))
    with CaptureQueriesContext(connection) as asked:
        xu.get("/desk/disputes")
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_an_export_names_nobody():
    a_sent_dispute(a_house())

    sent = b"".join(signed_in("xu").get("/desk/disputes/export.csv")).decode()

    assert "邻里" in sent
    assert "陈" not in sent
    assert trail(verb="disputes.export").count() == 1


def test_the_file_opens_to_the_assigned_and_to_others_for_a_reason():
    house = a_house()
    row = a_sent_dispute(house)
    address = f"/desk/disputes/{row.matter.number}/file"

    assert "陈甲" in words_of(signed_in("wen").get(address))
    tan = signed_in("tan")
    assert "陈甲" not in words_of(tan.get(address))
    assert tan.post(address, {"reason": ""}).status_code == 422
    assert tan.post(address, {"reason": "信访复查需要核对协议"}).status_code == 302
    assert "陈甲" in words_of(tan.get(address))
    assert "信访复查" in words_of(signed_in("wen").get(address))
    assert signed_in("omar").get(address).status_code == 404
    assert trail(verb="view", subject=f"matter:{row.pk}").count() >= 4


def test_a_sealed_file_opens_to_its_mediators_and_to_nobody_else_without_a_reason():
    house = a_house()
    row = a_sent_dispute(house, kind_code="medical.treatment")
    address = f"/desk/disputes/{row.matter.number}/file"

    assert "陈甲" not in words_of(signed_in("wen").get(address))
    signed_in("wen").post(address, {"reason": "征求双方意愿"})

    assert FileAccess.objects.get().reason == "征求双方意愿"
    assert "陈甲" in words_of(signed_in("wen").get(address))


def test_a_side_takes_what_is_kept_about_it_and_nothing_of_the_other():
    house = a_house()
    row = a_sent_dispute(house)
    respondent = Party.objects.get(dispute=row, side="respondent")
    visitor = Client()

    wrong = visitor.post("/mediation/my-data", {"number": row.matter.number, "code": "WRONG"})
    right = visitor.post("/mediation/my-data", {"number": row.matter.number, "code": respondent.code.lower()})  # fmt: skip

    assert wrong.status_code == 404
    own = right.content.decode()
    assert "李乙" in own
    assert "陈甲" not in own
    assert "漏水" not in own


def test_a_kind_gets_a_next_version_and_old_disputes_keep_theirs():
    house = a_house()
    row = a_sent_dispute(house, kind_code="neighbour.noise")
    admin = signed_in(_an_administrator())

    assert "婚姻效力" in words_of(admin.get("/setup/dispute-kinds"))
    sent = {"name": "噪声", "body_kind": "committee", "period_rule": "mediation.period", "routes": ["office"], "source": "市司法局〔2026〕1 号", "valid_from": timezone.localdate().isoformat()}  # fmt: skip
    assert admin.post("/setup/dispute-kinds/neighbour.noise", sent | {"source": ""}).status_code == 422  # fmt: skip
    assert admin.post("/setup/dispute-kinds/neighbour.noise", sent).status_code == 302
    assert signed_in("xu").post("/setup/dispute-kinds/neighbour.noise", sent).status_code == 404

    assert queries.kind_of(row).name == "噪声扰民"
    assert DisputeKind.objects.get(code="neighbour.noise", version=2).name == "噪声"


def _an_administrator():
    from gongzhi.accounts.tests.builders import a_posting, a_user  # noqa: PLC0415

    user = a_user(username="root", name="Root")
    a_posting(user=user, role="system_admin", area_path="441900/")
    return "root"


def test_a_file_whose_time_is_over_forgets_its_people_and_keeps_its_figures():
    house = a_house()
    row = a_dispute(actor=house.actor("xu"), at=MONDAY, area_path=VILLAGE)
    make_move(row, "decline", actor=house.actor("xu"), at=MONDAY, reason="属行政复议事项", routes=["reconsideration"])  # fmt: skip

    assert actions.forget_old(at=MONDAY.replace(year=MONDAY.year + 4)) == 0
    assert actions.forget_old(at=MONDAY.replace(year=MONDAY.year + 6)) == 1
    assert actions.forget_old(at=MONDAY.replace(year=MONDAY.year + 6)) == 0

    row.refresh_from_db()
    assert {party.name for party in Party.objects.filter(dispute=row)} == {"—"}
    assert (row.story, row.kind_code) == ("", "neighbour")
