"""A real browser on a live server: every page it opens must keep its console silent."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import find

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

# Playwright drives the browser from an event loop; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


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


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for each person in a story; no console may say an error."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        chosen = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = browser.new_context(base_url=live_server.url, **chosen)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    return visitor()


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    return visitor(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """Write var/screenshots/<name>-<width>.png for somebody to look at."""

    def write(page: Page, name: str) -> Path:
        assert page.viewport_size is not None
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        file = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=file, full_page=True)
        return file

    return write
