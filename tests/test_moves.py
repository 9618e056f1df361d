"""What the moves do to a real register."""

import base64
import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Invalid, Refused
from gongzhi.catalogue.rules.drafts import StandardDraft
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.incidents import actions as incidents
from gongzhi.incidents.actions import LikelyDuplicate, Report
from gongzhi.matters import actions as matters
from gongzhi.matters import queries
from gongzhi.matters.models import Entry, Matter
from gongzhi.matters.queries import Box, Filter
from gongzhi.notices.models import Delivery
from tests.cast import GRID, IN_GRID, MONDAY, a_photo, a_town, local

pytestmark = pytest.mark.django_db

STEPS = {
    "verify": ("omar", {"is_true": "yes", "note": "属实"}),
    "register": ("mei", {}),
    "dispatch": ("lin", {}),
    "accept": ("bo", {}),
    "hand_in": ("bo", {"note": "已更换"}),
    "pass_check": ("omar", {}),
    "close": ("tan", {}),
}


def cursor_of(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def a_report(cast, key=None, at=MONDAY, **changes):
    said = {
        "item_id": cast.item.id, "text": "井盖破了", "lon": IN_GRID[0], "lat": IN_GRID[1], "is_new": True,
        "contact": matters.Contact(phone="13800000000"),
    }  # fmt: skip
    return incidents.report(said=Report(**(said | changes)), actor=ANONYMOUS, at=at, key=key)


def do(cast, matter, move, who="", at=MONDAY, **values):
    person, usual = STEPS.get(move, (who, {}))
    actor = cast.actor(who or person, at)
    if move == "hand_in":
        values = {"uploads": [a_photo(actor)]} | values
    return matters.move(matter_id=matter.id, move=move, values=usual | values, actor=actor, at=at)


def brought_to(cast, state, **changes):
    """Return a matter in the state, and its reporter's code."""
    opened = a_report(cast, **changes)
    matter = opened.matter
    for move in STEPS:
        if matter.state == state:
            break
        matter = do(cast, matter, move)
    assert matter.state == state
    return matter, opened.code


def test_the_same_key_gives_the_same_matter():
    cast = a_town()

    first, second = a_report(cast, key="k1"), a_report(cast, key="k1")

    assert (first.matter.id, first.code) == (second.matter.id, second.code)
    assert not second.is_new
    assert Matter.objects.count() == 1


def test_the_same_thing_nearby_is_offered_instead_of_filed_again():
    cast = a_town()
    known = a_report(cast).matter

    with pytest.raises(LikelyDuplicate) as offered:
        a_report(cast, is_new=False, lon=IN_GRID[0] + 0.0002)

    assert [row.number for row in offered.value.candidates] == [known.number]
    joined, code = matters.join(
        matter_id=known.id, text="我也看到", contact=None, files=(), actor=ANONYMOUS, at=MONDAY
    )
    assert joined.id == known.id
    assert queries.public_progress(known.number, code, at=MONDAY).row.number == known.number


def test_what_one_resident_sent_is_not_shown_to_another():
    cast = a_town()
    first = a_report(cast, files=[a_photo(ANONYMOUS, sender="first")], sender="first")
    later = MONDAY + timedelta(hours=1)
    _matter, code = matters.join(
        matter_id=first.matter.id, text="我也看到", contact=None, files=[a_photo(ANONYMOUS, sender="second")],
        actor=ANONYMOUS, at=later, sender="second",
    )  # fmt: skip

    seen_by_first = queries.public_progress(first.matter.number, first.code, at=later).files
    seen_by_second = queries.public_progress(first.matter.number, code, at=later).files

    assert [paper.at for paper in seen_by_first] == [MONDAY]
    assert [paper.at for paper in seen_by_second] == [later]


def test_an_urgent_matter_goes_straight_to_the_unit_the_matrix_names():
    cast = a_town()
    leak = an_item(
        code="E0501", name="燃气泄漏", number="02", department="shuiwu", questions=(),
        standards=(StandardDraft("闻到燃气气味", "查明并排除", 1, "hour", "continuous", urgent=True),),
    )  # fmt: skip

    matter = a_report(cast, item_id=leak.id).matter

    assert (matter.state, matter.is_urgent, matter.counting) == ("to_accept", True, "continuous")
    assert matter.lead_unit_id == cast.units["office"].id


def test_a_stale_page_is_told_and_nothing_is_lost():
    cast = a_town()
    matter, _code = brought_to(cast, "to_register")
    seen = matter.version
    do(cast, matter, "note", who="mei", note="先看看")

    with pytest.raises(Refused):
        matters.move(
            matter_id=matter.id,
            move="register",
            values={},
            actor=cast.actor("mei"),
            at=MONDAY,
            version=seen,
        )


def test_only_the_unit_whose_turn_it_is_may_go_on():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")

    with pytest.raises(Matter.DoesNotExist):
        do(cast, matter, "accept", who="pol")


def test_sending_back_needs_a_reason_and_returns_it_to_the_dispatcher():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")

    with pytest.raises(Invalid):
        do(cast, matter, "send_back", who="bo")
    back = do(cast, matter, "send_back", who="bo", reason="不是我们的井")

    assert (back.state, back.owing_role) == ("returned", "dispatcher")
    with pytest.raises(Refused):
        do(cast, back, "hand_in", who="bo")


def test_another_unit_than_the_matrix_names_needs_a_reason():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")
    police = cast.units["police"].id

    with pytest.raises(Invalid):
        do(cast, matter, "dispatch", unit=police)
    done = do(cast, matter, "dispatch", unit=police, reason="在派出所院内")

    assert done.lead_unit_id == police
    assert Entry.objects.get(matter=done, move="dispatch").values["override"] is True


def test_an_extension_needs_two_people_and_adds_the_original_limit():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    due = matter.due_at

    do(cast, matter, "ask_extension", who="bo", reason="要等配件")
    with pytest.raises(Refused):
        do(cast, matter, "approve_extension", who="tan")
    do(cast, matter, "approve_first", who="lead")
    longer = do(cast, matter, "approve_extension", who="tan")

    assert longer.due_at > due
    assert longer.extension_count == 1


def test_an_overdue_matter_is_not_extended():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")

    with pytest.raises(Refused):
        do(
            cast,
            matter,
            "ask_extension",
            who="bo",
            at=matter.due_at + timedelta(minutes=1),
            reason="晚了",
        )


def test_a_suspended_matter_stands_still_and_goes_on_with_what_was_left():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "ask_suspension", who="bo", reason="台风停工", until=date(2026, 12, 1))
    do(cast, matter, "approve_first", who="lead")
    still = do(cast, matter, "suspend", who="tan")
    row = queries.detail(still.number, cast.actor("tan"), at=MONDAY).row

    again = do(cast, still, "resume", who="bo", at=local("2026-12-01 09:00"))

    assert (row.face.state, still.state) == ("paused", "suspended")
    assert again.state == "handling"
    assert again.due_at > matter.due_at


