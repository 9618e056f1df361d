"""The figures follow the register: facts, counts, news and tiles after what people do."""

import random
from collections import Counter
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.db.models import F

from gongzhi.base.errors import OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue.rules.drafts import StandardDraft
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.figures import actions, queries
from gongzhi.figures.capabilities import Can
from gongzhi.figures.forms import behind_from
from gongzhi.figures.models import Change, Fact, News
from gongzhi.matters import queries as matters
from gongzhi.matters.models import Matter
from gongzhi.matters.queries import Box
from gongzhi.patrol import actions as patrol
from tests.busy import Busy, KillAt, Killed
from tests.cast import GRID, MONDAY, TOWN, VILLAGE, a_town
from tests.test_moves import a_report, brought_to, do
from tests.visits import run_reactions, signed_in

pytestmark = pytest.mark.django_db

CITY = "441900/"
READER = an_actor(Can.VIEW)


def consume(at=MONDAY):
    return actions.consume(limit=1000, at=at)


def shown(code, area=CITY):
    return queries.tile(READER, code, area).payload


def test_a_settled_matter_is_in_every_figure():
    cast = a_town()
    matter, _code = brought_to(cast, "closed")

    done = consume()

    fact = Fact.objects.get(pk=matter.id)
    assert (fact.town, fact.village, fact.area_path) == (TOWN, VILLAGE, GRID)
    assert (fact.unit_id, fact.department_id) == (cast.units["office"].id, cast.units["water"].id)
    assert fact.item_class == cast.item.code[:3]
    promises = (
        "responded_in_time", "verified_in_time", "registered_in_time", "registered_right", "dispatched_in_time",
        "dispatched_right",
        "handled_in_time", "checked_in_time", "closed_in_time", "is_missed", "is_valid",
    )  # fmt: skip
    assert {name: getattr(fact, name) for name in promises} == dict.fromkeys(promises, True)
    counted = queries.counts("town", since=fact.reported_on, until=fact.reported_on)[TOWN]
    assert (counted["reported"], counted["closed_in_time"], counted["to_handle"]) == (1, 1, 1)
    assert shown("closed_today", VILLAGE)["value"] == 1
    assert shown("open")["value"] == 0
    assert shown("on_time_7", TOWN)["value"] == 100.0
    assert done.news == 8
    assert [line.seq for line in queries.news(READER, after_seq=0)] == list(range(1, 9))
    assert actions.recount() == []


def test_nothing_is_counted_twice_and_what_is_undone_is_taken_away():
    cast = a_town()
    matter = a_report(cast).matter
    consume()
    assert shown("reported_today")["value"] == 1

    do(cast, matter, "refuse", "mei", reason="查无此事")
    consume()
    again = consume()

    assert (again.changes, again.news, again.tiles) == (0, 0, 0)
    day = Fact.objects.get().reported_on
    assert queries.counts("city", since=day, until=day)[""]["valid"] == 0
    assert shown("open")["value"] == 0
    assert Change.objects.count() == 0
    assert actions.recount() == []


def test_a_report_nobody_looks_at_counts_as_unanswered_until_somebody_does_too_late():
    cast = a_town()
    matter = a_report(cast).matter
    consume()
    day = Fact.objects.get().reported_on

    def answered():
        row = queries.counts("city", since=day, until=day)[""]
        return row["to_respond"], row["responded_in_time"]

    assert (answered(), Fact.objects.get().responded_in_time) == ((1, 0), None)
    late = Fact.objects.get().response_due_at + timedelta(minutes=1)
    do(cast, matter, "refuse", "mei", at=late, reason="查无此事")
    consume(late)
    assert (answered(), Fact.objects.get().responded_in_time) == ((1, 0), False)
    assert actions.recount() == []


def test_a_matter_is_overdue_when_its_time_passes_though_nobody_does_anything():
    cast = a_town()
    a_report(cast)
    consume()
    assert shown("overdue")["value"] == 0

    later = MONDAY + timedelta(days=2)
    done = consume(later)

    assert (done.changes, shown("overdue")["value"], shown("overdue", VILLAGE)["value"]) == (
        0,
        1,
        1,
    )
    assert shown("areas")["rows"][0] | {"href": ""} == {
        "key": TOWN, "label": "南城街道", "value": 1, "open": 1, "href": "",
    }  # fmt: skip


def test_making_it_all_anew_gives_the_same():
    cast = a_town()
    brought_to(cast, "closed")
    a_report(cast)
    consume()
    kept = queries.counts("city", since=MONDAY.date(), until=MONDAY.date())

    Fact.objects.all().delete()
    actions.rebuild(at=MONDAY)

    assert queries.counts("city", since=MONDAY.date(), until=MONDAY.date()) == kept
    assert actions.recount() == []


