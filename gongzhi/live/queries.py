"""What the stream asks the database: who comes, what was published since, what somebody missed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.figures import queries as figures

MOST_MISSED = 2000  # news a viewer catches up with; who missed more begins anew


@dataclass(frozen=True)
class Since:
    """What was published since a viewer, or this process, last looked."""

    tiles: list[dict[str, Any]]
    news: list[dict[str, Any]]
    as_of: str | None


def since(*, seq: int, version: int) -> Since:
    mark = figures.mark()
    tiles = figures.tiles_since(version) if mark.version > version else []
    news = figures.news_since(seq, limit=mark.seq - seq) if mark.seq > seq else []
    as_of = mark.as_of.isoformat() if mark.as_of else None
    return Since([each.as_dict() for each in tiles], [each.as_dict() for each in news], as_of)


def newest_seq() -> int:
    return figures.mark().seq


def missed(*, area: str, seq: int, until: int) -> list[dict[str, Any]] | None:
    """Return an area's news after a number and up to another; None when they are not kept or too many."""
    if seq > until or seq + 1 < figures.oldest_news() or until - seq > MOST_MISSED:
        return None
    found = figures.news_since(seq, limit=until - seq)
    return [each.as_dict() for each in found if each.area_path.startswith(area)]


def viewer(session_key: str, *, at: datetime) -> Actor:
    """Return who comes with a session; nobody without one. Looking on does not lengthen a session."""
    if not session_key:
        return ANONYMOUS
    try:
        found = accounts.signed_in(session_key, at=at)
    except DatabaseError:
        connection.close()  # the server was away: the next question opens a new connection
        raise
    return found.actor if found and not found.ended else ANONYMOUS


def reaches(actor: Actor, area: str) -> bool:
    return bool(area) and figures.covers(actor, area)


def address(host: str, *, scheme: str) -> str:
    """
    Return where the stream is for somebody who reads pages at a host.

    The setting is a path on the same host ("/live"), a port of it (":8001/live"), or a whole address.
    """
    said = settings.LIVE_URL
    if said.startswith(":"):
        bare = urlsplit(f"//{host}").hostname or host
        bare = f"[{bare}]" if ":" in bare else bare
        return f"{scheme}://{bare}{said}"
    return str(said)


def may_ask(origin: str, *, host: str) -> bool:
    """Tell whether a page of this origin may read the stream: one of ours, never anybody else's."""
    if origin in {_origin(settings.PUBLIC_ADDRESS), *settings.CSRF_TRUSTED_ORIGINS}:
        return True
    asks, web = urlsplit(origin), urlsplit(settings.PUBLIC_ADDRESS)
    ours = urlsplit(f"//{host}")
    return bool(asks.hostname) and asks.hostname == ours.hostname and asks.port == web.port


def _origin(text: str) -> str:
    parts = urlsplit(text)
    return f"{parts.scheme}://{parts.netloc}"
