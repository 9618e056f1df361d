"""Parties after the intake: put right, joining, leaving."""

from dataclasses import replace

import pytest
from django.apps import apps

from gongzhi.accounts.tests.builders import trail
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions, queries
from gongzhi.disputes.models import Party
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    a_house,
    all_agree,
    all_sign_the_notice,
    everybody,
    in_mediation,
    make_move,
)
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as matter_queries
from tests.cast import MONDAY, VILLAGE, a_town
from tests.visits import signed_in

pytestmark = pytest.mark.django_db
Entry = apps.get_model("matters", "Entry")
NEWCOMER = actions.Side(side="third", name="王丙", phone="13800000003")


def a_table(**said):
    body = a_body(a_town().units["station"])
    me = everybody(body)
    return me, in_mediation(body=body, actor=me, at=MONDAY, **said)


def told(row, seq):
    parties = queries.parties(row.pk)
    return actions.as_told(parties)[[party.seq for party in parties].index(seq)]


def put_right(row, seq, *, actor, is_verified=False, **changed):
    values = {"party": seq, "told": replace(told(row, seq), **changed), "is_verified": is_verified}
    return make_move(row, "put_right_party", actor=actor, at=MONDAY, **values)


def add(row, side, *, actor):
    return make_move(row, "add_party", actor=actor, at=MONDAY, told=side, reason="后来得知")


def leave(row, seq, *, actor):
    return make_move(row, "party_leaves", actor=actor, at=MONDAY, party=seq, reason="与纠纷无关")


def test_a_party_is_put_right_and_the_file_names_what_but_not_the_words():
    me, row = a_table()

    put_right(row, 1, actor=me, name="李一", phone="13900000009", needs=("dialect",))

    party = queries.parties(row.pk)[1]
    line = Entry.objects.filter(matter_id=row.pk, move="put_right_party").get()
    assert (party.name, party.phone, party.needs) == ("李一", "13900000009", ["dialect"])
    assert line.values["put_right"] == ["姓名或名称", "电话", "特殊需要"]
    kept = f"{line.note} {line.values}"
    assert not any(word in kept for word in ("李乙", "李一", "13900000009", "13800000002"))


def test_a_proof_of_identity_is_asked_anew_once_name_or_number_change():
    me, row = a_table()
    put_right(row, 0, actor=me, is_verified=True)
    assert queries.parties(row.pk)[0].verified_at == MONDAY

    put_right(row, 0, actor=me, is_verified=True, phone="13700000001")
    assert queries.parties(row.pk)[0].verified_at == MONDAY
    put_right(row, 0, actor=me, name="陈家")

    assert queries.parties(row.pk)[0].verified_at is None


def test_nobody_stands_on_both_sides_or_changes_sides_and_a_minor_needs_a_guardian():
    me, row = a_table()

    with pytest.raises(Invalid):
        put_right(row, 1, actor=me, name="陈甲", phone="13800000001")
    with pytest.raises(Invalid):
        put_right(row, 1, actor=me, side="applicant")
    with pytest.raises(Invalid):
        put_right(row, 1, actor=me, is_minor=True)
    with pytest.raises(Invalid):
        put_right(row, 1, actor=me)  # nothing new
    with pytest.raises(Invalid):
        make_move(row, "put_right_party", actor=me, at=MONDAY)  # without the file's page

    assert queries.parties(row.pk)[1].name == "李乙"


def test_a_child_who_joins_with_a_guardian_seals_the_file_and_the_list_knows_no_door():
    me, row = a_table()
    guardian = actions.Side(side="respondent", name="周父", phone="13600000001")
    add(row, guardian, actor=me)
    with pytest.raises(Invalid):
        add(row, replace(guardian, name="周子", phone="", is_minor=True), actor=me)

    child = replace(guardian, name="周子", phone="", is_minor=True)
    make_move(row, "put_right_party", actor=me, at=MONDAY, party=1, told=replace(told(row, 1), capacity="guardian", represents=2))  # fmt: skip
    put_right(row, 2, actor=me, name=child.name, is_minor=True)

    row.matter.refresh_from_db()
    assert row.is_sealed
    assert (row.matter.title, row.matter.address) == ("邻里", "")


def test_who_joins_is_asked_and_signs_before_anything_is_settled():
    me, row = a_table()
    add(row, NEWCOMER, actor=me)

    with pytest.raises(Refused):
        make_move(row, "settle", actor=me, at=MONDAY)
    all_agree(row, "mediation", actor=me, at=MONDAY)
    with pytest.raises(Refused):
        make_move(row, "settle", actor=me, at=MONDAY)
    all_sign_the_notice(row, actor=me, at=MONDAY)
    make_move(row, "settle", actor=me, at=MONDAY)

    assert [party.seq for party in queries.parties(row.pk)] == [0, 1, 2]


