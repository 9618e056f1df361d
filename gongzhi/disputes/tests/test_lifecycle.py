"""The table: every move from every state."""

import pytest

from gongzhi.base.errors import Refused
from gongzhi.disputes.lifecycle import ENDED, LIFECYCLE, OPEN, State


@pytest.mark.parametrize("move", LIFECYCLE.moves, ids=lambda move: move.name)
@pytest.mark.parametrize("state", State)
def test_a_move_is_open_only_from_its_listed_states(move, state):
    if state in move.sources:
        assert LIFECYCLE.target(move.name, source=state) == (move.target or state)
    else:
        with pytest.raises(Refused):
            LIFECYCLE.target(move.name, source=state)


def test_every_state_can_be_reached():
    assert {move.target for move in LIFECYCLE.moves} - {""} | {State.TO_TRIAGE} == set(State)


def test_every_open_state_leads_somewhere_and_only_archived_ones_are_opened_again():
    leading_on = {s for move in LIFECYCLE.moves if move.target for s in move.sources}

    assert leading_on >= OPEN
    assert not {s for s in ENDED - {State.ARCHIVED} if s in leading_on}
