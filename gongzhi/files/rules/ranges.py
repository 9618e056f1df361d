"""Parts of a file that a player asks for."""

import re

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def byte_range(header: str, *, size: int) -> tuple[int, int] | None:
    """
    Return the first and last byte asked for; None when the header asks for nothing we serve in parts.

    ValueError when the part lies outside the file (the answer is then 416).
    """
    found = _RANGE.fullmatch(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or start > end:
        raise ValueError("outside the file")
    return start, end
