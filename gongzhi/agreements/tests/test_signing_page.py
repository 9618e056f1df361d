"""A side at its own signing page: number and code open it, the quick way out closes it."""

import pytest
from django.apps import apps
from django.test import Client

from gongzhi.agreements.tests.builders import a_table, offered
from gongzhi.disputes import queries as disputes
from gongzhi.talks import queries as talks
from tests.cast import MONDAY, a_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    held = a_table(a_town().units["station"], at=MONDAY)
    offered(held)
    return held


def opened(held, code):
    client = Client()
    return client, client.post("/sign", {"number": held.row.matter_number, "code": code})


def test_number_and_code_open_the_page_and_the_quick_way_out_closes_it(table):
    party = disputes.parties(table.id)[1]
    page = f"/sign/{table.row.matter_number}"

    client, answer = opened(table, party.code.lower())
    assert answer.status_code == 302
    assert answer.cookies[talks.COOKIE]["httponly"]
    assert "天花板维修费" in client.get(page).content.decode()
    assert client.get(f"/talk/{table.row.matter_number}").status_code == 200  # the same seat

    client.post("/d/leave")
    assert client.get(page).status_code == 302


def test_a_wrong_code_opens_nothing_and_a_new_code_ends_the_old_seat(table):
    party = disputes.parties(table.id)[1]
    assert opened(table, "ABCDEFGHJK")[1].status_code == 404

    client, _answer = opened(table, party.code)
    apps.get_model("disputes", "Party").objects.filter(pk=party.pk).update(code="NEWCODE234")

    assert client.get(f"/sign/{table.row.matter_number}").status_code == 302
    assert client.post(f"/sign/{table.row.matter_number}/read").status_code == 302
    assert not apps.get_model("agreements", "SigningStep").objects.exists()
