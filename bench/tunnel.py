"""
A bad road between a handset and the server: an asyncio proxy on loopback that loses, delays, repeats and cuts.

One request a connection. What happens to it is drawn from a seed: lost on the way there, cut in the middle, answered
into the void, sent twice at once, sent once more long after, or let through late.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

WAYS = (
    ("through", 58), ("late", 12), ("lost", 7), ("cut", 6), ("no answer", 7), ("half an answer", 4), ("twice", 4),
    ("again later", 2),
)  # fmt: skip
PATIENCE = 20.0
BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError)


class Tunnel:
    """Runs on a thread of its own while the `with` block lasts."""

    def __init__(self, port: int, *, seed: int, longest_delay: float = 0.4) -> None:
        self.upstream, self.longest_delay = port, longest_delay
        self.port = 0
        self.counts: Counter[str] = Counter()
        self._luck = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._later: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._drive(await read_message(reader), writer)
        except BROKEN:
            self.counts["broken off"] += 1
        finally:
            writer.close()
            with suppress(*BROKEN):
                await writer.wait_closed()

    async def _drive(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        [way] = self._luck.choices(
            [way for way, _weight in WAYS], [weight for _way, weight in WAYS]
        )
        self.counts[way] += 1
        if way == "lost":
            return
        if way == "late":
            await asyncio.sleep(self._luck.random() * self.longest_delay)
        if way == "cut":
            await self._ask(request[: self._luck.randrange(1, len(request))], answer=False)
            return
        if way == "again later":
            self._keep(self._repeat(request, after=0.3 + self._luck.random() * 2))
        if way == "twice":
            answer, _other = await asyncio.gather(self._ask(request), self._ask(request))
        else:
            answer = await self._ask(request)
        await self._give(answer, writer, way)

    async def _give(self, answer: bytes, writer: asyncio.StreamWriter, way: str) -> None:
        if way == "no answer":
            return
        if way == "half an answer":
            answer = answer[: self._luck.randrange(1, max(2, len(answer)))]
        writer.write(answer)
        await writer.drain()

    async def _repeat(self, request: bytes, *, after: float) -> None:
        await asyncio.sleep(after)
        with suppress(*BROKEN):
            await self._ask(request)

    def _keep(self, deed: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(deed)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _ask(self, request: bytes, *, answer: bool = True) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            writer.write(request)
            await writer.drain()
            if not answer:
                return b""
            return await asyncio.wait_for(read_message(reader), PATIENCE)
        finally:
            writer.close()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Read one HTTP request or answer whose length its head declares."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head + (await reader.readexactly(length) if length else b"")
