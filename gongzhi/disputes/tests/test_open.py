"""A dispute enters the register."""

import pytest

from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Party
from gongzhi.disputes.tests.builders import APPLICANT, a_dispute
from gongzhi.matters.models import Matter
from tests.cast import MONDAY, VILLAGE, a_town

pytestmark = pytest.mark.django_db
CLERK = system("clerk", Can.OPEN)


def test_a_dispute_has_a_number_a_clock_and_its_sides_and_no_name_in_a_list():
    a_town()

    row = a_dispute(actor=CLERK, at=MONDAY, area_path=VILLAGE)

    matter = Matter.objects.get(pk=row.pk)
    assert (matter.kind, matter.state, matter.owing_role) == ("dispute", "to_triage", "triager")
    assert matter.due_at is not None
    assert Party.objects.filter(dispute=row).count() == 2
    assert "陈甲" not in f"{matter.title}{matter.text}{matter.address}"


def test_the_same_person_cannot_stand_on_both_sides():
    a_town()
    twin = {"id_number": "441900199001010011", "name": "陈甲"}
    sides = [type(APPLICANT)(side="applicant", **twin), type(APPLICANT)(side="respondent", **twin)]

    with pytest.raises(Invalid) as refused:
        a_dispute(actor=CLERK, at=MONDAY, area_path=VILLAGE, sides=sides)

    assert "sides" in refused.value.problems
