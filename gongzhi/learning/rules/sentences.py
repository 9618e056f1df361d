"""Sentences of the brief: a template and its figures. Nothing is written freely; a gap is an error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Template:
    """The words of one sentence, in both languages, and where its figures come from."""

    code: str
    section: str
    place: int
    zh: str
    en: str
    source_zh: str
    source_en: str


@dataclass(frozen=True)
class Row:
    """One of several things a sentence names, with its figure and its list."""

    zh: str
    en: str
    value: str
    href: str


@dataclass(frozen=True)
class Said:
    """The figures of one sentence: which template, its values, the list behind it, and rows it names."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    href: str = ""
    rows: Sequence[Row] = ()


class Gap(ValueError):
    """A template asks for a figure nobody gives."""


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Put the figures into a template; Gap when one is missing."""

    def value(found: re.Match[str]) -> str:
        if values.get(found[1]) is None:
            raise Gap(found[1])
        return str(values[found[1]])

    return _PLACEHOLDER.sub(value, text)


def written(said: Said, template: Template) -> dict[str, Any]:
    """Return a line of the brief: both languages, its list, its source, the rows with their own lists."""
    zh = {**said.values, "rows": "、".join(f"{row.zh} {row.value}" for row in said.rows)}
    en = {**said.values, "rows": ", ".join(f"{row.en} {row.value}" for row in said.rows)}
    return {
        "code": said.code, "section": template.section, "zh": filled(template.zh, zh), "en": filled(template.en, en),
        "href": said.href, "links": [{"zh": row.zh, "en": row.en, "href": row.href} for row in said.rows if row.href],
        "source_zh": filled(template.source_zh, zh), "source_en": filled(template.source_en, en),
        "figures": {key: str(value) for key, value in said.values.items()},
    }  # fmt: skip


def percent(part: float, of: float) -> str:
    """Return a share in percent with one decimal, without a needless nought."""
    return f"{100 * part / of:.1f}".removesuffix(".0") + "%"
