"""
What a big screen may hold: pages that take turns, on each of them tiles on a grid.

A layout is plain data: {"pages": [{"seconds": 30, "tiles": [{"code", "x", "y", "w", "h"}]}]}.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

ROWS: Final = 8
COLUMNS: Final[Mapping[str, int]] = {"16:9": 12, "32:9": 24}
MOST_PAGES: Final = 12
MOST_TILES: Final = 40
SECONDS: Final = (5, 3600)

Layout = dict[str, Any]


class Flaw(Exception):
    """The layout cannot be kept; `reason` is a mark that the caller puts into words."""

    def __init__(self, reason: str, page: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.page = reason, page


def checked(layout: object, *, ratio: str, codes: Collection[str]) -> Layout:
    """Return the layout with nothing in it but what a screen needs; Flaw when it cannot be drawn."""
    pages = layout.get("pages") if isinstance(layout, dict) else None
    if not isinstance(pages, list) or not 1 <= len(pages) <= MOST_PAGES:
        raise Flaw("pages")
    return {"pages": [_page(page, n, ratio, codes) for n, page in enumerate(pages, 1)]}


def _page(page: object, n: int, ratio: str, codes: Collection[str]) -> dict[str, Any]:
    tiles = page.get("tiles") if isinstance(page, dict) else None
    seconds = page.get("seconds", 30) if isinstance(page, dict) else None
    if not isinstance(tiles, list) or len(tiles) > MOST_TILES:
        raise Flaw("tiles", n)
    if not _whole(seconds, *SECONDS):
        raise Flaw("seconds", n)
    held = [_tile(tile, n, COLUMNS[ratio], codes) for tile in tiles]
    if _overlap(held):
        raise Flaw("overlap", n)
    return {
        "seconds": seconds,
        "tiles": sorted(held, key=lambda tile: (tile["y"], tile["x"])),
    }


def _tile(tile: object, n: int, columns: int, codes: Collection[str]) -> dict[str, Any]:
    if not isinstance(tile, dict) or tile.get("code") not in codes:
        raise Flaw("code", n)
    places = [tile.get(name) for name in "xywh"]
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in places):
        raise Flaw("place", n)
    x, y, w, h = (int(value) for value in places if isinstance(value, int))
    if min(x, y) < 0 or min(w, h) < 1 or x + w > columns or y + h > ROWS:
        raise Flaw("place", n)
    return {"code": tile["code"], "x": x, "y": y, "w": w, "h": h}


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _overlap(tiles: Sequence[Mapping[str, Any]]) -> bool:
    taken: set[tuple[int, int]] = set()
    for tile in tiles:
        fields = {
            (tile["x"] + dx, tile["y"] + dy) for dx in range(tile["w"]) for dy in range(tile["h"])
        }
        if fields & taken:
            return True
        taken |= fields
    return False
