"""A matter that waits for somebody on site calls the officer of its grid, and goes on when that is refused."""

from datetime import timedelta

import pytest

from gongzhi.accounts.tests.builders import a_posting, a_substitution, a_user
from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as matters
from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.notices import queries as notices
from gongzhi.patrol import actions, queries, reactions
from gongzhi.patrol.models import Call
from gongzhi.patrol.queries import desk
from tests.cast import GRID, IN_GRID, MONDAY, VILLAGE, a_town

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=20)


@pytest.fixture
def cast():
    return a_town()


def a_report(cast):
    said = incidents.Report(item_id=cast.item.id, text="井盖破了", lon=IN_GRID[0], lat=IN_GRID[1])
    return incidents.report(said=said, actor=ANONYMOUS, at=MONDAY).matter


def opened(matter, at=MONDAY):
    reactions.call_for_matter(
        MatterOpened(
            matter_id=matter.id, number=matter.number, kind="incident", state=matter.state, title="",
            owing_role="", owing_unit=None, due_at=None, is_urgent=False, at=at,
        )
    )  # fmt: skip


def moved(matter, *, by, at=LATER):
    reactions.call_for_matter(
        MatterMoved(
            matter_id=matter.id, number=matter.number, kind="incident", title="", move="", source="",
            target="", note="", owing_role="", owing_unit=None, owing_person=None, lead_unit=None,
            due_at=None, is_urgent=False, actor_id=by, at=at,
        )
    )  # fmt: skip


def calls_of(cast, name="omar", at=MONDAY):
    return queries.calls_of(user_id=cast.people[name].id, at=at)


def test_a_report_to_be_verified_calls_the_officer_of_its_grid_once(cast):
    matter = a_report(cast)

    opened(matter)
    opened(matter)

    [call] = calls_of(cast)
    assert (call.kind, call.state, call.number, call.matter.moves[0]) == (
        "verify",
        "sent",
        matter.number,
        "verify",
    )
    assert call.due_at == matter.due_at
    assert calls_of(cast, "far") == []
    assert notices.unread(cast.actor("omar")) == 1


def test_who_is_on_shift_is_called_before_who_is_not(cast):
    other = a_user()
    a_posting(user=other, role="grid_officer", unit=cast.units["station"], area_path=GRID)
    cast.people["other"] = other
    actions.start_shift(actor=cast.actor("other"), at=MONDAY)

    opened(a_report(cast))

    assert (len(calls_of(cast)), len(calls_of(cast, "other"))) == (0, 1)


def test_the_substitute_of_an_absent_officer_is_called(cast):
    a_substitution(absent=cast.people["omar"], substitute=cast.people["far"], on=MONDAY.date())

    opened(a_report(cast))

    assert len(calls_of(cast, "far")) == 1


def test_a_call_is_done_when_its_officer_moves_the_matter_on(cast):
    matter = a_report(cast)
    opened(matter)
    omar = cast.actor("omar")
    [call] = calls_of(cast)
    actions.answer_call(call_id=call.id, answer="accept", actor=omar, at=MONDAY)
    matters.move(
        matter_id=matter.id, move="verify", values={"is_true": "yes"}, actor=omar, at=LATER
    )

    moved(matter, by=omar.id)

    row = Call.objects.get()
    assert (row.state, row.ended_at, calls_of(cast)) == ("done", LATER, [])
    [figure] = [
        one
        for one in queries.statistics(user_id=omar.id, since=MONDAY.date(), until=MONDAY.date())
        if one.code == "verified"
    ]
    assert (figure.value, figure.rows[0]["number"]) == ("1 / 1", matter.number)


def test_a_call_is_withdrawn_when_somebody_else_moves_the_matter(cast):
    matter = a_report(cast)
    opened(matter)
    mei = cast.actor("mei")
    matters.move(
        matter_id=matter.id, move="refuse", values={"reason": "不属实"}, actor=mei, at=LATER
    )

    moved(matter, by=mei.id)

    assert Call.objects.get().state == "withdrawn"


def test_a_refusal_goes_to_the_next_officer_and_then_to_the_station(cast):
    second = cast.people["second"] = a_user(name="周强")
    a_posting(user=second, role="grid_officer", unit=cast.units["station"], area_path=GRID)
    dispatcher = cast.people["dispatcher"] = a_user()
    a_posting(user=dispatcher, role="dispatcher", unit=cast.units["station"], area_path=VILLAGE)
    matter = a_report(cast)
    opened(matter)
    [call] = calls_of(cast)

    actions.answer_call(
        call_id=call.id, answer="refuse", reason="正在处理火情", actor=cast.actor("omar"), at=MONDAY
    )
    [passed] = calls_of(cast, "second")
    assert (calls_of(cast), notices.unread(cast.actor("dispatcher"))) == ([], 1)
    actions.answer_call(
        call_id=passed.id, answer="refuse", reason="车坏了", actor=cast.actor("second"), at=LATER
    )

    [waiting] = desk.call_rows(cast.actor("dispatcher"), by=desk.CallFilter(state="waiting"))
    assert (waiting.user_id, waiting.matter_id) == (None, matter.id)
    after = actions.reassign_call(
        call_id=waiting.id, user_id=cast.people["omar"].id, actor=cast.actor("dispatcher"), at=LATER
    )
    assert after.user_id == cast.people["omar"].id


def test_a_refusal_needs_a_reason_and_a_stranger_cannot_answer(cast):
    opened(a_report(cast))
    [call] = calls_of(cast)

    with pytest.raises(Invalid):
        actions.answer_call(call_id=call.id, answer="refuse", actor=cast.actor("omar"), at=MONDAY)
    with pytest.raises(OutOfReach):
        actions.answer_call(call_id=call.id, answer="accept", actor=cast.actor("far"), at=MONDAY)


def test_an_answer_sent_twice_counts_once(cast):
    opened(a_report(cast))
    [call] = calls_of(cast)
    for _time in range(2):
        actions.answer_call(
            call_id=call.id, answer="refuse", reason="正忙", actor=cast.actor("omar"), at=MONDAY
        )

    assert Call.objects.filter(state="refused").count() == 1


def test_a_dispatcher_sends_an_urgent_call_and_the_officer_ends_it(cast):
    lin, omar = cast.actor("lin"), cast.actor("omar")
    matter = a_report(cast)

    call = actions.call_officer(
        kind="urgent", words="井口有人围观，请先到场", number=matter.number, actor=lin, at=MONDAY
    )
    with pytest.raises(Refused):
        actions.call_officer(
            kind="urgent", words="请先到场", number=matter.number, actor=lin, at=MONDAY
        )
    moved(matter, by=lin.id)

    assert call.user_id == omar.id
    assert actions.finish_call(call_id=call.pk, actor=omar, at=LATER).state == "done"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "dance"}, "kind"),
        ({"words": " "}, "words"),
        ({"area_path": ""}, "place"),
        ({"due_at": MONDAY}, "due_at"),
        ({"area_path": "", "premises_code": "NONE"}, "premises"),
    ],
)
def test_a_call_that_cannot_be_is_told_in_a_sentence(cast, said, field):
    values = {"kind": "urgent", "words": "请到场", "area_path": GRID, **said}

    with pytest.raises(Invalid) as told:
        actions.call_officer(**values, actor=cast.actor("lin"), at=MONDAY)

    assert list(told.value.problems) == [field]


def test_nobody_calls_into_an_area_of_others(cast):
    with pytest.raises(OutOfReach):
        actions.call_officer(
            kind="urgent", words="请到场", area_path=GRID, actor=cast.actor("omar"), at=MONDAY
        )
