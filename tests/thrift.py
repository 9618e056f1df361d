"""
Makes a run cheaper without changing what it tests.

Named in pyproject.toml with -p: its first saving begins before any conftest.py is read.
"""

import gc
from collections.abc import Iterator

import pytest

# What is imported and collected stays to the end: looking it through for rubbish again and again finds none.
gc.disable()
OFTEN, SELDOM = 20_000, 10


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(OFTEN, SELDOM, SELDOM)
        gc.enable()


def make_no_permissions() -> None:
    """Nobody asks for Django's permissions here; they would be made anew whenever a story empties the tables."""
    from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415
    from django.db.models.signals import post_migrate  # noqa: PLC0415

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
