"""The pages of the registry and of its money: who may open them, and what they show."""

from decimal import Decimal

import pytest

from gongzhi.accounts.tests.builders import a_posting
from gongzhi.mediators import actions
from gongzhi.mediators.models import Mediator
from gongzhi.mediators.tests.builders import KEEPER, NOON, a_body, a_mediator
from tests import cast

pytestmark = pytest.mark.django_db
DESK = (
    "/desk/mediators", "/desk/mediators?box=untrained&field=labour&sort=newest&q=何", "/desk/mediators/table.csv",
    "/desk/mediators/table.xlsx", "/setup/bodies", "/setup/bodies?box=attend&kind=committee", "/setup/bodies?box=unfiled",
    "/setup/bodies/table.xlsx", "/setup/bodies/filings", "/setup/bodies/filings.csv", "/setup/bodies/new",
    "/setup/bodies/import", "/desk/mediators/import", "/desk/mediators/studios", "/desk/allowances",
    "/desk/allowances?box=objections", "/desk/allowances/table.csv", "/desk/allowances/rules", "/desk/allowances/budgets",
    "/desk/allowances/batches", "/desk/services", "/desk/services/table.xlsx",
)  # fmt: skip


def a_desk(client):
    """Sign in whoever may do everything about mediators and money, of the whole city."""
    town = cast.a_town()
    user = town.people["sun"]
    for role in ("justice_officer", "justice_lead", "mediator"):
        a_posting(user=user, role=role, unit=town.units["city"], area_path="441900/")
    client.force_login(user)
    return town, user


def test_every_page_of_the_desk_opens_empty_and_full(client):
    town, _user = a_desk(client)
    body = a_body(town.units["station"])
    row = a_mediator(body, expertise=["labour"])
    course = actions.Course("yearly", NOON.date(), Decimal(8), "调解技巧")
    actions.record_training(mediator_ids=[row.pk], course=course, actor=KEEPER, at=NOON)

    addresses = (*DESK, f"/desk/mediators/{row.pk}", f"/desk/mediators/{row.pk}/change", f"/setup/bodies/{body.pk}", f"/setup/bodies/{body.pk}/change", f"/desk/mediators/new?body={body.pk}")  # fmt: skip
    answers = {address: client.get(address).status_code for address in addresses}

    assert set(answers.values()) == {200}, {a: s for a, s in answers.items() if s != 200}


def test_a_mediator_is_entered_through_the_page_and_the_court_is_owed_it(client):
    town, _user = a_desk(client)
    body = a_body(town.units["station"])

    said = {"name": "陈秀兰", "employment": "part", "seat": "chair", "is_woman": "on", "appointed_on": "2026-01-05", "most_open": "8", "expertise": ["family"]}  # fmt: skip
    answer = client.post(f"/desk/mediators/new?body={body.pk}", said)

    made = Mediator.objects.get()
    assert answer.headers["Location"] == f"/desk/mediators/{made.pk}"
    assert "陈秀兰" in client.get("/setup/bodies/filings").content.decode()


def test_ones_own_page_shows_and_sets_ones_own_office(client):
    town, user = a_desk(client)
    assert client.get("/desk/mediators/my").status_code == 200
    row = a_mediator(a_body(town.units["station"]), user=user, name="孙平")

    client.post(f"/desk/mediators/my/{row.pk}/days", {"weekdays": ["2"], "most_open": "3"})
    client.post(f"/desk/mediators/my/{row.pk}/card", {"is_public": "on", "shows": ["days"]})

    row.refresh_from_db()
    assert (row.weekdays, row.most_open, row.is_public) == ([2], 3, True)
    page = client.get("/desk/mediators/my").content.decode()
    assert "孙平" in client.get("/mediators").content.decode()
    assert client.get(f"/mediators/{row.code}").status_code == 200
    assert page.count("free-days") == 1
    assert client.get("/desk/allowances/my").status_code == 200


def test_the_public_pages_open_for_everybody_and_hide_whoever_did_not_agree(client):
    row = a_mediator(a_body(cast.a_town().units["station"]), name="未公开")

    assert "未公开" not in client.get("/mediators").content.decode()
    assert client.get(f"/mediators/{row.code}").status_code == 404
    assert client.get("/allowances").status_code == 200
    assert client.get("/allowances/1/object").status_code == 404
