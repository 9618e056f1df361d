"""The doors: from the open form to an appointed mediator, the public pages, the interface."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import ARole, a_posting, only_roles
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Registration
from gongzhi.centres.tests.builders import LEAK, House, a_house, a_partner, a_room
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.disputes.tests.builders import a_mediator, make_move
from gongzhi.matters import queries as matters
from tests.cast import TOWN, VILLAGE
from tests.doors import signed_in

pytestmark = pytest.mark.django_db
MOST_PRESSES = 8


def now() -> datetime:
    """Pages read the clock themselves: what they see must be of this very day."""
    return timezone.now()  # noqa: TID251 - the pages read the real clock, too


@pytest.fixture
def house() -> House:
    return a_house(now())


@pytest.fixture
def counter(house):
    """Somebody at the counter who is the committee's clerk as well."""
    can = frozenset({*map(str, Can), *map(str, Disputes), "matters.view", "matters.note"})
    with only_roles({**accounts.roles(), "counter": ARole("counter", can)}):
        user = a_posting(role="counter", unit=house.cast.units["town"], area_path=TOWN).user
        yield signed_in(user)


def fields_of(page: str, action: str) -> dict[str, list[str]]:
    """Return what a form of a page sends when its button is pressed and nothing is changed."""
    form = re.search(
        rf'<form[^>]*action="{re.escape(action)}[^"]*"[^>]*>.*?</form>', page, re.DOTALL
    )
    assert form, action
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        is_choice = re.search(r'type="(?:checkbox|radio)"', tag)
        if name and (not is_choice or "checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "on" if is_choice else "")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form[0], re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected', body)
    return found


def test_six_presses_lead_from_the_hall_to_an_appointed_mediator(counter, house):
    presses = 1  # "take a dispute in"
    page = counter.get("/desk/centre/intake").content.decode()
    presses += 1  # the village is chosen from a list; the rest is typed
    typed = fields_of(page, "/desk/centre/intake") | {
        "story": LEAK, "wish": "修好并赔偿", "area_path": VILLAGE, "side-0-name": "陈甲", "side-1-name": "李乙",
    }  # fmt: skip
    answer = counter.post("/desk/centre/intake", typed)
    presses += 1  # "register"
    assert answer.status_code == 302, re.findall(r'class="error".*?</p>', answer.content.decode())
    number = Registration.objects.get().matter.number
    page = counter.get(answer["Location"]).content.decode()
    assert "陈甲" not in page
    answer = counter.post(
        f"{answer['Location']}/accept", fields_of(page, f"/desk/centre/intake/{number}/accept")
    )
    presses += 1  # "accept"
    page = counter.get(answer["Location"]).content.decode()
    answer = counter.post(
        f"/desk/centre/intake/{number}/appoint",
        fields_of(page, f"/desk/centre/intake/{number}/appoint"),
    )
    presses += 1  # "record and appoint"

    assert answer.status_code == 302, answer.content.decode()
    assert matters.standing(Registration.objects.get().matter_id).state == "mediating"
    assert presses <= MOST_PRESSES


def test_a_side_more_loses_nothing_that_was_typed(counter):
    typed = fields_of(counter.get("/desk/centre/intake").content.decode(), "/desk/centre/intake")
    page = counter.post(
        "/desk/centre/intake", typed | {"side-0-name": "陈甲", "story": LEAK, "add": "respondent"}
    ).content.decode()

    assert 'name="side-2-name"' in page
    assert "陈甲" in page
    assert LEAK in page
    assert not Registration.objects.exists()


def test_every_page_of_the_desk_opens_full_and_empty(counter, house):
    at = now()
    a_room(house)
    a_partner(house)
    actions.take_ticket(centre=house.centre, service="mediation", needs=["dialect"], at=at)
    for page in (
        "hall", "hall?part=queue", "hall/counters", "registrations", "registrations?q=1&door=web", "handovers", "rooms", "rooms/new",
        "partners", "partners/new", "summons", "summons?state=late", "ledger", "ledger?state=due&sort=next", "campaigns", "campaigns/new",
        "standard",
    ):  # fmt: skip
        assert counter.get(f"/desk/centre/{page}").status_code == 200, page
    for page in (
        "hall",
        "registrations",
        "handovers",
        "rooms",
        "partners",
        "summons",
        "ledger",
        "standard",
    ):
        answer = counter.get(f"/desk/centre/{page}/export?format=csv")
        assert b"".join(answer).startswith(b"\xef\xbb\xbf"), page


def test_the_hall_screen_and_the_door_show_numbers_to_everybody(house):
    row = actions.take_ticket(centre=house.centre, service="mediation", at=now())
    actions.call_next(counter_id=house.counters[0].pk, actor=house.clerk, at=now())
    visitor = Client()

    assert row.number in visitor.get("/centre/nancheng/screen").content.decode()
    assert visitor.get(f"/centre/nancheng/tickets/{row.number}").status_code == 200
    assert visitor.get("/centre/nowhere").status_code == 404
    answer = visitor.post("/centre/nancheng", {"service": "legal"})
    assert answer["Location"] == "/centre/nancheng/tickets/C001"


def application(**changes: str) -> dict[str, str]:
    said = {
        "story": LEAK, "wish": "修好", "own_name": "陈甲", "own_phone": "13800000001", "other_name": "楼上", "area_path": TOWN,
        "is_voluntary": "on", "key": "k" * 20,
    }  # fmt: skip
    return said | changes


def test_before_a_centre_is_open_nobody_fills_in_a_form_that_cannot_be_sent():
    page = Client().get("/mediation/apply").content.decode()

    assert "尚未开放综治中心" in page
    assert 'name="story"' not in page


def test_a_resident_applies_from_a_phone_and_sending_twice_is_one_dispute(house):
    visitor = Client()
    visitor.get("/mediation/apply")
    pages = [visitor.post("/mediation/apply", application()).content.decode() for _n in range(2)]
    row = Registration.objects.get()

    assert all(row.matter.number in page for page in pages)
    assert row.door == "web"
    assert "起诉" in pages[0] or "诉讼" in pages[0]


def test_a_mediator_chosen_in_the_directory_is_proposed_first_until_they_leave_it(house):
    other = a_mediator(house.body, name="吴明", is_public=True, agreed_on=now().date())
    visitor = Client()
    page = visitor.get(f"/mediation?mediator={other.code}", follow=True).content.decode()
    visitor.post("/mediation/apply", application(mediator=other.code))
    row = Registration.objects.get()
    make_move(disputes.dispute(row.matter_id), "triage", actor=house.clerk, at=now(), body=house.body.pk)  # fmt: skip

    choices = disputes.mediator_choices(row.matter_id, on=now().date())
    other.is_public = False
    other.save()

    assert "吴明" in page
    assert other.code in page
    assert choices[0][0] == other.pk
    assert disputes.wished_mediator(disputes.dispute(row.matter_id)) is None
    assert "吴明" not in visitor.get(f"/mediation/apply?mediator={other.code}").content.decode()


def test_danger_in_the_words_is_told_first_and_never_keeps_anybody_from_sending(house):
    visitor = Client()
    visitor.get("/mediation/apply")
    first = visitor.post("/mediation/apply", application(story="他家暴，我很害怕"))
    assert "tel:110" in first.content.decode()
    assert not Registration.objects.exists()

    visitor.post(
        "/mediation/apply",
        application(story="他家暴，我很害怕", seen="on", kind_code="family.violence"),
    )
    assert queries.triage(house.clerk, Registration.objects.get().matter.number, at=now()).hints[
        "warnings"
    ]


def test_the_interface_takes_a_hand_over_once_and_refuses_the_police_with_the_way(house):
    user = a_posting(role="gateway").user
    system, body = signed_in(user), {
        "system": "110", "number": "J1", "is_police": False, "is_urgent": False, "area": "441900004012", "story": LEAK,
        "sides": [{"side": "applicant", "name": "甲"}, {"side": "respondent", "name": "乙"}],
    }  # fmt: skip

    def send(**changes: object) -> dict:
        answer = system.post(
            "/api/centre/handover", body | changes, content_type="application/json"
        )
        return answer.json() | {"status": answer.status_code}

    first, again = send(), send()
    refused = send(number="J2", is_police=True)

    assert (first["decision"], first["is_new"], again["is_new"]) == ("taken", True, False)
    assert again["number"] == first["number"]
    assert (refused["decision"], refused["number"]) == ("refused", "")
    assert "公安" in refused["why"]
    assert send(story="别的")["status"] == 409
    assert send(number="J3", area="nowhere")["status"] == 404
    assert system.get("/desk/centre/hall").status_code == 404
