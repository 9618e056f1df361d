"""A backup is whole or refused, and brings everything back."""

import tarfile
from pathlib import Path

import pytest
from django.db import connection

from gongzhi.base.errors import Refused
from gongzhi.config import backups

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(settings, tmp_path):
    """A database with one table of its own, and two files; names as people write them."""
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FIELD_KEY_FILE = tmp_path / "field-key"
    settings.FIELD_KEY_FILE.write_text("field one")
    for name, content in {"2025/井盖.jpg": b"photo", "a b.pdf": b"paper"}.items():
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    _execute("CREATE TABLE kept (word text)")
    _execute("INSERT INTO kept VALUES ('之前')")
    yield tmp_path
    _execute("DROP TABLE kept")


def _execute(statement: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_a_backup_brings_back_the_database_and_every_file(city, settings):
    backups.write(city / "backup.tar")
    _execute("UPDATE kept SET word = '之后'")
    Path(settings.MEDIA_ROOT, "a b.pdf").write_bytes(b"changed")
    Path(settings.MEDIA_ROOT, "new.txt").write_bytes(b"later")

    manifest = backups.verified(city / "backup.tar")
    backups.put_back(city / "backup.tar")

    assert manifest.files == 2
    assert manifest.key_is_here
    assert _execute("SELECT word FROM kept") == [("之前",)]
    found = {path.name: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*.*")}
    assert found == {"井盖.jpg": b"photo", "a b.pdf": b"paper"}


def test_only_its_owner_may_read_a_backup_and_it_knows_whose_key_it_needs(city, settings):
    backups.write(city / "backup.tar")
    settings.FIELD_KEY_FILE.write_text("field another")

    assert (city / "backup.tar").stat().st_mode & 0o077 == 0
    assert not backups.verified(city / "backup.tar").key_is_here


def test_one_changed_byte_is_noticed(city):
    file = city / "backup.tar"
    backups.write(file)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"photo", b"ph0to"))

    with pytest.raises(Refused, match="井盖"):
        backups.verified(file)


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\0" * 20480])
def test_another_file_is_refused_in_a_sentence(city, content):
    file = city / "other.tar"
    file.write_bytes(content)

    with pytest.raises(Refused, match=r"other\.tar"):
        backups.verified(file)


def test_a_tar_of_somebody_elses_is_refused(city):
    file = city / "other.tar"
    with tarfile.open(file, "w") as tar:
        tar.add(city / "files", "files")

    with pytest.raises(Refused):
        backups.verified(file)
