"""The moderators' pages, as a clerk of the town uses them."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.publishing import actions, queries
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication, PublicPhoto
from gongzhi.publishing.tests.test_moderating import (
    MODERATOR,
    a_photo_of,
    a_published_one,
    a_waiting_one,
)
from tests.cast import MONDAY, TOWN, a_town
from tests.test_moves import do
from tests.visits import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def with_a_photo(cast):
    publication, matter, _code = a_waiting_one(cast, files=[a_photo_of("s")], sender="s")
    actions.blur_waiting(publication_id=publication.pk, at=MONDAY)
    return publication, matter, PublicPhoto.objects.get(publication=publication)


def test_a_clerk_works_through_the_queue():
    cast = a_town()
    first, _matter, _code = a_waiting_one(cast)
    second, _matter, _code = a_waiting_one(cast)
    mei = signed_in("mei")
    page = mei.get("/desk/publishing").content.decode()
    assert first.public_id in page
    assert second.public_id in page

    sent = {"title": first.title, "text": "井盖破了", "version": 0, "next": second.public_id}
    answer = mei.post(f"/desk/publishing/{first.public_id}/publish", sent)

    assert answer["Location"] == f"/desk/publishing/{second.public_id}"
    assert Client().get(f"/matters/{first.public_id}").status_code == 200


def test_a_refused_word_is_told_beside_its_field_and_kept():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)

    answer = signed_in("mei").post(
        f"/desk/publishing/{publication.public_id}/publish",
        {"title": "井盖", "text": "找13812345678", "version": 0},
    )

    assert answer.status_code == 422
    assert "找13812345678" in answer.content.decode()


def test_boxes_are_set_by_numbers_alone():
    cast = a_town()
    publication, _matter, photo = with_a_photo(cast)
    before = photo.blurred_id
    sent = {"left": ["10", ""], "top": ["10", ""], "width": ["30.5", ""], "height": ["20", ""]}
    address = f"/desk/publishing/{publication.public_id}/photos/{photo.pk}"

    answer = signed_in("mei").post(address, sent)

    photo.refresh_from_db()
    assert answer.status_code == 302
    assert photo.boxes == [[0.1, 0.1, 0.305, 0.2, "person"]]
    assert photo.blurred_id != before
    assert not type(photo.blurred).objects.filter(pk=before).exists()
    assert signed_in("mei").post(address, {"left": "x", "top": "1", "width": "1", "height": "1"}).status_code == 422  # fmt: skip


def test_the_covered_copy_is_seen_by_moderators_only():
    cast = a_town()
    publication, _matter, photo = with_a_photo(cast)
    address = f"/desk/publishing/{publication.public_id}/photos/{photo.pk}.jpg"

    assert signed_in("mei").get(address).status_code == 200
    assert signed_in("omar").get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert (
        Client().get(f"/matters/{publication.public_id}/photos/{photo.pk}.jpg").status_code == 404
    )


def test_copies_go_when_nothing_is_shown_any_more():
    cast = a_town()
    publication, _matter, photo = with_a_photo(cast)
    copy = photo.blurred

    actions.withhold(publication_id=publication.pk, reason="不宜公开", actor=MODERATOR, at=MONDAY)

    photo.refresh_from_db()
    assert (photo.blurred_id, photo.boxes, photo.state) == (None, [], "left_out")
    assert not type(copy).objects.filter(pk=copy.pk).exists()
    assert type(copy).objects.filter(pk=photo.source_id).exists()


def test_new_photos_of_a_published_matter_wait_to_be_looked_at():
    cast = a_town()
    publication, matter, _code = a_published_one(cast)
    do(cast, matter, "hand_in")
    actions.consider(matter_id=matter.id, at=MONDAY)
    publication.refresh_from_db()

    assert (publication.state, publication.has_news) == (State.PUBLISHED, True)
    assert PublicPhoto.objects.get(publication=publication).is_after
    by = queries.queue_filter({"tab": "attention"})
    assert [row.public_id for row in queries.queue(MODERATOR, by).rows] == [publication.public_id]


@pytest.mark.parametrize("query", ["q=井盖", "area=441900/004/012/", "class=P01", "photos=without", "sort=new", "after=x", "tab=%27", "tab=published", "tab=withheld"])  # fmt: skip
def test_the_queue_can_be_narrowed(query):
    cast = a_town()
    a_waiting_one(cast)

    assert signed_in("mei").get(f"/desk/publishing?{query}").status_code == 200


def test_the_queue_costs_few_statements_however_full():
    cast = a_town()
    for _number in range(5):
        a_waiting_one(cast)
    mei = signed_in("mei")
    mei.get("/desk/publishing")

    with CaptureQueriesContext(connection) as asked:
        mei.get("/desk/publishing")

    assert len(asked) <= 8, [query["sql"][:90] for query in asked]


def test_the_chosen_are_published_together_and_the_queue_taken_away():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)
    mei = signed_in("mei")

    assert (
        b"".join(mei.get("/desk/publishing/export.csv")).decode().count(publication.public_id) == 1
    )
    mei.post("/desk/publishing/bulk", {"ids": [publication.pk, "x"]})

    publication.refresh_from_db()
    assert publication.state == State.PUBLISHED


def test_a_city_sets_its_own_rule_from_a_day_on():
    cast = a_town()
    publication, matter, _code = a_published_one(cast)
    rule = {
        "scope": "P01", "pace": "never", "text": False, "place": "none", "photos": False, "valid_from": MONDAY.date(),
        "source": "东公示〔2026〕1号", "at": MONDAY,
    }  # fmt: skip
    with pytest.raises(OutOfReach):
        actions.set_rule(**rule, actor=MODERATOR)
    everywhere = an_actor(Can.MODERATE)
    with pytest.raises(Invalid):
        actions.set_rule(**(rule | {"scope": "X99", "source": ""}), actor=everywhere)

    actions.set_rule(**rule, actor=everywhere)
    actions.consider(matter_id=matter.id, at=MONDAY)

    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN
    assert signed_in("duty").get("/desk/publishing/rules").status_code == 200
    assert TOWN


def test_a_stricter_rule_takes_back_words_and_place_at_the_next_move():
    cast = a_town()
    publication, matter, _code = a_published_one(cast)
    actions.set_rule(
        scope="P01", pace="accepted", text=False, place="village", photos=False, valid_from=MONDAY.date(),
        source="东公示〔2026〕2号", actor=an_actor(Can.MODERATE), at=MONDAY,
    )  # fmt: skip

    actions.consider(matter_id=matter.id, at=MONDAY)

    publication.refresh_from_db()
    assert (publication.text, publication.street, publication.place) == ("", "", "village")
    assert publication.title == "排水井盖破损（胜和社区）"


def test_whoever_reported_it_keeps_it_private_on_the_progress_page():
    cast = a_town()
    publication, matter, code = a_published_one(cast)
    address = f"/progress/{matter.number}/publication"

    assert Client().post(address, {"code": code, "keep": "1"}).status_code == 302
    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN
    assert queries.is_kept_private(matter.pk)

    Client().post(address, {"code": code, "allow": "1"})
    assert not queries.is_kept_private(matter.pk)
    assert Publication.objects.get().state == State.WITHDRAWN
