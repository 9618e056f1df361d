import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import override_settings

from gongzhi.base.errors import Refused
from gongzhi.demo import actions, labour, queries, rhythm, tables
from gongzhi.demo.life import OWING
from gongzhi.demo.matters import AGES, chunk_rows, plans
from gongzhi.matters import actions as register
from gongzhi.matters import queries as matters

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
COUNT = 900
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def few_photos():
    """Drawing is tested on its own; one scene is enough here."""
    with pytest.MonkeyPatch.context() as patch:
        drawn = [photo for photo in actions.photos.names() if photo.scene == "manhole"]
        patch.setattr(actions.photos, "names", lambda: iter(drawn))
        yield


@pytest.fixture(scope="module", autouse=True)
def loaded(few_photos, tmp_path_factory, django_db_setup, django_db_blocker):
    """Load once for all tests of this file, and leave the database empty."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
    ):
        yield actions.load(matters=COUNT, seed=7, at=SUNDAY)
        call_command("flush", interactive=False, verbosity=0)
        tables.set_comment("matters_matter", "")


def test_every_state_has_matters():
    states = dict(
        tables.run(
            "SELECT state, count(*) FROM matters_matter WHERE kind = 'incident' GROUP BY state"
        )
    )

    assert set(states) == set(AGES)
    assert set(AGES) >= set(OWING)
    assert sum(states.values()) == COUNT


def test_disputes_stand_in_every_state_they_can_wait_in_and_the_stories_are_there():
    states = dict(
        tables.run(
            "SELECT state, count(*) FROM matters_matter WHERE kind = 'dispute' GROUP BY state"
        )
    )
    stories = ("neighbours", "wages", "medical", "court", "silent")

    assert set(states) >= {
        "to_consent",
        "mediating",
        "performing",
        "to_visit",
        "to_archive",
        "archived",
    }
    assert all(register.known_opening(f"story-{name}") for name in stories)


def test_every_file_is_chained_without_a_break():
    entries = tables.run(
        "SELECT matter_id, seq, at, actor_id, actor_name, move, source, target, note, values::text, hash"
        " FROM matters_entry ORDER BY matter_id, seq"
    )
    names = (
        "matter_id",
        "seq",
        "at",
        "actor_id",
        "actor_name",
        "move",
        "source",
        "target",
        "note",
        "values",
    )
    heads: dict[int, str] = {}
    for row in entries:
        content = dict(zip(names, row[:-1], strict=True)) | {"values": json.loads(row[9])}
        heads[row[0]] = register.entry_hash(heads.get(row[0], ""), content)
        assert heads[row[0]] == row[-1]
    assert heads == dict(tables.run("SELECT id, head FROM matters_matter"))


def test_the_register_itself_finds_nothing_wrong_with_a_file():
    for (matter_id,) in tables.run("SELECT id FROM matters_matter LIMIT 20"):
        assert matters.verify_file(matter_id) is None


def test_times_run_forwards_and_never_into_the_future():
    wrong = tables.run(
        "SELECT e.matter_id FROM matters_entry e JOIN matters_entry n ON n.matter_id = e.matter_id"
        " AND n.seq = e.seq + 1 WHERE n.at < e.at OR n.at > %s OR n.source <> e.target",
        [SUNDAY],
    )

    assert wrong == []


def test_an_open_matter_has_one_clock_and_it_is_the_one_on_its_row():
    wrong = tables.run(
        "SELECT m.id FROM matters_matter m LEFT JOIN clocks_runningclock c"
        " ON c.subject = m.id AND c.name = 'stage' AND c.stopped_at IS NULL"
        " WHERE m.is_open AND (c.id IS NULL OR c.due_at <> m.due_at OR c.started_at <> m.started_at)"
    )

    assert wrong == []


def test_points_lie_in_the_grid_the_matter_names():
    from gongzhi.places import queries as places  # noqa: PLC0415

    rows = tables.run("SELECT lon, lat, area_path FROM matters_matter WHERE lon IS NOT NULL")
    placed = places.place_many([r[0] for r in rows], [r[1] for r in rows], on=SUNDAY.date())

    assert [str(path) for path in placed.paths] == [row[2] for row in rows]


def test_most_are_in_time_and_some_are_not():
    outcomes = Counter(
        dict(
            tables.run(
                "SELECT outcome, count(*) FROM clocks_runningclock WHERE stopped_at IS NOT NULL"
                " AND (rule = 'item' OR rule LIKE 'incident.handle%%') GROUP BY outcome"
            )
        )
    )

    assert 0.9 < outcomes["kept"] / outcomes.total() < 0.995


def test_each_role_of_the_story_can_sign_in_and_finds_work():
    logins = queries.logins()

    assert [login.username for login in logins][:3] == ["grid", "registrar", "dispatcher"]
    assert len({login.role for login in logins}) == len(logins) - 1  # two mediate
    waiting = tables.run(
        "SELECT p.role, count(m.id) FROM accounts_posting p JOIN accounts_user u ON u.id = p.user_id"
        " JOIN matters_matter m ON m.owing_unit_id = p.unit_id"
        " WHERE u.username = ANY(%s) GROUP BY p.role",
        [["grid", "registrar", "dispatcher", "handler", "duty"]],
    )
    assert len(waiting) == 5


def test_a_second_load_is_refused():
    assert queries.is_loaded()
    with pytest.raises(Refused):
        actions.load(matters=10, at=SUNDAY)


def test_a_chunk_depends_on_nothing_but_the_seed():
    world = labour.world_of(7, SUNDAY)
    moments = rhythm.moments(seed=7, count=40, until=SUNDAY)
    now = int(SUNDAY.timestamp())

    def rows():
        (plan,) = plans(
            seed=7,
            seconds=moments.seconds,
            sources=moments.source,
            now=now,
            first_id=5000,
            size=40,
            forced={},
        )
        made = chunk_rows(world, plan, {})
        return [made["matters"], made["entries"], made["asks"], made["clocks"]]

    assert rows() == rows()
