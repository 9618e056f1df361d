"""The figures of a morning's brief, each with the list it counts; a sentence without figures is left out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.http import urlencode

from gongzhi.base.actor import Actor, system
from gongzhi.catalogue import queries as catalogue
from gongzhi.figures import queries as figures
from gongzhi.figures.capabilities import Can as Figures
from gongzhi.learning.capabilities import Can
from gongzhi.learning.models import Forecast
from gongzhi.learning.queries import forecasts, parameters
from gongzhi.learning.queries.reach import behind_address, city_path, list_address
from gongzhi.learning.rules.sentences import Row, Said, percent
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

WRITER: Actor = system("每日简报", Figures.VIEW, Can.VIEW)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass
class Morning:
    """One area on one morning: the day that is over, the figures of now, the forecast."""

    area_path: str
    day: date
    at: datetime
    version: Forecast | None

    @property
    def numbers(self) -> Mapping[str, float]:
        return parameters.parameters(self.day + DAY)

    @property
    def most(self) -> int:
        return int(self.numbers["brief_rows"])

    def facts(self, since: date, until: date) -> Any:
        by = figures.FactFilter(since=since, until=until, area=self.area_path)
        return figures.facts(WRITER, by)

    def sums(self, since: date, until: date, *measures: str) -> dict[str, int]:
        """Sum measures over the matters reported in these days, from the counts."""
        is_city = self.area_path == city_path()
        dimension, key = ("city", "") if is_city else ("town", self.area_path)
        found = figures.counts(dimension, since=since, until=until, measures=measures, keys=[key])
        return found.get(key, dict.fromkeys(measures, 0))

    @cached_property
    def tiles(self) -> dict[str, dict[str, Any]]:
        return {tile.code: tile.payload for tile in figures.tiles(WRITER, self.area_path)}

    def list(self, **more: Any) -> str:
        said = {"area_path": self.area_path, "since": self.day, "until": self.day, **more}
        return list_address(**said)

    def behind(self, what: str, **more: Any) -> str:
        return behind_address(what, area_path=self.area_path, **more)


def gathered(morning: Morning) -> list[Said]:
    """Return the sentences of a morning that have something to say."""
    return [said for say in SENTENCES for said in say(morning)]


def _reported(m: Morning) -> Iterator[Said]:
    now = m.sums(m.day, m.day, "reported")["reported"]
    before = m.sums(m.day - WEEK, m.day - WEEK, "reported")["reported"]
    code = (
        "reported_same" if now == before else "reported_more" if now > before else "reported_less"
    )
    yield Said(code, {"reported": now, "before": before, "difference": abs(now - before)}, m.list())


def _sources(m: Morning) -> Iterator[Said]:
    found = figures.tally(m.facts(m.day, m.day), "source")[: m.most]
    rows = [_row(*_both(Source(code).label), count, m.list(source=code)) for code, count in found]
    if len(rows) > 1:
        yield Said("sources", {}, m.list(), rows)


def _items(m: Morning) -> Iterator[Said]:
    named = m.facts(m.day, m.day).filter(item_id__isnull=False)
    rows = []
    for item_id, count in figures.tally(named, "item_id")[: m.most]:
        name = catalogue.item(item_id).name
        rows.append(_row(name, name, count, m.list(item_id=item_id)))
    if len(rows) > 1:
        yield Said("items", {}, m.list(), rows)


def _closed(m: Morning) -> Iterator[Said]:
    rows = figures.closings(since=m.day, until=m.day)
    closed = sum(row["closed"] for row in rows if m.area_path in {city_path(), row["town"]})
    yield Said("closed", {"closed": closed}, m.behind("closed_on", on=m.day.isoformat()))


def _urgent(m: Morning) -> Iterator[Said]:
    if urgent := m.sums(m.day, m.day, "urgent")["urgent"]:
        still = m.facts(m.day, m.day).filter(is_urgent=True, is_open=True).count()
        yield Said("urgent", {"urgent": urgent, "urgent_open": still}, m.list(urgent=1))


def _open(m: Morning) -> Iterator[Said]:
    if (tile := m.tiles.get("open")) and (late := m.tiles.get("overdue")):
        yield Said("open", {"open": tile["value"], "overdue": late["value"]}, tile["href"])
        rows = [_plain(row) for row in late.get("rows", ())][: m.most]
        if rows:
            yield Said("overdue_states", {}, late["href"], rows)


def _areas(m: Morning) -> Iterator[Said]:
    tile = m.tiles.get("areas") or {}
    rows = [_plain(row) for row in tile.get("rows", ()) if row["value"]][: m.most]
    if rows:
        yield Said("areas", {}, (m.tiles.get("overdue") or {}).get("href", ""), rows)


def _supervised(m: Morning) -> Iterator[Said]:
    if (tile := m.tiles.get("supervised")) and tile["value"]:
        yield Said("supervised", {"supervised": tile["value"]}, tile["href"])


def _rate(code: str, name: str) -> Callable[[Morning], Iterator[Said]]:
    def say(m: Morning) -> Iterator[Said]:
        if (tile := m.tiles.get(name)) and tile["of"]:
            values = {
                "part": tile["part"],
                "of": tile["of"],
                "percent": percent(tile["part"], tile["of"]),
            }
            yield Said(code, values, tile["href"])

    return say


def _returned(m: Morning) -> Iterator[Said]:
    since, names = m.day - WEEK + DAY, ("dispatched", "returned", "reworked")
    sums = m.sums(since, m.day, *names)
    if sums["dispatched"]:
        days = {"since": since.isoformat(), "until": m.day.isoformat()}
        yield Said("returned", sums, m.behind("returned", **days))


def _clusters(m: Morning) -> Iterator[Said]:
    least = int(m.numbers["cluster_least"])
    named = m.facts(m.day, m.day).filter(item_id__isnull=False).exclude(village="")
    found = [row for row in figures.tally(named, "village", "item_id") if row[2] >= least]
    rows = []
    for village, item_id, count in found[: m.most]:
        words = f"{places.full_name(village)} {catalogue.item(item_id).name}"
        rows.append(_row(words, words, count, m.list(area_path=village, item_id=item_id)))
    if rows:
        yield Said("clusters", {"least": least}, "", rows)


def _ahead(m: Morning) -> Iterator[Said]:
    if m.version is None or not m.version.series_count or m.version.cutoff != m.day:
        return
    towns = {line.area_path: line for line in _lines(m)}
    line = towns.get(m.area_path)
    if line is None:
        return
    names = (
        "today",
        "today_low",
        "today_high",
        "tomorrow",
        "tomorrow_low",
        "tomorrow_high",
        "week",
        "week_low",
        "week_high",
    )
    values: dict[str, Any] = {name: round(getattr(line, name)) for name in names}
    values |= {
        "error": _of_hundred(line.wape_percent),
        "plain": _of_hundred(line.naive_percent),
        "cutoff": m.day.isoformat(),
    }
    yield Said("ahead", values, f"/learning/forecast?{urlencode({'area': m.area_path})}")
    yield from _ahead_groups(m)


def _lines(m: Morning) -> list[forecasts.Line]:
    assert m.version is not None
    if m.area_path == city_path():
        return [forecasts.whole(WRITER, m.version, area_path=m.area_path)]
    return forecasts.of_towns(WRITER, m.version)


def _of_hundred(value: int | None) -> str:
    return "—" if value is None else f"{value}%"


def _ahead_groups(m: Morning) -> Iterator[Said]:
    assert m.version is not None
    least, week = m.numbers["ahead_more_percent"], m.numbers["ahead_least_week"]
    rows = [
        _row(
            line.name,
            line.name,
            f"{line.week:.0f}（+{line.change_percent}%）",
            _group_address(m, line),
        )
        for line in forecasts.of_groups(WRITER, m.version, area_path=m.area_path)
        if line.week >= week and (line.change_percent or 0) >= least
    ]
    if rows:
        href = f"/learning/forecast?{urlencode({'area': m.area_path})}"
        yield Said("ahead_groups", {"least": f"{least:.0f}%"}, href, rows[: m.most])


def _group_address(m: Morning, line: forecasts.Line) -> str:
    return f"/learning/forecast?{urlencode({'area': m.area_path, 'group': line.item_class})}"


def _plain(row: dict[str, Any]) -> Row:
    return _row(row["label"], row["label"], row["value"], row["href"])


def _row(zh: str, en: str, value: Any, href: str) -> Row:
    return Row(zh, en, str(value), href)


def _both(label: Any) -> tuple[str, str]:
    """Return a label in Chinese and in English."""
    words = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words.append(str(label))
    return words[0], words[1]


SENTENCES: tuple[Callable[[Morning], Iterator[Said]], ...] = (
    _reported, _sources, _items, _closed, _urgent, _open, _areas, _supervised, _rate("on_time", "on_time_7"),
    _rate("rating", "rating"), _returned, _clusters, _ahead,
)  # fmt: skip
