"""A dispute enters the register."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid
from gongzhi.disputes.actions import Side
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Party
from gongzhi.disputes.tests.builders import APPLICANT, RESPONDENT, a_dispute
from tests.cast import MONDAY, VILLAGE, a_town

Matter = apps.get_model("matters", "Matter")

pytestmark = pytest.mark.django_db
CLERK = system("clerk", Can.OPEN)


def opened(**said):
    return a_dispute(actor=CLERK, at=said.pop("at", MONDAY), area_path=VILLAGE, **said)


def refused(**said):
    with pytest.raises(Invalid) as told:
        opened(**said)
    return told.value.problems


def test_a_dispute_has_a_number_a_clock_and_its_sides_and_no_name_in_a_list():
    a_town()

    row = opened()

    matter = Matter.objects.get(pk=row.pk)
    assert (matter.kind, matter.state, matter.owing_role) == ("dispute", "to_triage", "triager")
    assert matter.due_at is not None
    assert Party.objects.filter(dispute=row).count() == 2
    assert "陈甲" not in f"{matter.title}{matter.text}{matter.address}{matter.words}"


def test_what_cannot_stand_is_refused_with_its_article():
    a_town()
    twin = {"id_number": "441900199001010011", "name": "陈甲"}

    assert "sides" in refused(sides=[Side(side="applicant", **twin), Side(side="respondent", **twin)])  # fmt: skip
    assert "民法典" in refused(sides=[replace(APPLICANT, birth_year=2015), RESPONDENT])["sides"]
    many = [replace(APPLICANT, name=f"工{n}", phone="", capacity="representative") for n in range(6)]  # fmt: skip
    assert "宁波" in refused(sides=[*many, RESPONDENT])["sides"]
    assert "2011" in refused(at=MONDAY - timedelta(days=365 * 17))["at"]
    assert "kind_code" in refused(kind_code="nonsense")


def test_twelve_parties_with_those_who_speak_for_them():
    a_town()
    workers = [replace(APPLICANT, name=f"工人{n}", phone=f"1380000{n:04}") for n in range(8)]
    speaker = Side(side="applicant", name="律师", capacity="agent", represents=0)
    boss = [replace(RESPONDENT, name=f"公司{n}", phone="", nature="organisation") for n in range(2)]
    agent = Side(side="respondent", name="法务", capacity="agent", represents=10)

    row = opened(kind_code="labour.wages", sides=[*workers, speaker, *boss[:1], boss[1], agent], people_count=23)  # fmt: skip

    sides = list(Party.objects.filter(dispute=row).order_by("seq"))
    assert (len(sides), row.people_count) == (12, 23)
    assert (sides[8].represents, sides[11].represents) == (sides[0], sides[10])


def test_a_child_seals_the_file_and_no_list_shows_the_door():
    a_town()
    mother = Side(side="applicant", name="母", capacity="guardian", represents=0)

    row = opened(sides=[replace(APPLICANT, is_minor=True), mother, RESPONDENT])

    assert row.is_sealed
    assert (row.matter.address, "胜和一路" in row.matter.title) == ("", False)