def test_a_merged_matter_gives_its_reporters_to_the_one_that_stays():
    cast = a_town()
    stays, gone = a_report(cast), a_report(cast)

    merged = do(cast, gone.matter, "merge", who="lin", into=stays.matter.number)

    survivor = Matter.objects.get(pk=stays.matter.id)
    assert (merged.state, survivor.report_count) == ("merged", 2)
    assert (
        queries.public_progress(survivor.number, gone.code, at=MONDAY).row.number == survivor.number
    )


def test_every_line_of_the_file_says_in_words_what_was_done():
    """Lines that reporters and other matters wrote are no moves; they too have a name on the page."""
    cast = a_town()
    matter, code = brought_to(cast, "to_close")
    gone = a_report(cast)
    matters.join(
        matter_id=matter.id, text="我也看到", contact=None, files=(), actor=ANONYMOUS, at=MONDAY
    )
    matters.add_by_reporter(number=matter.number, code=code, text="更深了", files=(), at=MONDAY)
    do(cast, gone.matter, "merge", who="lin", into=matter.number)
    do(cast, matter, "close")
    matters.rate(number=matter.number, code=code, rating=3, text="", at=MONDAY)

    steps = queries.public_progress(matter.number, code, at=MONDAY).steps

    told = {step.move: step.label for step in steps}
    assert {move: told[move] for move in ("report", "join", "add", "absorb", "rate")} == {
        "report": "上报", "join": "同报", "add": "补充", "absorb": "并入", "rate": "评价",
    }  # fmt: skip
    assert [step.label for step in steps if step.label == step.move] == []
    detail = queries.detail(matter.number, cast.actor("mei"), at=MONDAY)
    assert [line.move for line in detail.lines if line.label == line.move] == []


