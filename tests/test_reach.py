"""Every door, knocked on by those who have no business behind it."""

import pytest
from django.test import Client

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_unit, a_user, trail
from gongzhi.command import actions as command
from gongzhi.field.models import QuickMediation
from gongzhi.field.tests.builders import Device
from gongzhi.matters import actions as matters
from gongzhi.notices import actions as notices
from gongzhi.notices.models import Notice
from gongzhi.patrol.models import Appeal, Call, Plan, Sample
from gongzhi.patrol.rules import sampling
from gongzhi.places import queries as places
from gongzhi.places.models import Premises
from tests.cast import GRID, MONDAY, TOWN, Cast, a_photo, a_town
from tests.doors import address, routes, signed_in, somebody_mighty
from tests.duty import on_duty
from tests.quarrels import in_dispute
from tests.test_moves import a_report

pytestmark = pytest.mark.django_db
SECRET = "只有南城的人该看到的句子"


class Town:
    """The town of every journey with something of each kind in it."""

    def __init__(self) -> None:
        self.cast = a_town()
        mei = self.cast.people["mei"]
        self.matter = a_report(self.cast, text=SECRET, address=SECRET).matter
        self.saved = matters.save_filter(name=SECRET, query="q=1", actor=self.cast.actor("mei"))
        notices.tell(
            people=[mei.pk], template="urged", at=MONDAY, link="/desk",
            values={"number": self.matter.number, "title": SECRET, "unit": "", "due": "", "by": ""},
        )  # fmt: skip
        self.arguments = {
            "number": self.matter.number, "other": self.matter.number, "name": "todo", "form": "csv", "token": a_photo(self.cast.actor("mei")),
            "filter_id": self.saved.pk, "notice_id": Notice.objects.get(person=mei).pk, "user_id": mei.pk,
            "unit_id": self.cast.units["town"].pk, "posting_id": mei.pk, "substitution_id": 1, "entry_id": 1,
            "delivery_id": 1, "draft_id": 1, "row_id": 1, "import_id": 1, "subject": "premises", "path": "441900/",
            "code": self.cast.item.code, "channel": "sms", "language": "en", **self._from_the_street(),
            "public_id": "abc", "photo_id": 1, "problem_id": 1, "batch_id": 1, "award_id": 1, "objection_id": 1,
            "alert_id": 1, "reference": "abc", "appeal_id": 1,
            "scheme_id": 1, "publication_id": 1, "result_id": 1, "finding_id": 1,
            "order_id": 1, "owned_id": 1, "suggestion_id": 1,
            "transfer_id": 1, "deed": "reply", "trained_id": 1,
            "area": TOWN, "z": 9, "x": 417, "y": 221, "matter_id": self.matter.pk, "version": 1,
            "screen_id": _on_the_wall(self.cast, self.matter),
            "view_id": 1,
            "sitting_id": 1, "invitation_id": 1, "offer_id": 1, "fact_id": 1, "invitee_id": 1, "key": "shared",
            "part_id": 1,
            "absence_id": 1, "allowance_id": 1, "application_id": 1, "body_id": 1, "conduct_id": 1, "contract_id": 1,
            "docket_id": 1, "due_id": 1, "mediator_id": 1, "message_id": 1, "partner_id": 1, "set_id": 1, "statement_id": 1,
            "table": "cases", "step": "read", "seq": 0,
        }  # fmt: skip
        self.patrols = (
            _on_patrol(self.cast) | on_duty(self.cast, SECRET) | in_dispute(self.cast, SECRET)
        )

    def _from_the_street(self) -> dict[str, object]:
        """Have the officer send a record that waits for a decision, and an agreement."""
        device = Device(self.cast)
        record = device.report(text=SECRET, photos=[device.photo()])
        parties = [{"name": SECRET, "phone": ""}, {"name": "乙", "phone": ""}]
        said = {"parties": parties, "about": SECRET, "agreement": SECRET, "address": SECRET}
        kept = device.send(record, device.op("mediation", said)).json()["results"]
        assert [one["state"] for one in kept] == ["conflict", "done"]
        return {
            "handset_id": device.id, "operation_id": record["id"], "upload_id": record["photos"][0],
            "mediation_id": QuickMediation.objects.get().pk,
        }  # fmt: skip

    def doors(self):
        for route, page in routes():
            yield (
                address(route, self.arguments | self._patrolled(route)),
                getattr(page, "needs", None),
            )

    def _patrolled(self, route: str) -> dict[str, object]:
        """Return what the patrol desk calls by the same word on several pages."""
        return next((own for part, own in self.patrols.items() if part in route), {})


