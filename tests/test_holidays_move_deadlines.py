"""A holiday announced today moves the deadlines that run already, on the clock and in every list."""

from datetime import date

import pytest

from gongzhi.base.actor import system
from gongzhi.clocks import actions as clocks
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.config.reactions import REACTIONS
from gongzhi.incidents import actions as incidents
from gongzhi.matters import reactions
from gongzhi.matters.models import Matter
from tests.cast import IN_GRID, MONDAY, a_town

pytestmark = pytest.mark.django_db


def test_the_matter_shows_the_new_end_of_its_clocks(monkeypatch):
    cast = a_town()
    said = incidents.Report(item_id=cast.item.id, text="井盖破了", lon=IN_GRID[0], lat=IN_GRID[1])
    matter = incidents.report(said=said, actor=system("test"), at=MONDAY).matter
    queued: list[object] = []
    monkeypatch.setattr("gongzhi.base.bus.publish", queued.append)

    clocks.set_day(
        calendar="default", day=date(2026, 11, 24), kind="holiday", name="临时放假", source="本市通知",
        actor=system("test", Clocks.MANAGE), at=MONDAY,
    )  # fmt: skip
    for event in queued:  # grows while it is worked off, as the worker's queue does
        for reaction in REACTIONS[type(event)]:
            reaction(event)

    now = Matter.objects.get(pk=matter.id)
    assert now.whole_due_at > matter.whole_due_at
    assert now.due_at == matter.due_at, "it ends on Monday still"
    assert reactions.follow_clocks in REACTIONS[type(queued[-1])]