def test_linked_matters_show_each_other():
    cast = a_town()
    one, other = a_report(cast).matter, a_report(cast).matter

    do(cast, one, "link", who="lin", other=other.number, nature="caused_by")

    for number, nature in ((one.number, "caused_by"), (other.number, "caused_by_of")):
        links = queries.detail(number, cast.actor("lin"), at=MONDAY).links
        assert [(n, row.number != number) for n, row in links] == [(nature, True)]
    with pytest.raises(Refused):
        do(cast, one, "link", who="lin", other=other.number, nature="caused_by")


def test_a_discontented_reporter_reopens_within_ten_days():
    cast = a_town()
    matter, code = brought_to(cast, "closed")
    matters.rate(number=matter.number, code=code, rating=1, text="还是破的", at=MONDAY)

    with pytest.raises(Refused):
        matters.reopen_by_reporter(
            number=matter.number, code=code, reason="还是破的", at=MONDAY + timedelta(days=30)
        )
    again = matters.reopen_by_reporter(
        number=matter.number, code=code, reason="还是破的", at=MONDAY + timedelta(days=3)
    )

    assert (again.state, again.reopen_count) == ("to_dispatch", 1)
    assert again.whole_due_at > MONDAY + timedelta(days=3)


def test_a_suspended_matter_that_is_voided_is_no_longer_paused():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "ask_suspension", who="bo", reason="台风停工", until=date(2026, 12, 1))
    do(cast, matter, "approve_first", who="lead")
    do(cast, matter, "suspend", who="tan")

    void = do(cast, matter, "void", who="tan", reason="重复登记")

    assert (void.state, void.paused_at, void.is_open) == ("void", None, False)


