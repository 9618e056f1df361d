"""An officer's phone: the app set up, its network taken away and given back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.people import PHONE, Visitors, settled
from tests.browser.pictures import upload
from tests.cast import IN_GRID

STANDING: dict[str, Any] = {
    **PHONE,
    "geolocation": {"longitude": IN_GRID[0], "latitude": IN_GRID[1], "accuracy": 12},
    "permissions": ["geolocation"],
}


def phone_of(visitor: Visitors, person: str = "omar", **options: Any) -> Page:
    """Return a phone with the app set up: signed in, downloaded, the worker in charge."""
    visitor.expects_no_network()
    return set_up(visitor(person, **{**STANDING, **options}))


def set_up(page: Page) -> Page:
    page.goto("/field")
    page.get_by_role("button", name=re.compile("下载我的网格")).click()
    expect(page.get_by_role("heading", name="今天", level=1)).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    reopen(page)  # what this machine lacks, its fonts, is fetched through the worker now
    settled(page)
    return page


def reopen(page: Page) -> None:
    """Close the app and open it again from its icon."""
    page.goto("/field")
    opened(page)


def opened(page: Page) -> None:
    page.wait_for_selector("html[data-ready]", state="attached")


def go(page: Page, screen: str) -> None:
    page.evaluate("path => { location.hash = path }", screen)


def begin_shift(page: Page) -> None:
    page.get_by_role("button", name="开始上班").click()
    expect(page.get_by_text("上班中")).to_be_visible()


def write_report(page: Page, item: str, *photos: bytes) -> None:
    """Fill in a report with photos from the album; the officer has not saved it yet."""
    go(page, "/report")
    page.locator("[data-key=first]").click()
    files = [upload(f"{number}.jpg", photo) for number, photo in enumerate(photos)]
    page.get_by_label("从相册选").set_input_files(files)
    finder = page.locator(".finder")
    finder.get_by_role("button", name="完成").click()
    page.locator("#item").fill(item)
    page.locator(".pick-line", has_text=item).click()


def save_report(page: Page) -> None:
    page.locator("[data-key=save]").click()
    page.get_by_role("dialog").get_by_role("button", name="完成").click()


def unsent(page: Page) -> int:
    """Return what the bar says to a screen reader."""
    name = page.locator(".bar a").last.get_attribute("aria-label") or ""
    return int(found[0]) if (found := re.search(r"\d+", name)) else 0


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    context = page.context
    context.set_offline(True)
    try:
        yield
    finally:
        context.set_offline(False)


def all_sent(page: Page) -> None:
    expect(page.locator(".bar a").last).to_have_attribute("aria-label", "我的", timeout=20_000)


SMALL = 24 << 20
# The browser asks the quota rarely and reckons with what is left: fill that up, down to the last kilobytes.
FILL = """async () => {
  const asked = indexedDB.open("filler", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("rows");
  const database = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const put = (size) => new Promise((done) => {
    const writing = database.transaction("rows", "readwrite");
    writing.objectStore("rows").put(crypto.getRandomValues(new Uint8Array(size)), Math.random());
    writing.oncomplete = () => done(true);
    writing.onabort = () => done(false);
  });
  for (let size = 65536; size >= 128; size /= 2) while (await put(size));
  database.close();
}"""


def a_small_phone(visitor: Visitors) -> Page:
    """Return a phone with little space for the app."""
    visitor.expects_no_network()
    page = visitor("omar", **STANDING)
    page.goto("/healthz")
    tools: CDPSession = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": SMALL})
    return set_up(page)


def fill_storage(page: Page) -> None:
    page.evaluate(FILL)


def waker(page: Page) -> Callable[[], None]:
    """Return what the browser does when the network is back and no window is open: it wakes the worker."""
    other = page.context.new_page()
    other.goto("/healthz")
    tools: CDPSession = other.context.new_cdp_session(other)
    known: list[dict[str, Any]] = []
    heard = "ServiceWorker.workerRegistrationUpdated"
    tools.on(heard, lambda news: known.extend(news["registrations"]))
    tools.send("ServiceWorker.enable")
    origin = other.evaluate("location.origin")

    def wake() -> None:
        number = next(
            one["registrationId"] for one in known if one["scopeURL"] == f"{origin}/field"
        )
        event = {"origin": origin, "registrationId": number, "tag": "outbox"}
        tools.send("ServiceWorker.dispatchSyncEvent", {**event, "lastChance": False})

    return wake
