"""What every test begins with: quick passwords, nothing remembered, no job of another test."""

import os
from itertools import count

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from gongzhi.config.postgres import Cluster
from tests import database, thrift


@pytest.fixture(scope="session")
def _all_files(tmp_path_factory):
    """A folder for the folders of all tests: most keep no file, and theirs is never made."""
    return tmp_path_factory.mktemp("files"), count()


@pytest.fixture(autouse=True)
def _fast_passwords(settings, _all_files):
    folder, numbers = _all_files
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = folder / str(next(numbers))


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
    from gongzhi.matters import queries as matters  # noqa: PLC0415
    from gongzhi.places import queries as places  # noqa: PLC0415

    for module in (accounts, catalogue, clocks, command, field, matters, places):
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
def django_test_environment(django_test_environment):
    """Let no client list every static file before its first page."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_keepdb):
    """Copy what the migrations made once; one that --reuse-db kept is brought up to date by them."""
    thrift.make_no_permissions()
    if not os.environ.get("DATABASE_URL"):
        copied = database.ready(Cluster(os.environ["GONGZHI_CLUSTER"], throw_away=True))
        connection.settings_dict["TEST"] |= {"TEMPLATE": copied, "MIGRATE": django_db_keepdb}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """End what a browser's last connection still holds open, so that the database can be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
