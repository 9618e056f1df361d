"""
The officers' app in a real browser made as slow as a cheap phone: how long until it can be used.

The first opening comes over a "slow 4G" (as Lighthouse defines it) with an empty cache; the later ones without
a network, with as much data on the device as an officer may have.
"""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route, sync_playwright

from bench.field_sync import cookies_for, officers
from bench.web import serving
from tests.browser.chromium import find

DIST = Path(__file__).resolve().parents[1] / "frontend" / "dist"
SLOW_4G = {
    "offline": False, "latency": 150, "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}  # fmt: skip
SLOWER = 4  # a middling phone beside a desk computer
TURNS = 5
WHOLE = 3_000_000  # bytes of data on the device, as an officer may have at most
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True,
}  # fmt: skip
# Phones bring Chinese signs of their own; this machine may not.
FONTS = ["*noto-sans*", "*/fonts-*"]


def run(record: Callable[..., None]) -> None:
    # The browser keeps a loop of its own in this thread.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with serving() as address, chromium() as browser:
        cookies = cookies_for([officers(1)[0]])[0]
        measure(record, browser, address, cookies)


def measure(
    record: Callable[..., None], browser: Browser, address: str, cookies: dict[str, str]
) -> None:
    size = weight_of_shell(browser, address)
    record(
        name="field.shell", value=size / 1024, unit="kB", better="lower", target=150,
        how="all files that must be there before the app opens without a network, gzip",
    )  # fmt: skip
    first = [first_load(browser, address) for _turn in range(TURNS)]
    record(
        name="field.first_load", value=median(first), unit="s", better="lower", target=3.0,
        how=f"empty cache, slow 4G (1.6 Mbit/s, 150 ms), processor {SLOWER} times slower; {_spread(first)}",
    )  # fmt: skip
    later, weight = openings(browser, address, cookies)
    record(
        name="field.offline_open", value=median(later), unit="s", better="lower", target=1.0,
        how=f"no network, {weight / 1e6:.1f} MB sealed on the device, processor {SLOWER} times slower; {_spread(later)}",
    )  # fmt: skip


def weight_of_shell(browser: Browser, address: str) -> int:
    """Weigh exactly what the worker fetches ahead, the page and the worker itself included."""
    context = browser.new_context(base_url=address)
    worker, page = (context.request.get(path).body() for path in ("/field/sw.js", "/field"))
    context.close()
    found = re.search(rb"self\.BUILD = (\{.*?\});", worker)
    assert found
    files = [DIST / name.removeprefix("/static/") for name in json.loads(found[1])["shell"][1:]]
    return sum(len(gzip.compress(one)) for one in (worker, page, *(f.read_bytes() for f in files)))


def first_load(browser: Browser, address: str) -> float:
    """Return the seconds from the tap to a screen that can be used, for a device that has never been here."""
    context = browser.new_context(base_url=address, **PHONE)
    try:
        page = context.new_page()
        tools = slow(page)
        tools.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto("/field")
        return _ready(page)
    finally:
        context.close()


def openings(browser: Browser, address: str, cookies: dict[str, str]) -> tuple[list[float], int]:
    """Set a phone up with all the data it may have, take the network away, and open it again and again."""
    context = browser.new_context(base_url=address, **PHONE)
    try:
        context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
        weight = _set_up(context)
        context.set_offline(True)
        found = []
        for _turn in range(TURNS):
            page = context.new_page()
            slow(page)
            page.goto("/field")
            found.append(_ready(page))
            assert page.locator(".bar").is_visible()
            page.close()
        return found, weight
    finally:
        context.close()


def _set_up(context: BrowserContext) -> int:
    page = context.new_page()
    total = [0]

    def heavier(route: Route) -> None:
        answer = route.fetch()
        content = answer.json()
        if route.request.url.endswith("/premises"):
            _fill_up(content, WHOLE - total[0])
        total[0] += len(json.dumps(content, ensure_ascii=False).encode())
        route.fulfill(response=answer, json=content)

    page.route("**/api/field/package/*", heavier)
    page.goto("/field")
    page.get_by_role("button", name=re.compile("下载我的网格")).click()
    page.get_by_role("heading", name="今天", level=1).wait_for(timeout=60_000)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.unroute_all(behavior="wait")
    page.close()
    return total[0]


def _fill_up(content: dict[str, Any], room: int) -> None:
    """Add premises until the part is as large as all parts together may be."""
    columns, rows = content["columns"], content["rows"]
    example = {
        "name": "东城街道主山社区便民超市",
        "address": "东城街道主山社区东纵路 118 号首层",
        "lon": 113.77,
        "lat": 23.03,
    }
    size = len(json.dumps(rows, ensure_ascii=False).encode())
    while columns and size < room:
        row = [example.get(column, "") for column in columns]
        row[columns.index("code")] = f"BENCH{len(rows):06}"
        rows.append(row)
        size += len(json.dumps(row, ensure_ascii=False).encode())


def slow(page: Page) -> CDPSession:
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setBlockedURLs", {"urls": FONTS})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return tools


def _ready(page: Page) -> float:
    page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    moment: float = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    return moment / 1000


def _spread(values: list[float]) -> str:
    return f"median of {len(values)}, {min(values):.2f} to {max(values):.2f}"


@contextmanager
def chromium() -> Iterator[Browser]:
    found = find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found.executable, args=found.flags)
        yield running
        running.close()
