"""The data package: only the officer's own grids, in few statements, and told anew only when it changed."""

import gzip
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.accounts.tests.builders import a_substitution
from gongzhi.base import snapshots
from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import actions as catalogue
from gongzhi.field.tests.builders import Device, the_clock
from gongzhi.incidents import actions as incidents
from gongzhi.matters.models import Matter
from gongzhi.patrol import actions as patrol
from gongzhi.patrol.models import Call, CheckList, Due, Plan, Task
from gongzhi.places.models import Premises
from tests.cast import GRID, IN_GRID, OTHER_GRID, Cast, a_town

pytestmark = pytest.mark.django_db
PARTS = {"me", "catalogue", "lists", "areas", "premises", "work", "words"}


def a_town_on_patrol() -> Cast:
    """The town with the shipped check-lists, and one rental building in each grid under a plan."""
    cast = a_town()
    catalogue.load_content(actor=an_actor("catalogue.manage"), at=the_clock())
    patrol.load_content(actor=an_actor("patrol.plan"), at=the_clock())
    for code, grid in (("P1", GRID), ("P2", OTHER_GRID)):
        row = Premises.objects.create(
            code=code, kind=3, grade=4, name="出租屋", address="胜和路15号", area_path=grid, lon=IN_GRID[0], lat=IN_GRID[1],
            changed_at=the_clock(),
        )  # fmt: skip
        Due.objects.create(
            premises=row, plan=Plan.objects.filter(kind=3)[0], due_on=the_clock().date(), days=10, kind=3, grade=4,
            group=CheckList.objects.filter(kind=3)[0].group, list_code="RB-KEY", area_path=grid,
        )  # fmt: skip
    return cast


def rows_of(device: Device) -> list[str]:
    return [row[0] for row in device.get("package/premises").json()["rows"]]


def test_the_parts_are_told_by_their_marks_and_sent_once():
    device = Device(a_town_on_patrol())
    marks = device.get("package").json()["parts"]

    assert set(marks) == PARTS
    for name, mark in marks.items():
        answer = device.get(f"package/{name}", **{"Accept-Encoding": "gzip"})
        assert answer["ETag"] == f'"{mark}"', name
        assert json.loads(gzip.decompress(answer.content))
        assert device.get(f"package/{name}", **{"If-None-Match": answer["ETag"]}).status_code == 304
    assert device.get("package").json()["parts"] == marks
    assert device.get("package/others").status_code == 404


def test_an_officer_carries_the_own_grids_and_those_of_the_person_they_stand_in_for():
    cast = a_town_on_patrol()
    device = Device(cast)
    device.result(device.report())

    assert [area["path"] for area in device.get("package/areas").json()["areas"]] == [GRID]
    assert device.get("package/areas").json()["areas"][0]["geometry"]["type"] in {
        "Polygon",
        "MultiPolygon",
    }
    assert rows_of(device) == ["P1"]
    assert len(device.get("package/work").json()["near"]) == 1
    assert device.get("package/me").json()["substitutes_for"] == []

    far = Device(cast, "far")
    assert (rows_of(far), far.get("package/work").json()["near"]) == (["P2"], [])

    today = the_clock().date()
    a_substitution(absent=cast.people["omar"], substitute=cast.people["far"], on=today)
    assert set(rows_of(far)) == {"P1", "P2"}
    assert far.get("package/me").json()["substitutes_for"] == ["Omar"]


