"""The promises of a matter, worked out by hand from the lines of its file."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from gongzhi.base.tests.builders import local
from gongzhi.figures.queries.defined import stages_of
from gongzhi.figures.rules import Answer, Stage, answer, is_whole, promises, stays, was_late

NINE = local("2026-11-23 09:00")
STAGES = {state: row.stage for state, row in stages_of("incident").items()}


@dataclass(frozen=True)
class Line:
    at: datetime
    source: str
    target: str


@dataclass(frozen=True)
class Spell:
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    outcome: str = ""
    name: str = "stage"


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def a_file(*steps: tuple[float, str]) -> list[Line]:
    """Return the lines of a file: at so many hours, into this state."""
    states = ["", *(state for _hours, state in steps)]
    return [Line(at(hours), states[n], state) for n, (hours, state) in enumerate(steps)]


def read(lines, spells=(), limit: float = 2.0):
    due_of = lambda _state, since: since + timedelta(hours=limit)  # noqa: E731
    return stays(lines, spells, stages=STAGES, due_of=due_of)


WHOLE_WAY = a_file(
    (0, "to_verify"), (1, "to_register"), (2, "to_dispatch"), (3, "to_accept"), (4, "handling"), (5, "to_check"),
    (6, "to_close"), (7, "closed"),
)  # fmt: skip


def test_a_matter_that_went_its_way_kept_every_promise():
    kept = promises(read(WHOLE_WAY))

    assert (kept.verified_in_time, kept.registered_in_time, kept.dispatched_in_time) == (True,) * 3
    assert (kept.handled_in_time, kept.checked_in_time) == (True, True)
    assert (kept.registered_right, kept.dispatched_right, kept.return_count) == (True, True, 0)
    assert (kept.registered_at, kept.dispatched_at, kept.handled_at) == (at(2), at(3), at(5))
    assert kept.handle_due_at == at(6)


def test_the_clock_that_ran_counts_more_than_the_rule():
    spells = [Spell(at(0), at(0.5), at(1), "late"), Spell(at(4), at(4.5), at(5), "kept")]

    kept = promises(read(WHOLE_WAY, spells))

    assert kept.verified_in_time is False
    assert kept.handled_in_time is True  # a pause moved its end; only the clock knows


def test_what_was_never_owed_is_neither_kept_nor_broken():
    urgent = a_file((0, "to_accept"), (1, "handling"))

    kept = promises(read(urgent))

    assert (kept.verified_in_time, kept.registered_in_time, kept.dispatched_in_time) == (None,) * 3
    assert (kept.registered_at, kept.dispatched_at) == (at(0), at(0))
    assert kept.handled_in_time is None
    assert kept.handle_due_at == at(3)


def test_a_unit_that_sends_it_back_makes_the_dispatch_wrong_and_the_next_unit_answers_for_its_own_time():
    lines = a_file(
        (0, "to_dispatch"), (1, "to_accept"), (2, "handling"), (9, "returned"), (10, "to_accept"), (11, "handling"),
        (12, "to_check"),
    )  # fmt: skip

    kept = promises(read(lines))

    assert (kept.dispatched_right, kept.return_count) == (False, 1)
    assert (kept.dispatched_at, kept.handled_at, kept.handled_in_time) == (at(1), at(12), True)


def test_the_first_hand_in_counts_however_often_it_is_done_again():
    lines = a_file(
        (0, "to_accept"), (1, "handling"), (2, "to_check"), (3, "handling"), (30, "to_check"), (31, "to_close"),
    )  # fmt: skip

    kept = promises(read(lines))

    assert (kept.handled_at, kept.handled_in_time) == (at(2), True)
    assert kept.checked_in_time is True


def test_a_clerk_to_whom_it_came_back_registered_it_wrongly():
    lines = a_file((0, "to_register"), (1, "to_dispatch"), (2, "to_correct"), (3, "to_dispatch"))

    kept = promises(read(lines))

    assert (kept.registered_right, kept.registered_in_time, kept.registered_at) == (
        False,
        True,
        at(1),
    )


def test_a_suspension_belongs_to_the_handling():
    lines = a_file(
        (0, "to_accept"), (1, "handling"), (2, "suspended"), (50, "handling"), (51, "to_check")
    )
    spells = [Spell(at(1), at(52), at(51), "kept")]

    found = read(lines, spells)

    assert [stay.stage for stay in found] == [Stage.ACCEPT, Stage.HANDLE, Stage.CHECK]
    assert promises(found).handled_in_time is True


def test_raising_it_a_level_is_a_stay_of_its_own():
    lines = [*a_file((0, "to_dispatch")), Line(at(3), "to_dispatch", "to_dispatch"), Line(at(4), "to_dispatch", "to_accept")]  # fmt: skip
    spells = [Spell(at(0), at(1), at(3), "late"), Spell(at(3), at(5), at(4), "kept")]

    kept = promises(read(lines, spells))

    assert kept.dispatched_in_time is False


def test_a_stage_that_ended_because_the_matter_fell_away_was_not_owed():
    kept = promises(read(a_file((0, "to_verify"), (9, "merged"))))

    assert kept.verified_in_time is None


def test_what_was_settled_on_the_spot_was_registered_and_never_dispatched():
    kept = promises(read(a_file((0, "to_close"), (0, "closed"))))

    assert (kept.registered_at, kept.dispatched_at, kept.handled_at) == (at(0), None, None)


def test_a_file_of_which_lines_are_missing_is_not_whole():
    kept = [WHOLE_WAY[0], WHOLE_WAY[-1]]

    assert is_whole(WHOLE_WAY, entry_count=8)
    assert not is_whole(WHOLE_WAY, entry_count=9)
    assert not is_whole(kept, entry_count=2)


def test_a_line_is_late_when_the_stage_it_ends_was():
    lines = a_file((0, "to_verify"), (5, "to_register"), (6, "to_dispatch"))

    found = read(lines)

    assert [was_late(found, line.at) for line in lines] == [False, True, False]


def test_a_kind_whose_states_have_no_stages_has_no_stays():
    lines = a_file((0, "to_triage"), (1, "mediating"), (2, "archived"))

    assert stays(lines, [Spell(at(0), at(2))], stages={}, due_of=lambda _state, _since: None) == []


ANSWERS = [
    ([Spell(at(0), at(4), at(1), "kept", "first_response")], Answer(at(4), responded_in_time=True)),
    ([Spell(at(0), at(4), at(9), "late", "first_response")], Answer(at(4), responded_in_time=False)),
    ([Spell(at(0), at(4), name="first_response")],           Answer(at(4))),  # nobody has looked yet
    ([Spell(at(0), at(90), name="whole")],                   Answer()),       # its clocks say that none is owed
    ([],                                                     Answer(at(3), responded_in_time=True)),
]  # fmt: skip


@pytest.mark.parametrize(("spells", "said"), ANSWERS)
def test_a_first_answer_is_what_its_clock_says_or_the_rule_where_no_clock_is_kept(spells, said):
    found = read(WHOLE_WAY, spells)

    assert answer(found, spells, due_of=lambda since: since + timedelta(hours=3)) == said


def test_who_owes_no_answer_is_not_asked_for_one():
    assert answer(read(WHOLE_WAY), [], due_of=lambda _since: None) == Answer()
    assert answer([], [], due_of=lambda since: since) == Answer()
