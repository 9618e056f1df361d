"""A new key: every sealed value of every table is written again, and nothing is lost."""

import pytest

from gongzhi.base import secrets
from gongzhi.config import keys
from gongzhi.disputes.models import Party
from gongzhi.disputes.tests.builders import a_body, a_dispute, everybody
from tests.cast import MONDAY, VILLAGE, a_town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key_file(settings, tmp_path):
    settings.FIELD_KEY_FILE = tmp_path / "field-key"
    secrets.forget_keys()
    yield
    secrets.forget_keys()


def test_after_a_rotation_every_value_reads_with_the_new_key_alone(settings):
    me = everybody(a_body(a_town().units["station"]))
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    secrets.add_key()

    written = sum(count for _column, count in keys.rotate(batch=1))
    lines = settings.FIELD_KEY_FILE.read_text().splitlines()
    settings.FIELD_KEY_FILE.write_text("\n".join([lines[0], lines[2]]))
    secrets.forget_keys()

    assert written >= 6  # names, telephones and addresses of two parties
    assert [party.name for party in Party.objects.filter(dispute=row).order_by("seq")] == ["陈甲", "李乙"]  # fmt: skip
    assert sum(count for _column, count in keys.rotate()) == 0
