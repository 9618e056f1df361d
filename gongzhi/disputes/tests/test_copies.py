"""What lists read on the dispute's own row is what the matter says, after whatever happened to it."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import actions, queries
from gongzhi.disputes.lifecycle import LIFECYCLE
from gongzhi.disputes.models import Dispute
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    a_mediator,
    all_agree,
    all_sign_the_notice,
    in_mediation,
)
from gongzhi.matters import actions as matters
from tests.cast import MONDAY, TOWN, VILLAGE, a_town

Matter = apps.get_model("matters", "Matter")

pytestmark = pytest.mark.django_db
STEPS, HOUR = 50, timedelta(hours=1)
COPIED = {
    "source": "source", "words": "words", "unit_ids": "unit_ids", "state": "state", "is_under_way": "is_open",
    "due_at": "due_at", "paused_at": "paused_at", "exempt": "exempt",
}  # fmt: skip


def differing():
    """Return what differs between disputes and their matters, column by column."""
    found = []
    for own, theirs in COPIED.items():
        pairs = Dispute.objects.values_list("pk", own, f"matter__{theirs}")
        found += [(pk, own, mine, other) for pk, mine, other in pairs if mine != other]
    return found


def all_powerful(body):
    every = frozenset(str(move.capability) for move in LIFECYCLE.moves) | {"matters.view"}
    return Actor(id=7, name="合", grants=(Grant(every, home=body.unit_id),))


def something(name, row, *, body, mediators, units, dice):
    """Return values with which a move may succeed; whether it does is the register's to say."""
    return {
        "reason": "说明", "note": "当场付清。", "body": body.pk, "kind_code": dice.choice(["neighbour", "labour.wages"]),
        "grade": dice.choice(["simple", "major"]), "mediators": [dice.choice(mediators).pk] if name == "appoint" else [],
        "outcome": dice.choice(["written", "partial"]), "is_done": "yes", "wants_paper": "no", "satisfied": "3", "days": 5,
        "unit": dice.choice(units).pk, "units": [dice.choice(units).pk], "task": "到场", "must_answer": True, "person": 7,
        "until": (MONDAY + timedelta(days=60)).date(), "level": dice.choice(["red", "yellow"]),
        "into": Matter.objects.exclude(pk=row.pk).filter(is_open=True).values_list("number", flat=True).first() or "",
        "other": Matter.objects.exclude(pk=row.pk).values_list("number", flat=True).first() or "",
    }  # fmt: skip


def walked(seed):
    """Move two disputes about at random, a new one in the place of each that ended; yield the moves that were made."""
    dice = random.Random(seed)
    town = a_town()
    body = a_body(town.units["station"])
    me = all_powerful(body)
    people = [a_mediator(body), a_mediator(body, name="吴明")]
    rows = [in_mediation(body=body, actor=me, at=MONDAY) for _ in range(2)]
    for step in range(1, STEPS):
        place, at = dice.randrange(2), MONDAY + step * HOUR
        row = rows[place]
        row.refresh_from_db()
        if not (moves := LIFECYCLE.moves_from(row.matter.state)):
            rows[place] = a_dispute(actor=me, at=at, area_path=VILLAGE)
            all_sign_the_notice(rows[place], actor=me, at=at)
            continue
        for subject in ("mediation", "extension", "mediator"):
            all_agree(row, subject, actor=me, at=at)
        name = dice.choice(moves).name
        values = something(name, row, body=body, mediators=people, units=list(town.units.values()), dice=dice)  # fmt: skip
        try:
            matters.move(matter_id=row.pk, move=name, values=values, actor=me, at=at)
        except (Invalid, Refused, Matter.DoesNotExist):
            continue
        yield name


@pytest.mark.parametrize("seed", range(6))
def test_the_copies_stay_true_on_any_walk_through_the_lifecycle(seed):
    made = []
    for name in walked(seed):
        made.append(name)
        assert not differing(), made
    assert len(set(made)) >= 5, made


def test_the_copies_follow_clocks_that_move_without_a_move():
    body = a_body(a_town().units["station"])
    row = in_mediation(body=body, actor=all_powerful(body), at=MONDAY)
    clock = apps.get_model("clocks", "RunningClock").objects.filter(subject=row.pk, name="stage")
    clock.update(due_at=MONDAY + timedelta(days=99))

    matters.follow_clocks(matter_id=row.pk)

    row.refresh_from_db()
    assert row.due_at == MONDAY + timedelta(days=99)
    assert not differing()


def test_nothing_written_to_a_copy_stays_there():
    body = a_body(a_town().units["station"])
    row = a_dispute(actor=all_powerful(body), at=MONDAY, area_path=VILLAGE)

    Dispute.objects.filter(pk=row.pk).update(unit_ids=[1, 2, 3], state="archived")
    row.save()  # what was in memory before the database copied

    assert not differing()


def test_what_was_written_with_triggers_off_is_found_and_put_right():
    body = a_body(a_town().units["station"])
    row = a_dispute(actor=all_powerful(body), at=MONDAY, area_path=VILLAGE)
    assert actions.mend_copies() == 0

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE matters_matter DISABLE TRIGGER dispute_follows")
        Matter.objects.filter(pk=row.pk).update(unit_ids=[5], state="void")
        cursor.execute("ALTER TABLE matters_matter ENABLE TRIGGER dispute_follows")

    assert len(differing()) == 2
    assert (actions.mend_copies(), actions.mend_copies()) == (1, 0)
    assert not differing()


def test_a_list_reads_the_register_only_for_the_rows_it_shows():
    """No condition and no order of a list needs the matter: that a million others stand there costs nothing."""
    town = a_town()
    actor = Actor(
        8, "看", (Grant(frozenset({"matters.view"}), area=TOWN, unit=town.units["station"].pk),)
    )
    asked = [
        {"box": box, **more}
        for box in queries.BOXES
        for more in ({}, {"clock": "late"}, {"sort": "due"}, {"q": "宏图路"}, {"q": "邻里"}, {"kind": "labour"}, {"area": TOWN})
    ]  # fmt: skip
    for one in asked:
        rows = queries.disputes(actor, queries.dispute_filter(one), at=MONDAY)
        order = ("due_at", "pk") if one.get("sort") else ("-opened_at", "-pk")

        assert "matters_matter" not in str(rows.order_by(*order).query), one


def test_whichever_index_leads_the_reach_is_the_same():
    town = a_town()
    station, office = a_body(town.units["station"]), a_body(town.units["office"], name="街道调委会")
    me = all_powerful(station)
    for body in (station, office):
        in_mediation(body=body, actor=me, at=MONDAY, area_path=VILLAGE)
    a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    seen = set()
    for area in ("", "441900/", TOWN, VILLAGE, "441900/009/"):
        for unit in (None, station.unit_id, office.unit_id, town.units["town"].pk, 0):
            grant = Grant(frozenset({"matters.view"}), area=area, unit=unit)
            matters_seen = set(
                Matter.objects.filter(Matter.scoped_by.rows_covered_by(grant)).values_list(
                    "pk", flat=True
                )
            )
            for leads in ("", "town", "units"):
                for model in (Matter, Dispute):
                    covered = replace(model.scoped_by, leads=leads).rows_covered_by(grant)
                    found = set(model.objects.filter(covered).values_list("pk", flat=True))
                    assert found == matters_seen, (grant, leads, model)
            seen.add(frozenset(matters_seen))
    assert len(seen) >= 3
