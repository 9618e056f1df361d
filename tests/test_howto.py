"""The worked example of docs/howto/add-a-kind.md is run: its code is the code on the page."""

import csv
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from gongzhi.base.actor import ANONYMOUS, Actor, Grant, system
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.clocks.queries import Limit
from gongzhi.config.kinds import KINDS
from gongzhi.matters import actions as matters
from gongzhi.matters import kind, queries
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.matters.models import Matter
from tests.cast import MONDAY, a_town, local

PAGE = Path(__file__).resolve().parents[1] / "docs" / "howto" / "add-a-kind.md"
PACKAGE = "gongzhi.suggestions"
BLOCK = re.compile(r"```python\n(# gongzhi/suggestions/(\w+)\.py\n.*?)```", re.DOTALL)

RULES = re.compile(r"```csv\n(.*?)```", re.DOTALL)


@pytest.fixture
def example(monkeypatch):
    """Build the page's modules, in the page's order, and make its kind known."""
    monkeypatch.setitem(sys.modules, PACKAGE, package := ModuleType(PACKAGE))
    package.__path__ = []
    for code, name in BLOCK.findall(PAGE.read_text()):
        module = ModuleType(f"{PACKAGE}.{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(code, f"{PAGE.name}: {name}.py", "exec"), vars(module))  # noqa: S102 - our own page
        setattr(package, name, module)
    kind.install((*KINDS, package.kind.SUGGESTION))
    yield package
    kind.install(KINDS)


def the_rules() -> None:
    """Publish the page's time rules."""
    for row in csv.DictReader(RULES.search(PAGE.read_text())[1].splitlines()):
        limit = (
            Limit(int(row["amount"]), row["unit"], row["counting"], from_next_day=True)
            if row["amount"]
            else None
        )
        clocks.publish_rule(
            code=row["code"], name=row["name"], limit=limit, source=row["source"],
            most=_count(row["most"]), levels=_count(row["levels"]), valid_from=date(2020, 1, 1),
            actor=system("test", Clocks.MANAGE), at=MONDAY,
        )  # fmt: skip


def _count(text: str) -> int | None:
    return int(text) if text else None


def a_replier(unit: int) -> Actor:
    may = frozenset({"suggestions.reply", Matters.VIEW, Matters.VISIT})
    return Actor(7, "Rui", (Grant(may, unit=unit, home=unit),))


def test_the_page_shows_every_file_of_the_kind():
    names = [name for _code, name in BLOCK.findall(PAGE.read_text())]

    assert names == ["capabilities", "lifecycle", "kind", "actions"]


def test_every_move_of_the_example_is_open_only_from_its_states(example):
    lifecycle, states = example.lifecycle.LIFECYCLE, example.lifecycle.State

    for move in lifecycle.moves:
        for state in states:
            if state in move.sources:
                assert lifecycle.target(move.name, source=state) in states
            else:
                with pytest.raises(Refused):
                    lifecycle.target(move.name, source=state)


@pytest.mark.django_db
def test_a_suggestion_is_owed_replied_to_and_reopened(example):
    unit = a_town().units["office"].id
    the_rules()

    opened = example.actions.suggest(
        text="公园里请装一盏灯", unit=unit, contact=matters.Contact(phone="13800000000"), actor=ANONYMOUS, at=MONDAY
    )  # fmt: skip

    matter = opened.matter
    assert (matter.state, matter.owing_role, matter.owing_unit_id) == ("to_reply", "replier", unit)
    assert matter.due_at == local("2026-11-30 23:59:59")
    with pytest.raises(Invalid):
        _reply(matter, unit, "")
    replied = _reply(matter, unit, "年底前安装")
    assert (replied.state, replied.is_open, replied.due_at) == ("replied", False, None)
    again = matters.reopen_by_reporter(
        number=matter.number, code=opened.code, reason="还没有装", at=local("2026-11-25 10:00")
    )
    assert (again.state, again.owing_unit_id) == ("to_reply", unit)
    assert queries.verify_file(matter.id) is None


@pytest.mark.django_db
def test_nobody_of_another_unit_replies(example):
    town = a_town()
    the_rules()
    opened = example.actions.suggest(
        text="公园里请装一盏灯", unit=town.units["office"].id, contact=None, actor=ANONYMOUS, at=MONDAY
    )  # fmt: skip

    with pytest.raises(Matter.DoesNotExist):
        _reply(opened.matter, town.units["police"].id, "好")


def _reply(matter: Matter, unit: int, note: str) -> Matter:
    return matters.move(
        matter_id=matter.id, move="reply", values={"note": note}, actor=a_replier(unit), at=MONDAY
    )
