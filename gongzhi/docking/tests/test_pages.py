"""The desk through its real pages, and the court's door."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from gongzhi.accounts.tests.builders import PASSWORD, a_posting, a_user
from gongzhi.disputes.actions import load_kinds
from gongzhi.docking import actions, rules
from gongzhi.docking.actions import Answer
from gongzhi.docking.models import Docket, Message, Partner
from gongzhi.docking.tests.builders import KEY, Post, a_case, a_court, a_message
from gongzhi.matters import queries as matters
from tests.cast import TOWN, a_town

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the door reads the wall's clock


@pytest.fixture
def clerk() -> Client:
    town = a_town()
    load_kinds()
    a_court()
    for name, role, unit in (("zhong", "centre_clerk", "town"), ("admin", "system_admin", "city")):
        area = TOWN if name == "zhong" else "441900/"
        a_posting(user=a_user(username=name, name=name), role=role, unit=town.units[unit], area_path=area)  # fmt: skip
    return signed_in("zhong")


def signed_in(name: str) -> Client:
    client = Client()
    client.post("/sign-in", {"username": name, "password": PASSWORD})
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode() if not response.streaming else b"".join(response).decode()  # type: ignore[arg-type]  # fmt: skip


def posted(client: Client, message: dict[str, Any], key: str = KEY) -> Any:
    body = json.dumps(message).encode()
    moment = int(datetime.now(UTC).timestamp())  # noqa: TID251 - as above
    header = rules.header(key, moment=moment, body=body)
    return client.post(
        "/exchange/court-1/messages", body, content_type="application/json",
        headers={"Gongzhi-Signature": header},
    )  # fmt: skip


def test_a_case_comes_in_over_http_stands_on_the_desk_and_is_sent_back(clerk: Client):
    taken = posted(Client(), a_message(data={"appointed_at": NOW.isoformat()})).json()
    docket = Docket.objects.get()
    assert taken["matter"] == matters.standing(docket.matter_id).number
    shown = page(clerk, "/desk/docking")
    assert docket.case_number in shown
    assert "陈甲" not in shown
    case = f"/desk/docking/cases/{docket.pk}"
    assert "第十二条" in page(clerk, case)
    assert docket.case_number in page(clerk, f"/desk/matters/{taken['matter']}")

    assert clerk.post(f"{case}/refuse", {"reason": ""}).status_code == 422
    assert clerk.post(f"{case}/refuse", {"reason": "不属于本会受理范围"}).status_code == 302
    docket.refresh_from_db()
    assert docket.state == "refused"


def test_the_door_wants_a_post_a_signature_and_a_message(clerk: Client):
    assert Client().get("/exchange/court-1/messages").status_code == 405
    assert posted(Client(), a_message(), key="other").status_code == 401
    assert posted(Client(), {"schema": "x"}).status_code == 422
    assert page(Client(), "/exchange/schema.json").startswith("{")


def test_every_list_searches_sorts_and_leaves_as_a_table(clerk: Client):
    a_case(at=NOW)

    for address in (
        "/desk/docking?box=late&sort=due&q=%E7%B2%A4&kind=delegation&partner=1&area=441900/004/", "/desk/docking/outgoing?box=nonsense&partner=x",
        "/desk/docking/confirmations?box=all&q=26-0001-8427-7", "/desk/docking/messages?box=in&q=court", "/desk/docking/standing?area=441900/",
    ):  # fmt: skip
        page(clerk, address)
    for table in ("incoming", "outgoing", "confirmations", "messages"):
        assert page(clerk, f"/desk/docking/{table}.csv").count("\n") >= 1
    page(clerk, "/desk/docking/standing?form=csv")
    page(clerk, "/desk/docking/other.csv", 404)
    page(clerk, "/desk/docking/incoming.pdf", 404)


def test_a_message_is_read_for_a_reason_and_sent_again(clerk: Client):
    docket = a_case(at=NOW)
    received = Message.objects.get()
    address = f"/desk/docking/messages/{received.pk}"
    assert "陈甲" not in page(clerk, address)
    assert "陈甲" in clerk.post(address, {"reason": "核对当事人电话"}).content.decode()

    actions.refuse(docket_id=docket.pk, reason="不宜", actor=_desk(), at=NOW)
    actions.send_waiting(at=NOW, post=Post(Answer(409, "已结案")))
    failed = Message.objects.get(state="failed")
    assert clerk.post(f"/desk/docking/messages/{failed.pk}/again").status_code == 302
    failed.refresh_from_db()
    assert failed.state == "waiting"


def _desk() -> Any:
    from gongzhi.docking.tests.builders import desk  # noqa: PLC0415

    return desk()


def test_a_case_on_paper_and_an_application_are_entered_by_form(clerk: Client):
    said = {
        "partner_id": Partner.objects.get().pk, "kind": "delegation", "case_number": "（2026）粤1971诉前调77号", "cause": "相邻关系纠纷",
        "area_path": "441900/004/012/", "panel": "lawyers", "appointed_at": "", "applicant": "陈甲", "respondent": "李乙",
        "story": "漏水。", "wish": "修好。", "amount": "100",
    }  # fmt: skip
    assert clerk.post("/desk/docking/enter", said | {"cause": "星际航行"}).status_code == 422
    assert clerk.post("/desk/docking/enter", said).status_code == 302
    docket = Docket.objects.get()
    number = matters.standing(docket.matter_id).number

    page(clerk, f"/desk/docking/apply/{number}?kind=suit")
    apply = {"kind": "suit", "partner_id": said["partner_id"], "since": "", "venue": ""}
    assert clerk.post(f"/desk/docking/apply/{number}", apply | {"kind": "confirmation"}).status_code == 422  # fmt: skip
    assert clerk.post(f"/desk/docking/apply/{number}", apply).status_code == 302
    suit = Docket.objects.get(kind="suit")
    case = f"/desk/docking/cases/{suit.pk}"
    assert clerk.post(f"{case}/apply", {"on": "", "note": ""}).status_code == 422
    assert clerk.post(f"{case}/prepare", {"materials": ["application", "identity"]}).status_code == 302  # fmt: skip
    assert clerk.post(f"{case}/apply", {"on": "", "note": ""}).status_code == 302
    assert clerk.post(f"{case}/accept", {"decision": "granted", "number": "（2026）粤1971民初5号", "on": ""}).status_code == 302  # fmt: skip
    assert "（2026）粤1971民初5号" in page(clerk, case)


def test_the_administrator_keeps_courts_and_sees_a_key_once(clerk: Client):
    admin = signed_in("admin")
    said = {"code": "pro-1", "name": "东莞市第一市区人民检察院", "kind": "procuratorate", "address": "", "url": "", "is_active": "on"}  # fmt: skip
    assert admin.post("/desk/docking/partners/new", said).status_code == 302
    assert admin.post("/desk/docking/partners/new", said).status_code == 422
    row = Partner.objects.get(code="pro-1")
    shown = admin.post(f"/desk/docking/partners/{row.pk}/key").content.decode()

    row.refresh_from_db()
    assert row.key
    assert row.key in shown
    assert row.key not in page(admin, f"/desk/docking/partners/{row.pk}")
    page(clerk, "/desk/docking/partners", 404)


def test_dates_that_cannot_be_are_told_beside_the_field(clerk: Client):
    docket = a_case(at=NOW)
    future = datetime(NOW.year + 1, 1, 1).date().isoformat()

    for on in (future, "0001-01-01", "yesterday"):
        assert clerk.post(f"/desk/docking/cases/{docket.pk}/docket", {"on": on}).status_code in {404, 422, 409}  # fmt: skip
