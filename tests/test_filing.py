"""What offices file at the desk, and what programs file through the API."""

import json

import pytest
from django.test import Client

from gongzhi.catalogue import queries as catalogue
from gongzhi.catalogue.models import Item
from gongzhi.incidents import actions as incidents
from gongzhi.matters import queries
from gongzhi.matters.models import Matter, Reporter
from tests.cast import GRID, IN_GRID, MONDAY, a_photo, a_town
from tests.visits import KEY, reported, signed_in

pytestmark = pytest.mark.django_db


def an_order(cast, **changes) -> dict:
    return {
        "source": "12345", "outside_number": "DG2026112200123", "item": cast.item.id, "lon": IN_GRID[0], "lat": IN_GRID[1],
        "system": "WGS-84", "text": "市民来电反映井盖破损", "phone": "13800000000", "idempotency_key": KEY,
    } | changes  # fmt: skip


def test_a_clerk_files_an_order_and_lands_on_the_matter():
    cast = a_town()

    answer = signed_in("mei").post("/desk/report", an_order(cast))

    matter = Matter.objects.get()
    assert answer.url == f"/desk/matters/{matter.number}"
    assert (matter.source, matter.outside_number, matter.area_path) == (
        "12345",
        "DG2026112200123",
        GRID,
    )
    assert Reporter.objects.get().phone == "13800000000"


def test_what_an_officer_saw_on_patrol_needs_no_verification():
    cast = a_town()

    signed_in("omar").post("/desk/report", an_order(cast, source="patrol"))

    assert Matter.objects.get().state == "to_register"


def test_an_officer_files_only_within_the_own_grid():
    cast = a_town()

    answer = signed_in("far").post("/desk/report", an_order(cast, source="patrol"))

    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert "不在您的辖区" in answer.content.decode()


def test_settling_on_the_spot_needs_an_item_that_allows_it():
    cast = a_town()

    answer = signed_in("omar").post(
        "/desk/report", an_order(cast, source="patrol", self_handled="on")
    )

    assert answer.status_code == 422
    assert "市民来电反映井盖破损" in answer.content.decode()


def test_what_was_settled_on_the_spot_closes_at_once_with_its_photos():
    cast = a_town()
    Item.objects.filter(pk=cast.item.id).update(self_handled_allowed=True)
    catalogue.forget()
    omar = cast.actor("omar", MONDAY)
    said = incidents.Report(
        item_id=cast.item.id, text="井盖移位，已复位", source="patrol", lon=IN_GRID[0], lat=IN_GRID[1],
        files=[a_photo(omar)], after_files=[a_photo(omar)], self_handled=True,
    )  # fmt: skip

    once = incidents.report(said=said, actor=omar, at=MONDAY, key="one")
    again = incidents.report(said=said, actor=omar, at=MONDAY, key="one")

    matter = Matter.objects.get()
    assert once.matter.pk == again.matter.pk == matter.pk
    assert (matter.state, matter.is_open, matter.owing_role) == ("closed", False, "")
    assert [line.move for line in queries.timeline(matter)] == ["close", "report"]


def test_the_desk_shows_a_likely_duplicate_and_joins_it():
    cast = a_town()
    known, _code = reported(cast)
    clerk = signed_in("mei")
    order = an_order(cast, idempotency_key="another-key-of-another-form")

    hints = clerk.get(
        "/desk/report/hints", {"item": cast.item.id, "lon": IN_GRID[0], "lat": IN_GRID[1]}
    )
    asked = clerk.post("/desk/report", order)
    joined = clerk.post("/desk/report", order | {"join": known.id})

    assert known.number in hints.content.decode()
    assert asked.status_code == 409
    assert joined.url == f"/desk/matters/{known.number}"


def test_nobody_without_the_right_finds_the_door():
    a_town()

    assert signed_in("bo").get("/desk/report").status_code == 404
    assert Client().get("/desk/report").status_code == 302


def call(client: Client, address: str, values: dict | None = None):
    if values is None:
        return client.get(f"/api{address}")
    return client.post(f"/api{address}", json.dumps(values), content_type="application/json")


def a_call(**changes) -> dict:
    return {"item": "P0101", "text": "井盖破损", "lon": IN_GRID[0], "lat": IN_GRID[1]} | changes


