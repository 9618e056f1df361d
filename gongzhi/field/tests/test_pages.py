"""The lists of handsets, records and mediations: who sees them, and what taking a device out of use does."""

import pytest
from django.test import Client

from gongzhi.disputes.actions import load_kinds
from gongzhi.disputes.tests.builders import a_body
from gongzhi.field import reactions
from gongzhi.field.events import QuickMediationRecorded
from gongzhi.field.models import Handset, Operation, QuickMediation
from gongzhi.field.tests.builders import BACKEND, Device
from gongzhi.matters import actions as matters
from tests.cast import IN_GRID, Cast, a_town

pytestmark = pytest.mark.django_db


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], backend=BACKEND)
    return client


def test_the_duty_officer_sees_the_towns_handsets_and_others_see_none():
    cast = a_town()
    Device(cast)

    assert "测试手机" in signed_in(cast, "tan").get("/setup/handsets?q=Omar").content.decode()
    assert (
        "测试手机" not in signed_in(cast, "tan").get("/setup/handsets?state=wiped").content.decode()
    )
    assert signed_in(cast, "omar").get("/setup/handsets").status_code == 404
    assert "测试手机" in signed_in(cast, "omar").get("/me/handsets").content.decode()
    assert "测试手机" not in signed_in(cast, "far").get("/me/handsets").content.decode()
    exported = signed_in(cast, "tan").get("/setup/handsets?format=csv")
    assert "测试手机" in b"".join(exported.streaming_content).decode()


def test_a_device_to_be_wiped_at_once_gets_nothing_any_more():
    cast = a_town()
    device = Device(cast)
    signed_in(cast, "tan").post(f"/setup/handsets/{device.id}/revoke", {"how": "wipe"})

    for answer in (device.get("package"), device.send(device.report()), device.register()):
        assert (answer.status_code, answer.json()["revoked"]) == (410, "wipe")
    device.post("handsets/wiped", {})
    assert Handset.objects.get().state == "wiped"


def test_a_device_to_be_wiped_after_sending_may_still_send():
    cast = a_town()
    device = Device(cast)
    signed_in(cast, "omar").post(f"/setup/handsets/{device.id}/revoke", {"how": "after_sending"})

    assert device.get("package").json()["revoked"] == "after_sending"
    assert device.result(device.report(photos=[device.photo()]))["state"] == "done"


def test_nobody_takes_the_device_of_another_area_out_of_use():
    cast = a_town()
    device = Device(cast)
    answer = signed_in(cast, "far").post(f"/setup/handsets/{device.id}/revoke", {"how": "wipe"})

    assert answer.status_code == 404
    assert Handset.objects.get().state == "active"


def test_somebody_else_signed_in_on_a_device_registers_anew():
    cast = a_town()
    device = Device(cast)
    device.client.force_login(cast.people["far"], backend=BACKEND)

    assert device.register().status_code == 409
    assert device.get("package").status_code == 409


def test_without_a_session_the_app_is_told_so():
    device = Device(a_town())
    device.client.logout()

    answer = device.get("package")
    assert (answer.status_code, answer.json()["signed_out"]) == (401, True)


def test_the_station_reads_what_waits_for_a_decision_with_its_photos():
    cast = a_town()
    device = Device(cast)
    device.result(device.report())
    op = device.report(photos=[device.photo()], text="井盖又破了")
    device.result(op)
    lin = signed_in(cast, "lin")

    assert op["id"] in lin.get("/desk/field-records?state=conflict&kind=report").content.decode()
    page = lin.get(f"/desk/field-records/{op['id']}").content.decode()
    assert "井盖又破了" in page
    token = Operation.objects.get(pk=op["id"]).tokens[0]
    assert lin.get(f"/files/{token}/thumb").status_code == 200
    assert signed_in(cast, "bo").get(f"/files/{token}/thumb").status_code == 404
    assert signed_in(cast, "bo").get("/desk/field-records").status_code == 404


def test_the_parties_of_a_mediation_are_opened_for_a_reason():
    cast = a_town()
    device = Device(cast)
    body = {
        "lon": IN_GRID[0], "lat": IN_GRID[1], "parties": [{"name": "张三丰", "phone": "13800000001"}, {"name": "李四光", "phone": ""}],
        "about": "楼道堆物", "agreement": "三日内清走", "done_by": "2026-12-01", "signed": True,
    }  # fmt: skip
    device.result(device.op("mediation", body, photos=[device.photo()]))
    row, tan = QuickMediation.objects.get(), signed_in(cast, "tan")
    address = f"/desk/mediations/{row.pk}"

    assert row.number in tan.get(f"/desk/mediations?q={row.number}").content.decode()
    assert "张三丰" not in tan.get(address).content.decode()
    assert tan.post(address, {"reason": ""}).status_code == 422
    assert "张三丰" in tan.post(address, {"reason": "回访履行情况"}).content.decode()
    assert signed_in(cast, "far").get(address).status_code == 404


def test_an_oral_agreement_becomes_a_dispute_that_is_followed_to_its_end():
    cast = a_town()
    load_kinds()
    body = a_body(cast.units["station"])
    device = Device(cast)
    said = {
        "lon": IN_GRID[0], "lat": IN_GRID[1], "parties": [{"name": "张三丰", "phone": ""}, {"name": "李四光", "phone": ""}],
        "about": "楼道堆物", "agreement": "张三丰三日内清走", "done_by": "2099-12-01", "signed": True,
    }  # fmt: skip
    device.result(device.op("mediation", said))
    row = QuickMediation.objects.get()
    event = QuickMediationRecorded(row.pk, row.area_path, row.officer_id, row.made_at)

    reactions.hand_to_disputes(event)
    reactions.hand_to_disputes(event)  # a job that is tried again does no harm

    known = matters.known_opening(f"quick-mediation:{row.pk}")
    assert known is not None
    matter = known.matter
    assert (matter.state, matter.owing_role, matter.lead_unit_id) == (
        "performing",
        "arranger",
        body.unit_id,
    )
    assert "张三丰" not in f"{matter.title}{matter.text}{matter.address}"
    page = signed_in(cast, "tan").get(f"/desk/mediations/{row.pk}").content.decode()
    assert f"/desk/matters/{matter.number}" in page
