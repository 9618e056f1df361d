"""Doors for machines, and what is refused before it is read."""

import pytest
from django.test import RequestFactory, override_settings

from gongzhi.config import health
from gongzhi.config.middleware import size_limit


def test_the_process_says_that_it_lives_without_asking_the_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_ready_when_every_migration_is_applied(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(health, "unapplied_migrations", lambda: ["places.0002"])
    monkeypatch.setitem(health._seen, "migrated", 0)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "gongzhi migrate" in answer.content.decode()


@override_settings(LARGEST_REQUEST=1024 * 1024)
@pytest.mark.parametrize(
    ("declared", "status"),
    [("524288000", 413), ("1048577", 413), ("1048576", 200), ("", 200), ("-5", 200), ("many", 200)],
)
def test_a_request_that_declares_too_much_is_refused_before_its_body_is_read(declared, status):
    class Unreadable:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

    request = RequestFactory().post("/report")
    request.META |= {"CONTENT_LENGTH": declared, "wsgi.input": Unreadable()}

    answer = size_limit(health.alive)(request)

    assert answer.status_code == status
    if status == 413:
        assert "1 MB" in answer.content.decode()
