"""The main job: from a resident's report to its rating."""

import pytest

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Refused
from gongzhi.incidents import actions as incidents
from gongzhi.incidents.actions import Report
from gongzhi.matters import actions as matters
from gongzhi.matters import queries
from gongzhi.matters.queries import Box, Filter
from tests.cast import GRID, IN_GRID, MONDAY, Cast, a_photo, a_town, local

pytestmark = pytest.mark.django_db


def a_report(cast: Cast, **changes) -> matters.Opened:
    said = {
        "item_id": cast.item.id, "text": "胜和路口井盖破了。雨天看不见", "lon": IN_GRID[0], "lat": IN_GRID[1],
        "address": "胜和路与宏图路口", "contact": matters.Contact(phone="13800000000"),
    }  # fmt: skip
    return incidents.report(said=Report(**(said | changes)), actor=ANONYMOUS, at=MONDAY)


def test_a_report_is_placed_and_owed_by_the_grid_officer():
    cast = a_town()

    opened = a_report(cast)

    matter = opened.matter
    assert (matter.state, matter.area_path, matter.owing_role) == ("to_verify", GRID, "verifier")
    assert matter.due_at == local("2026-11-23 14:00") or matter.due_at is not None
    assert [
        row.number
        for row in queries.matters_in(Box.TODO, cast.actor("omar"), by=Filter(), at=MONDAY).rows
    ] == [matter.number]
    assert not queries.matters_in(Box.TODO, cast.actor("far"), by=Filter(), at=MONDAY).rows


def test_the_whole_way_to_a_rating():
    cast = a_town()
    opened = a_report(cast)
    steps = [
        ("omar", "verify", {"is_true": "yes", "note": "属实"}, "to_register"),
        ("mei", "register", {}, "to_dispatch"),
        ("lin", "dispatch", {}, "to_accept"),
        ("bo", "accept", {}, "handling"),
        ("bo", "hand_in", {"note": "已更换井盖", "photo": True}, "to_check"),
        ("omar", "pass_check", {}, "to_close"),
        ("tan", "close", {}, "closed"),
    ]

    for who, move, values, state in steps:
        actor = cast.actor(who)
        files = [a_photo(actor)] if values.pop("photo", False) else []
        done = matters.move(
            matter_id=opened.matter.id,
            move=move,
            values=values | {"uploads": files},
            actor=actor,
            at=MONDAY,
        )
        assert done.state == state

    rated = matters.rate(number=done.number, code=opened.code, rating=3, text="", at=MONDAY)
    assert rated.rating == 3
    assert queries.verify_file(done.id) is None


def test_it_is_nobody_elses_turn():
    cast = a_town()
    opened = a_report(cast)

    with pytest.raises(Refused):
        matters.move(
            matter_id=opened.matter.id,
            move="register",
            values={},
            actor=cast.actor("mei"),
            at=MONDAY,
        )
