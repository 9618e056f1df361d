"""
A thousand open event streams in one process of its own, and what each of them saw.

    python -m bench.viewers PORT COOKIE AREA VIEWERS AFTER SECONDS

Prints one JSON document when the time is over.
"""

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime

NEWS = re.compile(rb"id: (\d+)\nevent: news\n")
AT = re.compile(rb'"at":"([^"]+)"')
CLOSELY = 20  # viewers whose every line is read; of the others the numbers are counted
PIECE = 1 << 18


@dataclass
class Viewer:
    after: int
    count: int = 0
    last: int = 0
    resets: int = 0
    order_broken: int = 0
    size: int = 0
    rest: bytes = b""
    ages: list[float] = field(default_factory=list)  # seconds from the event to this screen
    arrivals: dict[int, float] = field(default_factory=dict)  # of every hundredth number
    closed: str = ""

    def take(self, piece: bytes, *, closely: bool) -> None:
        now = time.time()
        self.size += len(piece)
        whole, _cut, self.rest = (self.rest + piece).rpartition(b"\n\n")
        self.resets += whole.count(b"event: reset")
        numbers = [int(number) for number in NEWS.findall(whole)]
        if not numbers:
            return
        expected = self.last or self.after
        self.order_broken += numbers != list(range(expected + 1, expected + 1 + len(numbers)))
        self.count += len(numbers)
        self.last = numbers[-1]
        self.arrivals.update({number: now for number in numbers if number % 100 == 0})
        if closely:
            self.ages += [
                now - datetime.fromisoformat(at.decode()).timestamp() for at in AT.findall(whole)
            ]


async def look(
    viewer: Viewer, number: int, *, port: int, cookie: str, area: str, until: float
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=PIECE)
    ask = f"GET /live/stream?area={area}&after={viewer.after} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    writer.write(ask.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        viewer.closed = head.split(b"\r\n", 1)[0].decode()
        return
    try:
        while (left := until - time.monotonic()) > 0:
            async with asyncio.timeout(left):
                length = int(await reader.readline(), 16)
                if not length:
                    viewer.closed = "ended"
                    return
                viewer.take(await reader.readexactly(length), closely=number < CLOSELY)
                await reader.readexactly(2)
    except TimeoutError:
        pass
    except (asyncio.IncompleteReadError, ConnectionError, ValueError) as trouble:
        viewer.closed = repr(trouble)
    finally:
        writer.close()


async def main(
    port: int, cookie: str, area: str, *, count: int, after: int, seconds: float
) -> None:
    viewers = [Viewer(after) for _number in range(count)]
    until = time.monotonic() + seconds
    looking = []
    for number, viewer in enumerate(viewers):
        looking.append(
            asyncio.ensure_future(
                look(viewer, number, port=port, cookie=cookie, area=area, until=until)
            )
        )
        if number % 50 == 49:
            await asyncio.sleep(0.1)
    print("open", flush=True)
    await asyncio.gather(*looking)
    print(json.dumps(summary(viewers)), flush=True)


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
