"""
The stream as a program of its own: one hub, one ear at the database, as many viewers as the limit allows.

`/live/stream?area=` gives server-sent events, `/live/tiles?area=` the same tiles as one document.
"""

from collections import Counter

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.live import queries
from gongzhi.live.pages.answers import Headers, Receive, Request, Scope, Send, answer, say
from gongzhi.live.pages.station import Station
from gongzhi.live.pages.stream import stream

LATER: Headers = [(b"retry-after", b"30")]
SOON: Headers = [(b"retry-after", b"3")]


class Program:
    def __init__(self) -> None:
        self.station = Station()
        self.streams: Counter[int] = Counter()  # by person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(Request(scope), receive, send)

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        if request.path not in {"/live/stream", "/live/tiles", "/live/healthz"}:
            await say(send, request, 404, _("There is nothing here."))
        elif request.method != "GET":
            await say(send, request, 405, _("This can only be read."))
        elif not self.station.hub.number:
            await say(send, request, 503, _("The stream is starting."), SOON)
        elif request.path == "/live/healthz":
            await answer(send, request, status=200, body=b"ok\n", kind=b"text/plain")
        else:
            await self._show(request, receive, send)

    async def _show(self, request: Request, receive: Receive, send: Send) -> None:
        """Give tiles or the stream to who is signed in and reaches the area; the rest learn why not."""
        area = request.query.get("area", "")
        try:
            actor = await self.station.ask(
                queries.viewer, session_key=request.session_key, at=timezone.now()
            )
        except DatabaseError:
            await say(send, request, 503, _("The database cannot be reached."), SOON)
            return
        if not actor.id:
            await say(send, request, 401, _("Sign in first."))
        elif not queries.reaches(actor, area) or area not in self.station.hub.tiles:
            await say(send, request, 404, _("There is nothing here."))
        elif request.path == "/live/tiles":
            await answer(send, request, status=200, body=self.station.hub.snapshot(area))
        else:
            await self._stream(actor, request, area, receive, send)

    async def _stream(
        self, actor: Actor, request: Request, area: str, receive: Receive, send: Send
    ) -> None:
        is_full = len(self.station.viewers) >= settings.LIVE_VIEWERS
        if is_full or self.streams[actor.id] >= settings.LIVE_VIEWERS_EACH:
            await say(send, request, 503, _("Too many screens are connected. Ask for the tiles every few seconds instead."), LATER)  # fmt: skip
            return
        self.streams[actor.id] += 1
        try:
            await stream(self.station, request, area, receive, send)
        finally:
            self.streams[actor.id] -= 1

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start and end with the process."""
        while (message := await receive())["type"] != "lifespan.shutdown":
            if message["type"] == "lifespan.startup":
                self.station.start()
                await send({"type": "lifespan.startup.complete"})
        self.station.end()
        await send({"type": "lifespan.shutdown.complete"})


application = Program()
