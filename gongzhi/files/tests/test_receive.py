import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from gongzhi.base.errors import Invalid
from gongzhi.files import actions, queries
from gongzhi.files.models import StoredFile
from gongzhi.files.tests.builders import (
    MEI,
    NOON,
    OMAR,
    a_file,
    a_phone_photo,
    a_picture,
    an_upload,
)

pytestmark = pytest.mark.django_db


def stored(key: str) -> bytes:
    with default_storage.open(key) as stream:
        return stream.read()


def test_a_photo_tells_where_and_when_it_was_taken():
    kept = a_file(a_phone_photo())

    assert (kept.lon, kept.lat) == (113.75, pytest.approx(23.020917))
    assert kept.taken_at.isoformat() == "2026-11-20T11:30:00+08:00"


def test_a_stored_photo_is_upright_and_says_nothing_about_the_phone():
    kept = a_file(a_phone_photo(size=(800, 600), orientation=6))

    content = stored(StoredFile.objects.get().key)
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (kept.width, kept.height) == (600, 800)
    assert dict(picture.getexif()) == {}
    assert b"SecretPhone" not in content
    red, _green, blue = picture.getpixel((590, 10))  # its red corner has turned to the right
    assert red > 200 > blue


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail():
    kept = a_file(a_picture(size=(4000, 1000)))

    thumb = Image.open(io.BytesIO(stored(StoredFile.objects.get().thumb_key)))
    assert (kept.width, kept.height) == (2560, 640)
    assert thumb.size == (480, 120)


def test_the_same_photo_twice_is_stored_once_and_known_by_two_tokens():
    first, second = a_file(actor=MEI), a_file(actor=OMAR)

    assert first.token != second.token
    assert StoredFile.objects.values("key").distinct().count() == 1


def test_links_come_in_the_order_asked_for_in_one_statement(django_assert_num_queries):
    ids = [a_file(a_picture(size=(20 + n, 20))).id for n in range(3)]

    with django_assert_num_queries(1):
        links = queries.file_links([ids[2], ids[0], 999_999])

    assert [link.id for link in links] == [ids[2], ids[0]]
    assert links[0].thumb_url == f"/files/{links[0].token}/thumb"


def test_claiming_takes_one_statement_and_keeps_the_order(django_assert_num_queries):
    first, second = a_file(a_picture(size=(20, 20))), a_file(a_picture(size=(21, 20)))

    with django_assert_num_queries(1):
        ids = actions.claim(tokens=[second.token, first.token], actor=MEI, at=NOON)

    assert ids == [second.id, first.id]


@pytest.mark.parametrize("thief", [{"actor": OMAR}, {"actor": OMAR, "sender": "x"}])
def test_nobody_claims_what_somebody_else_has_sent(thief):
    kept = a_file(actor=MEI)

    with pytest.raises(Invalid):
        actions.claim(tokens=[kept.token], at=NOON, **thief)


def test_a_drawn_picture_is_kept_and_belongs_to_nobody():
    pk = actions.put_drawn(name="drawn.png", content=a_picture(form="PNG"), at=NOON)

    assert StoredFile.objects.get(pk=pk).claimed


def test_a_file_without_a_name_gets_one():
    assert a_file().name == "现场.jpg"
    upload = an_upload()
    upload.name = None

    assert actions.receive(upload=upload, actor=MEI, at=NOON).name == "file.jpg"
