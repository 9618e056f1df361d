"""Schemes: adopted, drafted, refused for volume, signed by somebody else, previewed."""

from datetime import date
from decimal import Decimal

import pytest

from gongzhi.accounts.tests.builders import trail
from gongzhi.assessment import actions, queries
from gongzhi.assessment.actions import SchemeDraft
from gongzhi.assessment.models import Scheme
from gongzhi.assessment.rules import Line, Nature
from gongzhi.assessment.tests.builders import (
    CITY,
    MONDAY,
    OCTOBER,
    TOWNS,
    a_city,
    facts_in,
    schemes_in_force,
    the_office,
    the_scheme,
)
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 1)
D = Decimal


@pytest.fixture(autouse=True)
def _schemes(db):
    schemes_in_force()


def a_draft(**changes) -> SchemeDraft:
    row = the_scheme()
    fields = {
        "name": row.name, "least": row.least, "ahead": row.ahead, "behind": row.behind, "source": "市考核办〔2026〕3号",
        "lines": queries.lines_of(row),
    }  # fmt: skip
    return SchemeDraft(**{**fields, **changes})


def drafted(**changes) -> Scheme:
    row = actions.draft_next(scheme_id=the_scheme().pk, actor=the_office(), at=MONDAY)
    return actions.change_draft(scheme_id=row.pk, draft=a_draft(**changes), actor=the_office(), at=MONDAY)  # fmt: skip


def test_every_shipped_scheme_can_be_reckoned_and_comes_once():
    again = actions.adopt_shipped(valid_from=NEXT_YEAR, actor=the_office(), at=MONDAY)

    assert again == 0
    rows = Scheme.objects.all()
    assert len(rows) == len(queries.shipped_schemes()) == 8
    assert [row.code for row in rows if actions.scheme_problems(queries.lines_of(row), queries.grades_of(row))] == []  # fmt: skip
    assert all(row.source for row in rows)


def test_a_scheme_that_pays_for_volume_is_refused_in_a_sentence():
    row = actions.draft_next(scheme_id=the_scheme().pk, actor=the_office(), at=MONDAY)
    lines = [Line(Nature.SHARE, "handled", D(75)), Line(Nature.SHARE, "registered", D(25))]

    with pytest.raises(Invalid, match=r"第 2 行.*受理数.*数量本身不计分"):
        actions.change_draft(scheme_id=row.pk, draft=a_draft(lines=lines), actor=the_office(), at=MONDAY)  # fmt: skip
    row.refresh_from_db()
    assert queries.lines_of(row) == queries.lines_of(the_scheme())


def test_a_draft_is_put_in_force_by_somebody_else_and_ends_the_version_before():
    row = drafted(source="市考核办〔2026〕3号")

    with pytest.raises(Refused, match="由他人"):
        actions.put_in_force(scheme_id=row.pk, valid_from=NEXT_YEAR, actor=the_office(), at=MONDAY)
    old = the_scheme()
    actions.put_in_force(scheme_id=row.pk, valid_from=NEXT_YEAR, actor=the_office(id=902), at=MONDAY)  # fmt: skip

    old.refresh_from_db()
    assert (old.state, old.valid_to) == ("ended", NEXT_YEAR)
    assert (the_scheme().version, the_scheme().source) == (2, "市考核办〔2026〕3号")
    assert trail(verb="assessment.put_in_force").count() == 1


def test_what_is_in_force_is_never_changed():
    row = the_scheme()

    with pytest.raises(Refused, match="起草下一版"):
        actions.change_draft(scheme_id=row.pk, draft=a_draft(), actor=the_office(), at=MONDAY)
    with pytest.raises(Refused, match="起草下一版"):
        actions.drop_draft(scheme_id=row.pk, actor=the_office(), at=MONDAY)


def test_there_is_one_draft_at_a_time_and_it_can_be_dropped():
    row = drafted()
    with pytest.raises(Refused, match="已有"):
        actions.draft_next(scheme_id=the_scheme().pk, actor=the_office(), at=MONDAY)

    actions.drop_draft(scheme_id=row.pk, actor=the_office(), at=MONDAY)

    assert not Scheme.objects.filter(pk=row.pk).exists()


def test_a_version_begins_after_the_one_before():
    row = drafted()

    with pytest.raises(Invalid, match="2026-01-01"):
        actions.put_in_force(scheme_id=row.pk, valid_from=date(2026, 1, 1), actor=the_office(id=902), at=MONDAY)  # fmt: skip


def test_a_variant_is_a_scheme_of_its_own():
    row = actions.draft_variant(scheme_id=the_scheme().pk, code="villages", name="村社区评价", actor=the_office(), at=MONDAY)  # fmt: skip

    assert (row.version, row.state) == (1, "draft")
    with pytest.raises(Invalid):
        actions.draft_variant(scheme_id=the_scheme().pk, code="villages", name="再来", actor=the_office(), at=MONDAY)  # fmt: skip


def test_nobody_else_touches_schemes():
    clerk = an_actor("assessment.view")

    for deed in (
        lambda: actions.draft_next(scheme_id=the_scheme().pk, actor=clerk, at=MONDAY),
        lambda: actions.adopt_shipped(valid_from=NEXT_YEAR, actor=clerk, at=MONDAY),
        lambda: actions.put_in_force(scheme_id=the_scheme().pk, valid_from=NEXT_YEAR, actor=clerk, at=MONDAY),
    ):  # fmt: skip
        with pytest.raises(OutOfReach):
            deed()


def test_a_preview_shows_old_and_new_scores_side_by_side_and_who_moves():
    a_city()
    for place, town in enumerate(TOWNS):
        facts_in(town, 20 - place)
        facts_in(town, place, handled_in_time=False)  # the first town is the most punctual
        facts_in(town, 4 - place, rework_count=1)  # and the one that does most work twice
    new = drafted(lines=[Line(Nature.INVERSE, "reworked", D(100))])

    seen = queries.preview(the_office(), old=the_scheme(), new=new, within=CITY, period=OCTOBER, at=MONDAY)  # fmt: skip

    by_name = {row.name: row for row in seen.rows}
    assert seen.moved == 4
    assert seen.largest == 4
    assert seen.rows[0].name in {"甲镇", "戊镇"}
    assert (by_name["甲镇"].moved.before, by_name["甲镇"].moved.after) == (1, 5)
    # 甲镇: 24 of 24 in time, 4 of 24 reworked: 30 + 20 + 16.67 + 20 + 10, and 83.33
    assert (by_name["甲镇"].old.score, by_name["甲镇"].new.score) == (D("96.67"), D("83.33"))
    assert by_name["丙镇"].moved.by == 0