def _on_the_wall(cast: Cast, matter: object) -> int:
    """Ring for the matter at its desk, and compose a screen of the town that others may see."""
    matter.is_urgent = True
    matter.save(update_fields=["is_urgent"])
    command.ring(matter_id=matter.pk)
    tan = {"actor": cast.actor("tan"), "at": MONDAY}
    town = cast.units["town"].pk
    screen = command.compose(name=SECRET, ratio="16:9", start="template:town", unit=town, **tan)
    command.describe(screen_id=screen.pk, name=SECRET, share="reach", **tan)
    return screen.pk


def _on_patrol(cast: Cast) -> dict[str, dict[str, object]]:
    """Keep one thing of each kind the patrol desk has; a sample is public, so nothing secret is in it."""
    at, omar = {"area_path": GRID, "kind": 3}, cast.people["omar"]
    Premises.objects.create(
        code="P1", grade=4, name=SECRET, address=SECRET, lon=113.751, lat=23.021, changed_at=MONDAY, **at
    )  # fmt: skip
    plan = {
        "group": "rental",
        "kind": 3,
        "area_path": TOWN,
        "valid_from": MONDAY.date(),
        "made_at": MONDAY,
    }
    draft, ruling = (
        Plan.objects.create(code=state, version=1, state=state, name=SECRET, **plan)
        for state in ("draft", "in_force")
    )
    call = Call.objects.create(
        kind="urgent", user=omar, words=SECRET, area_path=GRID, sent_at=MONDAY, premises_code="P1"
    )
    week = {"since": MONDAY.date(), "until": MONDAY.date()}
    mark = sampling.population_mark([], [omar.pk])
    sample = Sample.objects.create(
        name="抽查", area_path=TOWN, size=1, due_on=MONDAY.date(), visit_ids=[], officer_ids=[omar.pk], seed="0",
        population_hash=mark, commitment=sampling.commitment("0", mark), made_by=0, published_at=MONDAY, **week,
    )  # fmt: skip
    appeal = Appeal.objects.create(
        user=omar, figure="visits", reason=SECRET, area_path=GRID, asked_at=MONDAY, **week
    )
    return {
        "patrol/plans/<int:row_id>/end": {"row_id": ruling.pk},
        "patrol/plans/<int:row_id>/follow": {"row_id": ruling.pk}, "patrol/plans/": {"row_id": draft.pk},
        "patrol/calls/": {"row_id": call.pk}, "patrol/samples/": {"row_id": sample.pk},
        "patrol/appeals/": {"row_id": appeal.pk}, "patrol/premises/": {"code": "P1"},
        "patrol/lists/": {"code": "RB-KEY"},
    }  # fmt: skip


def both(client: Client, door: str):
    yield client.get(door)
    yield client.post(door, {"reason": "看看", "note": "看看"})


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page():
    town, stranger = Town(), Client()

    for door, needs in town.doors():
        if needs is None:
            continue
        for answer in both(stranger, door):
            expected = {401, 404, 405} if door.startswith("/api/") else {302, 405}
            assert answer.status_code in expected, door
            sent_on = answer.headers.get("Location", "").startswith("/sign-in?next=")
            assert sent_on == (answer.status_code == 302), door


def test_whoever_holds_no_posting_finds_nothing_behind_a_guarded_door():
    town, nobody = Town(), signed_in(a_user())

    for door, needs in town.doors():
        for answer in both(nobody, door) if needs else ():
            assert answer.status_code in {404, 405}, door


def test_nobody_of_another_town_finds_what_is_not_theirs():
    town = Town()
    elsewhere = a_unit(code="dongcheng", kind="town_centre", area_path="441900/003/")
    other = a_user()
    for role in (
        "grid_officer",
        "registrar",
        "dispatcher",
        "duty_officer",
        "handler",
        "unit_lead",
        "supervisor",
    ):
        a_posting(user=other, role=role, unit=elsewhere, area_path="441900/003/")
    accounts.forget()
    client = signed_in(other)

    for door, _needs in town.doors():
        for answer in both(client, door) if "sign-out" not in door else ():
            assert answer.status_code < 500, door
            if answer.get("Content-Type", "").startswith(("text/", "application/")):
                assert SECRET not in b"".join(answer).decode(errors="replace"), door
    assert Notice.objects.get(pk=town.arguments["notice_id"]).read_at is None
    assert (
        matters.save_filter(name=SECRET, query="", actor=town.cast.actor("mei")).pk == town.saved.pk
    )
    for page in (
        "/map/matters.geojson?box=all",
        "/desk/all/export.csv",
        f"/desk/all?q={SECRET[:4]}",
    ):
        assert SECRET not in b"".join(client.get(page)).decode(), page


