"""The figures of mediation: what is counted, what is hidden, and what each figure opens."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import Actor, Grant
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Appointment, Dispute
from gongzhi.disputes.queries import figures as queries
from gongzhi.disputes.queries.figures import Asked, Behind
from gongzhi.disputes.queries.figures.shown import TOTAL, AddsUp, masked_table, percent
from gongzhi.disputes.tests.builders import a_body, a_dispute, a_mediator, everybody
from tests.cast import MONDAY, TOWN, VILLAGE, a_town

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR = Asked(date(2026, 1, 1), date(2027, 1, 1))


def test_a_rate_is_told_to_one_decimal_half_up_and_not_at_all_where_nothing_was_asked():
    assert percent(1, 3) == Decimal("33.3")
    assert percent(1, 16) == Decimal("6.3")  # 6.25
    assert percent(7, 7) == Decimal("100.0")
    assert percent(0, 0) is None


def masked(rows, sums=(), **more):
    """Hide below five in rows of one or more columns; all together is their sum."""
    columns = next(iter(rows.values())).keys()
    total = {name: sum(row[name] for row in rows.values()) for name in columns}
    return masked_table({TOTAL: total, **rows}, sums, below=5, **more)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 3, "b": 9, "c": 20}, {"a", "b"}),  # a alone would be the total less the rest
        ({"a": 3, "b": 4, "c": 20}, {"a", "b"}),
        ({"a": 0, "b": 5, "c": 20}, set()),  # none at all betrays nobody
        ({"a": 3, "b": 0}, {"a", TOTAL}),
    ],
)
def test_small_counts_are_hidden_and_so_is_what_would_betray_them(counts, hidden):
    found = masked({key: {"n": count} for key, count in counts.items()})

    assert {key for key, names in found.items() if names} == hidden


SETTLED = AddsUp("settled", ("written", "oral", "partial"))


def test_what_adds_up_in_a_row_does_not_betray_a_small_count():
    rows = {
        "a": {"settled": 30, "written": 2, "oral": 20, "partial": 8},
        "b": {"settled": 40, "written": 20, "oral": 12, "partial": 8},
        "c": {"settled": 50, "written": 30, "oral": 12, "partial": 8},
    }

    found = masked(rows, [SETTLED], dearest={"settled"})

    for key, row in ((TOTAL, None), *rows.items()):
        assert len(found[key]) != 1, row
    assert found["a"] >= {"written", "partial"}
    assert not any("settled" in names for names in found.values())
    for column in ("written", "oral", "partial"):
        assert sum(column in names for key, names in found.items() if key != TOTAL) != 1


def test_who_is_missing_from_a_rate_is_as_good_as_told():
    rate = AddsUp("answered", ("satisfied", "rest"))

    found = masked({"a": {"answered": 20, "satisfied": 18, "rest": 2}, "b": {"answered": 20, "satisfied": 10, "rest": 10}}, [rate])  # fmt: skip

    assert len(found["a"]) > 1
    assert found["a"] - {"rest"}


@pytest.fixture
def world(db):
    """Seven disputes of a town: two written, one oral, one partial, one failed, one refused, one still open."""
    units = a_town().units
    body = a_body(units["town"])
    me = everybody(body)
    reader = Actor(9, "看", (Grant(frozenset({str(Can.SEE_FIGURES)}), area=TOWN),))
    made = [a_dispute(actor=me, at=MONDAY + timedelta(minutes=n), area_path=VILLAGE) for n in range(7)]  # fmt: skip
    agreed = MONDAY + timedelta(days=4)
    said = [
        {"outcome": "written", "effective_at": agreed, "agreed_at": agreed, "performed_on": date(2026, 11, 28), "satisfied": 3, "amount": 500},
        {"outcome": "written", "effective_at": agreed, "agreed_at": agreed, "satisfied": 1, "settle_level": "village"},
        {"outcome": "oral", "effective_at": agreed, "agreed_at": agreed, "performed_on": date(2026, 11, 28), "kind_code": "labour.wages"},
        {"outcome": "partial", "effective_at": agreed, "agreed_at": agreed, "amount": 700},
        {"outcome": "none"}, {"outcome": "refused"}, {"basis": "initiative", "body": body},
    ]  # fmt: skip
    states = ["archived", "to_archive", "archived", "performing", "to_archive", "archived", "mediating"]  # fmt: skip
    for row, values, state in zip(made, said, states, strict=True):
        Dispute.objects.filter(pk=row.pk).update(**values)
        row.matter.state = state
        row.matter.save(update_fields=["state"])
    return made, reader, body, units["town"]


def test_rates_have_their_own_numerator_and_denominator(world):
    _made, reader, _body, _town = world

    total = queries.figure_table(reader, YEAR).total

    assert {code: (cell.kept, cell.asked) for code, cell in total.rates.items()} == {
        "success": (4, 5),  # refused and still open do not count
        "performance": (2, 3),  # the part that is still being performed does not count yet
        "satisfaction": (1, 2), "oral_share": (1, 4), "near_share": (1, 4),
    }  # fmt: skip
    assert total.rates["success"].value == Decimal("80.0")
    assert (total.counts["opened"], total.counts["settled"], total.counts["prevented"]) == (7, 4, 1)
    assert (total.people, total.amount) == (8, Decimal(1200))
    assert total.half_days == total.most_days == Decimal("4.0")
    found = queries.coverage(reader, YEAR)
    assert (found.covered, found.villages, found.missing) == (1, 1, [])


def test_every_figure_opens_exactly_the_disputes_it_counted(world, django_assert_max_num_queries):
    made, reader, _body, _town = world
    success = queries.figure_definitions()["success"]

    for by in queries.DIMENSIONS:
        asked = replace(YEAR, by=by)
        with django_assert_max_num_queries(5):
            table = queries.figure_table(reader, asked)
        assert sum(row.counts["opened"] for row in table.rows) == 7
        for row in table.rows:
            cell = row.rates["success"]
            for part, count in (("asked", cell.asked), ("kept", cell.kept)):
                behind = Behind(success, asked, row.key, part)
                assert len(list(queries.rows_behind(reader, behind, at=MONDAY))) == count

    # An upheld appeal takes a dispute out of all of them.
    made[4].matter.exempt = True
    made[4].matter.save(update_fields=["exempt"])
    assert queries.figure_table(reader, YEAR).total.rates["success"].value == Decimal("100.0")


def test_by_kind_others_see_no_count_below_five_and_no_people_behind_it(world):
    _made, reader, _body, _town = world

    whole = queries.figure_table(reader, replace(YEAR, by="kind")).rows
    below = queries.figure_table(reader, replace(YEAR, by="kind", kind="labour")).rows
    rows = queries.figure_table(reader, replace(YEAR, by="kind", hide_below=5)).rows

    # Kinds are told by their first level, and below it by the second.
    assert {row.key: row.counts["opened"] for row in whole} == {"neighbour": 6, "labour": 1}
    assert [(row.name, row.counts["opened"]) for row in below] == [("拖欠工资", 1)]
    labour = next(row for row in rows if row.key == "labour")
    assert {"opened", "settled", "oral"} <= labour.hidden
    assert (labour.people, labour.half_days, labour.rates["success"].value) == (0, None, None)
    assert "opened" in next(row for row in rows if row.key == "neighbour").hidden


def test_nobody_reads_figures_beyond_their_reach_and_a_mediator_only_their_own(world):
    made, _reader, body, _town = world
    far = Actor(10, "远", (Grant(frozenset({str(Can.SEE_FIGURES)}), area="441900/009/"),))
    mediator = a_mediator(body, user_id=None)
    Appointment.objects.create(dispute=made[0], mediator=mediator, chosen_by="body", appointed_at=MONDAY)  # fmt: skip
    someone = Actor(11, "他", (Grant(frozenset({str(Can.MEDIATE)})),))

    assert queries.figure_table(far, YEAR).total.counts["opened"] == 0
    assert queries.figure_table(someone, replace(YEAR, is_own=True)).total.counts["opened"] == 0
    assert queries.figure_table(someone, YEAR).total.counts["opened"] == 0


def test_the_pages_tell_export_and_open_what_stands_behind(world):
    _made, _reader, body, town = world
    clerk, other = a_user(username="counter"), a_user(username="other")
    a_posting(user=clerk, role="centre_clerk", unit=town, area_path=TOWN)
    a_posting(user=other, role="handler", unit=town, area_path=TOWN)
    accounts.forget()
    Dispute.objects.filter(outcome="written").update(body=body)
    period = "since=2026-01-01&last=2026-12-31"
    client, stranger = Client(), Client()
    client.force_login(clerk, backend=BACKEND)
    stranger.force_login(other, backend=BACKEND)

    page = client.get(f"/desk/disputes/figures?{period}&by=body&view=rate").content.decode()
    link = re.search(r'<a class="rate" href="([^"]*key=\d+[^"]*figure=success[^"]*)"', page)
    assert link, page
    of_body = client.get(html.unescape(link[1])).content.decode()
    table = client.get(f"/desk/disputes/figures/table.csv?{period}&by=kind&public=1").getvalue()
    behind = client.get(f"/desk/disputes/figures/behind?{period}&figure=success&part=missed")
    file = client.get(f"/desk/disputes/figures/behind.csv?{period}&figure=settled").getvalue()

    assert "80.0" in page
    assert body.name in page
    assert of_body.count("/desk/matters/") == 2  # its two, and of its third nothing came yet
    assert b"<5" in table
    assert b"80.0" not in table  # four settled are too few to be told, also all together
    assert behind.content.decode().count("/desk/matters/") == 1
    assert len(file.decode().strip().splitlines()) == 5
    assert client.get(f"/desk/disputes/figures?{period}&key=x&area=nowhere&sort=-amount").status_code == 200  # fmt: skip
    assert client.get("/desk/disputes/figures/behind?figure=nothing").status_code == 404
    assert stranger.get("/desk/disputes/figures").status_code == 404
    assert client.get("/desk/disputes/own-figures").status_code == 404
