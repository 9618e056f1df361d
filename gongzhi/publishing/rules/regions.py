"""Rectangles of a picture, in shares of its width and height, so that any size of it can be marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 60
SMALLEST = 0.004  # a box thinner than this is a slip of the finger
STREET_GRID = 3  # decimals of a degree: about 100 metres


@dataclass(frozen=True)
class Region:
    """Where something is to be made unreadable. It says nothing about who or what it shows."""

    left: float
    top: float
    width: float
    height: float
    by: str = "found"  # found by the detector, or set by a person

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def grown(self, share: float) -> "Region":
        """Return the region widened on every side by a share of its size, kept inside the picture."""
        left, top = (
            max(0.0, self.left - self.width * share),
            max(0.0, self.top - self.height * share),
        )
        right = min(1.0, self.right + self.width * share)
        bottom = min(1.0, self.bottom + self.height * share)
        return Region(left, top, right - left, bottom - top, self.by)

    def overlap(self, other: "Region") -> float:
        """Return the shared part as a share of the smaller region."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or high <= 0:
            return 0.0
        return wide * high / min(self.width * self.height, other.width * other.height)


def merged(regions: Iterable[Region], *, at: float = 0.5) -> list[Region]:
    """Return fewer regions that cover the same: those that largely lie on each other become one."""
    left: list[Region] = []
    for region in sorted(regions, key=lambda r: -r.width * r.height):
        place = next((i for i, kept in enumerate(left) if kept.overlap(region) >= at), None)
        if place is None:
            left.append(region)
        else:
            left[place] = _around(left[place], region)
    return sorted(left, key=lambda r: (r.top, r.left))[:MOST]


def _around(one: Region, other: Region) -> Region:
    x, y = min(one.left, other.left), min(one.top, other.top)
    right, bottom = max(one.right, other.right), max(one.bottom, other.bottom)
    return Region(x, y, right - x, bottom - y, one.by)


def read_regions(values: Any) -> list[Region] | None:
    """Read boxes a form sent as [[left, top, width, height, by], …]; None when they are no boxes."""
    if not isinstance(values, list) or len(values) > MOST:
        return None
    read = [_read(value) for value in values]
    return [region for region in read if region] if None not in read else None


def _read(value: Any) -> Region | None:
    if not isinstance(value, list) or len(value) not in {4, 5}:
        return None
    numbers = value[:4]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        return None
    left, top, width, height = (float(n) for n in numbers)
    if not (0 <= left < 1 and 0 <= top < 1 and width >= SMALLEST and height >= SMALLEST):
        return None
    by = "found" if value[4:] == ["found"] else "person"
    return Region(left, top, min(width, 1 - left), min(height, 1 - top), by)


def written(regions: Sequence[Region]) -> list[list[Any]]:
    """Return the boxes as they are kept until the decision."""
    return [
        [round(r.left, 4), round(r.top, 4), round(r.width, 4), round(r.height, 4), r.by]
        for r in regions
    ]


def rounded(lon: float, lat: float) -> tuple[float, float]:
    """Return the point on the grid the public sees."""
    return round(lon, STREET_GRID), round(lat, STREET_GRID)
