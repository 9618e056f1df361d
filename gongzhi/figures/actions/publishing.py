"""Publishes tiles: each is computed once, and only what changed gets a new version."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from gongzhi.figures.models import Consumer, Tile
from gongzhi.figures.queries.board import Moment, board
from gongzhi.figures.queries.defined import tile_rows
from gongzhi.figures.queries.payloads import TILES, Payload, Scene
from gongzhi.places import queries as places

CHANNEL = "figures"
TOWN, VILLAGE = 1, 2


@dataclass
class _Published:
    """The digests of what stands in the table, as of a version: so that it is not read to be compared."""

    mark: tuple[int, datetime | None] = (-1, None)  # version, and when
    digests: dict[tuple[str, str], str] = field(default_factory=dict)


_last = _Published()


def publish(state: Consumer, *, at: datetime, touched: frozenset[str] | None = None) -> int:
    """
    Compute the tiles of the city and of the touched towns and villages (None: all); return how many changed.

    Listeners are told once, when the transaction commits.
    """
    city = places.city()
    if city is None:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        made = dict(_payloads(city.path, at, touched))
    before = _known(state)
    texts = {key: _digest(payload) for key, payload in made.items()}
    changed = [key for key, digest in texts.items() if before.get(key) != digest]
    state.published_at = at
    if touched is None:
        state.whole_at = at
    if changed:
        state.version += 1
        _write(changed, made, texts, state.version, at)
    _remember((state.version, at), {**before, **texts})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{state.version} {state.seq}"])
    return len(changed)


def _payloads(
    city: str, at: datetime, touched: frozenset[str] | None
) -> Iterator[tuple[tuple[str, str], Payload]]:
    moment = Moment.of(at)
    found = board(city=city, at=at, wanted=touched and _with_towns(touched))
    for row in tile_rows(on=moment.today):
        for path in _areas(city, row.levels, moment):
            if path == city or touched is None or path in touched:
                scene = Scene(path, found.sums[path], found, moment)
                yield (path, row.code), TILES[row.code](scene)


def _with_towns(touched: frozenset[str]) -> frozenset[str]:
    """The tile that ranks a town's villages, or the city's towns, needs the sums of all of them."""
    towns = {area.path for area in places.areas_at_level(TOWN)}
    below = {area.path for town in touched & towns for area in places.children(town)}
    return touched | towns | below


def _areas(city: str, levels: tuple[int, ...], moment: Moment) -> Iterator[str]:
    for level in levels:
        if level == 0:
            yield city
        else:
            yield from (area.path for area in places.areas_at_level(level, on=moment.today))


def _digest(payload: Payload) -> str:
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _known(state: Consumer) -> Mapping[tuple[str, str], str]:
    if _last.mark == (state.version, state.published_at):
        return _last.digests
    rows = Tile.objects.values_list("area_path", "code", "digest")
    return {(area_path, code): digest for area_path, code, digest in rows}


def _remember(mark: tuple[int, datetime], digests: dict[tuple[str, str], str]) -> None:
    """Only once it is committed: a publication that was rolled back was never seen by anybody."""

    def keep() -> None:
        _last.mark, _last.digests = mark, digests

    transaction.on_commit(keep)


def _write(
    changed: list[tuple[str, str]],
    made: Mapping[tuple[str, str], Payload],
    texts: Mapping[tuple[str, str], str],
    version: int,
    at: datetime,
) -> None:
    Tile.objects.bulk_create(
        [
            Tile(area_path=key[0], code=key[1], version=version, as_of=at, digest=texts[key], payload=made[key])
            for key in changed
        ],
        update_conflicts=True,
        unique_fields=["area_path", "code"],
        update_fields=["version", "as_of", "digest", "payload"],
        batch_size=1000,
    )  # fmt: skip
