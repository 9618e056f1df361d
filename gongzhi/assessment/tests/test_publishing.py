"""Results are frozen, signed by a second person, appealed in time, reviewed twice and corrected."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongzhi.accounts.tests.builders import trail
from gongzhi.assessment import actions, queries
from gongzhi.assessment.actions import FindingDraft
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.models import Appeal, FrozenMatter
from gongzhi.assessment.rules import Span, period_of
from gongzhi.assessment.tests.builders import (
    CITY,
    MONDAY,
    OCTOBER,
    TOWNS,
    a_city,
    a_publication,
    enough_everywhere,
    facts_in,
    in_register,
    published,
    schemes_in_force,
    scores_of,
    the_office,
    the_scheme,
)
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor, local
from gongzhi.figures.tests.builders import Fact

pytestmark = pytest.mark.django_db
D = Decimal
ONE, LAST = TOWNS[0], TOWNS[4]


@pytest.fixture(autouse=True)
def units(db):
    schemes_in_force()
    return a_city()


def a_lead(town: str, units: dict) -> object:
    """Return somebody who appeals for the centre of a town."""
    unit = units[town]
    return an_actor(Can.VIEW, Can.APPEAL, area=town, unit=unit.pk, id=77, name="陈主任")


def result_of(row, key: str):
    return next(one for one in queries.result_rows(the_office(), row) if one.result.key == key)


def test_scores_and_places_are_what_hand_and_paper_say():
    enough_everywhere(late=(0, 1, 2, 3, 4))

    row = a_publication()

    # Twenty matters each; the third town handled two late: 30 + 18 + 20 + 20 + 10.
    assert list(scores_of(row).values()) == [D("100.00"), D("99.00"), D("98.00"), D("97.00"), D("96.00")]  # fmt: skip
    assert [one.result.rank for one in queries.result_rows(the_office(), row)] == [1, 2, 3, 4, 5]
    assert (result_of(row, ONE).standing, result_of(row, LAST).standing) == ("位次靠前", "位次靠后")
    assert row.totals["handled_in_time"] == [100, 90]


def test_a_town_with_few_matters_has_a_score_and_no_place():
    enough_everywhere()
    Fact.objects.filter(town=ONE).exclude(pk__in=Fact.objects.filter(town=ONE)[:19]).delete()

    row = a_publication()

    assert (result_of(row, ONE).result.rank, result_of(row, ONE).result.matters) == (None, 19)


def test_nothing_is_published_when_nobody_can_be_ranked():
    row = a_publication()

    assert (row.state, row.note) == ("failed", "本期没有单位的件数达到排名要求，不能公布。")


def test_what_changes_after_the_cut_off_changes_no_published_figure():
    enough_everywhere()
    row = published()
    before = scores_of(row)

    Fact.objects.filter(town=LAST).update(handled_in_time=False, is_exempt=True)
    facts_in(ONE, 50, handled_in_time=False)
    actions.freeze(publication_id=row.pk, at=MONDAY + timedelta(days=1))  # a repeated job

    row.refresh_from_db()
    assert scores_of(row) == before
    assert FrozenMatter.objects.filter(publication=row).count() == 100
    assert row.as_of == MONDAY


def test_a_second_person_signs():
    enough_everywhere()
    row = a_publication()

    with pytest.raises(Refused, match="由他人签发"):
        actions.sign(publication_id=row.pk, actor=the_office(), at=MONDAY)
    signed = actions.sign(publication_id=row.pk, actor=the_office(id=902), at=MONDAY)

    # Five working days from the day after: Tuesday to the Monday after.
    assert (signed.state, signed.appeal_until.date()) == ("published", date(2026, 11, 30))
    assert trail(verb="assessment.sign").count() == 1


def test_nobody_reads_what_is_not_signed_but_those_who_prepare_it():
    enough_everywhere()
    row, clerk = a_publication(), an_actor(Can.VIEW, area=ONE)

    with pytest.raises(OutOfReach):
        queries.publication(clerk, row.pk)
    actions.sign(publication_id=row.pk, actor=the_office(id=902), at=MONDAY)

    assert queries.publication(clerk, row.pk).state == "published"
    rows = queries.result_rows(clerk, row)
    assert [one.is_mine for one in rows] == [one.result.key == ONE for one in rows]
    other = next(one.result for one in rows if one.result.key == LAST)
    with pytest.raises(OutOfReach):
        queries.one_result(clerk, other.pk)


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (period_of(Span.MONTH, date(2026, 11, 1)), "须已结束"),
        (period_of(Span.MONTH, date(2025, 12, 1)), "在考核期开始之后"),
    ],
)
def test_a_period_that_does_not_fit_is_told(period, sentence):
    with pytest.raises(Invalid, match=sentence):
        actions.ask(scheme_id=the_scheme().pk, area_path=CITY, period=period, actor=the_office(), at=MONDAY)  # fmt: skip


def test_a_period_is_published_once():
    enough_everywhere()
    row = a_publication()
    with pytest.raises(Refused, match=row.number):
        a_publication()

    actions.drop(publication_id=row.pk, reason="口径有误", actor=the_office(), at=MONDAY)

    assert a_publication().state == "to_sign"


def test_a_town_does_not_publish_for_the_city():
    of_town = an_actor(*Can, area=ONE)

    with pytest.raises(OutOfReach):
        actions.ask(scheme_id=the_scheme().pk, area_path=CITY, period=OCTOBER, actor=of_town, at=MONDAY)  # fmt: skip


def test_the_frozen_list_has_as_many_matters_as_the_figure_says():
    enough_everywhere()
    late = Fact.objects.filter(town=LAST, handled_in_time=False)
    numbers = {in_register(fact) for fact in late}
    row = published()

    result = queries.one_result(the_office(), result_of(row, LAST).result.pk)
    _page, lines = queries.frozen_page(the_office(), result, code="handled_in_time", part="costs")

    line = next(one for one in queries.result_lines(result, row) if one.input == "handled_in_time")
    assert (line.asked, line.kept, line.costs, line.points) == (20, 16, 4, D("16.00"))
    assert {one.about.number for one in lines} == numbers


def an_appeal(units, row, *, at=MONDAY) -> Appeal:
    """Return an appeal of the last town about one of its late matters."""
    fact = Fact.objects.filter(town=LAST, handled_in_time=False).first()
    in_register(fact)
    return actions.appeal_matter(
        result_id=result_of(row, LAST).result.pk, matter_id=fact.pk, reason="台风停工，不可抗力",
        actor=a_lead(LAST, units), at=at,
    )  # fmt: skip


def decide(appeal: Appeal, *, first: bool = True, second: bool = True) -> Appeal:
    actions.review(appeal_id=appeal.pk, is_for=first, note="资料齐全", actor=the_office(id=903), at=MONDAY)  # fmt: skip
    return actions.review(appeal_id=appeal.pk, is_for=second, note="同意", actor=the_office(id=904), at=MONDAY)  # fmt: skip


def test_an_upheld_appeal_keeps_the_fact_and_exempts_the_figure_in_a_corrected_version(units):
    enough_everywhere(late=(0, 1, 2, 3, 3))
    row = published()
    appeal = an_appeal(units, row)
    decided = decide(appeal)
    assert (decided.state, decided.first_due_at.date()) == ("upheld", date(2026, 11, 26))

    with pytest.raises(OutOfReach):
        actions.correct(publication_id=row.pk, actor=an_actor(Can.PUBLISH, area=ONE), at=MONDAY)
    new = actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY + timedelta(hours=1))
    actions.freeze(publication_id=new.pk, at=MONDAY + timedelta(hours=1))
    new = actions.sign(publication_id=new.pk, actor=the_office(id=902), at=MONDAY + timedelta(hours=2))  # fmt: skip

    row.refresh_from_db()
    assert (row.state, new.state, new.version, new.as_of) == ("corrected", "published", 2, row.as_of)  # fmt: skip
    changed = result_of(new, LAST)
    # 17 of 20 in time became 17 of 19: 30 + 17.89 + 50, where it was 30 + 17 + 50.
    assert (changed.before.score, changed.result.points, changed.result.rank) == (D("97.00"), D("97.89"), 4)  # fmt: skip
    # It was level with the fourth town, which now stands behind it.
    assert [one.result.key for one in queries.result_rows(the_office(), new) if one.before] == [LAST, TOWNS[3]]  # fmt: skip
    assert scores_of(row)[LAST] == D("97.00")
    fact = Fact.objects.get(pk=appeal.matter_id)
    assert (fact.handled_in_time, fact.is_exempt) == (False, False)
    result = queries.one_result(the_office(), changed.result.pk)
    _page, lines = queries.frozen_page(the_office(), result, code="handled_in_time", part="costs")
    assert [one.is_exempt for one in lines] == [True]


def test_two_different_people_review_and_the_second_decides(units):
    enough_everywhere()
    appeal = an_appeal(units, published())
    first = the_office(id=903)
    actions.review(appeal_id=appeal.pk, is_for=True, note="资料齐全", actor=first, at=MONDAY)

    with pytest.raises(Refused, match="由他人"):
        actions.review(appeal_id=appeal.pk, is_for=True, note="同意", actor=first, at=MONDAY)
    decided = actions.review(appeal_id=appeal.pk, is_for=False, note="照片不符", actor=the_office(id=904), at=MONDAY)  # fmt: skip

    assert decided.state == "rejected"
    with pytest.raises(Refused, match="已有结论"):
        actions.review(appeal_id=appeal.pk, is_for=True, note="再议", actor=the_office(id=905), at=MONDAY)  # fmt: skip


def test_whoever_files_an_appeal_does_not_review_it(units):
    enough_everywhere()
    appeal = an_appeal(units, published())

    with pytest.raises(Refused, match="由他人"):
        actions.review(appeal_id=appeal.pk, is_for=True, note="同意", actor=the_office(id=77), at=MONDAY)  # fmt: skip


def test_an_appeal_comes_in_time_and_about_ones_own(units):
    enough_everywhere()
    row = published()

    with pytest.raises(Refused, match="期限已过"):
        an_appeal(units, row, at=local("2026-12-02 09:00"))
    with pytest.raises(OutOfReach):
        actions.appeal_matter(
            result_id=result_of(row, ONE).result.pk, matter_id=1, reason="x", actor=a_lead(LAST, units), at=MONDAY
        )  # fmt: skip
    with pytest.raises(OutOfReach):  # a matter of another town
        actions.appeal_matter(
            result_id=result_of(row, LAST).result.pk, matter_id=Fact.objects.filter(town=ONE).first().pk, reason="x",
            actor=a_lead(LAST, units), at=MONDAY,
        )  # fmt: skip
    an_appeal(units, row)
    fact = Appeal.objects.get().matter_id
    with pytest.raises(Refused, match="正在复核"):
        actions.appeal_matter(
            result_id=result_of(row, LAST).result.pk, matter_id=fact, reason="再提", actor=a_lead(LAST, units), at=MONDAY
        )  # fmt: skip


def test_a_correction_needs_an_upheld_appeal_and_can_be_dropped_and_prepared_again(units):
    enough_everywhere()
    row = published()
    with pytest.raises(Refused, match="没有"):
        actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY)
    decide(an_appeal(units, row))
    new = actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY)
    with pytest.raises(Refused, match="没有"):
        actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY)
    actions.freeze(publication_id=new.pk, at=MONDAY)

    actions.drop(publication_id=new.pk, reason="还有一件待定", actor=the_office(), at=MONDAY)
    again = actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY)

    assert again.version == 3
    row.refresh_from_db()
    assert row.state == "published"


def a_finding(**changes) -> FindingDraft:
    fields = {
        "nature": "falsified", "subject": "town", "key": ONE, "found_on": date(2026, 10, 20),
        "evidence": "处置照片与现场不符，复查照片附后",
    }  # fmt: skip
    return FindingDraft(**{**fields, **changes})


def test_a_finding_takes_points_until_an_appeal_takes_it_away(units):
    enough_everywhere()
    finding = actions.note(draft=a_finding(), actor=the_office(), at=MONDAY)
    actions.note(draft=a_finding(found_on=date(2026, 11, 2)), actor=the_office(), at=MONDAY)  # not in October  # fmt: skip
    row = published(code="jinhua")
    # 50 + 20, stretched over the ten points for urgent matters that nobody had: 80, less one.
    assert scores_of(row)[ONE] == D("79.00")

    appeal = actions.appeal_finding(
        result_id=result_of(row, ONE).result.pk, finding_id=finding.pk, reason="照片方向不同",
        actor=a_lead(ONE, units), at=MONDAY,
    )  # fmt: skip
    decide(appeal)
    new = actions.correct(publication_id=row.pk, actor=the_office(), at=MONDAY)
    actions.freeze(publication_id=new.pk, at=MONDAY)

    assert scores_of(new)[ONE] == D("80.00")


def test_a_finding_needs_a_place_a_past_day_and_a_reason_to_be_cancelled():
    with pytest.raises(Invalid, match="尚未到来"):
        actions.note(draft=a_finding(found_on=date(2026, 12, 1)), actor=the_office(), at=MONDAY)
    with pytest.raises(OutOfReach):
        actions.note(draft=a_finding(), actor=an_actor(Can.KEEP, area=LAST), at=MONDAY)
    row = actions.note(draft=a_finding(), actor=the_office(), at=MONDAY)

    actions.cancel(finding_id=row.pk, reason="现场重新核对无误", actor=the_office(), at=MONDAY)

    with pytest.raises(Refused, match="已撤销"):
        actions.cancel(finding_id=row.pk, reason="再次", actor=the_office(), at=MONDAY)
    enough_everywhere()
    assert scores_of(published(code="jinhua"))[ONE] == D("80.00")


def test_a_post_is_graded_as_the_function_of_a_town():
    enough_everywhere()
    facts_in(LAST, 20, dispatched_right=False)

    row = a_publication(code="post_dispatcher")

    last = result_of(row, LAST)
    assert (last.result.name, last.result.grade) == ("戊镇 · 派遣员", "B")  # 20 + 40 + 20
    assert result_of(row, ONE).result.grade == "A"


def test_the_league_shows_places_over_time():
    enough_everywhere(late=(0, 1, 2, 3, 4))
    for town, late in zip(TOWNS, (4, 3, 2, 1, 0), strict=True):
        facts_in(town, 20 - late, reported_at=local("2026-09-10 09:00"))
        facts_in(town, late, reported_at=local("2026-09-10 09:00"), handled_in_time=False)
    published(period=period_of(Span.MONTH, date(2026, 9, 1)))
    published()

    seen = queries.league(an_actor(Can.VIEW, area=ONE), code="jinniu", area_path=CITY, span="month")

    assert [(row.key, row.ranks, row.change) for row in seen.rows[:2]] == [(ONE, [5, 1], 4), (TOWNS[1], [4, 2], 2)]  # fmt: skip
    assert queries.series(the_office()) == [("jinniu", "金牛方案：处置评价", CITY, "month")]


def test_the_bulletin_says_the_same_after_a_year():
    enough_everywhere()
    row = published()
    first = queries.bulletin(the_office(), row)

    Fact.objects.all().delete()
    again = queries.bulletin(the_office(), queries.publication(the_office(), row.pk))

    assert first == again
    assert first.title == "东莞市2026年10月考核通报"
    assert "按期处置率为90.0%（90/100）" in first.blocks[1].text
    assert "位次靠后：戊镇" in first.blocks[5].text
    assert first.foot.startswith("数据截至2026-11-23 09:00")
