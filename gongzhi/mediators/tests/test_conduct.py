"""A complaint about the office, the decision, the appeal; one's own page; a studio."""

from datetime import UTC, date, datetime

import pytest

from gongzhi.accounts.tests.builders import a_user
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators import actions, queries
from gongzhi.mediators.actions import Complaint, Face, StudioDraft, Verdict
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Mediator
from gongzhi.mediators.tests.builders import (
    DECIDER,
    JUDGE,
    KEEPER,
    NOON,
    TODAY,
    a_body,
    a_mediator,
    an_actor,
)

pytestmark = pytest.mark.django_db
OTHER_DECIDER = an_actor(900_004, Can.VIEW, Can.DECIDE)


def somebody(**said) -> tuple[Mediator, Actor]:
    user = a_user(username="hejing", name="何静")
    row = a_mediator(a_body(), user=user, name="何静", **said)
    return row, Actor(user.id, user.name, (Grant(frozenset({str(Can.SERVE)})),))


def a_removal(row: Mediator):
    said = Complaint("gain", "收受当事人礼品。", TODAY)
    made = actions.complain(mediator_id=row.pk, said=said, actor=JUDGE, at=NOON)
    return actions.decide(conduct_id=made.pk, said=Verdict("removal", "查证属实"), actor=DECIDER, at=NOON)  # fmt: skip


def test_who_took_it_down_does_not_decide():
    row, _own = somebody()
    both = an_actor(900_005, Can.VIEW, Can.JUDGE, Can.DECIDE)
    made = actions.complain(mediator_id=row.pk, said=Complaint("insult", "言语侮辱。", TODAY), actor=both, at=NOON)  # fmt: skip

    with pytest.raises(Refused):
        actions.decide(conduct_id=made.pk, said=Verdict("criticism", "属实，批评。"), actor=both, at=NOON)  # fmt: skip


def test_a_removal_takes_the_office_and_names_its_article():
    row, _own = somebody(is_public=True, agreed_on=TODAY)

    a_removal(row)

    row.refresh_from_db()
    assert (row.left_on, row.is_public) == (TODAY, False)
    assert "第十五条第三项" in row.left_for
    assert not queries.candidates("labour", row.area_path, NOON)


def test_an_upheld_appeal_gives_the_office_back_and_somebody_else_answers_it():
    row, own = somebody()
    made = a_removal(row)
    actions.appeal(conduct_id=made.pk, text="礼品已当场退回，有记录。", actor=own, at=NOON)

    with pytest.raises(Refused):
        actions.answer_appeal(conduct_id=made.pk, is_upheld=True, answer="退回属实", actor=DECIDER, at=NOON)  # fmt: skip
    actions.answer_appeal(conduct_id=made.pk, is_upheld=True, answer="退回属实", actor=OTHER_DECIDER, at=NOON)  # fmt: skip

    row.refresh_from_db()
    made.refresh_from_db()
    assert (row.left_on, made.state) == (None, "unfounded")


def test_an_appeal_comes_in_time_and_once():
    row, own = somebody()
    made = a_removal(row)
    late = datetime(2027, 1, 4, tzinfo=UTC)

    with pytest.raises(Refused):
        actions.appeal(conduct_id=made.pk, text="我不同意。", actor=own, at=late)
    with pytest.raises(OutOfReach):
        actions.appeal(conduct_id=made.pk, text="我不同意。", actor=KEEPER, at=NOON)


def test_conduct_is_shown_to_whoever_judges_and_to_nobody_who_keeps_the_roster():
    row, own = somebody()
    a_removal(row)

    assert queries.mediator_detail(JUDGE, row.pk, on=TODAY).conducts
    assert not queries.mediator_detail(KEEPER, row.pk, on=TODAY).conducts
    assert queries.own_detail(own, row.pk, on=TODAY).conducts[0].can_appeal


def test_the_directory_shows_what_was_agreed_and_nothing_else():
    row, own = somebody(expertise=["labour"], grade="one")
    assert not queries.public_page(queries.PublicFilter(), on=TODAY)[1]

    face = Face(is_public=True, shows=["days"], about="说话算数", languages=["yue"])
    actions.show_me(mediator_id=row.pk, face=face, actor=own, at=NOON)

    seen = queries.public_face(row.code, on=TODAY)
    assert (seen.expertise, seen.languages, seen.grade, seen.about) == ((), "", "", "")
    assert seen.next_free_on == TODAY
    assert not queries.public_page(queries.PublicFilter(field="labour"), on=TODAY)[1]
    actions.show_me(mediator_id=row.pk, face=Face(is_public=False), actor=own, at=NOON)
    with pytest.raises(OutOfReach):
        queries.public_face(row.code, on=TODAY)


def test_days_are_ones_own():
    row, own = somebody()

    actions.set_days(mediator_id=row.pk, weekdays=[2, 4], most_open=3, actor=own, at=NOON)
    actions.add_absence(mediator_id=row.pk, starts_on=TODAY, ends_on=date(2026, 11, 24), actor=own, at=NOON)  # fmt: skip

    found = queries.candidates("labour", row.area_path, NOON)[0]
    assert (found.is_free, found.next_free_on) == (False, date(2026, 11, 26))
    row.refresh_from_db()
    ahead = queries.weeks_ahead(row, on=date(2026, 11, 30))
    assert (ahead[0], ahead[1]) == ((date(2026, 11, 30), False), (date(2026, 12, 1), True))
    assert (len(ahead), ahead[-1][0]) == (42, date(2027, 1, 10))
    with pytest.raises(Invalid):
        actions.add_absence(mediator_id=row.pk, starts_on=TODAY, ends_on=TODAY, actor=own, at=NOON)
    with pytest.raises(OutOfReach):
        actions.set_days(mediator_id=row.pk, weekdays=[1], most_open=3, actor=KEEPER, at=NOON)


def test_a_studio_is_looked_at_by_one_and_decided_by_another():
    row, own = somebody()
    draft = StudioDraft("何静调解工作室", ["family"], "胜和路 1 号", "从事婚姻家庭调解十二年。")
    asked = actions.apply_for_studio(mediator_id=row.pk, draft=draft, actor=own, at=NOON)
    with pytest.raises(Refused):
        actions.apply_for_studio(mediator_id=row.pk, draft=draft, actor=own, at=NOON)
    both = an_actor(900_005, Can.VIEW, Can.JUDGE, Can.DECIDE)
    actions.look_at_studio(application_id=asked.pk, words="场所合格，档案齐全", actor=both, at=NOON)

    with pytest.raises(Refused):
        actions.decide_studio(application_id=asked.pk, is_approved=True, reason="符合条件", actor=both, at=NOON)  # fmt: skip
    done = actions.decide_studio(application_id=asked.pk, is_approved=True, reason="符合条件", actor=DECIDER, at=NOON)  # fmt: skip

    assert done.studio.kind == "studio"
    assert done.studio.under_id == row.body_id
