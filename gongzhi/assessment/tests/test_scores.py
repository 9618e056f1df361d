"""Points worked out by hand, from the schemes that are shipped."""

from decimal import Decimal

import pytest

from gongzhi.assessment.queries.content import shipped_schemes
from gongzhi.assessment.rules import (
    Counted,
    Line,
    Nature,
    bump_chart,
    flaws,
    grade_of,
    moves,
    places,
    score,
)
from gongzhi.assessment.rules.ranking import Standing
from gongzhi.assessment.rules.schemes import Flaw, Scoring

D = Decimal


def lines_of(code: str) -> list[Line]:
    return list(next(scheme for scheme in shipped_schemes() if scheme.code == code).lines)


def test_jinniu_adds_two_rates_and_three_inverses():
    counts = {
        "handled": Counted(200, 190),  # 95 % of 30
        "handled_in_time": Counted(200, 180),  # 90 % of 20
        "reworked": Counted(200, 10),  # 95 % of 20
        "overdue_waiting": Counted(200, 4),  # 98 % of 20
        "extended": Counted(200, 20),  # 90 % of 10
    }

    scored = score(lines_of("jinniu"), counts)

    assert [line.points for line in scored.lines] == [D("28.5"), D(18), D(19), D("19.6"), D(9)]
    assert (scored.score, scored.most) == (D("94.10"), D(100))


@pytest.mark.parametrize(
    ("kept", "points"), [(70, "50"), (100, "50"), (65, "45"), (69, "49"), (19, "0"), (0, "0")]
)
def test_jinhua_gives_fifty_from_seventy_per_cent_on_and_one_less_for_each_below(kept, points):
    scored = score(
        lines_of("jinhua"), {"closed_in_time": Counted(100, kept), "closed": Counted(100, 92)}
    )

    assert scored.lines[0].points == D(points)
    assert scored.lines[1].points == D(20)  # at least ninety per cent closed


def test_jinhua_takes_points_for_rework_and_findings():
    counts = {
        "closed_in_time": Counted(100, 65), "closed": Counted(100, 89), "urgent_in_time": Counted(10, 8),
        "reworked_few": Counted(3), "reworked_often": Counted(1), "falsified": Counted(1),
    }  # fmt: skip

    scored = score(lines_of("jinhua"), counts)

    # 45 + 0 (89 % is below ninety) + 8 - 0.6 - 0.5 - 1
    assert (scored.score, scored.most) == (D("50.90"), D(80))


def test_a_line_nothing_was_asked_of_leaves_and_the_others_are_stretched():
    scored = score(
        lines_of("complaints"),
        {"responded": Counted(10, 9), "solved": Counted(0, 0), "satisfied": Counted(4, 3)},
    )

    # 18 of 20 and 30 of 40: 48 of 60 is 80 of 100
    assert scored.score == D("80.00")
    assert scored.lines[1].points is None


def test_a_subject_nothing_was_asked_of_has_no_score():
    assert score(lines_of("complaints"), {}).score is None


def test_no_score_is_below_zero_and_a_deduction_ends_at_its_most():
    lines = [
        Line(Nature.SHARE, "handled", D(10)),
        Line(Nature.FINDING, "falsified", D(4), most=D(6)),
    ]

    taken = score(lines, {"handled": Counted(10, 5), "falsified": Counted(5)})

    assert taken.lines[1].points == D(-6)
    assert taken.score == D(0)


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("90", "A"),
        ("89.99", "B"),
        ("75", "B"),
        ("60", "C"),
        ("40", "D"),
        ("39.99", "E"),
        ("0", "E"),
    ],
)
def test_grades_begin_where_the_source_says(points, grade):
    grades = next(scheme for scheme in shipped_schemes() if scheme.code == "post_registrar").grades

    assert grade_of(D(points), D(100), grades) == grade


KNOWN = Scoring(
    rates={"handled", "closed"}, counts={"registered", "reworked_few"}, findings={"falsified"}
)


