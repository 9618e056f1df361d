"""What the guard does to visitors, through the pages."""

import re

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.timezone import now

from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import ANONYMOUS
from gongzhi.files import queries as files
from gongzhi.files.models import StoredFile
from gongzhi.files.tests.builders import a_file, a_phone_photo, an_upload
from gongzhi.guard import actions as guard
from gongzhi.guard.models import Block, Sending
from gongzhi.guard.queries import QUESTION_SALT
from gongzhi.guard.tests.builders import SEC
from gongzhi.incidents import actions as incidents
from gongzhi.matters import queries as matters
from gongzhi.matters.models import Matter
from tests.cast import IN_GRID, a_town
from tests.visits import signed_in, what_a_resident_sends

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted(settings):
    cache.clear()
    settings.GUARD_QUESTION_SECONDS = 0


def sent(client, cast, n, **more):
    key = f"key-of-the-form-number-{n:02}"
    said = what_a_resident_sends(cast, idempotency_key=key, is_new=1, **more)
    return client.post("/report", said)


def test_who_reports_much_passes_a_check_and_nothing_is_lost(client):
    cast = a_town()
    client.get("/report")
    for n in range(4):
        assert sent(client, cast, n).status_code == 302

    asked = sent(client, cast, 5, text="第五件：路灯不亮")

    shown = asked.content.decode()
    assert asked.status_code == 403
    assert "第五件：路灯不亮" in shown
    ticket = re.search(r'name="check_ticket" value="([^"]+)"', shown)[1]
    total = signing.loads(ticket, salt=QUESTION_SALT)["sum"]
    passed = sent(client, cast, 5, text="第五件：路灯不亮", check_ticket=ticket, check_answer=total)
    assert passed.status_code == 302
    assert Matter.objects.filter(text="第五件：路灯不亮").count() == 1
    assert sent(client, cast, 6).status_code == 302  # not asked again for a while


def test_a_wrong_answer_asks_again_with_everything_kept(client):
    cast = a_town()
    client.get("/report")
    for n in range(4):
        sent(client, cast, n)

    again = sent(client, cast, 5, text="第五件", check_ticket="x", check_answer="1")

    assert again.status_code == 403
    assert "第五件" in again.content.decode()


def blocked(client, cast):
    client.get("/report")
    sent(client, cast, 1)
    row = Sending.objects.get()
    made = guard.block(
        number=row.number, key=row.device, reason_code="flood", days=3, note="重复", actor=SEC, at=row.at
    )  # fmt: skip
    return row, made


def test_a_blocked_visitor_reads_why_and_where_else_to_go_and_appeals(client):
    cast = a_town()
    _row, made = blocked(client, cast)

    answer = sent(client, cast, 2)
    shown = client.get(answer.url).content.decode()

    assert answer.url == "/blocked"
    for words in (made.reason, made.explanation, made.source, "12345", "110", "119", "120"):
        assert words in shown
    client.post("/blocked", {"reference": made.reference, "text": "不是我发的", "contact": ""})
    assert made.appeals.get().text == "不是我发的"


def test_a_blocked_visitor_follows_and_reads_as_before(client):
    cast = a_town()
    row, _made = blocked(client, cast)

    for page in ("/", f"/progress/{row.number}", "/mediation", "/privacy", "/report"):
        assert client.get(page).status_code == 200, page
    assert client.post("/files").status_code == 429


def test_the_office_makes_finds_exports_and_lifts_a_block():
    cast = a_town()
    a_posting(
        user=a_user(username="sec"),
        role="security_admin",
        unit=cast.units["city"],
        area_path="441900/",
    )
    visitor, office = Client(), signed_in("sec")
    visitor.get("/report")
    sent(visitor, cast, 1)
    row = Sending.objects.get()

    shown = office.get(
        "/setup/blocks/new", {"number": row.number.replace("-", "")}
    ).content.decode()
    assert row.device in shown
    office.post(
        "/setup/blocks/new",
        {
            "number": row.number,
            "key": row.device,
            "reason_code": "flood",
            "days": 3,
            "note": "重复发送",
        },
    )
    made = Block.objects.get()

    assert made.reference in office.get("/setup/blocks").content.decode()
    assert made.reference in office.get("/setup/blocks", {"q": row.number}).content.decode()
    table = office.get("/setup/blocks/blocks.csv").getvalue().decode("utf-8-sig")
    assert made.reference in table
    assert row.device not in table
    assert office.get("/setup/blocks/reasons").status_code == 200
    assert office.post(f"/setup/blocks/{made.reference}/lift", {"why": ""}).status_code == 422
    office.post(f"/setup/blocks/{made.reference}/lift", {"why": "误判"})
    assert sent(visitor, cast, 2).status_code == 302


def test_a_photo_sent_once_more_troubles_nobody_and_one_sent_over_and_over_asks_for_the_check(
    client,
):
    cast = a_town()
    for n in range(3):  # a retry, or one photo for two problems and a second sight of one
        assert sent(client, cast, n, uploads=[a_token(client)]).status_code == 302

    assert sent(client, cast, 3, uploads=[a_token(client)]).status_code == 403


def test_what_officers_photographed_at_the_same_place_is_held_against_nobody(client):
    cast = a_town()
    for _n in range(4):
        a_file(a_phone_photo(), actor=SEC)
    StoredFile.objects.update(claimed=True)

    assert sent(client, cast, 1, uploads=[a_token(client)]).status_code == 302


def test_many_photos_sent_once_more_count_as_one_repeat(client):
    cast = a_town()
    for n in range(2):
        photos = [a_token(client) for _photo in range(2)]
        assert sent(client, cast, n, uploads=photos).status_code == 302


def test_a_photo_that_was_used_before_is_told_to_the_office(client):
    cast = a_town()
    sent(client, cast, 1, uploads=[a_token(client)])
    earlier = Matter.objects.get()

    opened = incidents.report(
        said=incidents.Report(
            item_id=cast.item.id, text="又一件", lon=IN_GRID[0], lat=IN_GRID[1], is_new=True, files=[a_token(client)],
            sender=sender_of(client),
        ),
        actor=ANONYMOUS, at=now(),
    )  # fmt: skip

    assert matters.earlier_use_of_photos(opened.matter.id) == earlier.number
    assert (
        earlier.number
        in signed_in("omar").get(f"/desk/matters/{opened.matter.number}").content.decode()
    )
    assert "用过" not in client.get(f"/progress/{earlier.number}").content.decode()


def a_token(client) -> str:
    return client.post("/files", {"file": an_upload(a_phone_photo())}).json()["token"]


def sender_of(client) -> str:
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return files.sender_of(request)
