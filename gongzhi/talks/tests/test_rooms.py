"""Back to back and face to face: who reads what, what is offered, what becomes of it."""

import json
from dataclasses import replace

import pytest
from django.apps import apps

from gongzhi.base import bus
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.secrets import decrypt
from gongzhi.files import queries as files
from gongzhi.talks import actions, queries
from gongzhi.talks.events import OfferAccepted
from gongzhi.talks.models import CaucusNote, Message, Offer, Sitting
from gongzhi.talks.rules import Term
from gongzhi.talks.tests.builders import DAY, HOUR, KEY, LATER, a_sitting, talks
from tests.cast import MONDAY, a_photo

StoredFile = apps.get_model("files", "StoredFile")

pytestmark = pytest.mark.django_db
PAYS = Term(by=1, to=0, what="赔偿天花板修复费", amount="500.00", due_on="2026-12-10")


@pytest.fixture
def told(monkeypatch):
    events = []
    monkeypatch.setattr(bus, "publish", events.append)
    return events


def say(seat, room, text="您好", key=KEY, **said):
    return actions.say(seat=seat, room=room, said=actions.Words(text, key, **said), at=LATER)


def offer(talk, place=1, room="shared", *, at=LATER, key=KEY, **said):
    proposal = actions.Proposal([PAYS], key, **said)
    return actions.offer(seat=talk.seat(place), room=room, said=proposal, at=at)


def answers(talk, row, *, yes=True, at=LATER + HOUR, place=0):
    return actions.answer_offer(seat=talk.seat(place), offer_id=row.pk, yes=yes, at=at)


def test_a_side_sits_in_the_shared_room_and_its_own_and_in_no_other():
    talk = talks()
    mine, other = talk.seat(0), talk.seat(1)
    say(mine, "applicant", "底价四百")

    with pytest.raises(OutOfReach):
        say(other, "applicant")
    assert [line.text for line in queries.lines(talk.row.pk, "applicant", after=0, me=talk.me)] == [
        "底价四百"
    ]
    assert queries.rooms(talk.row.pk, other.keys)[1].key == "respondent"


def test_the_same_message_twice_is_one():
    talk = talks()

    say(talk.seat(0), "shared")
    say(talk.seat(0), "shared")

    assert Message.objects.count() == 1


def test_a_word_to_the_other_room_is_the_mediators_and_no_clerks():
    talk = talks()
    said = actions.Words("先听听您的想法", KEY)

    actions.say_as_mediator(
        number=talk.number, room="respondent", said=said, actor=talk.me, at=LATER
    )
    with pytest.raises(OutOfReach):
        actions.say_as_mediator(
            number=talk.number, room="shared", said=said, actor=talk.clerk, at=LATER
        )


def test_nobody_floods_a_room():
    talk = talks()
    for n in range(12):
        say(talk.seat(0), "shared", key=f"key-{n}")

    with pytest.raises(Refused):
        say(talk.seat(0), "shared", key="one-more")


def test_nothing_said_is_no_message():
    with pytest.raises(Invalid):
        say(talks().seat(0), "shared", "  ")


def test_a_paper_is_seen_by_those_in_its_room():
    talk = talks()
    token = a_photo(talk.me, at=LATER)
    said = actions.Words("", KEY, files=[token])
    actions.say_as_mediator(
        number=talk.number, room="applicant", said=said, actor=talk.me, at=LATER
    )

    class Browser:
        def __init__(self, code):
            self.cookie = f"{talk.number}_{code}"

        def get_signed_cookie(self, *_args, **_more):
            return self.cookie

    nobody = replace(talk.me, id=0)
    assert files.links_of([token])[0].id == StoredFile.objects.get().pk
    assert queries.may_see_file(token, talk.me, Browser(""))
    assert queries.may_see_file(token, nobody, Browser(talk.party(0).code))
    assert not queries.may_see_file(token, nobody, Browser(talk.party(1).code))
    assert not queries.may_see_file(token, talk.clerk, Browser(""))


