"""People at their browsers: a window for each; staff come with the session that signing in gives."""

import re
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from gongzhi.accounts.tests.builders import PASSWORD

DESK = {"width": 1440, "height": 900}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
# Nothing is looked at while it still moves.
HABITS = {
    "viewport": DESK,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "reduced_motion": "reduce",
}
# The browser writes a line for each request that is answered with a problem.
ANSWERED = re.compile(r"the server responded with a status of (\d+)")

SETTLED = "document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')"
NO_NETWORK = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)")


class Visitors:
    """Opens windows; remembers every complaint of their consoles."""

    def __init__(self, browser: Browser, address: str, sessions: dict[str, Any]) -> None:
        self.browser, self.address, self.sessions = browser, address, sessions
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.expected: set[int] = set()
        self.loses_network = False

    def expects(self, *statuses: int) -> None:
        """Say which answers belong to the story: a refusal is one, a broken page is none."""
        self.expected |= set(statuses)

    def expects_no_network(self) -> None:
        """Say that requests may find no network: the browser writes a line for each."""
        self.loses_network = True

    def __call__(self, person: str = "", **options: Any) -> Page:
        """Return a page of a new window; of `person`'s when a name is given."""
        chosen = {**HABITS, **options}
        context = self.browser.new_context(base_url=self.address, **chosen)
        context.set_default_timeout(10_000)
        if person:
            context.add_cookies(self._session_of(person))
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._hear(page, said))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _session_of(self, person: str) -> list[Any]:
        """Return the cookies of somebody signed in; the page that gives them has stories of its own."""
        if person not in self.sessions:
            client = Client()
            answer = client.post("/sign-in", {"username": person, "password": PASSWORD})
            assert answer.status_code == 302, answer.content.decode()
            self.sessions[person] = [
                {"name": name, "value": kept.value, "url": self.address}
                for name, kept in client.cookies.items()
            ]
        return list(self.sessions[person])

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type != "error":
            return
        if self.loses_network and NO_NETWORK.search(said.text):
            return
        answered = ANSWERED.search(said.text)
        if answered is None or int(answered[1]) not in self.expected:
            self.complaints.append(f"{page.url}: {said.text} {said.location.get('url', '')}")


def settled(page: Page) -> None:
    """Wait until the page stands as it will stand: loaded, its letters there, no part still asked for.

    Not until its network is silent: a map or a stream that still listens is no page in the making.
    """
    page.wait_for_load_state("load")
    page.wait_for_function(SETTLED)


def sign_in(page: Page, person: str) -> None:
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("用户名").fill(person)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