def test_a_consumer_killed_anywhere_loses_nothing_and_doubles_nothing():
    cast = a_town()
    chance = random.Random(20261123)
    busy = Busy(
        chance, areas=[GRID, f"{VILLAGE}02/", VILLAGE, TOWN], units=[unit.id for unit in cast.units.values()],
        items=[cast.item.id, an_item(code="E0102", name="乱堆物料", number="02").id], at=MONDAY,
    )  # fmt: skip
    kills = 0

    while busy.events < 1000:
        busy.round()
        if chance.random() < 0.6:
            try:
                with connection.execute_wrapper(KillAt(chance.randrange(1, 60))):
                    actions.consume(limit=chance.randrange(20, 200), at=busy.at)
            except Killed:
                kills += 1
    while actions.consume(limit=500, at=busy.at).changes:
        pass

    assert kills >= 4
    assert actions.recount() == []
    seen = list(News.objects.order_by("seq").values_list("seq", "matter_id"))
    assert [seq for seq, _matter in seen] == list(range(1, busy.events + 1))
    assert Counter(matter for _seq, matter in seen) == {m.id: m.entry_count for m in busy.matters}


def test_a_line_filed_while_its_matter_is_read_is_news_the_next_time():
    cast = a_town()
    matter = brought_to(cast, "to_register")[0]
    while actions.consume(limit=500, at=MONDAY).changes:
        pass
    known = News.objects.count()
    row = Matter.objects.filter(pk=matter.id)

    row.update(
        entry_count=F("entry_count") + 1
    )  # what a reader sees whose look at the lines came first
    actions.consume(limit=500, at=MONDAY)
    row.update(entry_count=F("entry_count") - 1)
    do(cast, matter, "register")
    actions.consume(limit=500, at=MONDAY)

    assert News.objects.count() == known + 1


def test_every_figure_opens_exactly_its_matters():
    cast = a_town()
    for state in ("to_verify", "to_dispatch", "handling", "closed"):
        brought_to(cast, state)
    a_report(cast, item_id=an_urgent_item().id)
    later = MONDAY + timedelta(hours=5)
    consume(later)
    actor = cast.actor("duty", later)

    wrong = {
        (tile.code, href): (value, found)
        for tile in queries.tiles(actor, TOWN)
        for value, href in figures_of(tile.payload)
        if (found := len(behind(actor, href, later))) != value
    }

    assert wrong == {}


def figures_of(payload):
    """Return every number of a tile that says where its matters are."""
    if "href" in payload:
        yield payload.get("part", payload["value"]), payload["href"]
    if "misses" in payload:
        yield payload.get("late", payload.get("of", 0) - payload.get("part", 0)), payload["misses"]
    for row in payload.get("rows", ()):
        if "href" in row:
            yield row["value"], row["href"]


def behind(actor, href, at):
    """Open a list as its page does."""
    path, _mark, query = href.partition("?")
    asked = dict(parse_qsl(query))
    if path == "/figures/matters":
        return list(queries.matters_behind(actor, behind_from(asked), at=at))
    by = matters.filter_from(asked)
    return matters.matters_in(Box(path.removeprefix("/desk/")), actor, by=by, at=at).rows


def an_urgent_item():
    leak = StandardDraft("闻到燃气气味", "查明并排除", 1, "hour", "continuous", urgent=True)
    return an_item(
        code="E0501",
        name="燃气泄漏",
        number="02",
        department="shuiwu",
        questions=(),
        standards=(leak,),
    )


def test_an_officer_on_shift_is_a_number_and_their_work_a_time():
    cast = a_town()
    omar = cast.actor("omar")
    consume()

    patrol.start_shift(actor=omar, at=MONDAY)
    run_reactions()
    consume()
    on, other = shown("on_shift", VILLAGE), queries.open_by_grid(READER, f"{VILLAGE}02/", at=MONDAY)
    patrol.end_shift(actor=omar, at=MONDAY + timedelta(hours=1))
    run_reactions()
    do(cast, a_report(cast).matter, "verify")
    consume(MONDAY + timedelta(hours=1))
    off = shown("on_shift", VILLAGE)

    assert (on["value"], off["value"], other) == (1, 0, [])
    assert (on["worked_at"], off["worked_at"]) == (None, "2026-11-23T01:00:00+00:00")
    assert "Omar" not in str(queries.tiles(READER, VILLAGE))


def test_figures_are_for_those_who_answer_for_the_whole_area():
    cast = a_town()
    consume()

    assert queries.tiles(cast.actor("lin"), TOWN)
    for name, area in (("lin", CITY), ("bo", TOWN), ("omar", GRID)):
        with pytest.raises(OutOfReach):
            queries.tiles(cast.actor(name), area)


def test_a_unit_opens_its_own_matters_and_nobody_elses():
    cast = a_town()
    mine, _code = brought_to(cast, "handling")
    a_report(cast)
    consume()

    lead = signed_in("lead").get("/figures/matters?what=reported")
    duty = signed_in("duty")

    assert [row.number for row in lead.context["rows"]] == [mine.number]
    assert duty.get("/figures/matters?what=reported").context["count"] == 2
    assert duty.get(f"/figures/matters?q={mine.number}").context["count"] == 1
    assert duty.get("/figures/matters?what=nonsense").status_code == 404
    assert duty.get("/figures/matters?since=nonsense&area=%00").status_code == 404
    lines = b"".join(duty.get("/figures/matters.csv?what=to_handle").streaming_content).decode()
    assert mine.number in lines
