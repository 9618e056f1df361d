"""The kinds of file that are kept, told by their content, and the reasons to turn one away."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import filetype

HEAD = 8192  # bytes that are enough to tell a type


class Kind(StrEnum):
    PHOTO = "photo"
    PDF = "pdf"
    AUDIO = "audio"
    VIDEO = "video"


class Problem(StrEnum):
    EMPTY = "empty"
    UNKNOWN = "unknown"
    PROGRAM = "program"
    HEIC = "heic"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LONG = "too_long"
    NO_LENGTH = "no_length"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"


class Unusable(Exception):
    """The content cannot be kept. `limit` is the number that was exceeded, in the problem's unit."""

    def __init__(self, problem: Problem, *, kind: Kind | None = None, limit: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.kind = kind
        self.limit = limit


@dataclass(frozen=True)
class Limit:
    """What one kind of file may be; zero means the measure does not apply."""

    bytes: int
    seconds: int = 0
    pixels: int = 0
    side: int = 0  # longest side kept, in pixels
    thumb: int = 0  # longest side of the thumbnail


@dataclass(frozen=True)
class Clean:
    """What is kept of an upload: clean bytes and the facts read from them."""

    kind: Kind
    content_type: str
    suffix: str
    content: bytes
    thumb: bytes = b""
    width: int = 0
    height: int = 0
    duration: float = 0.0
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    likeness: int | None = None


_KINDS = {
    "image/jpeg": Kind.PHOTO,
    "image/png": Kind.PHOTO,
    "image/webp": Kind.PHOTO,
    "image/gif": Kind.PHOTO,
    "image/bmp": Kind.PHOTO,
    "image/avif": Kind.PHOTO,
    "application/pdf": Kind.PDF,
    "audio/mpeg": Kind.AUDIO,
    "audio/x-wav": Kind.AUDIO,
    "audio/ogg": Kind.AUDIO,
    "audio/x-flac": Kind.AUDIO,
    "audio/mp4": Kind.AUDIO,
    "video/mp4": Kind.VIDEO,
    "video/x-m4v": Kind.VIDEO,
    "video/quicktime": Kind.VIDEO,
    "video/3gpp": Kind.VIDEO,
    "video/webm": Kind.VIDEO,
    "video/x-matroska": Kind.VIDEO,
}
_PROGRAMS = {
    "application/x-msdownload",
    "application/x-executable",
    "application/x-mach-binary",
    "application/java-archive",
}
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"dex\n")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(head: bytes) -> tuple[Kind, str]:
    """Return the kind and content type that the first bytes speak of; names and headers are not asked."""
    if not head:
        raise Unusable(Problem.EMPTY)
    if head.startswith(_PROGRAM_STARTS):
        raise Unusable(Problem.PROGRAM)
    if head[4:8] == b"ftyp":
        return _of_boxes(head)
    guess = filetype.guess(head)
    mime = guess.mime if guess else ""
    if mime in _PROGRAMS:
        raise Unusable(Problem.PROGRAM)
    if mime == "image/heic":
        raise Unusable(Problem.HEIC)
    if mime not in _KINDS:
        raise Unusable(Problem.UNKNOWN)
    return _KINDS[mime], mime


def _of_boxes(head: bytes) -> tuple[Kind, str]:
    """Tell the members of the ISO media family apart by their brand."""
    brand = head[8:12]
    if brand == b"avif":
        return Kind.PHOTO, "image/avif"
    if brand in _HEIC_BRANDS:
        raise Unusable(Problem.HEIC)
    if brand in {b"M4A ", b"M4B "}:
        return Kind.AUDIO, "audio/mp4"
    return Kind.VIDEO, "video/quicktime" if brand == b"qt  " else "video/mp4"
