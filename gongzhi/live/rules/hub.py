"""
The one copy of what every viewer sees: the tiles of each area, the latest news, and what was published when.

A viewer is a place in the log and nothing more, so a slow one costs no memory: it reads on from its
place, or learns that its place is gone.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongzhi.live.rules import writing

KEPT_NEWS = 20_000  # in memory, for viewers who come back
KEPT_PUBLICATIONS = 120


@dataclass(frozen=True)
class News:
    seq: int
    area_path: str
    event: bytes


@dataclass(frozen=True)
class Publication:
    number: int
    tiles: Mapping[str, tuple[bytes, ...]]  # by area
    news: tuple[News, ...]
    beat: bytes


@dataclass
class Hub:
    seq: int = 0
    version: int = 0
    as_of: str | None = None
    number: int = 0  # of the latest publication
    tiles: defaultdict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    news: deque[News] = field(default_factory=lambda: deque(maxlen=KEPT_NEWS))
    log: deque[Publication] = field(default_factory=lambda: deque(maxlen=KEPT_PUBLICATIONS))
    _written: dict[tuple[str, int], bytes] = field(default_factory=dict)
    _snapshots: dict[str, bytes] = field(default_factory=dict)

    def publish(
        self,
        *,
        tiles: Iterable[Mapping[str, Any]],
        news: Iterable[Mapping[str, Any]],
        as_of: str | None,
    ) -> None:
        """Take what came since the last time; news continue the numbers without a gap."""
        by_area: dict[str, list[bytes]] = defaultdict(list)
        for shown in tiles:
            kept = dict(shown)
            self.tiles[kept["area"]][kept["code"]] = kept
            self.version = max(self.version, kept["version"])
            by_area[kept["area"]].append(writing.tile(kept))
        fresh = tuple(
            News(row["seq"], row["area_path"], writing.written("news", row, number=row["seq"]))
            for row in news
            if row["seq"] > self.seq
        )
        self.news.extend(fresh)
        self.seq = fresh[-1].seq if fresh else self.seq
        self.as_of = as_of
        self.number += 1
        sign = writing.beat(seq=self.seq, as_of=as_of)
        written = {area: tuple(events) for area, events in by_area.items()}
        self.log.append(Publication(self.number, written, fresh, sign))
        self._written.clear()
        self._snapshots.clear()

    def since(self, area: str, number: int) -> bytes | None:
        """Return what an area's viewers who have seen a publication get next; None when that is too long ago."""
        if number < self.number - len(self.log):
            return None
        if number == self.number:
            return b""
        key = (area, number)
        if key not in self._written:
            self._written[key] = b"".join(self._events(area, number))
        return self._written[key]

    def _events(self, area: str, number: int) -> Iterable[bytes]:
        sign = b""
        for publication in self.log:
            if publication.number > number:
                yield from publication.tiles.get(area, ())
                yield from (row.event for row in publication.news if row.area_path.startswith(area))
                sign = publication.beat
        yield sign

    def holds(self, seq: int) -> bool:
        """Tell whether all news after a number are in memory."""
        return seq >= self.seq or bool(self.news and self.news[0].seq <= seq + 1)

    def missed(self, area: str, seq: int) -> bytes:
        """Return the news of an area after a number, from memory."""
        found: list[bytes] = []
        for row in reversed(self.news):
            if row.seq <= seq:
                break
            if row.area_path.startswith(area):
                found.append(row.event)
        return b"".join(reversed(found))

    def shown(self, area: str) -> bytes:
        """Return an area's tiles as events, for somebody who has just come."""
        return b"".join(writing.tile(each) for each in self._of(area))

    def snapshot(self, area: str) -> bytes:
        """Return an area's tiles as one document."""
        if area not in self._snapshots:
            found = {
                "area": area, "seq": self.seq, "as_of": self.as_of, "tiles": self._of(area)
            }  # fmt: skip
            text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
            self._snapshots[area] = text.encode()
        return self._snapshots[area]

    def _of(self, area: str) -> list[dict[str, Any]]:
        return [shown for _code, shown in sorted(self.tiles.get(area, {}).items())]
