"""The history that is made by columns: right counts, whole chains, facts that agree, and no trace of being cut off."""

import json
from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.core.management import call_command
from django.test import override_settings

from gongzhi.base.errors import Refused
from gongzhi.clocks import queries as clocks
from gongzhi.demo import actions, queries, tables
from gongzhi.demo.annals import ledger, lives, numbers, rows, tasks, whole
from gongzhi.demo.annals import places as streets
from gongzhi.demo.annals.service import ServiceTime
from gongzhi.demo.annals.timetable import Timetable
from gongzhi.figures import actions as figures
from gongzhi.matters import actions as register
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

MONDAY = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
ASKED = {"matters": 1200, "premises": 1500, "seed": 7, "at": MONDAY, "processes": 1}
pytestmark = pytest.mark.django_db
INDEXES = (
    "SELECT i.tablename, i.indexname, c.contype, i.indexdef ~ 'UNIQUE', i.indexdef ~ 'WHERE' FROM pg_indexes i"
    " LEFT JOIN pg_constraint c ON c.conname = i.indexname AND c.contype IN ('p', 'u')"
    " WHERE i.schemaname = 'public' ORDER BY 2"
)


class Killed(Exception):
    """The process ends here."""


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory, django_db_setup, django_db_blocker):
    """Load once for all tests of this file, cut off twice on the way; leave the database empty."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
    ):
        drawn = [photo for photo in actions.photos.names() if photo.scene == "manhole"]
        patch.setattr(actions.photos, "names", lambda: iter(drawn))
        patch.setattr(whole, "STRETCH", 200)
        patch.setattr(streets, "STREET_POINTS", 2)
        patch.setattr(actions.publications, "show", _skip)  # tested where they are told
        patch.setattr(actions.patrols, "load", _skip)
        before = tables.run(INDEXES)
        for part, turn in (("write_stretch", 2), ("build_index", 5)):
            _cut_off(part, turn)
        there = ledger.done("history")
        yield actions.load_city(**ASKED), before, there
        call_command("flush", interactive=False, verbosity=0)
        tables.set_comment("matters_matter", "")


def _skip(**_asked):
    """Tell no story."""


def _cut_off(part, turn):
    """Load until a piece of work is done for so many times."""
    work, calls = getattr(tasks, part), []

    def dying(task):
        if len(calls) == turn:
            raise Killed
        calls.append(task)
        return work(task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, part, dying)
        with pytest.raises(Killed):
            actions.load_city(**ASKED)


def test_a_load_that_was_cut_off_goes_on_and_nothing_is_missed_or_doubled(loaded):
    done, _before, there = loaded

    found = tables.run("SELECT count(*), count(DISTINCT number), min(id) FROM matters_matter")
    assert there  # what was written before the last death was not written again
    assert done.matters == 1200
    assert found[0][0] == found[0][1] >= 1200  # the story adds some of its own
    assert found[0][2] == 1
    assert tables.count("incidents_incident") + tables.count("disputes_dispute") == found[0][0]
    assert tables.count("accounts_user") > 10_291
    assert not ledger.is_begun()
    assert queries.is_loaded()


def test_every_index_is_there_again(loaded):
    _done, before, _there = loaded

    assert tables.run(INDEXES) == before


def test_premises_lie_in_their_grids_and_have_codes_of_their_own():
    found = tables.run(
        "SELECT lon, lat, area_path FROM places_premises WHERE length(code) = 20 ORDER BY id"
    )

    placed = places.place_many([r[0] for r in found], [r[1] for r in found], on=MONDAY.date())
    assert len(found) == 1500
    assert [str(path) for path in placed.paths] == [row[2] for row in found]


def test_every_file_is_chained_without_a_break():
    names = ("matter_id", "seq", "at", "actor_id", "actor_name", "move", "source", "target", "note")
    entries = tables.run(
        "SELECT matter_id, seq, at, actor_id, actor_name, move, source, target, note, values::text, hash"
        " FROM matters_entry ORDER BY matter_id, seq"
    )

    heads: dict[int, str] = {}
    for *row, values, stored in entries:
        content = dict(zip(names, row, strict=True)) | {"values": json.loads(values)}
        heads[row[0]] = register.entry_hash(heads.get(row[0], ""), content)
        assert heads[row[0]] == stored
    assert heads == dict(tables.run("SELECT id, head FROM matters_matter"))
    assert matters.verify_file(1) is None


def test_facts_agree_with_the_register_and_counts_with_the_facts():
    assert tables.count("figures_fact") == tables.count("matters_matter")
    assert figures.recount() == []


def test_what_is_open_has_a_running_clock_that_says_the_same():
    wrong = tables.run(
        "SELECT m.id FROM matters_matter m LEFT JOIN clocks_runningclock c"
        " ON c.subject = m.id AND c.name = 'stage' AND c.stopped_at IS NULL"
        " WHERE m.is_open AND (c.id IS NULL OR c.due_at <> m.due_at OR c.paused_at IS DISTINCT FROM m.paused_at)"
    )

    assert wrong == []


def test_nothing_happens_in_the_future_and_nobody_signs_before_the_report():
    wrong = tables.run(
        "SELECT a.matter_id FROM matters_entry a JOIN matters_entry b ON b.matter_id = a.matter_id"
        " AND b.seq = a.seq + 1 WHERE b.at < a.at OR b.at > %s",
        [MONDAY],
    )

    assert wrong == []


def test_most_is_handled_in_time_and_departments_differ():
    shares = tables.run(
        "SELECT department_id, count(*) FILTER (WHERE handled_in_time)::float / count(*) FROM figures_fact"
        " WHERE handled_in_time IS NOT NULL GROUP BY 1 HAVING count(*) > 50"
    )

    assert 0.8 < min(share for _unit, share in shares) < max(share for _unit, share in shares) <= 1


def test_a_stretch_depends_on_nothing_but_the_seed():
    plan = whole.Plan(1200, 1500, 7, MONDAY)
    ground = tasks.ground_of(plan)
    *_others, last = ground.timetable.stretches(until_hour=20_000, size=300)

    made = [
        [
            bytes(content)
            for _table, _columns, content in rows.tables(ground, lives.live(ground, last))
        ]
        for _turn in range(2)
    ]

    assert made[0] == made[1]
    assert made[0][0].count(b"\n") == last.count


def test_another_load_is_refused_while_one_is_under_way():
    whole.begin(whole.Plan(10, 0, 1, MONDAY))

    with pytest.raises(Refused, match="10"):
        whole.begin(whole.Plan(20, 0, 1, MONDAY))


def test_columns_count_service_time_as_the_calendar_does():
    calendar = clocks.calendar()
    line = ServiceTime(calendar, first=date(2025, 1, 1), last=date(2027, 12, 31))
    at = np.random.default_rng(3).integers(1_740_000_000, 1_790_000_000, 500)
    ahead = np.full(500, 11 * 3600)

    found = line.later(at, ahead, np.ones(500, dtype=bool))

    assert found.tolist() == [
        calendar.instant(calendar.position(moment) + 11 * 3600) for moment in at.tolist()
    ]


def test_columns_number_matters_as_the_register_does():
    serial = np.array([1, 84_277, 15_299_999])

    found = numbers.numbers_of(year=np.array([2022, 2026, 2026]), serial=serial).to_pylist()

    assert found == [
        register.number_of(year=year, serial=number)
        for year, number in zip((2022, 2026, 2026), serial.tolist(), strict=True)
    ]


def test_the_timetable_adds_up_and_nothing_is_reported_after_the_load():
    timetable = Timetable(seed=3, count=5000, until=MONDAY)

    stretches = list(timetable.stretches(until_hour=timetable.by_hour.shape[1], size=700))
    moments = np.concatenate([timetable.moments(stretch)[0] for stretch in stretches])

    assert len(moments) == 5000
    assert [s.first_id for s in stretches] == [1, *np.cumsum([s.count for s in stretches])[:-1] + 1]
    assert (np.diff(moments) >= 0).all()
    assert moments.max() <= MONDAY.timestamp()
