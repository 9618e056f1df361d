"""Sound and film: how long they are, whether they are whole. They are not re-encoded."""

import io
import math

from tinytag import TinyTag, TinyTagException

from gongzhi.files.rules.boxes import read_film
from gongzhi.files.rules.kinds import Clean, Kind, Limit, Problem, Unusable
from gongzhi.files.rules.matroska import read_webm

_SUFFIXES = {
    "audio/mpeg": "mp3", "audio/x-wav": "wav", "audio/ogg": "ogg", "audio/x-flac": "flac",
    "audio/mp4": "m4a", "audio/webm": "webm", "video/webm": "webm", "video/mp4": "mp4",
    "video/quicktime": "mov",
}  # fmt: skip
_BROKEN = (ValueError, TinyTagException, OSError, KeyError, IndexError, TypeError, OverflowError,
           ZeroDivisionError, MemoryError, AttributeError, RecursionError)  # fmt: skip


def clean_media(
    content: bytes, *, kind: Kind, content_type: str, limits: dict[Kind, Limit]
) -> Clean:
    """Return the content with its length; a container that holds no picture counts as sound."""
    try:
        seconds, kind, content_type, content = _read(content, kind, content_type)
    except _BROKEN as error:
        raise Unusable(Problem.DAMAGED, kind=kind) from error
    if not math.isfinite(seconds) or seconds <= 0:
        raise Unusable(Problem.NO_LENGTH, kind=kind)
    # A recording stopped at the limit runs a moment over it.
    if seconds > limits[kind].seconds + 1:
        raise Unusable(Problem.TOO_LONG, kind=kind, limit=limits[kind].seconds)
    if len(content) > limits[kind].bytes:
        raise Unusable(Problem.TOO_LARGE, kind=kind, limit=limits[kind].bytes)
    return Clean(
        kind=kind, content_type=content_type, suffix=_SUFFIXES[content_type],
        content=content, duration=round(seconds, 2),
    )  # fmt: skip


def _read(content: bytes, kind: Kind, content_type: str) -> tuple[float, Kind, str, bytes]:
    if content[4:8] == b"ftyp":
        film = read_film(content)
        if film.has_picture:
            known = content_type if content_type in _SUFFIXES else "video/mp4"
            return film.seconds, Kind.VIDEO, known, film.content
        return film.seconds, Kind.AUDIO, "audio/mp4", film.content
    if content_type in {"video/webm", "video/x-matroska"}:
        seconds, has_picture = read_webm(content)
        kind = Kind.VIDEO if has_picture else Kind.AUDIO
        return seconds, kind, f"{kind.value}/webm", content
    tag = TinyTag.get(
        filename=f"a.{_SUFFIXES[content_type]}", file_obj=io.BytesIO(content), tags=False
    )
    return float(tag.duration or 0), kind, content_type, content
