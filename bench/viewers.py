"""
A thousand open event streams in one process of its own, and what each of them saw.

    python -m bench.viewers PORT COOKIE AREA VIEWERS AFTER SECONDS

Prints one JSON document when the time is over. Every screen follows every number. The stream sends the
same bytes to all of them, so what a piece holds is read once, and compared byte by byte with what each
further screen received: reading it a thousand times would only take processor time from the product.
"""

import asyncio
import json
import re
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import cast

NEWS = re.compile(rb"id: (\d+)\nevent: news\n")
AT = re.compile(rb'"at":"([^"]+)"')
CLOSELY = 20  # viewers who also tell how old each line was
EVENT_END, CHUNK_END = b"\n\n", b"\r\n"


@dataclass(frozen=True)
class Piece:
    """Some whole events, as one screen received them."""

    content: bytes

    @cached_property
    def numbers(self) -> list[int]:
        return [int(number) for number in NEWS.findall(self.content)]

    @cached_property
    def is_run(self) -> bool:
        """Tell whether the numbers follow each other without a gap."""
        return self.numbers == list(range(self.numbers[0], self.numbers[0] + len(self.numbers)))

    @cached_property
    def marks(self) -> list[int]:
        return [number for number in self.numbers if number % 100 == 0]

    @cached_property
    def resets(self) -> int:
        return self.content.count(b"event: reset")

    @cached_property
    def moments(self) -> list[float]:
        return [datetime.fromisoformat(at.decode()).timestamp() for at in AT.findall(self.content)]


_latest: deque[Piece] = deque(maxlen=32)


def piece_of(content: bytes) -> Piece:
    """Return a piece that was read before when it is the same to the last byte, else a new one."""
    for known in _latest:
        if known.content == content:
            return known
    _latest.appendleft(Piece(content))
    return _latest[0]


@dataclass
class Viewer:
    after: int
    count: int = 0
    last: int = 0
    resets: int = 0
    order_broken: int = 0
    size: int = 0
    ages: list[float] = field(default_factory=list)  # seconds from the event to this screen
    arrivals: dict[int, float] = field(default_factory=dict)  # of every hundredth number
    closed: str = ""

    def take(self, piece: Piece, *, closely: bool) -> None:
        now = time.time()
        self.size += len(piece.content)
        self.resets += piece.resets
        if not piece.numbers:
            return
        expected = (self.last or self.after) + 1
        self.order_broken += not (piece.is_run and piece.numbers[0] == expected)
        self.count += len(piece.numbers)
        self.last = piece.numbers[-1]
        self.arrivals.update(dict.fromkeys(piece.marks, now))
        if closely:
            self.ages += [now - moment for moment in piece.moments]


class Screen(asyncio.Protocol):
    """One connection: reads the answer's head, then chunk by chunk; events cut by a chunk's end are put together."""

    def __init__(self, viewer: Viewer, ask: bytes, *, closely: bool) -> None:
        self.viewer, self.ask, self.closely = viewer, ask, closely
        self.received, self.rest = b"", b""
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.ask)

    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        try:
            if not self.is_open:
                self._read_head()
            while self.is_open and (chunk := self._chunk()) is not None:
                self._take(chunk)
        except ValueError as trouble:
            self._end(repr(trouble))

    def connection_lost(self, exc: Exception | None) -> None:
        self.viewer.closed = self.viewer.closed or repr(exc)

    def _read_head(self) -> None:
        head, end, rest = self.received.partition(b"\r\n\r\n")
        if not end:
            return
        status = head.split(CHUNK_END, 1)[0]
        if b" 200 " not in status:
            self._end(status.decode())
            return
        self.is_open, self.received = True, rest

    def _chunk(self) -> bytes | None:
        """Return the next chunk once all of it is here."""
        at = self.received.find(CHUNK_END)
        if at < 0:
            return None
        begin = at + 2
        end = begin + int(self.received[:at], 16)
        if len(self.received) < end + 2:
            return None
        chunk, self.received = self.received[begin:end], self.received[end + 2 :]
        if begin == end:
            self._end("ended")
            return None
        return chunk

    def _take(self, chunk: bytes) -> None:
        if self.rest or not chunk.endswith(EVENT_END):
            whole, end, self.rest = (self.rest + chunk).rpartition(EVENT_END)
            chunk = whole + end
        if chunk:
            self.viewer.take(piece_of(chunk), closely=self.closely)

    def _end(self, why: str) -> None:
        self.viewer.closed = why
        self.is_open = False
        self.transport.close()


def _same(screen: Screen) -> Screen:
    return screen


async def main(
    port: int, cookie: str, area: str, *, count: int, after: int, seconds: float
) -> None:
    loop = asyncio.get_running_loop()
    viewers = [Viewer(after) for _number in range(count)]
    until = time.monotonic() + seconds
    ask = f"GET /live/stream?area={area}&after={after} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    screens = []
    for number, viewer in enumerate(viewers):
        screen = Screen(viewer, ask.encode(), closely=number < CLOSELY)
        screens.append(screen)
        await loop.create_connection(partial(_same, screen), "127.0.0.1", port)
        if number % 50 == 49:
            await asyncio.sleep(0.1)
    while not all(screen.is_open or screen.viewer.closed for screen in screens):
        await asyncio.sleep(0.05)
    print("open", flush=True)
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    said = summary(viewers)
    for screen in screens:
        screen.transport.close()
    print(json.dumps(said), flush=True)


def summary(viewers: list[Viewer]) -> dict[str, object]:
    spreads = []
    for number in sorted(set().union(*(viewer.arrivals for viewer in viewers))):
        seen = [viewer.arrivals[number] for viewer in viewers if number in viewer.arrivals]
        spreads += [moment - min(seen) for moment in seen]
    return {
        "viewers": len(viewers), "last": min(viewer.last for viewer in viewers), "newest": max(v.last for v in viewers),
        "broken": sum(viewer.order_broken for viewer in viewers), "resets": sum(viewer.resets for viewer in viewers),
        "closed": sorted({viewer.closed for viewer in viewers if viewer.closed}), "seen": sum(v.count for v in viewers),
        "ages": sorted(age for viewer in viewers[:CLOSELY] for age in viewer.ages)[::7],
        "spreads": sorted(spreads)[::7], "megabytes": sum(viewer.size for viewer in viewers) / 1e6,
    }  # fmt: skip


if __name__ == "__main__":
    port, cookie, area, count, after, seconds = sys.argv[1:]
    asyncio.run(
        main(int(port), cookie, area, count=int(count), after=int(after), seconds=float(seconds))
    )
