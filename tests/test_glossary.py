"""The glossary has every word of the code that people see, with the word the Chinese pages show."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from gongzhi.accounts.models import Unit
from gongzhi.config.kinds import KINDS
from gongzhi.config.roles import ROLES
from gongzhi.matters.lifecycle import OTHER_LINES, Source

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.po"
ROW = re.compile(r"^\| *([^|]+?) *\| *([^|]+?) *\| *([^|]*?) *\|", re.MULTILINE)


def _labels() -> Iterator[tuple[str, str, Any]]:
    """Yield what stands in the code, the context it is translated in, and its label."""
    for kind in KINDS:
        yield from ((str(state), "state", label) for state, label in kind.lifecycle.labels.items())
        yield from ((move.name, "move", move.label) for move in kind.lifecycle.moves)
    yield from ((line, "move", label) for line, label in OTHER_LINES.items())
    yield from ((code, "", role.name) for code, role in ROLES.items())
    yield from ((code, "", label) for code, label in (*Unit.Kind.choices, *Source.choices))


@cache
def _translations() -> dict[tuple[str, str], set[str]]:
    """Return the Chinese words by context and English word, from the catalogues themselves."""
    words: dict[tuple[str, str], set[str]] = {}
    for file in [*ROOT.glob("gongzhi/*/" + CATALOGUE), ROOT / CATALOGUE]:
        with file.open("rb") as stream:
            for message in read_po(stream):
                if isinstance(message.id, str) and message.string:
                    key = (message.context or "", message.id)
                    words.setdefault(key, set()).add(str(message.string))
    return words


@pytest.mark.parametrize(("code", "context", "label"), list(_labels()))
def test_the_word_stands_in_the_glossary_as_the_pages_show_it(code, context, label):
    with translation.override("en"):
        english = str(label)
    shown = _translations().get((context, english), set())
    written = {
        chinese for word, chinese, there in _rows() if (word, there.strip("`")) == (english, code)
    }

    assert written & shown, f"docs/glossary.md has no row | {english} | {shown} | `{code}` |"


def test_no_word_is_explained_twice():
    words = [(word, chinese) for word, chinese, _code in _rows()]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def _rows() -> list[tuple[str, ...]]:
    found = ROW.findall(GLOSSARY.read_text())
    return [row for row in found if row[0] != "English" and not set(row[0]) <= {"-"}]
