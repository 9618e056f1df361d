"""Who may settle a dispute."""

from datetime import date

import pytest

from gongzhi.base.errors import Invalid
from gongzhi.mediators import queries
from gongzhi.mediators.models import Absence
from gongzhi.mediators.tests.builders import CITY, NOON, TODAY, TOWN, VILLAGE, a_body, a_mediator

pytestmark = pytest.mark.django_db


def test_the_specialists_of_the_kind_come_first_then_the_nearest():
    village = a_body(name="村")
    town = a_body(name="镇", area_path=TOWN)
    labour = a_body(name="劳动", area_path=CITY, kind="specialist", expertise=["labour"])
    medical = a_body(name="医疗", area_path=CITY, kind="specialist", expertise=["medical"])
    a_body(name="别处", area_path="441900/005/")
    a_body(name="撤销", is_active=False)

    found = queries.bodies_for("labour.wages", VILLAGE, body_kind="specialist")

    assert [row.id for row in found] == [labour.pk, village.pk, town.pk, medical.pk]
    assert found[0].is_specialist


def test_of_those_who_take_every_subject_the_kind_the_table_names_comes_first():
    room = a_body(name="人民法庭调解室", area_path=TOWN, kind="court_room")
    town = a_body(name="镇", area_path=TOWN)
    village = a_body(name="村")

    found = queries.bodies_for("neighbour.passage", VILLAGE, body_kind="committee")

    assert [row.id for row in found] == [village.pk, town.pk, room.pk]


def test_candidates_are_ranked_and_whoever_withdrew_is_no_candidate(django_assert_num_queries):
    body = a_body()
    expert = a_mediator(body, expertise=["labour"], languages=["yue"])
    idle, busy = a_mediator(body), a_mediator(body)
    away, withdrew = a_mediator(body, expertise=["labour"]), a_mediator(body)
    a_mediator(body, left_on=date(2026, 5, 1))
    Absence.objects.create(mediator=away, starts_on=TODAY, ends_on=date(2026, 11, 25))

    with django_assert_num_queries(2):
        found = queries.candidates(
            "labour.wages", VILLAGE, NOON, load={busy.pk: 3}, without={withdrew.pk}
        )

    assert [one.id for one in found] == [expert.pk, idle.pk, busy.pk, away.pk]
    assert (found[3].is_free, found[3].next_free_on) == (False, date(2026, 11, 26))
    assert found[2].load == 3


def test_whoever_speaks_the_language_goes_before_whoever_knows_the_subject():
    body = a_body()
    speaks = a_mediator(body, languages=["csl"])
    knows = a_mediator(body, expertise=["labour"])

    found = queries.candidates("labour", VILLAGE, NOON, body_id=body.pk, language="csl")

    assert [one.id for one in found] == [speaks.pk, knows.pk]


def test_a_mediator_who_left_is_not_found_any_more():
    left = a_mediator(a_body(), left_on=date(2026, 5, 1))

    with pytest.raises(Invalid):
        queries.mediator(left.pk)
