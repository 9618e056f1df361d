"""The pages and the API: what they show, to whom, and what they say to what cannot be."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongzhi.accounts.tests.builders import PASSWORD
from gongzhi.base.tests.builders import local
from gongzhi.duty import actions, queries
from gongzhi.duty.models import Bulletin, Contact, Handover, Instruction, Receiver, Stint, Swap
from gongzhi.duty.tests.builders import a_desk, a_house, day_shift, issued, night_shift, part, put
from tests.cast import a_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def signed_in(name: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return b"".join(answer).decode()


def sent(client, address, values, status=302):
    answer = client.post(address, values)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def roster_of(house):
    """Put Lin on duty now and Mei afterwards, whatever the hour of the test."""
    desk = a_desk(house)
    now = timezone.now()
    for name, first, last in (("lin", -1, 2), ("mei", 2, 14)):
        Stint.objects.create(
            desk=desk, pattern=day_shift(desk), on=timezone.localdate(now), starts_at=now + timedelta(hours=first),
            ends_at=now + timedelta(hours=last), post="dispatcher", user=house.people[name], name=name.title(),
            made_at=now, made_by_name="",
        )  # fmt: skip
    return desk


def test_the_first_page_says_who_answers_now(house):
    roster_of(house)

    page = shown(signed_in("tan"), "/desk/duty")

    assert "南城中心" in page
    assert "<b>Lin</b>" in page


def test_without_a_desk_the_page_teaches_the_first_step(house):
    client = signed_in("tan")
    assert "还没有启用值班席" in shown(client, "/desk/duty")

    answer = sent(client, "/desk/duty/open", {"unit_id": house.unit("town")})

    assert "夜班" in shown(client, answer["Location"])


@pytest.mark.parametrize("name", ["tan", "lin", "bo", "zhan", "sun"])
def test_every_tab_opens_for_everybody_who_has_a_part(house, name):
    roster_of(house)
    client = signed_in(name)

    for tab in (
        "",
        "/roster",
        "/roster/list",
        "/swaps",
        "/handovers",
        "/instructions",
        "/bulletins",
        "/contacts",
    ):
        assert "</main>" in shown(client, f"/desk/duty{tab}")


def test_a_month_shows_free_places_to_whoever_may_fill_them(house):
    desk = a_desk(house, since=timezone.localdate())

    assert "/desk/duty/roster/seat" in shown(
        signed_in("tan"), f"/desk/duty/roster?unit={desk.unit_id}"
    )
    assert "/desk/duty/roster/seat" not in shown(
        signed_in("lin"), f"/desk/duty/roster?unit={desk.unit_id}"
    )
    shown(signed_in("lin"), f"/desk/duty/roster/seat?unit={desk.unit_id}", status=404)
    shown(signed_in("far"), f"/desk/duty/roster?unit={desk.unit_id}", status=404)


def test_a_rotation_is_kept_and_fills_the_days_and_is_taken_back(house):
    desk = a_desk(house, since=timezone.localdate())
    client = signed_in("tan")
    said = {
        "name": "值班员轮班", "post": "dispatcher", "patterns": [day_shift(desk).pk], "days": "all", "every": "shift",
        "members": "Lin\nMei\n没有此人",
    }  # fmt: skip
    assert (
        "没有此人"
        in sent(
            client, f"/desk/duty/roster/rotations?unit={desk.unit_id}", said, 422
        ).content.decode()
    )
    sent(client, f"/desk/duty/roster/rotations?unit={desk.unit_id}", said | {"members": "Lin、Mei"})
    row = queries.rotations(desk)[0]
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = sent(
        client, f"/desk/duty/roster/generate?unit={desk.unit_id}",
        {"rotation_id": row.pk, "since": tomorrow, "until": tomorrow + timedelta(days=2), "begin_with": "Mei"},
    )  # fmt: skip

    assert [one.name for one in Stint.objects.order_by("on")] == ["Mei", "Lin", "Mei"]
    batch = answer["Location"].partition("batch=")[2]
    sent(client, "/desk/duty/roster/take-back", {"unit": desk.unit_id, "batch": batch})
    assert not Stint.objects.exists()


def test_a_place_is_filled_and_emptied_by_hand(house):
    desk = a_desk(house, since=timezone.localdate())
    client, tomorrow = signed_in("tan"), timezone.localdate() + timedelta(days=1)
    address = f"/desk/duty/roster/seat?unit={desk.unit_id}&on={tomorrow}&shift={night_shift(desk).pk}&post=leader"

    sent(client, address, {"member": house.id("duan"), "note": "替班"})
    row = Stint.objects.get()
    assert sent(client, address, {"member": house.id("tan")}, 422)
    assert sent(client, f"/desk/duty/roster/{row.pk}", {"reason": ""}, 422)
    sent(client, f"/desk/duty/roster/{row.pk}", {"reason": "外出培训"})

    assert not Stint.objects.exists()


@pytest.mark.parametrize(
    ("form", "mark"),
    [("csv", "用户名或单位代码"), ("calendar", "Start Date"), ("ics", "BEGIN:VEVENT")],
)
def test_a_roster_is_taken_away_in_every_form(house, form, mark):
    desk = roster_of(house)

    assert mark in shown(
        signed_in("lin"), f"/desk/duty/roster/export?unit={desk.unit_id}&format={form}"
    )


def test_a_table_with_a_wrong_row_is_told_row_by_row(house):
    desk = a_desk(house, since=timezone.localdate())
    client, tomorrow = signed_in("tan"), timezone.localdate() + timedelta(days=1)
    heading = "日期,班次,岗位,用户名或单位代码,名称,备注\n"

    def file(text):
        return {
            "unit": desk.unit_id,
            "file": SimpleUploadedFile("roster.csv", (heading + text).encode()),
        }

    wrong = sent(client, "/desk/duty/roster/import", file(f"{tomorrow},日班,值班员,wang,,\n"), 422)
    assert "不能在这里担任这个岗位" in wrong.content.decode()
    sent(client, "/desk/duty/roster/import", file(f"{tomorrow},日班,值班员,lin,,\n"))
    assert Stint.objects.count() == 1


def test_colleagues_change_their_shifts_on_the_pages(house):
    desk = a_desk(house, since=timezone.localdate())
    tomorrow, now = timezone.localdate() + timedelta(days=1), timezone.now()
    mine = put(house, desk, "lin", on=tomorrow, at=now)
    theirs = put(house, desk, "mei", on=tomorrow, pattern=night_shift(desk), at=now)
    lin, mei, tan = signed_in("lin"), signed_in("mei"), signed_in("tan")
    assert sent(lin, f"/desk/duty/roster/{mine.pk}/swap", {"reason": "看病"}, 422)
    sent(lin, f"/desk/duty/roster/{mine.pk}/swap", {"other_id": theirs.pk, "reason": "看病"})
    row = Swap.objects.get()

    assert "同意" in shown(mei, "/desk/duty/swaps")
    sent(mei, f"/desk/duty/swaps/{row.pk}/agree", {})
    sent(tan, f"/desk/duty/swaps/{row.pk}/approve", {})

    mine.refresh_from_db()
    assert mine.name == "Mei"
    shown(signed_in("far"), f"/desk/duty/roster/{mine.pk}/swap", status=404)


def test_a_handover_is_written_signed_taken_over_and_printed(house):
    desk = roster_of(house)
    lin, mei = signed_in("lin"), signed_in("mei")
    address = sent(lin, "/desk/duty/handovers/begin", {"unit": desk.unit_id})["Location"]
    row = Handover.objects.get()
    sent(lin, f"{address}/point", {"title": "信号灯未恢复", "number": "", "note": ""})
    row.refresh_from_db()
    sent(
        lin,
        f"{address}/write",
        {"notes": "今日平稳", "version": row.version, f"note-{row.points.get().pk}": "明早复查"},
    )
    row.refresh_from_db()
    sent(lin, f"{address}/offer", {"version": row.version})

    assert "接班" in shown(mei, address)
    sent(mei, f"{address}/take", {})
    sent(mei, f"{address}/add", {"text": "17:40 已恢复"})

    page = shown(mei, address)
    assert "内容与签字时一致" in page
    assert "17:40 已恢复" in page
    paper = mei.get(f"{address}/paper.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert "今日平稳" in shown(mei, "/desk/duty/handovers")


def test_an_instruction_goes_out_and_comes_back_on_the_pages(house):
    tan, xu = signed_in("tan"), signed_in("xu")
    said = {
        "unit_id": house.unit("town"),
        "title": "排查积水点",
        "text": "请排查。",
        "urgency": "urgent",
        "due_at": "",
        "numbers": "",
    }
    assert "请选择承办单位" in sent(tan, "/desk/duty/instructions/new", said, 422).content.decode()

    address = sent(
        tan,
        "/desk/duty/instructions/new",
        said | {"groups": ["village_station"], "units": [house.unit("office")]},
    )["Location"]
    assert Receiver.objects.count() == 3
    mine = Receiver.objects.get(unit=house.unit("one"))
    sent(xu, f"{address}/units/{mine.pk}/sign", {})
    sent(xu, f"{address}/units/{mine.pk}/answer", {"note": "已排查 12 处"})
    assert "已排查 12 处" in shown(tan, address)
    sent(tan, f"{address}/units/{mine.pk}/accept", {})
    sent(tan, f"{address}/urge", {})
    sent(tan, f"{address}/amend", {"text": "请今晚排查。", "reason": "预警升级", "version": 1})
    sent(tan, f"{address}/close", {"note": "预警解除"})

    assert Instruction.objects.get().state == "closed"
    mine.refresh_from_db()
    assert mine.state == "accepted"
    shown(signed_in("far"), address, status=404)


def test_what_comes_from_above_is_passed_on_with_its_words(house):
    top = issued(house, "town", by="sun", unit="city", at=timezone.now())
    client, town = signed_in("lin"), part(top, house, "town")
    sent(client, f"/desk/duty/instructions/{top.number}/units/{town.pk}/sign", {})

    assert top.title in shown(client, f"/desk/duty/instructions/new?parent={town.pk}")
    shown(signed_in("far"), f"/desk/duty/instructions/new?parent={town.pk}", status=404)


def test_a_bulletin_is_published_confirmed_and_recalled_on_the_pages(house):
    tan, xu = signed_in("tan"), signed_in("xu")
    until = f"{timezone.localtime() + timedelta(days=3):%Y-%m-%dT%H:%M}"
    said = {
        "unit_id": house.unit("town"),
        "title": "值守通知",
        "text": "请值守。",
        "valid_until": until,
        "urgency": "",
    }
    address = sent(tan, "/desk/duty/bulletins/new", said | {"units": [house.unit("one")]})[
        "Location"
    ]
    reader = Bulletin.objects.get().readers.get()

    sent(xu, f"{address}/read", {"reader": reader.pk})
    assert "Xu" in shown(tan, address)
    sent(tan, f"{address}/recall", {"reason": "日期有误"})

    assert "日期有误" in shown(xu, address)


def test_the_contact_book_is_kept_searched_and_taken_away(house):
    tan = signed_in("tan")
    entry = {"unit_id": house.unit("town"), "post": "值班室", "phone": "0769-22830000"}
    sent(tan, "/desk/duty/contacts/add", entry)
    assert sent(tan, "/desk/duty/contacts/add", entry | {"phone": "无"}, 422)
    sent(
        tan,
        "/desk/duty/contacts/rooms",
        {
            "unit_id": house.unit("town"),
            "name": "大厅",
            "kind": "video",
            "url": "https://meet.example.org/1",
        },
    )
    assert sent(
        tan,
        "/desk/duty/contacts/rooms",
        {"unit_id": house.unit("town"), "name": "坏", "kind": "video", "url": "javascript:1"},
        422,
    )
    lin = signed_in("lin")
    sent(
        lin,
        "/desk/duty/contacts/own",
        {"unit_id": house.unit("town"), "phone": "13800138000", "hours": ""},
    )

    assert "0769-22830000" in shown(lin, "/desk/duty/contacts?q=2283")
    assert "https://meet.example.org/1" in shown(lin, "/desk/duty/contacts")
    assert "值班室" in shown(lin, "/desk/duty/contacts/export?format=csv")
    own = Contact.objects.get(user=house.people["lin"])
    assert tan.post(f"/desk/duty/contacts/{own.pk}/remove").status_code == 404
    sent(lin, f"/desk/duty/contacts/{own.pk}/remove", {})


def test_programs_ask_who_is_on_duty_and_carry_out_instructions(house):
    roster_of(house)
    tan, xu, far = signed_in("tan"), signed_in("xu"), signed_in("far")

    assert [one["name"] for one in xu.get("/api/duty/on-duty?area=441900/004/012/").json()] == [
        "Lin"
    ]
    assert far.get("/api/duty/on-duty?area=441900/004/").json() == []
    roster = tan.get("/api/duty/roster?unit=town").json()
    assert {one["name"] for one in roster["stints"]} == {"Lin", "Mei"}
    assert far.get("/api/duty/roster?unit=town").status_code == 404
    body = {
        "issued_by": "town",
        "title": "排查",
        "text": "请排查。",
        "units": ["shenghe"],
        "urgency": "urgent",
    }
    made = tan.post(
        "/api/duty/instructions", json.dumps(body), content_type="application/json"
    ).json()
    address = f"/api/duty/instructions/{made['number']}"
    signed = xu.post(f"{address}/units/shenghe/sign", "{}", content_type="application/json").json()
    assert (signed["signed"], signed["parts"][0]["state"], signed["parts"][0]["moves"]) == (
        1,
        "received",
        ["answer"],
    )
    assert (
        xu.get("/api/duty/instructions?box=todo").json()["instructions"][0]["number"]
        == made["number"]
    )
    assert far.get(address).status_code == 404
    wrong = tan.post(
        "/api/duty/instructions", json.dumps(body | {"title": ""}), content_type="application/json"
    )
    assert (wrong.status_code, list(wrong.json()["problems"])) == (422, ["title"])


def test_a_file_of_an_answer_is_seen_by_issuer_and_unit_alone(house):
    at = local("2026-11-23 09:00")
    row = issued(house)
    one = part(row, house, "one")
    actions.move(receiver_id=one.pk, name="sign", actor=house.actor("xu"), at=at)
    token = a_photo(house.actor("xu"), at=at)
    actions.move(
        receiver_id=one.pk,
        name="answer",
        note="已排查",
        uploads=[token],
        actor=house.actor("xu"),
        at=at,
    )

    seen = {
        name: queries.may_see_file(token, house.actor(name), None)
        for name in ("tan", "xu", "zhan", "sun", "yu", "far", "bo")
    }

    assert seen == {
        "tan": True,
        "xu": True,
        "zhan": True,
        "sun": True,
        "yu": False,
        "far": False,
        "bo": False,
    }
