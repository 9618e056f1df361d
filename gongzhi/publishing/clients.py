"""
Finds regions that may show a face or a number plate, on this machine, with what the library brings along.

It answers with rectangles only: no features, no comparison, no memory of any picture. Loaded at the first
photo a worker handles, never when a web process starts.
"""

from gongzhi.publishing.rules import Region


def regions_in(content: bytes) -> list[Region]:
    """Return the regions to make unreadable; UnreadablePhoto when it is no picture."""
    from gongzhi.publishing.rules.finding import find  # noqa: PLC0415 - loads a large library

    return find(content)
