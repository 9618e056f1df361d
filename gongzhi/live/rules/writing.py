"""Server-sent events as bytes; each is written once and sent to everybody."""

import json
from typing import Any


def written(event: str, data: Any, *, number: int | None = None) -> bytes:
    """Write an event; its number becomes the Last-Event-ID the browser comes back with."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {event}\ndata: {text}\n\n".encode()


def tile(shown: dict[str, Any]) -> bytes:
    return written("tile", shown)


def beat(*, seq: int, as_of: str | None) -> bytes:
    """Say up to where everything is true: the viewer shows the time, and misses nothing when coming back."""
    return written("beat", {"seq": seq, "as_of": as_of}, number=seq)


def alive(*, seq: int, as_of: str | None) -> bytes:
    """Show that the connection lives although nothing happened, and that the figures are still true."""
    return comment("alive") + beat(seq=seq, as_of=as_of)


def reset(*, seq: int) -> bytes:
    """Say that what was missed is too long ago: the viewer reads the page anew and goes on from here."""
    return written("reset", {"seq": seq}, number=seq)


def comment(text: str) -> bytes:
    return f": {text}\n\n".encode()


def retry_after(milliseconds: int) -> bytes:
    return f"retry: {milliseconds}\n\n".encode()
