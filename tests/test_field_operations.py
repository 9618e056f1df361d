"""Every operation once: the deed and its receipt, or neither."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from gongzhi.accounts.models import Session
from gongzhi.base.actor import ANONYMOUS
from gongzhi.field.actions import deeds
from gongzhi.field.models import Operation
from gongzhi.field.tests.builders import Device, a_jpeg, the_clock
from gongzhi.incidents import actions as incidents
from gongzhi.matters.models import Attachment, Entry, Matter
from gongzhi.patrol import actions as patrol
from tests.cast import IN_GRID, a_town

pytestmark = pytest.mark.django_db


def test_a_report_becomes_a_matter_with_its_photo_and_a_receipt():
    device = Device(a_town())
    result = device.result(device.report(photos=[device.photo()]))

    matter = Matter.objects.get()
    assert (result["state"], result["number"]) == ("done", matter.number)
    assert matter.source == "patrol"
    assert Attachment.objects.filter(matter=matter).count() == 1


def test_the_same_record_sent_again_is_the_same_receipt():
    device = Device(a_town())
    op = device.report()
    first = device.result(op)

    assert device.result(op) == first
    assert device.send(op, op).json()["results"] == [first, first]
    assert Matter.objects.count() == 1


def test_a_record_waits_for_its_photos():
    device = Device(a_town())
    photo = uuid4()
    op = device.report(photos=[str(photo)])

    waiting = device.result(op)
    assert (waiting["state"], waiting["facts"]) == ("wait", {"photos": [str(photo)]})
    assert not Operation.objects.exists()

    device.put(photo, a_jpeg(), 0)
    assert device.result(op)["state"] == "done"


def test_likely_duplicates_are_the_officers_to_decide():
    device = Device(a_town())
    first = device.result(device.report())
    op = device.report(photos=[device.photo()])
    result = device.result(op)

    assert (result["state"], result["conflict"]["code"]) == ("conflict", "duplicate")
    assert result["conflict"]["theirs"]["编号"] == first["number"]
    decided = device.result(device.op("decide", {"of": op["id"], "choice": "theirs"}))
    assert (decided["state"], decided["number"]) == ("done", first["number"])
    matter = Matter.objects.get()
    assert matter.report_count == 2
    assert Attachment.objects.filter(matter=matter).count() == 1
    assert device.result(op)["state"] == "done"


def test_a_duplicate_can_be_filed_as_another_or_set_aside():
    device = Device(a_town())
    device.result(device.report())
    another, aside = device.report(), device.report()
    device.send(another, aside)
    device.result(device.op("decide", {"of": another["id"], "choice": "mine"}))
    dropped = device.result(device.op("decide", {"of": aside["id"], "choice": "drop"}))

    assert Matter.objects.count() == 2
    assert dropped["facts"]["of"]["facts"]["dropped"] is True
    assert Operation.objects.get(pk=aside["id"]).content, "what was set aside is not lost"


def test_what_is_refused_stays_here_and_can_be_put_right():
    device = Device(a_town())
    op = device.report(lon=116.4, lat=39.9)
    result = device.result(op)

    assert result["state"] == "refused"
    assert "城市" in result["words"] or "市" in result["words"]
    fixed = {"of": op["id"], "choice": "mine", "body": {"lon": IN_GRID[0], "lat": IN_GRID[1]}}
    assert device.result(device.op("decide", fixed))["state"] == "done"
    assert Matter.objects.get().number == device.result(op)["number"]


def test_a_decision_is_made_once_whichever_device_makes_it():
    cast = a_town()
    device, other = Device(cast), Device(cast)
    device.result(device.report())
    op = device.report()
    device.result(op)
    other.result(other.op("decide", {"of": op["id"], "choice": "mine"}))
    late = device.result(device.op("decide", {"of": op["id"], "choice": "theirs"}))

    assert late["state"] == "refused"
    assert Matter.objects.count() == 2


def test_a_matter_that_moved_on_shows_both_sides():
    cast = a_town()
    device = Device(cast)
    number = _reported_by_a_resident(cast)
    matter = Matter.objects.get(number=number)
    body = {
        "number": number,
        "version": matter.version,
        "move": "verify",
        "values": {"is_true": "yes", "note": "属实"},
    }
    assert device.result(device.op("move", body))["state"] == "done"

    late = Device(cast)
    op = late.op(
        "move", body | {"values": {"is_true": "no", "note": "没有看到"}}, photos=[late.photo()]
    )
    result = late.result(op)
    assert (result["state"], result["conflict"]["code"]) == ("conflict", "moved")
    assert result["conflict"]["theirs"]["状态"]
    late.result(late.op("decide", {"of": op["id"], "choice": "both"}))
    assert Entry.objects.filter(matter=matter, move="note", note__contains="没有看到").exists()


def test_what_moved_on_may_be_left_as_it_is_now():
    cast = a_town()
    device = Device(cast)
    number = _reported_by_a_resident(cast)
    body = {
        "number": number,
        "version": Matter.objects.get(number=number).version,
        "move": "verify",
        "values": {"is_true": "yes", "note": "属实"},
    }
    assert device.result(device.op("move", body))["state"] == "done"
    late = device.op("move", body | {"values": {"is_true": "no", "note": "没有看到"}})
    device.result(late)
    device.result(device.op("decide", {"of": late["id"], "choice": "theirs"}))

    assert device.result(late)["state"] == "done"
    assert not Entry.objects.filter(note__contains="没有看到").exists()


def test_what_joins_a_matter_that_ended_may_be_filed_as_a_new_one():
    cast = a_town()
    device = Device(cast)
    number = _reported_by_a_resident(cast)
    Matter.objects.filter(number=number).update(is_open=False, owing_role="")
    op = device.op("join", {"number": number, "text": "又翘起来了"}, photos=[device.photo()])

    assert device.result(op)["conflict"]["code"] == "ended"
    device.result(device.op("decide", {"of": op["id"], "choice": "mine"}))
    again = device.result(op)
    assert again["state"] == "done"
    assert Matter.objects.get(number=again["number"]).title != ""
    assert again["number"] != number


def test_a_slow_clock_is_told_and_both_times_are_kept():
    device = Device(a_town(), slow_by=timedelta(hours=2))
    answer = device.send(device.report()).json()

    row = Operation.objects.get()
    assert answer["skew_s"] == pytest.approx(7200, abs=5)
    assert "120" in answer["words"]
    assert row.made_at == pytest.approx(the_clock() - timedelta(hours=2), abs=timedelta(seconds=30))
    assert row.at == pytest.approx(the_clock(), abs=timedelta(seconds=30))
    assert "device_at" in Entry.objects.get().values


def test_hours_without_a_network_do_not_end_the_session_of_a_handset():
    device = Device(a_town())
    device.get("package")
    Session.objects.update(seen_at=the_clock() - timedelta(hours=5))

    assert device.get("package").status_code == 200
    Session.objects.update(expires_at=the_clock() - timedelta(minutes=1))
    assert device.get("package").status_code == 401


def test_nobody_reads_the_receipts_of_somebody_else():
    cast = a_town()
    device, far = Device(cast), Device(cast, "far")
    op = device.report()
    device.result(op)

    assert far.post("receipts", {"ids": [op["id"]]}).json()["results"] == []
    assert far.result(op)["state"] == "refused"
    mine = device.post("receipts", {"ids": [op["id"], str(uuid4())]}).json()["results"]
    assert [one["id"] for one in mine] == [op["id"]]


def test_nobody_joins_a_matter_beyond_their_own_grids_by_its_number():
    cast = a_town()
    device, far = Device(cast), Device(cast, "far")
    number = device.result(device.report())["number"]

    assert far.result(far.op("join", {"number": number, "text": "我也看到"}))["state"] == "refused"
    assert Matter.objects.get().report_count == 1
    assert device.result(device.op("join", {"number": number, "text": "又看到"}))["state"] == "done"


def test_photos_of_an_urgent_call_stand_in_the_file_of_its_matter():
    cast = a_town()
    device = Device(cast)
    number = _reported_by_a_resident(cast)
    call = patrol.call_officer(
        kind="urgent", words="井口有人围观，请先到场", number=number, actor=cast.actor("lin"), at=the_clock()
    )  # fmt: skip
    said = {"call": call.pk, "answer": "done", "reason": "已拉警戒线"}

    assert device.result(device.op("call", said, photos=[device.photo()]))["state"] == "done"
    assert Attachment.objects.filter(matter__number=number).count() == 1
    assert Entry.objects.filter(matter__number=number, move="note", note="已拉警戒线").exists()


def test_a_record_in_the_way_of_another_waits_and_the_rest_of_the_sending_goes_on(monkeypatch):
    device = Device(a_town())

    def clashes(_deed):
        raise IntegrityError("one_open_shift")

    monkeypatch.setitem(deeds.DEEDS, "shift", clashes)
    shift, report = device.op("shift", {"deed": "start"}), device.report()
    first, second = device.send(shift, report).json()["results"]

    assert (first["state"], second["state"]) == ("wait", "done")
    assert not Operation.objects.filter(pk=shift["id"]).exists()


def test_an_agreement_is_kept_with_its_parties_encrypted():
    device = Device(a_town())
    body = {
        "lon": IN_GRID[0], "lat": IN_GRID[1], "parties": [{"name": "甲", "phone": "13800000001"}, {"name": "乙", "phone": ""}],
        "about": "楼道堆物", "agreement": "三日内清走", "done_by": "2026-12-01", "signed": True,
    }  # fmt: skip
    result = device.result(device.op("mediation", body, photos=[device.photo()]))

    assert result["state"] == "done"
    assert device.result(device.op("mediation", body | {"parties": []}))["state"] == "refused"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"}, {"made_at": "yesterday"}, {"body": []}, {"place": {"lon": 999, "lat": 0}}, {"kind": "fly"},
        {"photos": ["1"]}, {"body": {"item_id": "x", "lon": "y"}}, {"body": {"item_id": 1e300}}, {"body": {}},
        {"kind": "move"}, {"kind": "join"}, {"kind": "decide"}, {"kind": "decide", "body": {"of": "no"}},
        {"body": {"text": "\x00", "item_id": True, "answers": 7, "lon": float("inf"), "lat": 1}},
        {"kind": "visit", "body": {"task": float("inf")}}, {"kind": "call", "body": {"call": "nan", "answer": "accept"}},
        {"made_at": "0001-01-01T00:00:00+14:00"}, {"made_at": "9999-12-31T23:59:59-12:00"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(change):
    device = Device(a_town())
    answer = device.send(device.report() | change)

    assert answer.status_code == 200, answer.content
    result = answer.json()["results"][0]
    assert result["state"] == "refused"
    assert result["words"]


def _reported_by_a_resident(cast) -> str:
    said = incidents.Report(item_id=cast.item.id, text="井盖破了", lon=IN_GRID[0], lat=IN_GRID[1])
    at = the_clock() - timedelta(minutes=30)
    return incidents.report(said=said, actor=ANONYMOUS, at=at).matter.number
