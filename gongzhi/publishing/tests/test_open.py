"""What everybody may read, and what nobody may."""

import csv
import io
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.publishing import actions, queries
from gongzhi.publishing.actions import Words
from gongzhi.publishing.models import Publication, PublicPhoto
from gongzhi.publishing.pages import open
from gongzhi.publishing.tests.test_moderating import (
    MODERATOR,
    a_photo_of,
    a_published_one,
    a_waiting_one,
)
from tests.cast import MONDAY, a_town
from tests.test_moves import brought_to, do

pytestmark = pytest.mark.django_db
SECRETS = ("王小明", "13812345678", "441900199001011234", "粤S12345", "元美路12号", "502", "内部备注", "Omar", "Bo", "Mei")  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    cache.clear()
    monkeypatch.setattr(open._problems, "burst", 1000)
    open._problems._levels.clear()


def text_of(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def a_delicate_one(cast):
    """Publish a matter whose report, file and photo hold everything that may never be shown."""
    matter, code = brought_to(
        cast, "handling", address="元美路12号3栋502房", files=[a_photo_of("s")], sender="s"
    )
    said = "王小明13812345678，身份证441900199001011234，粤S12345"
    type(matter).objects.filter(pk=matter.pk).update(text=said)  # as it may come from elsewhere
    actions.consider(matter_id=matter.id, at=MONDAY)
    publication = Publication.objects.get(matter_id=matter.id)
    do(cast, matter, "hand_in", note="内部备注：业主王小明电话13812345678")
    actions.consider(matter_id=matter.id, at=MONDAY)
    actions.blur_waiting(publication_id=publication.pk, at=MONDAY)
    photos = list(PublicPhoto.objects.filter(publication=publication).values_list("pk", flat=True))
    publication.refresh_from_db()
    actions.publish(
        publication_id=publication.pk, words=Words(publication.title, publication.text, publication.street),
        photo_ids=photos, actor=MODERATOR, at=MONDAY,
    )  # fmt: skip
    publication.refresh_from_db()
    return publication, matter, code


def every_public_answer(public_id):
    client = Client()
    for address in (
        "/matters", f"/matters/{public_id}", "/matters/map", "/matters/points.geojson", "/open-data",
        "/open-data/matters.csv", "/open-data/matters.geojson", "/open-data/schema.json", "/statistics",
        "/statistics/months.csv", "/statistics/classes.csv", "/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, text_of(answer)


def test_no_public_answer_holds_a_person_a_note_or_the_exact_place():
    cast = a_town()
    publication, matter, code = a_delicate_one(cast)
    never = [
        *SECRETS,
        matter.number,
        matter.number.replace("-", ""),
        code,
        str(matter.lon)[:8] + "0",
    ]
    exact = {str(matter.lon), str(matter.lat)} - {str(publication.lon), str(publication.lat)}

    found = [
        (address, secret)
        for address, text in every_public_answer(publication.public_id)
        for secret in (*never, *exact)
        if re.search(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", text)
    ]

    assert found == []


def test_open_data_holds_only_the_columns_it_describes():
    cast = a_town()
    publication, _matter, _code = a_delicate_one(cast)
    client = Client()

    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/open-data/matters.csv")).lstrip("\ufeff"))))  # fmt: skip
    features = json.loads(text_of(client.get("/open-data/matters.geojson")))["features"]
    described = {f["name"] for f in client.get("/open-data/schema.json").json()["fields"]}

    assert set(rows[0]) == described == set(queries.columns())
    assert set(features[0]["properties"]) == described - {"longitude", "latitude"}
    assert (rows[0]["id"], features[0]["id"]) == (publication.public_id,) * 2
    assert features[0]["geometry"]["coordinates"] == [113.751, 23.021]


def test_a_withdrawn_matter_is_gone_everywhere_at_once():
    cast = a_town()
    publication, _matter, _code = a_delicate_one(cast)
    client = Client()
    photo = PublicPhoto.objects.filter(publication=publication, state="shown").first()
    picture = f"/matters/{publication.public_id}/photos/{photo.pk}.jpg"
    answers = {address: client.get(address) for address in ("/matters/points.geojson", "/open-data/matters.csv", picture)}  # fmt: skip
    assert all(answer.status_code == 200 for answer in answers.values())
    assert publication.public_id in client.get("/matters").content.decode()

    actions.withdraw(publication_id=publication.pk, reason="读者反映", actor=MODERATOR, at=MONDAY)

    assert publication.public_id not in client.get("/matters").content.decode()
    assert client.get(f"/matters/{publication.public_id}").status_code == 410
    for address, before in answers.items():
        again = client.get(address, headers={"If-None-Match": before["ETag"]})
        assert again.status_code == (404 if address == picture else 200)
        if address != picture:
            assert publication.public_id not in text_of(again)


def test_what_waits_or_is_withheld_is_as_good_as_absent():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)
    client = Client()
    assert client.get(f"/matters/{publication.public_id}").status_code == 404

    actions.withhold(publication_id=publication.pk, reason="不宜公开", actor=MODERATOR, at=MONDAY)

    assert client.get(f"/matters/{publication.public_id}").status_code == 404
    assert client.get("/matters/nosuchone").status_code == 404


def test_a_list_costs_three_statements_and_one_when_it_is_kept():
    cast = a_town()
    for _number in range(3):
        a_published_one(cast)
    client = Client()
    client.get("/matters")
    cache.clear()

    costs = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/matters").status_code == 200
        costs.append([query["sql"][:90] for query in asked])

    assert len(costs[0]) <= 3, costs[0]
    assert len(costs[1]) <= 1, costs[1]


def test_one_matter_costs_few_statements_and_unchanged_points_one():
    cast = a_town()
    publication, _matter, _code = a_published_one(cast)
    client = Client()
    client.get(f"/matters/{publication.public_id}")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/matters/{publication.public_id}")
    assert len(asked) <= 4

    etag = client.get("/matters/points.geojson")["ETag"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/matters/points.geojson", headers={"If-None-Match": etag})
    assert (answer.status_code, len(asked)) == (304, 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1), ("q=井盖", 1), ("q=没有这个词", 0), ("state=open", 1), ("state=settled", 0), ("class=P01", 1),
        ("class=E09", 0), ("town=441900/004/", 1), ("town=999/", 1), ("days=30", 1), ("sort=oldest", 1),
        ("after=rubbish", 1), ("days=abc&sort=%00", 404),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_what_is_asked(query, count):
    cast = a_town()
    a_published_one(cast)

    answer = Client().get(f"/matters?{query}")

    if count == 404:
        assert answer.status_code == 404
    else:
        assert answer.content.decode().count('class="public-row"') == count


def test_a_paused_matter_does_not_tell_why():
    cast = a_town()
    publication, matter, _code = a_published_one(cast)
    matter.refresh_from_db()
    type(matter).objects.filter(pk=matter.pk).update(
        paused_at=MONDAY, paused_for="等业主王小明回来"
    )

    seen = queries.open_case(publication.public_id, at=MONDAY)

    assert "王小明" not in str(seen)


def test_a_reader_tells_of_a_problem_and_a_moderator_answers():
    cast = a_town()
    publication, _matter, _code = a_published_one(cast)
    client = Client()
    address = f"/matters/{publication.public_id}/problem"

    assert client.post(address, {"nature": "person", "text": "第二张照片"}).status_code == 302
    assert client.post(address, {"nature": "wrong", "text": ""}).status_code == 422
    assert client.post(address, {}).status_code == 422

    seen = queries.case(publication.public_id, MODERATOR)
    assert [problem.text for problem in seen.problems] == ["第二张照片"]
    actions.answer_problem(
        publication_id=publication.pk, problem_id=seen.problems[0].pk, answer="已补打码", actor=MODERATOR,
        at=MONDAY,
    )  # fmt: skip
    assert Publication.objects.get().problem_count == 0


def test_downloads_are_limited_by_the_measure_all_processes_share(settings):
    a_town()
    both = {"device": (1, 2), "address": (6, 6)}
    settings.GUARD_LIMITS = settings.GUARD_LIMITS | {"download": both}

    answers = [Client().get("/open-data/matters.csv") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_figures_are_counted_from_the_register_and_small_villages_stay_together():
    cast = a_town()
    a_published_one(cast)

    actions.count_figures(at=MONDAY)

    found = queries.statistics(town="", on=MONDAY.date())
    assert (found.total.reported, found.total.settled) == (1, 0)
    of_town = queries.statistics(town="441900/004/", on=MONDAY.date())
    assert (of_town.villages, of_town.others) == ([], 1)
