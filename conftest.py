"""What every test begins with: quick passwords, nothing remembered, no job of another test."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation


@pytest.fixture(autouse=True)
def _fast_passwords(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What modules keep in memory, and the language a page chose, belong to the test that made it."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    from gongzhi.accounts import queries as accounts  # noqa: PLC0415 - Django must be set up first
    from gongzhi.catalogue import queries as catalogue  # noqa: PLC0415
    from gongzhi.clocks import queries as clocks  # noqa: PLC0415
    from gongzhi.command import queries as command  # noqa: PLC0415
    from gongzhi.field import queries as field  # noqa: PLC0415
    from gongzhi.places import queries as places  # noqa: PLC0415

    for module in (accounts, catalogue, clocks, command, field, places):
        module.forget()


@pytest.fixture(autouse=True)
def _no_job_outlives_its_test(request, django_db_blocker):
    """Tests that commit empty our tables afterwards; the queue's tables are no models of ours."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """End what a browser's last connection still holds open, so that the database can be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