def test_volume_alone_never_scores():
    """受理数 25, as the source has it, is refused; what is taken off for rework may be counted."""
    lines = [
        Line(Nature.SHARE, "handled", D(75)),
        Line(Nature.SHARE, "registered", D(25)),
        Line(Nature.DEDUCTION, "reworked_few", D(1)),
    ]

    assert flaws(lines, [], KNOWN) == [(1, Flaw.VOLUME)]


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        (Line(Nature.SHARE, "unheard_of", D(10)), Flaw.UNKNOWN),
        (Line(Nature.FINDING, "handled", D(10)), Flaw.UNKNOWN),
        (Line(Nature.SHARE, "closed", D(0)), Flaw.POINTS),
        (Line(Nature.THRESHOLD, "closed", D(10)), Flaw.THRESHOLD),
        (Line(Nature.THRESHOLD, "closed", D(10), threshold=D(101)), Flaw.THRESHOLD),
        (Line(Nature.SHARE, "handled", D(10)), Flaw.TWICE),
    ],
)
def test_a_line_that_cannot_be_reckoned_is_told(line, flaw):
    assert flaws([Line(Nature.SHARE, "handled", D(90)), line], [], KNOWN) == [(1, flaw)]


def test_a_scheme_that_only_takes_gives_no_score():
    assert flaws([Line(Nature.FINDING, "falsified", D(1))], [], KNOWN) == [(None, Flaw.EMPTY)]


def test_grades_go_down():
    assert flaws([Line(Nature.SHARE, "handled", D(1))], [("A", D(60)), ("B", D(75))], KNOWN) == [
        (None, Flaw.GRADES)
    ]


def test_equal_scores_share_a_place_and_the_next_one_is_left_out():
    placed = places(
        {"b": D(90), "a": D(90), "c": D(80), "d": D(70), "e": D(60)},
        ahead=D("0.2"),
        behind=D("0.2"),
    )

    assert [(one.key, one.rank) for one in placed] == [
        ("a", 1),
        ("b", 1),
        ("c", 3),
        ("d", 4),
        ("e", 5),
    ]
    assert [one.standing for one in placed] == ["", "", "", "", Standing.BEHIND]


def test_a_share_names_whole_groups_of_equal_scores_or_none_of_them():
    scores = {"a": D(90), "b": D(90), "c": D(80), "d": D(70), "e": D(60)}

    placed = {one.key: one.standing for one in places(scores, ahead=D("0.4"), behind=D("0.2"))}

    assert placed == {"a": "ahead", "b": "ahead", "c": "", "d": "", "e": "behind"}


def test_where_all_are_equal_nobody_is_named():
    placed = places({key: D(90) for key in "abcde"}, ahead=D("0.2"), behind=D("0.2"))

    assert {one.standing for one in placed} == {Standing.BETWEEN}


def test_who_moves_most_stands_first():
    moved = moves({"a": 1, "b": 2, "c": 3}, {"c": 1, "a": 2, "b": 3})

    assert [(row.key, row.by) for row in moved] == [("c", 2), ("a", -1), ("b", -1)]


def test_a_chart_of_places_puts_the_first_on_top_and_equals_below_each_other():
    drawn = bump_chart([("甲", [2, 1]), ("乙", [1, 1]), ("丙", [None, 3])], periods=2)

    (left, right), lines = drawn.columns, drawn.lines
    assert [[(dot.x, dot.rank) for dot in line.dots] for line in lines] == [
        [(left, 2), (right, 1)], [(left, 1), (right, 1)], [(right, 3)],
    ]  # fmt: skip
    assert lines[0].dots[1].y < lines[1].dots[1].y < lines[2].dots[0].y
    assert [line.way for line in lines] == ["up", "", ""]
    assert [(line.left is not None, line.right is not None) for line in lines] == [
        (True, True),
        (True, True),
        (False, True),
    ]