def test_no_form_is_taken_without_its_token():
    town = Town()

    with somebody_mighty() as user:
        client = signed_in(user, enforce_csrf_checks=True)
        for door, _needs in town.doors():
            # A court has no session and no token: each of its messages is signed with a key of its own.
            refused = {403, 405} | ({401} if door.startswith("/exchange/") else set())
            assert client.post(door).status_code in refused, door


@pytest.mark.parametrize(
    ("role", "own"),
    [
        ("system_admin", ("/setup/people", "/setup/organisation")),
        ("security_admin", ("/setup/security", "/setup/security/sessions")),
        ("auditor", ("/setup/audit", "/setup/audit/chain")),
    ],
)
def test_no_administrator_enters_the_office_of_another(role, own):
    client = signed_in(a_posting(role=role).user)
    offices = (
        "/setup/people", "/setup/organisation", "/setup/security", "/setup/security/sessions", "/setup/audit",
        "/setup/audit/chain",
    )  # fmt: skip

    assert {page for page in offices if client.get(page).status_code == 200} == set(own)
    assert client.get("/desk").status_code == 404, "administrators have no part in matters"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/\n/x"],
)
def test_nobody_is_led_out_of_the_house(target):
    town = Town()
    asked = {"next": target, "back": target, "box": "todo", "query": target, "note": "看看"}

    with somebody_mighty() as user:
        client = signed_in(user)
        for door in (
            "/me/password", "/i18n/setlang/", "/desk/bulk", "/desk/filters", f"/desk/filters/{town.saved.pk}/delete",
            f"/desk/matters/{town.matter.number}/note", "/me/sessions/end", "/notices/read",
        ):  # fmt: skip
            for headers in (
                {},
                {"HX-Request": "true", "HX-Current-URL": target},
                {"Referer": target},
            ):
                answer = client.post(door, asked | {"language": "en", "name": "x"}, headers=headers)
                led_to = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or "/"
                assert led_to.startswith("/"), (door, led_to)
                assert not led_to.startswith(("//", "/\\")), (door, led_to)
    for page in (f"/sign-in?next={target}", "/desk"):
        answer = Client().get(page, headers={"HX-Request": "true", "HX-Current-URL": target})
        assert f'name="next" value="{target}"' not in answer.content.decode()
        assert "evil" not in answer.headers.get("HX-Redirect", "")


def test_signing_in_gives_a_new_session_that_scripts_and_other_sites_cannot_reach():
    user = a_user()
    a_posting(user=user, role="auditor")
    client = Client()
    client.cookies["sessionid"] = "planted-by-somebody-else-0123456"
    client.get("/sign-in")

    client.post("/sign-in", {"username": user.username, "password": "Lychee-Garden-2026"})

    cookie = client.cookies["sessionid"]
    assert cookie.value not in {"", "planted-by-somebody-else-0123456"}
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_foreign_host_name_is_not_answered():
    assert Client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_words_of_strangers_never_become_markup():
    cast = a_town()
    hostile = "<img src=x onerror=alert(1)>\"'`{{7*7}}</script><script>alert(1)</script>"
    matter = a_report(cast, text=hostile, address=hostile, premises_code=hostile).matter
    client = signed_in(cast.people["mei"])
    matters.move(
        matter_id=matter.id,
        move="note",
        values={"note": hostile},
        actor=cast.actor("mei"),
        at=MONDAY,
    )

    for page in (
        "/desk/all",
        f"/desk/matters/{matter.number}",
        f"/desk/matters/{matter.number}/void",
        "/desk/map",
    ):
        shown = client.get(page, {"q": ""}).content.decode()
        assert "<img src=x" not in shown, page
        assert "<script>alert" not in shown, page
    assert client.get("/desk/all", {"q": hostile}).status_code == 200
    assert places.children("")  # the town is still there


def test_whoever_takes_a_list_away_stands_in_the_trail():
    Town()

    with somebody_mighty() as user:
        client = signed_in(user)
        for page in ("/desk/all/export.csv?q=井盖", "/setup/people/people.csv"):
            assert client.get(page).status_code == 200

    taken = trail(verb__in=["matters.export", "export_people"])
    assert {(entry.verb, entry.actor_id) for entry in taken} == {
        ("matters.export", user.pk),
        ("export_people", user.pk),
    }
