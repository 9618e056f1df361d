"""Reading requests and writing answers of the stream's own small program."""

import json
from collections.abc import Awaitable, Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from gongzhi.base.texts import as_number
from gongzhi.live import queries

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Request:
    def __init__(self, scope: Scope) -> None:
        self.path = str(scope["path"])
        self.method = str(scope["method"])
        self.query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        self._headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }

    def header(self, name: str) -> str:
        return str(self._headers.get(name, ""))

    @property
    def session_key(self) -> str:
        try:
            found = SimpleCookie(self.header("cookie")).get(settings.SESSION_COOKIE_NAME)
        except CookieError:
            return ""
        return str(found.value) if found else ""

    @property
    def last_seen(self) -> int | None:
        """Return the number the browser comes back with, or the one its page was made at."""
        said = self.header("last-event-id") or self.query.get("after", "")
        return as_number(said, digits=18)

    @property
    def cross_origin(self) -> Headers:
        """Let the web process's own pages read the answer when they stand on another port."""
        origin = self.header("origin")
        if not origin or not queries.may_ask(origin, host=self.header("host")):
            return []
        return [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]


async def answer(
    send: Send,
    request: Request,
    *,
    status: int,
    body: bytes,
    kind: bytes = b"application/json",
    more: Headers | None = None,
) -> None:
    headers: Headers = [
        (b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store"),
        (b"vary", b"Origin, Cookie"), (b"x-content-type-options", b"nosniff"), *request.cross_origin, *(more or []),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def say(
    send: Send, request: Request, status: int, sentence: str, more: Headers | None = None
) -> None:
    body = json.dumps({"message": sentence}, ensure_ascii=False).encode()
    await answer(send, request, status=status, body=body, more=more)


async def begin_stream(send: Send, request: Request) -> None:
    headers: Headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"), (b"vary", b"Origin, Cookie"), *request.cross_origin,
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
