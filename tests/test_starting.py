"""What a start finds in its database: a city of an older version, or one that lacks something."""

import pytest
from click.testing import CliRunner
from django.utils.translation import override

from gongzhi.base.errors import OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.config.cli import commands, running
from gongzhi.demo import queries as demo
from gongzhi.demo import tables
from gongzhi.disputes import queries as disputes
from gongzhi.docking import actions as docking
from gongzhi.docking.capabilities import Can
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    tables.set_comment("matters_matter", f"{tables.MARK}3 matters, seed 1")


def _open_court() -> None:
    said = docking.PartnerSaid("court-1", "东莞市第一人民法院", "court", "宏伟路", "")
    docking.keep_partner(said=said, actor=an_actor(*Can), at=MONDAY)


def test_a_city_from_before_mediation_starts_without_a_court_and_says_so_once(loaded, capsys):
    with override("en"):
        assert running._prepare(matters=0) == ["court"]

    told = capsys.readouterr().out.strip().splitlines()
    assert len(told) == 1
    assert "gongzhi reset" in told[0]
    assert not demo.has_court()


def test_a_city_with_a_court_starts_with_it_and_says_nothing(loaded, capsys):
    _open_court()

    assert running._prepare(matters=0) == []
    assert capsys.readouterr().out == ""


def test_a_start_brings_the_kinds_of_disputes_that_an_older_city_has_not(loaded):
    assert not disputes.kinds(on=MONDAY.date())

    running._prepare(matters=0)

    assert disputes.kinds(on=MONDAY.date())


def test_the_court_without_its_partner_ends_with_a_sentence(monkeypatch):
    monkeypatch.setattr(running, "start_embedded", lambda: None)

    with override("en"):
        result = CliRunner().invoke(commands.gongzhi, ["court", "--address", "http://127.0.0.1:1"])

    assert result.exit_code == 1
    assert "court-1" in result.output


def test_an_error_without_words_is_told_in_words(monkeypatch):
    def absent() -> None:
        raise OutOfReach

    monkeypatch.setattr(running, "start_embedded", absent)

    with override("en"):
        result = CliRunner().invoke(commands.gongzhi, ["lake"])

    assert (result.exit_code, result.output) == (
        1, "Error: What the command needs is not in this database.\n"
    )  # fmt: skip
