"""Where the bytes lie: any storage of Django's, none of which needs a path on this machine."""

import io
import stat
import sys
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage

from gongzhi.base.errors import Invalid
from gongzhi.files import actions, queries
from gongzhi.files.models import StoredFile
from gongzhi.files.queries import FRESH
from gongzhi.files.tests.builders import MEI, NOON, a_file, a_film, a_picture, an_upload

pytestmark = pytest.mark.django_db


class MemoryStorage(Storage):
    """What S3 offers and no more: put, get, exists, delete. Asking for a path raises."""

    shelf: dict[str, bytes] = {}

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(self.shelf[name], name=name)

    def _save(self, name: str, content: File) -> str:
        self.shelf[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.shelf

    def delete(self, name: str) -> None:
        del self.shelf[name]


@pytest.fixture
def elsewhere(settings):
    MemoryStorage.shelf = {}
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.MemoryStorage"}}
    return MemoryStorage.shelf


def test_nothing_needs_a_local_path(elsewhere):
    photo, film = a_file(), a_file(a_film(5))

    assert len(elsewhere) == 3  # photo, its thumbnail, film
    row = StoredFile.objects.get(pk=film.id)
    with queries.opened(row.key) as stream:
        assert stream.read() == elsewhere[row.key]
    assert actions.claim(tokens=[photo.token], actor=MEI, at=NOON) == [photo.id]
    assert actions.remove_unclaimed(at=NOON + FRESH + timedelta(minutes=1)) == 1
    assert len(elsewhere) == 2


def test_what_nobody_claimed_goes_after_a_day_and_not_before():
    waiting = a_file()

    assert actions.remove_unclaimed(at=NOON + FRESH - timedelta(minutes=1)) == 0
    key = StoredFile.objects.get(pk=waiting.id).key
    assert actions.remove_unclaimed(at=NOON + FRESH + timedelta(minutes=1)) == 1
    assert not default_storage.exists(key)


def test_content_stays_while_another_row_needs_it():
    kept, left = a_file(), a_file()
    actions.claim(tokens=[kept.token], actor=MEI, at=NOON)

    actions.remove_unclaimed(at=NOON + FRESH + timedelta(minutes=1))

    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept.id]
    assert left.id != kept.id
    assert default_storage.exists(StoredFile.objects.get().key)


def test_an_upload_can_be_claimed_once():
    kept = a_file()
    actions.claim(tokens=[kept.token], actor=MEI, at=NOON)

    with pytest.raises(Invalid, match="已失效"):
        actions.claim(tokens=[kept.token], actor=MEI, at=NOON)


class Huge(io.BytesIO):
    """Claims a size without holding it."""

    name = "film.mp4"
    size = 500 << 20

    def read(self, *_size):
        raise AssertionError("nothing this large is read")


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (an_upload(b""), "空的"),
        (Huge(), "不能超过 60 MB"),
        (an_upload(b"MZ" + bytes(900), "cat.jpg"), "程序"),
        (an_upload(a_picture()[:300]), "损坏"),
        (an_upload(a_film(31.5)), "30 秒"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(upload, sentence):
    with pytest.raises(Invalid, match=sentence):
        actions.receive(upload=upload, actor=MEI, at=NOON)
    assert not StoredFile.objects.exists()


def a_scanner(tmp_path, script: str) -> str:
    file = tmp_path / "scanner.py"
    file.write_text(script)
    file.chmod(file.stat().st_mode | stat.S_IEXEC)
    return f"{sys.executable} {file}"


def test_the_virus_scanner_reads_the_content_and_has_the_last_word(settings, tmp_path):
    settings.VIRUS_SCANNER = a_scanner(
        tmp_path, "import sys; sys.exit(b'red' in open(sys.argv[1], 'rb').read())"
    )

    a_file(a_film(3))
    with pytest.raises(Invalid, match="病毒"):
        a_file(a_film(3, place=b"red"))


@pytest.mark.parametrize("command", ["/no/such/scanner", "hangs"])
def test_a_scanner_that_does_not_answer_lets_nothing_through(
    settings, tmp_path, monkeypatch, command
):
    monkeypatch.setattr("gongzhi.files.clients.SECONDS", 0.1)
    if command == "hangs":
        command = a_scanner(tmp_path, "import time; time.sleep(5)")
    settings.VIRUS_SCANNER = command

    with pytest.raises(Invalid, match="病毒"):
        a_file()


def test_a_removed_file_is_gone_but_content_others_share_stays_until_the_last():
    first, second = (a_file(at=NOON) for _time in range(2))
    keys = list(
        StoredFile.objects.filter(pk__in=[first.id, second.id]).values_list("key", flat=True)
    )
    assert keys[0] == keys[1]

    gone = actions.remove(ids=[first.id])
    assert (len(gone), default_storage.exists(keys[0])) == (1, True)
    actions.remove(ids=[second.id])
    assert actions.remove(ids=[first.id, second.id]) == []
    assert not default_storage.exists(keys[0])
