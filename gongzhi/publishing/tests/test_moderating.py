"""From a matter in the register to words and photos everybody may see, and back."""

from datetime import timedelta

import pytest

from gongzhi.base import bus
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor
from gongzhi.publishing import actions, queries
from gongzhi.publishing.actions import Words
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.events import MatterPublished, PublicationEnded, PublicStateChanged
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication, PublicPhoto
from tests.cast import MONDAY, TOWN, a_photo, a_town
from tests.test_moves import brought_to, do

pytestmark = pytest.mark.django_db
MODERATOR = an_actor(Can.MODERATE, area=TOWN)


@pytest.fixture
def told(monkeypatch):
    """Collect what was told to other modules."""
    news = []
    monkeypatch.setattr(bus, "publish", news.append)
    return news


def a_waiting_one(cast, *, state="handling", **changes):
    matter, code = brought_to(cast, state, **changes)
    actions.consider(matter_id=matter.id, at=MONDAY)
    return Publication.objects.get(matter_id=matter.id), matter, code


def a_published_one(cast, **changes):
    publication, matter, code = a_waiting_one(cast, **changes)
    actions.publish(
        publication_id=publication.pk, words=Words("井盖破损（元美路）", "井盖破了"), photo_ids=(),
        actor=MODERATOR, at=MONDAY,
    )  # fmt: skip
    publication.refresh_from_db()
    return publication, matter, code


def test_a_matter_comes_before_a_moderator_once_it_is_accepted():
    cast = a_town()
    matter, _code = brought_to(cast, "to_register")
    actions.consider(matter_id=matter.id, at=MONDAY)
    assert not Publication.objects.exists()

    do(cast, matter, "register")
    actions.consider(matter_id=matter.id, at=MONDAY)
    actions.consider(matter_id=matter.id, at=MONDAY)

    assert Publication.objects.get().state == State.WAITING


def test_the_suggestion_is_neutral_and_hides_persons_and_the_exact_place():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(
        cast, text="王小明先生的车粤S12345压坏井盖，电话13812345678", address="元美路12号3栋502房"
    )

    assert publication.title == "排水井盖破损（元美路）"
    assert publication.text.count("＊＊") >= 3
    for secret in ("王小明", "12345", "138"):
        assert secret not in publication.text
    assert (publication.street, publication.lon, publication.lat) == ("元美路", 113.751, 23.021)
    assert publication.shown_path == "441900/004/012/"


def test_publishing_tells_others_what_the_public_may_know(told):
    cast = a_town()
    publication, matter, _code = a_published_one(cast)

    news = [event for event in told if isinstance(event, MatterPublished)]
    assert [(e.matter_id, e.public_id, e.area_path) for e in news] == [
        (matter.id, publication.public_id, "441900/004/012/")
    ]


def test_a_published_matter_that_moves_on_is_told_once(told):
    cast = a_town()
    _publication, matter, _code = a_published_one(cast)
    do(cast, matter, "hand_in")

    actions.consider(matter_id=matter.id, at=MONDAY)
    actions.consider(matter_id=matter.id, at=MONDAY)

    assert [e.state for e in told if isinstance(e, PublicStateChanged)] == ["checking"]


def test_numbers_that_point_at_a_person_cannot_be_approved():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)

    with pytest.raises(Invalid) as wrong:
        actions.publish(
            publication_id=publication.pk, words=Words("井盖", "请打13812345678"), photo_ids=(),
            actor=MODERATOR, at=MONDAY,
        )  # fmt: skip

    assert "text" in wrong.value.problems


def test_moderators_of_another_town_see_nothing():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)
    stranger = an_actor(Can.MODERATE, area="441900/005/")

    with pytest.raises(OutOfReach):
        queries.case(publication.public_id, stranger)
    with pytest.raises(Publication.DoesNotExist):
        actions.withhold(
            publication_id=publication.pk, reason="不宜公开", actor=stranger, at=MONDAY
        )


def test_two_moderators_cannot_overwrite_each_other():
    cast = a_town()
    publication, _matter, _code = a_published_one(cast)

    with pytest.raises(Refused):
        actions.publish(
            publication_id=publication.pk, words=Words("另一个题目"), photo_ids=(), actor=MODERATOR,
            at=MONDAY, version=0,
        )  # fmt: skip


def test_the_wish_of_whoever_reported_it_takes_it_off_at_once(told):
    cast = a_town()
    publication, matter, code = a_published_one(cast)
    before = queries.edition()

    actions.keep_private(number=matter.number, code=code, at=MONDAY)

    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN
    assert queries.edition() > before
    assert [type(e) for e in told][-1] is PublicationEnded
    with pytest.raises(Refused):
        actions.reconsider(
            publication_id=publication.pk, reason="误操作", actor=MODERATOR, at=MONDAY
        )


def test_a_wish_needs_number_and_code():
    cast = a_town()
    _publication, matter, _code = a_published_one(cast)

    with pytest.raises(OutOfReach):
        actions.keep_private(number=matter.number, code="WRONG1", at=MONDAY)


def test_a_void_matter_leaves_the_public_pages():
    cast = a_town()
    publication, matter, _code = a_published_one(cast)
    do(cast, matter, "void", who="tan", reason="重复录入")

    actions.consider(matter_id=matter.id, at=MONDAY + timedelta(hours=1))

    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN


def test_photos_are_covered_first_and_shown_only_when_somebody_chose_them():
    cast = a_town()
    token = a_photo(cast.actor("omar"), sender="s")
    publication, _matter, _code = a_waiting_one(cast, files=[a_photo_of("s")], sender="s")
    assert token
    assert publication.has_photos
    photo = PublicPhoto.objects.get(publication=publication)
    with pytest.raises(Refused):
        actions.publish(
            publication_id=publication.pk, words=Words("井盖破损"), photo_ids=[photo.pk],
            actor=MODERATOR, at=MONDAY,
        )  # fmt: skip

    actions.blur_waiting(publication_id=publication.pk, at=MONDAY)
    actions.publish(
        publication_id=publication.pk, words=Words("井盖破损"), photo_ids=[photo.pk], actor=MODERATOR,
        at=MONDAY,
    )  # fmt: skip

    photo.refresh_from_db()
    assert (photo.state, photo.boxes) == ("shown", [])
    assert photo.blurred_id not in {None, photo.source_id}


def a_photo_of(sender):
    from gongzhi.base.actor import ANONYMOUS  # noqa: PLC0415

    return a_photo(ANONYMOUS, sender=sender)


def test_many_without_photos_are_published_together():
    cast = a_town()
    publication, _matter, _code = a_waiting_one(cast)

    outcomes = actions.publish_many(publication_ids=[publication.pk], actor=MODERATOR, at=MONDAY)

    assert [outcome.problem for outcome in outcomes] == [""]
    publication.refresh_from_db()
    assert publication.state == State.PUBLISHED
