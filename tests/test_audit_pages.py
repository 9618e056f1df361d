from datetime import UTC, datetime

import pytest
from django.test import Client

from gongzhi.accounts.tests.builders import PASSWORD, a_posting
from gongzhi.audit import actions
from gongzhi.audit.models import Entry
from gongzhi.base.tests.builders import an_actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


@pytest.fixture
def auditor():
    user = a_posting(role="auditor").user
    client = Client()
    client.post("/sign-in", {"username": user.username, "password": PASSWORD})
    return client


def subjects(page) -> list[str]:
    return [entry.subject for entry in page.context["page"].rows]


def test_the_trail_is_filtered_by_who_what_and_when(auditor):
    for number, (name, verb) in enumerate([("王芳", "close"), ("李强", "close"), ("王芳", "view")]):
        actions.record(
            actor=an_actor(name=name), verb=verb, subject=f"matter:{number}", at=NOON, reason="核实"
        )

    assert subjects(auditor.get("/setup/audit?who=王芳&verb=close")) == ["matter:0"]
    assert subjects(auditor.get("/setup/audit?verb=view")) == ["matter:2"]
    assert subjects(auditor.get("/setup/audit?subject=matter:1")) == ["matter:1"]
    assert len(subjects(auditor.get("/setup/audit?since=2026-03-09&until=2026-03-09"))) == 3
    assert subjects(auditor.get("/setup/audit?until=2026-03-08")) == []


@pytest.mark.parametrize(
    "query",
    [
        "since=9999-12-31&until=9999-12-31",
        "since=0000-00-00",
        "who=" + "9" * 40,
    ],
)
def test_odd_filters_are_no_trouble(auditor, query):
    assert auditor.get(f"/setup/audit?{query}").status_code == 200


def test_taking_the_trail_away_is_recorded_and_formulas_are_harmless(auditor):
    actions.record(actor=an_actor(name="=HYPERLINK(1)"), verb="close", subject="matter:1", at=NOON)

    text = b"".join(auditor.get("/setup/audit/trail.csv").streaming_content).decode()

    assert "'=HYPERLINK(1)" in text
    assert Entry.objects.filter(verb="export_trail").exists()


def test_the_state_of_the_chain_is_shown_and_verified(auditor):
    actions.seal()

    page = auditor.post("/setup/audit/chain/verify")

    assert page.context["chain"].breach is None
    head = page.context["chain"].head
    assert auditor.get(f"/setup/audit/chain?digest={head}").context["block"]
    assert auditor.get("/setup/audit/chain?digest=abc").context["block"] is None
    entry = Entry.objects.latest("id")
    assert auditor.get(f"/setup/audit/{entry.pk}").status_code == 200
