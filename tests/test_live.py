"""The stream's program, asked as a browser asks it."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongzhi.figures import actions as figures
from gongzhi.live import queries
from gongzhi.live.pages.program import Program
from gongzhi.live.pages.station import Station
from tests.cast import MONDAY, TOWN, a_town
from tests.test_moves import a_report, do
from tests.visits import signed_in

pytestmark = pytest.mark.django_db
CITY = "441900/"


class Here(Station):
    """A station whose threads see what the test has written and not committed."""

    def __init__(self):
        super().__init__()
        self.mine = connections["default"]  # asked for here: a coroutine would be given another

    async def ask(self, question, **values):
        return await asyncio.to_thread(self._here, question, **values)

    def _here(self, question, **values):
        connections["default"] = self.mine
        self.mine.inc_thread_sharing()
        try:
            return question(**values)
        finally:
            self.mine.dec_thread_sharing()
            del connections["default"]


def run(coroutine):
    """Run it in a thread of its own: a browser's driver may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()


def a_program():
    program = Program()
    program.station = Here()
    return program


class Visit:
    """One request, and what was answered so far."""

    def __init__(self, path, *, session="", headers=()):
        path, _mark, query = path.partition("?")
        self.scope = {
            "type": "http", "path": path, "method": "GET", "query_string": query.encode(),
            "headers": [(b"cookie", f"sessionid={session}".encode()), (b"host", b"127.0.0.1:8101"), *headers],
        }  # fmt: skip
        self.sent: list[dict] = []
        self.gone = asyncio.Event()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:])

    async def until(self, words: bytes):
        async with asyncio.timeout(20):
            while words not in self.body:
                await asyncio.sleep(0.01)


def asked(*paths, session="", headers=()):
    """Ask one after the other; return the visits. A stream's visitor leaves after the first piece."""

    program = a_program()

    async def ask():
        await program.station.take()
        visits = []
        for path in paths:
            visit = Visit(path, session=session, headers=headers)
            visit.gone.set()
            await asyncio.wait_for(program(visit.scope, visit.receive, visit.send), 10)
            visits.append(visit)
        assert not program.station.viewers
        return visits

    return run(ask())


def session_of(name):
    return signed_in(name).cookies["sessionid"].value


def a_town_with_figures():
    cast = a_town()
    matter = a_report(cast).matter
    figures.consume(limit=100, at=MONDAY)
    return cast, matter


def test_only_who_is_signed_in_and_reaches_the_area_gets_its_tiles():
    a_town_with_figures()
    dispatcher = session_of("lin")

    mine, citys, nowhere = asked(
        f"/live/tiles?area={TOWN}", f"/live/tiles?area={CITY}", "/live/tiles", session=dispatcher
    )
    (stranger,) = asked(f"/live/tiles?area={TOWN}")
    (bound,) = asked(f"/live/tiles?area={TOWN}", session=session_of("bo"))

    shown = {tile["code"]: tile["payload"] for tile in json.loads(mine.body)["tiles"]}
    assert (mine.status, shown["open"]["value"]) == (200, 1)
    assert [visit.status for visit in (citys, nowhere, stranger, bound)] == [404, 404, 401, 404]


def test_a_viewer_sees_the_tiles_then_what_they_missed_then_what_happens():
    cast, matter = a_town_with_figures()
    session = session_of("lin")
    program = a_program()

    async def watch():
        await program.station.take()
        visit = Visit(f"/live/stream?area={TOWN}&after=0", session=session)
        stream = asyncio.ensure_future(program(visit.scope, visit.receive, visit.send))
        await visit.until(b"event: beat")
        first = visit.body
        await program.station.ask(_move_on, cast=cast, matter=matter)
        await program.station.take()
        await visit.until(b"id: 2\nevent: news")
        later = visit.body[len(first) :]
        visit.gone.set()
        await stream
        return first, later

    first, later = run(watch())

    assert first.count(b"event: tile") == 17
    assert first.count(b"event: news") == 1
    assert later.count(b"event: news") == 1
    assert "核实".encode() in later
    assert not program.station.viewers
    assert not +program.streams


def _move_on(*, cast, matter):
    do(cast, matter, "verify")
    figures.consume(limit=100, at=MONDAY)


def test_who_missed_too_much_begins_anew():
    a_town_with_figures()
    session = session_of("lin")

    (ahead,) = asked(
        f"/live/stream?area={TOWN}", session=session, headers=[(b"last-event-id", b"99")]
    )
    (nonsense,) = asked(f"/live/stream?area={TOWN}&after=x", session=session)

    assert b'event: reset\ndata: {"seq":1}' in ahead.body
    assert b"event: reset" not in nonsense.body
    assert queries.missed(area=TOWN, seq=0, until=1)[0]["seq"] == 1
    assert queries.missed(area=TOWN, seq=5, until=1) is None


def test_the_limit_of_viewers_is_told_in_a_sentence(settings):
    a_town_with_figures()
    settings.LIVE_VIEWERS = 0

    (turned_away,) = asked(f"/live/stream?area={TOWN}", session=session_of("lin"))

    assert turned_away.status == 503
    assert (b"retry-after", b"30") in turned_away.sent[0]["headers"]
    assert "屏幕" in json.loads(turned_away.body)["message"]


def test_only_our_own_pages_may_read_it_from_another_port(settings):
    settings.PUBLIC_ADDRESS = "http://127.0.0.1:8000"
    settings.LIVE_URL = ":8101/live"

    assert queries.may_ask("http://127.0.0.1:8000", host="127.0.0.1:8101")
    assert queries.may_ask("http://localhost:8000", host="localhost:8101")
    assert not queries.may_ask("http://127.0.0.1:9000", host="127.0.0.1:8101")
    assert not queries.may_ask("https://elsewhere.example", host="127.0.0.1:8101")
    assert queries.address("localhost:8000", scheme="http") == "http://localhost:8101/live"