def test_a_program_files_a_matter_and_reads_it_back():
    a_town()
    officer = signed_in("omar")

    filed = call(officer, "/reports", a_call(key="order-1"))
    again = call(officer, "/reports", a_call(key="order-1"))
    number = filed.json()["number"]
    listed = call(officer, "/matters?box=all").json()["matters"]
    seen = call(officer, f"/matters/{number}").json()

    assert (filed.status_code, again.json()["number"], again.json()["is_new"]) == (
        201,
        number,
        False,
    )
    assert [matter["number"] for matter in listed] == [number]
    assert seen["state"] == "to_register"


def test_a_program_makes_a_move_with_the_inputs_of_the_form():
    cast = a_town()
    matter, _code = reported(cast)
    officer, move = signed_in("omar"), f"/matters/{matter.number}/moves/verify"

    missing = call(officer, move, {"values": {}})
    stale = call(officer, move, {"version": 99, "values": {"is_true": True, "note": "属实"}})
    made = call(officer, move, {"version": 0, "values": {"is_true": True, "note": "属实"}})
    late = call(officer, move, {"values": {"is_true": True, "note": "属实"}})

    assert (missing.status_code, set(missing.json()["problems"])) == (422, {"is_true", "note"})
    assert (stale.status_code, made.json()["state"], late.status_code) == (409, "to_register", 409)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lon": 23.02, "lat": 113.75}, "place"),
        ({"lon": 116.4, "lat": 39.9}, "place"),
        ({"system": "Mars"}, "system"),
        ({"item": "X\x00"}, "item"),
        ({"source": "portal"}, "source"),
        ({"lon": None}, "place"),
        ({"text": "字" * 20_000}, "text"),
        ({"lon": "east"}, "lon"),
        ({"area_path": "9/", "lon": None}, "place"),
    ],
)
def test_a_program_hears_what_is_wrong_with_which_field(changes, field):
    a_town()

    answer = call(signed_in("omar"), "/reports", a_call(**changes))

    assert answer.status_code == 422
    assert list(answer.json()["problems"]) == [field]
    assert answer.json()["message"]


def test_coordinates_of_another_system_are_turned_once():
    a_town()

    filed = call(
        signed_in("omar"),
        "/reports",
        a_call(lon=IN_GRID[0] + 0.0049, lat=IN_GRID[1] - 0.0026, system="GCJ-02"),
    )

    matter = Matter.objects.get(number=filed.json()["number"])
    assert abs(matter.lon - IN_GRID[0]) < 0.001


@pytest.mark.parametrize(
    "query", ["since=0000-01-01", "until=9999-12-31", "since=x", "q=26-0001-8427-6"]
)
def test_a_filter_that_cannot_be_is_a_sentence(query):
    a_town()

    answer = call(signed_in("omar"), f"/matters?box=all&{query}")

    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_strangers_and_the_absent():
    cast = a_town()
    matter, _code = reported(cast)

    assert call(Client(), "/matters").status_code == 401
    assert call(signed_in("far"), f"/matters/{matter.number}").status_code == 404
    assert call(signed_in("omar"), f"/matters/{matter.number}/moves/fly", {}).status_code == 409
    assert call(signed_in("bo"), "/reports", a_call()).status_code == 404
    assert call(Client(), "/openapi.json").status_code == 401


def test_a_program_needs_the_csrf_token():
    a_town()
    plain = signed_in("omar")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = plain.cookies

    answer = call(strict, "/reports", a_call())

    assert (answer.status_code, Matter.objects.count()) == (403, 0)


def test_the_description_names_every_door():
    a_town()

    paths = call(signed_in("omar"), "/openapi.json").json()["paths"]

    assert set(paths) == {
        "/api/reports", "/api/matters", "/api/matters/{number}", "/api/matters/{number}/moves/{name}", "/api/places/at",
        "/api/field/handsets", "/api/field/handsets/wiped", "/api/field/package", "/api/field/package/{name}",
        "/api/field/uploads/{upload_id}", "/api/field/ops", "/api/field/receipts",
        "/api/duty/on-duty", "/api/duty/roster", "/api/duty/instructions", "/api/duty/instructions/{number}",
        "/api/duty/instructions/{number}/units/{unit}/{name}", "/api/centre/handover",
    }  # fmt: skip


def test_a_program_asks_which_grid_a_point_lies_in():
    a_town()

    found = call(signed_in("omar"), f"/places/at?lon={IN_GRID[0]}&lat={IN_GRID[1]}").json()

    assert (found["path"], found["inside"]) == (GRID, True)