def test_a_caucus_note_is_its_mediators_alone_and_not_readable_in_the_table():
    talk = talks()
    actions.note(number=talk.number, room="applicant", text="愿意让到四百", actor=talk.me, at=LATER)

    assert [one.text for one in queries.notes(talk.row.pk, talk.me)] == ["愿意让到四百"]
    assert queries.notes(talk.row.pk, talk.clerk) == []
    raw = CaucusNote.objects.extra(select={"raw": "text"}).values_list("raw", flat=True).get()
    assert "四百" not in raw


def test_when_all_say_yes_the_offer_is_handed_on_encrypted(told):
    talk = talks()
    row = offer(talk)

    answers(talk, row)
    answers(talk, row)  # sent twice

    row.refresh_from_db()
    accepted = [event for event in told if isinstance(event, OfferAccepted)]
    assert row.state == "accepted"
    assert len(accepted) == 1
    assert "500" not in accepted[0].terms
    assert json.loads(decrypt(accepted[0].terms)) == [vars(PAYS)]


def test_an_offer_lapses_and_a_late_yes_is_refused():
    talk = talks()
    row = offer(talk, hours=2)

    with pytest.raises(Refused):
        answers(talk, row, at=LATER + 3 * HOUR)
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_offers_that_nobody_answered_lapse_by_themselves():
    talk = talks()
    row = offer(talk, hours=2)

    assert (actions.lapse(at=LATER), actions.lapse(at=LATER + 2 * HOUR)) == (0, 1)
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_an_offer_in_a_private_room_is_known_to_the_mediator_until_it_is_passed_on():
    talk = talks()
    row = offer(talk, room="respondent")

    assert queries.offers_for(talk.seat(0)) == []
    with pytest.raises(OutOfReach):
        answers(talk, row)
    actions.pass_on(number=talk.number, offer_id=row.pk, actor=talk.me, at=LATER + DAY)
    answers(talk, row, at=LATER + 2 * DAY)

    row.refresh_from_db()
    assert row.state == "accepted"


def test_a_counter_offer_ends_the_one_it_answers():
    talk = talks()
    first = offer(talk)

    second = offer(talk, place=0, key="another-key-of-16", replies_to=first.pk)

    first.refresh_from_db()
    assert (first.state, second.replies_to_id) == ("countered", first.pk)
    assert answers(talk, second, yes=False, place=1).state == "refused"


def test_nobody_answers_or_takes_back_what_is_not_theirs():
    talk = talks()
    row = offer(talk)

    with pytest.raises(OutOfReach):
        answers(talk, row, place=1)
    with pytest.raises(OutOfReach):
        actions.withdraw_offer(seat=talk.seat(0), offer_id=row.pk, at=LATER)
    assert actions.withdraw_offer(seat=talk.seat(1), offer_id=row.pk, at=LATER).state == "withdrawn"


def test_the_mediators_own_proposal_needs_the_yes_of_every_side():
    talk = talks()
    row = actions.propose(number=talk.number, room="shared", said=actions.Proposal([PAYS], KEY), actor=talk.me, at=LATER)  # fmt: skip

    assert answers(talk, row).state == "open"
    assert answers(talk, row, place=1).state == "accepted"


def test_who_withdraws_in_mid_session_breaks_it_off_and_is_bound_by_nothing(told):
    talk = talks()
    sitting = a_sitting(talk)
    actions.begin_sitting(number=talk.number, sitting_id=sitting.pk, actor=talk.me, at=MONDAY + DAY)
    row = offer(talk)

    actions.withdraw(seat=talk.seat(1), reason="不想谈了", at=MONDAY + DAY + HOUR)
    actions.withdraw(seat=talk.seat(1), reason="不想谈了", at=MONDAY + DAY + HOUR)

    assert Sitting.objects.get().state == "broken_off"
    assert Offer.objects.get(pk=row.pk).state == "lapsed"
    assert [type(event).__name__ for event in told].count("SideWithdrew") == 1
