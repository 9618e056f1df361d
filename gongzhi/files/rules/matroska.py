"""WebM, as browsers record it: a tree of elements. Read its length and whether there is a picture track."""

import struct
from collections.abc import Iterator

_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP = (
    0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0,
)  # fmt: skip
_SCALE, _DURATION, _TYPE, _TIME, _SIMPLE_BLOCK, _BLOCK = 0x2AD7B1, 0x4489, 0x83, 0xE7, 0xA3, 0xA1
_PARENTS = {_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP}
_PICTURE = 1
_MOST = 200_000


def read_webm(content: bytes) -> tuple[float, bool]:
    """Return seconds and whether there is a picture; ValueError if broken."""
    scale, stated, cluster, last, picture = 1_000_000, 0.0, 0, 0, False
    for name, body in _elements(content):
        if name == _SCALE:
            scale = int.from_bytes(body, "big")
        elif name == _DURATION:
            stated = _float(body)
        elif name == _TYPE:
            picture = picture or int.from_bytes(body, "big") == _PICTURE
        elif name == _TIME:
            cluster = int.from_bytes(body, "big")
        elif name in {_SIMPLE_BLOCK, _BLOCK}:
            last = max(last, cluster + _block_time(body))
    # Browsers leave the length out while they record, so the last block counts as well.
    return max(stated, last) * scale / 1e9, picture


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _count in range(_MOST):
        if at >= len(content):
            return
        name, at = _vint(content, at, keep_mark=True)
        size, at = _vint(content, at, keep_mark=False)
        if name in _PARENTS:
            continue  # its children follow; sizes of parents may be unknown
        if size < 0 or at + size > len(content):
            raise ValueError("cut off")
        yield name, content[at : at + size]
        at += size
    raise ValueError("too many elements")


def _vint(content: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """Read a number whose first byte tells how many follow; -1 stands for 'unknown'."""
    if at >= len(content) or content[at] == 0:
        raise ValueError("cut off")
    length = 9 - content[at].bit_length()
    value = int.from_bytes(content[at : at + length], "big")
    if at + length > len(content):
        raise ValueError("cut off")
    if not keep_mark:
        mask = (1 << (7 * length)) - 1
        value = -1 if value & mask == mask else value & mask
    return value, at + length


def _float(body: bytes) -> float:
    if len(body) not in {4, 8}:
        raise ValueError("not a number")
    return float(struct.unpack(">f" if len(body) == 4 else ">d", body)[0])


def _block_time(body: bytes) -> int:
    _track, at = _vint(body, 0, keep_mark=False)
    return int.from_bytes(body[at : at + 2], "big", signed=True)
