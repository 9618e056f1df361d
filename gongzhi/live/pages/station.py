"""What all viewers of this process share: the hub, the ear at the database, threads for questions to it."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.db import DatabaseError, connection

from gongzhi.live import queries, rules
from gongzhi.live.clients import heard

T = TypeVar("T")
AT_START = 2000  # news read into memory when the process starts
QUIET = 15.0  # seconds without a publication after which a sign of life is sent

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Viewer:
    """Somebody who looks on. `turn` is set when there is something to do: to send, or to end."""

    turn: asyncio.Event = field(default_factory=asyncio.Event)
    is_gone: bool = False

    def leave(self) -> None:
        self.is_gone = True
        self.turn.set()


class Station:
    def __init__(self) -> None:
        self.hub = rules.Hub()
        self.viewers: set[Viewer] = set()
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")
        self._work: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._work = [asyncio.ensure_future(self._listen()), asyncio.ensure_future(self._stay())]

    def end(self) -> None:
        for task in self._work:
            task.cancel()
        for viewer in self.viewers:
            viewer.leave()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(self, question: Callable[..., T], **values: Any) -> T:
        """Put a question to the database in a thread of our own, so that nobody's stream waits for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(_asked, question, **values))

    async def take(self) -> None:
        """Read what was published since the last time, and give every viewer a turn."""
        if not self.hub.number:
            self.hub.seq = max(0, await self.ask(queries.newest_seq) - AT_START)
        found = await self.ask(queries.since, seq=self.hub.seq, version=self.hub.version)
        if found.tiles or found.news or not self.hub.number:
            self.hub.publish(tiles=found.tiles, news=found.news, as_of=found.as_of)
            self._wake()
        else:
            self.hub.as_of = found.as_of

    async def _listen(self) -> None:
        async for _heard in heard():
            try:
                await self.take()
            except DatabaseError as trouble:
                _log.warning("What was published could not be read and is read again: %s", trouble)

    async def _stay(self) -> None:
        """Give every viewer a turn now and then, however quiet it is: connections live, and time goes on."""
        while True:
            await asyncio.sleep(QUIET)
            self._wake()

    def _wake(self) -> None:
        for viewer in self.viewers:
            viewer.turn.set()


def _asked(question: Callable[..., T], **values: Any) -> T:
    """A thread keeps its connection; one that the server closed is opened anew, once."""
    try:
        return question(**values)
    except DatabaseError:
        connection.close()
        return question(**values)