def test_who_leaves_is_gone_with_their_agent_their_code_opens_nothing_and_their_words_stay():
    me, row = a_table()
    add(row, NEWCOMER, actor=me)
    add(row, replace(NEWCOMER, name="赵律师", phone="13500000001", capacity="agent", represents=2), actor=me)  # fmt: skip
    gone = queries.parties(row.pk)[2]

    leave(row, 2, actor=me)
    add(row, NEWCOMER, actor=me)

    assert [party.seq for party in queries.parties(row.pk)] == [0, 1, 4]
    assert queries.party_by_code(row.matter.number, gone.code) is None
    assert (
        queries.party_of_code(row.matter.number, gone.code) == gone
    )  # takes what is kept about it
    assert [words for words, _at in queries.left_words(row.pk)] == [
        queries.side_words("third", 2),
        queries.side_words("third", 3),
    ]


def test_neither_side_may_be_left_empty_nor_a_minor_alone():
    me, row = a_table()

    with pytest.raises(Invalid):
        leave(row, 1, actor=me)
    with pytest.raises(Invalid):
        leave(row, 7, actor=me)

    assert len(queries.parties(row.pk)) == 2


def test_an_agreement_fixes_who_the_sides_are_but_not_how_they_are_reached():
    me, row = a_table()
    make_move(row, "settle", actor=me, at=MONDAY)

    with pytest.raises(Refused):
        put_right(row, 1, actor=me, name="李一")
    with pytest.raises(Refused):
        add(row, NEWCOMER, actor=me)
    put_right(row, 1, actor=me, phone="13900000009", id_number="441900199001011234")

    assert queries.parties(row.pk)[1].id_number == "441900199001011234"


def test_of_two_who_put_it_right_at_once_the_second_is_told():
    me, row = a_table()
    seen = row.matter.version
    put_right(row, 1, actor=me, phone="13900000009")
    late = {"party": 1, "told": replace(told(row, 1), phone="13900000008")}

    with pytest.raises(Refused):
        matters.move(matter_id=row.pk, move="put_right_party", values=late, actor=me, at=MONDAY, version=seen)  # fmt: skip

    assert queries.parties(row.pk)[1].phone == "13900000009"


def test_whoever_the_file_is_closed_to_changes_nobody():
    house = a_house()
    row = a_dispute(actor=house.actor("xu"), at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=house.actor("xu"), at=MONDAY, body=house.body.pk)

    with pytest.raises(OutOfReach):
        put_right(row, 1, actor=house.actor("xu"), phone="13900000009")


def test_a_clerk_does_all_three_on_the_pages_of_the_file():
    house = a_house()
    row = a_dispute(actor=house.actor("xu"), at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=house.actor("xu"), at=MONDAY, body=house.body.pk)
    wen, file = signed_in("wen"), f"/desk/disputes/{row.matter.number}/file"
    base = f"/desk/disputes/{row.matter.number}/parties"
    version = matter_queries.standing(row.pk) and row.matter.version

    sent = {"side": "third", "nature": "person", "name": "王丙", "phone": "13800000003", "reason": "共有人", "version": ""}  # fmt: skip
    assert wen.get(f"{base}/new?side=third").status_code == 200
    assert wen.post(f"{base}/new", sent | {"reason": ""}).status_code == 422
    assert wen.post(f"{base}/new", sent).url == file
    assert wen.get(f"{base}/2").status_code == 200
    stale = wen.post(f"{base}/2", sent | {"phone": "13800000004", "version": version})
    assert stale.status_code == 409
    assert "13800000003" in stale.content.decode()  # what stands on record now
    assert wen.post(f"{base}/2", sent | {"phone": "13800000004"}).url == file
    assert wen.post(f"{base}/2/leave", {"reason": ""}).status_code == 422
    assert wen.post(f"{base}/2/leave", {"reason": "不是共有人"}).url == file

    assert Party.objects.get(dispute=row, seq=2).left_at is not None
    assert "王丙" in wen.get(file).content.decode()
    assert signed_in("xu").get(f"{base}/1").status_code == 404
    assert trail(verb="view", subject=f"matter:{row.pk}").count() >= 4
    assert "王丙" not in wen.get(f"/desk/matters/{row.matter.number}").content.decode()
