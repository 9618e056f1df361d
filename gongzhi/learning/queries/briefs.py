"""The briefs within reach, as pages and papers show them; their templates and readers."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.learning.capabilities import Can
from gongzhi.learning.models import Brief
from gongzhi.learning.queries.reach import city_path
from gongzhi.learning.rules.sentences import Template
from gongzhi.places import queries as places

CONTENT = Path(__file__).parents[1] / "content"
MOST_DAYS = 60


@dataclass(frozen=True)
class Sentence:
    """One sentence with its source, its list and the lists of what it names."""

    code: str
    text: str
    source: str
    href: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    title: str
    sentences: Sequence[Sentence]


@dataclass(frozen=True)
class BriefPage:
    """A brief in the reader's language."""

    id: int
    area_path: str
    area_name: str
    day: date
    version: int
    made_at: datetime
    sections: Sequence[Section]


@dataclass(frozen=True)
class BriefRow:
    """A day of which there is a brief."""

    day: date
    version: int
    made_at: datetime


def newest_brief(actor: Actor, *, area_path: str) -> BriefPage | None:
    row = _within(actor, area_path).order_by("-day", "-version").first()
    return _page(row) if row else None


def brief_of(actor: Actor, *, area_path: str, day: date, version: int | None = None) -> BriefPage:
    """Return the brief of a day, its newest version if none is named; OutOfReach when there is none."""
    rows = _within(actor, area_path).filter(day=day).order_by("-version")
    row = rows.filter(version=version).first() if version else rows.first()
    if row is None:
        raise OutOfReach
    return _page(row)


def brief_days(actor: Actor, *, area_path: str) -> list[BriefRow]:
    """Return the newest days with a brief, each with its newest version."""
    rows = (
        _within(actor, area_path)
        .order_by("-day", "-version")
        .values_list("day", "version", "made_at")
    )
    found: dict[date, BriefRow] = {}
    for day, version, made_at in rows[: 3 * MOST_DAYS]:
        found.setdefault(day, BriefRow(day, version, made_at))
    return list(found.values())[:MOST_DAYS]


def _within(actor: Actor, area_path: str) -> Any:
    return Brief.objects.within_reach_of(actor, Can.VIEW).filter(area_path=area_path)


def _page(row: Brief) -> BriefPage:
    end = language()
    sections = []
    for code, title in section_titles():
        lines = [line for line in row.lines if line["section"] == code]
        if lines:
            sections.append(Section(title, [_sentence(line, end) for line in lines]))
    name = places.area(row.area_path).name
    return BriefPage(row.pk, row.area_path, name, row.day, row.version, row.made_at, sections)


def _sentence(line: dict[str, Any], end: str) -> Sentence:
    links = [(link[end], link["href"]) for link in line["links"]]
    return Sentence(line["code"], line[end], line[f"source_{end}"], line["href"], links)


def language() -> str:
    """Return which of the two languages of a sentence is the reader's."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def section_titles() -> list[tuple[str, str]]:
    rows = sorted(_read("brief_sections.csv"), key=lambda row: int(row["place"]))
    return [(row["code"], row[language()]) for row in rows]


def templates(on: date) -> dict[str, Template]:
    """Return the sentences in force on a day, the newest words of each."""
    rows = sorted(_read("brief.csv"), key=lambda row: row["valid_from"])
    names = ("code", "section", "zh", "en", "source_zh", "source_en")
    return {
        row["code"]: Template(place=int(row["place"]), **{name: row[name] for name in names})
        for row in rows
        if row["valid_from"] <= on.isoformat()
    }


def readers(level: int) -> list[str]:
    """Return the roles that are told of the brief of a level: 0 the city, 1 a town."""
    return [row["role"] for row in _read("brief_readers.csv") if int(row["level"]) == level]


@lru_cache(maxsize=4)
def _read(name: str) -> tuple[dict[str, str], ...]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def brief_areas(on: date) -> list[str]:
    """Return the areas that get a brief: the city and its towns."""
    return [city_path(), *(town.path for town in places.areas_at_level(1, on=on))]