def test_a_wrong_code_opens_nothing():
    cast = a_town()
    opened = a_report(cast)

    with pytest.raises(Matter.DoesNotExist):
        queries.public_progress(opened.matter.number, "XXXXXX", at=MONDAY)


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    cast = a_town()
    matter, _code = brought_to(cast, "to_register")
    monkeypatch.setattr(
        "gongzhi.audit.actions.record", lambda **_: (_ for _ in ()).throw(IntegrityError("stop"))
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        do(cast, matter, "register")

    untouched = Matter.objects.get(pk=matter.id)
    assert (untouched.state, untouched.version) == ("to_register", matter.version)
    assert queries.verify_file(matter.id) is None


def test_a_changed_line_of_the_file_is_found():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(matter=matter, seq=2).update(note="别的")
    with connection.cursor() as cursor:  # somebody with the keys to the database
        cursor.execute("SET LOCAL session_replication_role = replica")
    Entry.objects.filter(matter=matter, seq=2).update(note="别的")

    assert queries.verify_file(matter.id) == 2


def test_pages_by_key_show_every_matter_once_forwards_and_backwards():
    cast = a_town()
    numbers = {a_report(cast).matter.number for _ in range(7)}
    actor, seen, cursor, pages = cast.actor("omar"), [], "", []

    while True:
        page = queries.matters_in(Box.TODO, actor, by=Filter(), at=MONDAY, cursor=cursor, size=3)
        pages.append([row.number for row in page.rows])
        seen += pages[-1]
        if not page.next:
            break
        cursor = page.next
    back = queries.matters_in(Box.TODO, actor, by=Filter(), at=MONDAY, cursor=page.previous, size=3)

    assert set(seen) == numbers
    assert len(seen) == len(numbers)
    assert [row.number for row in back.rows] == pages[1]


def test_search_finds_words_addresses_and_numbers():
    cast = a_town()
    matter = a_report(cast, text="人行道塌陷，雨天积水", address="胜和路与宏图路口").matter
    a_report(cast, text="路灯不亮", address="鸿福路")
    actor = cast.actor("lin")

    def found(q):
        return [
            row.number
            for row in queries.matters_in(
                Box.ALL, actor, by=queries.filter_from({"q": q}), at=MONDAY
            ).rows
        ]

    assert (
        found("塌陷") == found("宏图路") == found(matter.number.replace("-", "")) == [matter.number]
    )
    assert found("塌") == [matter.number]
    assert found("不存在的词") == []


def test_intake_and_moves_keep_their_budget_of_statements():
    cast = a_town()
    a_report(cast)
    with CaptureQueriesContext(connection) as intake:
        opened = a_report(cast)
    actor = cast.actor("omar")
    with CaptureQueriesContext(connection) as moved:
        matters.move(
            matter_id=opened.matter.id,
            move="verify",
            values={"note": "属实"},
            actor=actor,
            at=MONDAY,
        )

    assert len(intake) <= 14
    assert len(moved) <= 12


def test_reach_is_the_same_in_list_detail_move_map_and_export():
    cast = a_town()
    matter = a_report(cast).matter
    assert matter.area_path == GRID
    far = cast.actor("far")

    assert not queries.matters_in(Box.ALL, far, by=Filter(), at=MONDAY).rows
    assert not list(queries.rows_for_export(Box.ALL, far, by=Filter(), at=MONDAY))
    assert not queries.points(Box.ALL, far, by=Filter(), bbox=None, at=MONDAY)["features"]
    with pytest.raises(Matter.DoesNotExist):
        queries.detail(matter.number, far, at=MONDAY)
    with pytest.raises(Matter.DoesNotExist):
        matters.move(matter_id=matter.id, move="verify", values={}, actor=far, at=MONDAY)


def test_a_matter_keeps_the_standard_it_was_opened_under():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")

    assert matter.rules["item_version"] == 1


def test_a_file_whose_end_was_cut_off_is_found():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    # The table lets nothing be deleted; a restored backup or another hand on the disk might.
    Matter.objects.filter(pk=matter.id).update(entry_count=matter.entry_count + 1)

    assert queries.verify_file(matter.id) == matter.entry_count + 1


def test_after_a_merge_only_those_whose_matter_ended_are_told_where_it_goes_on():
    cast = a_town()
    ended = a_report(cast, contact=matters.Contact(phone="13811111111")).matter
    stays = a_report(cast, contact=matters.Contact(phone="13822222222")).matter
    do(cast, ended, "merge", who="mei", into=stays.number)

    matters.tell_moved(matter_id=ended.id, move="merge", note="", actor_id=0, at=MONDAY)

    told = Delivery.objects.filter(channel="sms")
    assert [(d.address, ended.number in d.text, stays.number in d.text) for d in told] == [
        ("13811111111", True, True)
    ]


@pytest.mark.parametrize(
    "cursor", ["§", *map(cursor_of, ([], ["n"], ["n", 1e400], ["n", "x", 3], ["n", 1, 2, 3]))]
)
def test_a_cursor_that_is_none_gives_the_first_page(cursor):
    cast = a_town()
    a_report(cast)

    for sort in ("due", "new"):
        page = queries.matters_in(
            Box.ALL, cast.actor("omar"), by=Filter(), at=MONDAY, cursor=cursor, sort=sort
        )
        assert len(page.rows) == 1