def statements(deed: Callable[[], object]) -> int:
    """Count what a request sends; Django forgets at the next one."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def test_the_whole_package_costs_few_statements_whatever_the_officer_carries(monkeypatch):
    monkeypatch.setattr(snapshots, "LOOK_AGAIN", 600)
    cast = a_town_on_patrol()
    device = Device(cast)
    device.get("package")  # what all share is in memory from here on
    few = statements(lambda: device.get("package"))
    for turn in range(20):
        device.result(device.report(is_new=True, text=f"第{turn}处"))
    assert statements(lambda: device.get("package")) == few <= 24
    assert statements(lambda: device.get("package/catalogue")) <= 3


def test_a_batch_of_reports_costs_so_many_statements_each():
    device = Device(a_town())
    device.send(device.report(is_new=True))
    none = statements(device.send)
    ops = [device.report(is_new=True) for _turn in range(10)]
    ten = statements(lambda: device.send(*ops))

    assert (ten - none) / 10 <= 17, "a report with its savepoints and its receipt"
    assert statements(lambda: device.send(*ops)) - none <= 1, "receipts are read at once"


def test_a_visit_is_kept_and_its_finding_is_the_matter_that_was_reported():
    cast = a_town_on_patrol()
    device = Device(cast)
    [rb] = [one for one in device.get("package/lists").json()["lists"] if one["code"] == "RB-KEY"]
    fault = device.report(premises="P1", line=1, is_new=True)
    results = [{"n": line["n"], "verdict": "pass", "note": ""} for line in rb["lines"]]
    results[0] |= {"verdict": "fail", "report": fault["id"]}
    body = {
        "premises": "P1",
        "list": "RB-KEY",
        "list_version": rb["version"],
        "outcome": "visited",
        "results": results,
        "note": "",
    }
    done = device.send(fault, device.op("visit", body, photos=[device.photo()])).json()["results"]

    assert [one["state"] for one in done] == ["done", "done"]
    assert done[1]["facts"]["next_on"]
    assert Task.objects.get(kind="revisit", state="open").premises.code == "P1"
    wrong = device.result(device.op("visit", body | {"results": []}))
    assert (wrong["state"], wrong["words"] != "") == ("refused", True)
    assert device.result(device.op("visit", body | {"premises": "P2"}))["state"] == "refused"


def said(**changes):
    return {"code": "P1", "base_changed_at": "2026-01-01T00:00:00+08:00", "changes": changes}


def test_different_facts_of_premises_merge_and_the_same_fact_is_decided():
    cast = a_town_on_patrol()
    one, two = Device(cast), Device(cast)
    name = {"from": "出租屋", "to": "胜和公寓"}
    assert one.result(one.op("premises", said(name=name)))["state"] == "done"
    assert (
        two.result(two.op("premises", said(address={"from": "胜和路15号", "to": "胜和路17号"})))[
            "state"
        ]
        == "done"
    )

    op = two.op(
        "premises",
        said(name={"from": "出租屋", "to": "南城公寓"}, status={"from": "in_use", "to": "vacant"}),
    )
    result = two.result(op)
    assert (result["state"], result["conflict"]["theirs"]) == ("conflict", {"名称": "胜和公寓"})
    assert two.result(two.op("decide", {"of": op["id"], "choice": "theirs"}))["state"] == "done"
    row = Premises.objects.get(code="P1")
    assert (row.name, row.address, row.status) == ("胜和公寓", "胜和路17号", 2)
    op = two.op("premises", said(name=name | {"to": "南城公寓"}))
    two.result(op)
    two.result(two.op("decide", {"of": op["id"], "choice": "mine"}))
    assert Premises.objects.get(code="P1").name == "南城公寓"


def test_a_shift_an_objection_and_nonsense_about_them():
    device = Device(a_town())
    assert device.result(device.op("shift", {"deed": "start"}))["state"] == "done"
    assert device.get("package/me").json()["shift"]["state"] == "on"
    [figure, *_rest] = device.get("package/me").json()["statistics"]
    body = {"figure": figure["code"], "period": figure["period"], "reason": "有两次没有算进去"}
    assert device.result(device.op("appeal", body))["state"] == "done"
    assert device.get("package/me").json()["appeals"][0]["state"] == "asked"
    for op in (
        device.op("shift", {"deed": "pause"}), device.op("appeal", body | {"period": "x"}), device.op("call", {"call": 9, "answer": "accept"}),
        device.op("premises", {"code": "P1", "changes": 1}), device.op("visit", {"results": [{"n": "x", "report": 1}]}),
    ):  # fmt: skip
        assert device.result(op)["state"] == "refused"


def test_a_matter_to_verify_is_carried_with_its_moves():
    cast = a_town_on_patrol()
    device = Device(cast)

    reported = incidents.Report(
        item_id=cast.item.id, text="井盖破了", lon=IN_GRID[0], lat=IN_GRID[1]
    )
    matter = incidents.report(said=reported, actor=ANONYMOUS, at=the_clock()).matter
    patrol.follow_matter(matter_id=matter.id, actor_id=0, at=the_clock())
    [call] = device.get("package/work").json()["calls"]

    assert (call["kind"], call["matter"]["number"]) == ("verify", matter.number)
    assert {"verify", "note"} <= set(call["matter"]["moves"])
    accepted = device.result(
        device.op("call", {"call": call["id"], "answer": "accept", "reason": ""})
    )
    assert accepted["state"] == "done"
    body = {
        "number": matter.number,
        "version": call["matter"]["version"],
        "move": "verify",
        "values": {"is_true": "yes", "note": "属实"},
        "call": call["id"],
    }
    assert device.result(device.op("move", body))["state"] == "done"
    assert Matter.objects.get().state == "to_register"


def test_a_call_that_ended_meanwhile_leaves_nothing_to_decide():
    cast = a_town_on_patrol()
    device = Device(cast)
    reported = incidents.Report(
        item_id=cast.item.id, text="井盖破了", lon=IN_GRID[0], lat=IN_GRID[1]
    )
    matter = incidents.report(said=reported, actor=ANONYMOUS, at=the_clock()).matter
    patrol.follow_matter(matter_id=matter.id, actor_id=0, at=the_clock())
    [call] = device.get("package/work").json()["calls"]
    Call.objects.update(state="withdrawn")

    said = device.result(device.op("call", {"call": call["id"], "answer": "accept", "reason": ""}))
    assert said["state"] == "done"
    assert "不在办理中" in said["words"]
