"""Who has a hand in a dispute: its mediators, the clerk of its own body; not who may only read it."""

import pytest

from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.disputes import actions, queries
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    everybody,
    in_mediation,
    make_move,
)
from tests.cast import MONDAY, TOWN, VILLAGE, a_town

pytestmark = pytest.mark.django_db
FAR = "441900/009/"


def holds(*capabilities: str, area: str = TOWN) -> Grant:
    return Grant(frozenset({*map(str, capabilities), "matters.view"}), area=area)


def test_the_clerk_of_another_body_writes_down_nothing_here():
    body = a_body(a_town().units["town"])
    row = in_mediation(body=body, actor=everybody(body), at=MONDAY)
    both = Actor(41, "两处", (holds(Can.MEDIATE), holds(Can.ARRANGE, area=FAR)))
    clerk = Actor(42, "文书", (holds(Can.MEDIATE), holds(Can.ARRANGE)))

    with pytest.raises(Refused):
        make_move(row, "settle", actor=both, at=MONDAY)
    assert make_move(row, "settle", actor=clerk, at=MONDAY).outcome == "written"


def test_who_opened_a_file_for_a_reason_reads_it_and_records_no_will():
    town = a_town()
    body = a_body(town.units["town"])
    row = a_dispute(actor=everybody(body), at=MONDAY, area_path=VILLAGE)
    person = town.people["bo"].pk
    reader = Actor(person, "值班", (holds(Can.OPEN_FILE), holds(Can.TRIAGE, area=FAR)))
    clerk = Actor(person, "窗口", (holds(Can.TRIAGE),))
    said = [actions.Said(queries.parties(row.pk)[0].pk, answer=True)]

    actions.open_file(matter_id=row.pk, actor=reader, at=MONDAY, reason="核对来电")
    record = {"matter_id": row.pk, "said": said, "subject": "mediation", "how": "phone", "at": MONDAY}  # fmt: skip
    with pytest.raises(OutOfReach):
        actions.record_answers(actor=reader, **record)

    assert actions.record_answers(actor=clerk, **record) == 1
