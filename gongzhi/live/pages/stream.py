"""One viewer's stream: what they missed, what an area shows, then everything that is published."""

import asyncio

from gongzhi.live import queries, rules
from gongzhi.live.pages.answers import Receive, Request, Send, begin_stream
from gongzhi.live.pages.station import Station, Viewer

SLOW = 20.0  # seconds a reader may take for one piece
LONGEST = 15 * 60.0  # seconds after which a viewer comes again, and is asked again who they are
COME_BACK = 3000  # milliseconds


async def stream(
    station: Station, request: Request, area: str, receive: Receive, send: Send
) -> None:
    """
    Stream an area to one viewer until they leave, were too slow, or it was long enough.

    However it ends, the browser comes back by itself with the number of the last news it saw.
    """
    viewer = Viewer()
    station.viewers.add(viewer)
    leaving = asyncio.ensure_future(_leave_with(receive, viewer))
    try:
        await begin_stream(send, request)
        await _follow(station, viewer, area, request.last_seen, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except (TimeoutError, OSError):
        pass  # a reader so slow is let go; one who is gone cannot be told
    finally:
        station.viewers.discard(viewer)
        leaving.cancel()


async def _leave_with(receive: Receive, viewer: Viewer) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    viewer.leave()


async def _follow(
    station: Station, viewer: Viewer, area: str, seen: int | None, send: Send
) -> None:
    hub, until = station.hub, asyncio.get_running_loop().time() + LONGEST
    place, piece = await _first(station, area, seen)
    while True:
        await _write(send, piece)
        if place == hub.number:
            await viewer.turn.wait()
            viewer.turn.clear()
        if viewer.is_gone or asyncio.get_running_loop().time() > until:
            return
        following = hub.since(area, place)
        if following is None:  # so slow that its place in the log is gone
            await _write(send, rules.reset(seq=hub.seq))
            return
        piece = following or rules.alive(seq=hub.seq, as_of=hub.as_of)
        place = hub.number


async def _first(station: Station, area: str, seen: int | None) -> tuple[int, bytes]:
    """Return the place in the log a viewer begins at, and the first piece: tiles, then the news they missed."""
    hub, older = station.hub, b""
    if seen is not None and not hub.holds(seen):
        until = hub.news[0].seq - 1 if hub.news else hub.seq
        rows = await station.ask(queries.missed, area=area, seq=seen, until=until)
        if rows is None:
            seen, older = None, rules.reset(seq=hub.seq)
        else:
            older = b"".join(rules.written("news", row, number=row["seq"]) for row in rows)
    # From here on nothing is awaited: place, tiles and news are of one moment.
    if seen is not None and seen > hub.seq:  # the numbers began anew: a restored database
        seen, older = None, rules.reset(seq=hub.seq)
    missed = hub.missed(area, seen) if seen is not None else b""
    sign = rules.beat(seq=hub.seq, as_of=hub.as_of)
    return hub.number, b"".join(
        (rules.retry_after(COME_BACK), hub.shown(area), older, missed, sign)
    )


async def _write(send: Send, piece: bytes) -> None:
    async with asyncio.timeout(SLOW):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
