"""A real browser on a live server: every page it opens must keep its console silent."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import handlers
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gongzhi.base.bucket import Bucket
from gongzhi.files import pages as files
from tests.browser.chromium import find
from tests.browser.people import DESK, PHONE, Visitors
from tests.browser.town import Town, a_browsable_town, forget_jobs

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Playwright drives the browser from an event loop; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories commit and empty the tables afterwards: they come after every test that rolls back."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found.executable,
            args=found.flags,
            env={**os.environ, **found.environment},
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def files_of_the_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, files_of_the_town) -> Iterator[LiveServer]:
    """One database and one server for the stories of a module; each brings its own people and places."""
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=files_of_the_town, PASSWORD_HASHERS=FAST, WHITENOISE_AUTOREFRESH=False
        ),
        pytest.MonkeyPatch.context() as patch,
    ):
        # Static files come as they do in a city, to be kept by the browser, not by Django's handler for tests.
        patch.setattr(handlers, "StaticFilesHandler", lambda application: application)
        forget_jobs()
        server = LiveServer("localhost")
        yield server
        server.stop()
        forget_jobs()
        call_command("flush", interactive=False, verbosity=0)
        # With the browser's event loop this thread has connections of its own beside pytest's.
        connections.close_all()


@pytest.fixture(scope="module")
def town(site: LiveServer) -> Town:
    return a_browsable_town()


@pytest.fixture
def db(site: LiveServer) -> None:
    """Stand for pytest-django's own, which would undo what a story has done: here it is kept."""


@pytest.fixture(autouse=True)
def _the_towns_files(db, _fast_passwords, settings, files_of_the_town: Path) -> None:
    """What one story uploads must still be there in the next."""
    settings.MEDIA_ROOT = files_of_the_town


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """All visitors come from one address here; each test starts with full buckets."""
    monkeypatch.setattr(files, "_bucket", Bucket(per_minute=30, burst=20))


@pytest.fixture(scope="module")
def sessions() -> dict[str, object]:
    """Who has signed in already in this module: they need not type their password again."""
    return {}


@pytest.fixture
def visitor(browser: Browser, site: LiveServer, sessions) -> Iterator[Visitors]:
    """Open a browser of its own for each person in a story; no console may say an error."""
    visitors = Visitors(browser, site.url, sessions)
    yield visitors
    visitors.leave()
    assert visitors.complaints == []


@pytest.fixture
def page(visitor: Visitors) -> Page:
    return visitor(viewport=DESK)


@pytest.fixture
def phone(visitor: Visitors) -> Page:
    return visitor(**PHONE)


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Write var/screenshots/<name>-<width>.png where GONGZHI_SCREENSHOTS says that somebody will look."""

    def write(page: Page, name: str) -> None:
        if not os.environ.get("GONGZHI_SCREENSHOTS"):
            return
        assert page.viewport_size is not None
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        file = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=file, full_page=True)

    return write
