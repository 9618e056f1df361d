"""
MP4, MOV and 3GP: a tree of boxes. Read its length, check that it is whole, blank out its metadata.

Phones write where the film was taken into udta and meta boxes. They become `free` boxes of zeros, which
keeps every offset as it was.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_PARENTS = {b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf"}
_META = {b"udta", b"meta", b"uuid"}
_DEEPEST = 8
_MOST = 20_000  # boxes; a real film of half a minute has a few hundred


@dataclass(frozen=True)
class Box:
    name: bytes
    start: int  # of the header
    body: int
    end: int


@dataclass(frozen=True)
class Film:
    seconds: float
    has_picture: bool
    content: bytes


def read_film(content: bytes) -> Film:
    """Return length, whether there is a picture track, and the content without metadata; ValueError if broken."""
    boxes = list(_walk(content, 0, len(content), 0))
    names = {box.name for box in boxes}
    if not {b"ftyp", b"moov", b"mdat"} <= names:
        raise ValueError("a part is missing")
    kinds = {content[box.body + 8 : box.body + 12] for box in boxes if box.name == b"hdlr"}
    blank = bytearray(content)
    for box in boxes:
        if box.name in _META:
            blank[box.start + 4 : box.start + 8] = b"free"
            blank[box.body : box.end] = bytes(box.end - box.body)
    return Film(_seconds(content, boxes), b"vide" in kinds, bytes(blank))


def _walk(content: bytes, at: int, end: int, depth: int) -> Iterator[Box]:
    count = 0
    while at < end:
        box = _box(content, at, end)
        yield box
        count += 1
        if count > _MOST or depth > _DEEPEST:
            raise ValueError("too many boxes")
        if box.name in _PARENTS:
            yield from _walk(content, box.body, box.end, depth + 1)
        at = box.end


def _box(content: bytes, at: int, end: int) -> Box:
    if end - at < 8:
        raise ValueError("cut off")
    size, name = struct.unpack_from(">I4s", content, at)
    body = at + 8
    if size == 1:
        (size,) = struct.unpack_from(">Q", content, body) if end - body >= 8 else (0,)
        body += 8
    elif size == 0:
        size = end - at
    if size < body - at or at + size > end:
        raise ValueError("cut off")
    return Box(name, at, body, at + size)


def _seconds(content: bytes, boxes: list[Box]) -> float:
    """Return the length the header states; for a film written in fragments, the sum of its fragments."""
    scale, units = 0, 0
    tracks: list[tuple[int, int]] = []
    for box in boxes:
        if box.name in {b"mvhd", b"mdhd"}:
            stated = _header_times(content, box)
            tracks.append(stated)
            scale, units = stated if box.name == b"mvhd" else (scale, units)
    if not scale:
        raise ValueError("no time scale")
    longest = max(
        (track_units / track_scale for track_scale, track_units in tracks if track_scale), default=0
    )
    return max(longest, _fragments(content, boxes, [scale for scale, _units in tracks[1:]]))


def _header_times(content: bytes, box: Box) -> tuple[int, int]:
    long = content[box.body : box.body + 1] == b"\x01"
    form, skip = (">IQ", 20) if long else (">II", 12)
    if box.end - box.body < skip + struct.calcsize(form):
        raise ValueError("cut off")
    scale, units = struct.unpack_from(form, content, box.body + skip)
    unknown = (1 << (64 if long else 32)) - 1
    return scale, 0 if units == unknown else units


def _fragments(content: bytes, boxes: list[Box], scales: list[int]) -> float:
    """Sum the sample lengths of the first track's fragments."""
    total, track, default = 0, 0, 0
    for box in boxes:
        if box.name == b"trex" and not default:
            default = _number(content, box, 12)
        elif box.name == b"tfhd":
            track = _number(content, box, 4)
        elif box.name == b"trun" and track == 1:
            total += _run(content, box, default)
    return total / scales[0] if scales and scales[0] else 0.0


def _run(content: bytes, box: Box, default: int) -> int:
    flags = _number(content, box, 0) & 0xFFFFFF
    count = _number(content, box, 4)
    if not flags & 0x100:
        return count * default
    step = 4 * bin(flags & 0xF00).count("1")
    first = 8 + 4 * bin(flags & 0x5).count("1")
    if box.body + first + step * count > box.end:
        raise ValueError("cut off")
    return sum(_number(content, box, first + step * i) for i in range(count))


def _number(content: bytes, box: Box, at: int) -> int:
    if box.end - box.body < at + 4:
        raise ValueError("cut off")
    return int.from_bytes(content[box.body + at : box.body + at + 4], "big")
