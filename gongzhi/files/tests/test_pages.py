import re

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.timezone import now  # noqa: TID251 - the pages under test read it too

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.bucket import Bucket
from gongzhi.base.errors import OutOfReach
from gongzhi.files import actions, pages, queries
from gongzhi.files.models import StoredFile
from gongzhi.files.rules import clean_name
from gongzhi.files.tests.builders import MEI, OMAR, a_film, a_pdf, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_gate_and_a_full_bucket(monkeypatch):
    cache.clear()
    monkeypatch.setattr(queries, "_gates", {})
    monkeypatch.setattr(pages, "_bucket", Bucket(per_minute=60, burst=5))
    monkeypatch.setattr(queries, "_brakes", [])


def sent(content=None, name="现场.jpg", client=None):
    return (client or Client()).post("/files", {"file": an_upload(content, name)})


def a_fresh_file(content=None, actor=MEI):
    return actions.receive(upload=an_upload(content), actor=actor, at=now())


def shown(token, *, actor=MEI, page=pages.show, **headers):
    request = RequestFactory().get(f"/files/{token}", headers=headers)
    request.actor = actor
    return page(request, token=token)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_resident_sends_a_photo_and_sees_it_at_once():
    resident = Client()

    answer = sent(client=resident)

    kept = answer.json()
    assert answer.status_code == 201
    assert (kept["kind"], kept["lon"]) == ("photo", 113.75)
    photo = resident.get(kept["url"])
    assert photo["Content-Type"] == "image/jpeg"
    assert body(photo).startswith(b"\xff\xd8")
    assert body(resident.get(kept["thumb_url"]))[8:12] == b"WEBP"


def test_another_browser_finds_nothing():
    kept = sent().json()

    assert Client().get(kept["url"]).status_code == 404
    assert Client().get(kept["thumb_url"]).status_code == 404
    assert Client().get("/files/no-such-token").status_code == 404


def test_the_same_browser_claims_what_it_sent():
    resident = Client()
    kept = sent(client=resident).json()
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in resident.cookies.items()}

    ids = actions.claim(
        tokens=[kept["token"]],
        actor=ANONYMOUS,
        at=now(),
        sender=queries.sender_of(request),
    )

    assert ids == [StoredFile.objects.get().pk]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "a.jpg"), (b"MZ" + bytes(99), "a.jpg"), (b"hello", "a.pdf"), (a_pdf()[:30], "a.pdf")],
)
def test_a_refusal_is_a_chinese_sentence(content, name):
    answer = sent(content, name)

    assert answer.status_code == 422
    assert re.fullmatch(r"[\u4e00-\u9fff].+。", answer.json()["message"])


def test_a_form_without_a_file_is_told_so():
    assert Client().post("/files", {"file": "text"}).status_code == 422


def test_a_body_that_is_too_large_is_refused_before_it_is_read():
    request = RequestFactory().post("/files", {"file": an_upload()})
    request.actor = ANONYMOUS
    request.META["CONTENT_LENGTH"] = str(500 << 20)
    request._read_started = False

    answer = pages.upload(request)

    assert answer.status_code == 413
    assert not request._read_started


def test_a_form_of_another_site_is_refused():
    strict = Client(enforce_csrf_checks=True)

    assert sent(client=strict).status_code == 403


def test_nobody_floods_the_storage():
    statuses = [Client().post("/files", {}).status_code for _n in range(7)]

    assert statuses == [422] * 5 + [429] * 2


def test_the_bucket_refills_with_time():
    bucket = Bucket(per_minute=6, burst=2, keys=2)

    assert [bucket.take("a", now=0) for _n in range(3)] == [True, True, False]
    assert bucket.take("b", now=0)
    assert bucket.take("a", now=10)
    assert not bucket.take("a", now=10)


def test_the_gate_decides_for_everybody_else():
    kept = a_fresh_file()
    queries.install_gate(
        lambda _token, actor, _request: actor == OMAR,
        for_thumbs=lambda token, _actor, _request: token == kept.token,
    )

    assert shown(kept.token, actor=OMAR).status_code == 200
    with pytest.raises(OutOfReach):
        shown(kept.token, actor=ANONYMOUS)
    assert shown(kept.token, actor=ANONYMOUS, page=pages.thumb).status_code == 200


def test_a_file_is_served_as_what_it_is_and_can_do_nothing():
    answer = shown(a_fresh_file(a_pdf()).token)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%E7%8E%B0%E5%9C%BA.pdf"
    assert body(answer) == a_pdf()


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=5-99999", 206, slice(5, None)),
        ("bytes=-", 200, slice(None)),
        ("bytes=0-1,3-4", 200, slice(None)),
        ("pages=1", 200, slice(None)),
        ("bytes=99999-", 416, None),
        ("bytes=9-3", 416, None),
    ],
)
def test_a_player_asks_for_parts_of_a_film(asked, status, part):
    kept = a_fresh_file(a_film(5))
    whole = body(shown(kept.token))

    answer = shown(kept.token, range=asked)

    assert answer.status_code == status
    if part is not None:
        assert body(answer) == whole[part]
        assert int(answer["Content-Length"]) == len(whole[part])


def test_an_unchanged_file_is_not_sent_again():
    kept = a_fresh_file()
    etag = shown(kept.token)["ETag"]

    assert shown(kept.token, if_none_match=etag).status_code == 304


def test_a_document_has_no_thumbnail():
    assert shown(a_fresh_file(a_pdf()).token, page=pages.thumb).status_code == 404


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("现场 照片.HEIC.jpeg", "现场 照片.HEIC.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\photos\\a.jpg", "a.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie_ x.jpg"),
        ("<img src=x>.jpg", "_img src=x_.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("字" * 500, "字" * 116 + ".jpg"),
    ],
)
def test_a_name_is_made_harmless(name, clean):
    assert clean_name(name, suffix="jpg") == clean
