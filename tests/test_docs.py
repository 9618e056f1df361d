"""The documents are true where a machine can tell: links, commands, files and settings that they name."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gongzhi.config.cli.commands import gongzhi

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "frontend" / "README.md"])
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MAKE = re.compile(r"(?:`|^ *(?:\$ )?|&& )make ([a-z]+)", re.MULTILINE)
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|csv|md|js|css|toml))`")
DECISION = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def _named(pages: list[Path]) -> list:
    return [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages]


@pytest.mark.parametrize("page", _named(PAGES))
def test_every_link_leads_somewhere(page):
    broken = [
        link
        for link in LINK.findall(FENCE.sub("", page.read_text()))
        if "://" not in link and not link.startswith("mailto:") and not _leads(page, link)
    ]

    assert broken == []


def _leads(page: Path, link: str) -> bool:
    path, _hash, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _named(PAGES))
def test_every_command_of_gongzhi_exists(page):
    unknown = [" ".join(words) for words in _commands(page) if not _is_known(words)]

    assert unknown == []


def _commands(page: Path) -> Iterator[list[str]]:
    """Yield the words after `gongzhi` in code: between backticks, or on a line of a block."""
    text = page.read_text()
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    for code in [*blocks, *spans, *indented]:
        for said in re.findall(r"(?:^ *|/bin/|=…/|&& )gongzhi +([^;&|#]+)", code):
            yield shlex.split(said)


def _is_known(words: list[str]) -> bool:
    command: click.Command = gongzhi
    for word in words:
        if word.startswith("-"):
            names = {name for option in command.params for name in option.opts}
            if word.partition("=")[0] not in names | {"--help", "-h"}:
                return False
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return False
            command = command.commands[word]
    return True


@pytest.mark.parametrize("page", _named(PAGES))
def test_every_target_of_make_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(MAKE.findall(page.read_text())) - targets == set()


@pytest.mark.parametrize("page", _named(PAGES))
def test_every_file_that_is_named_is_there(page):
    """Paths are written from the root, or from the package as the architecture does."""
    missing = [
        name
        for name in NAMED_FILE.findall(FENCE.sub("", page.read_text()))
        if not any(
            (ROOT / base / name).exists() for base in ("", "gongzhi", page.parent.relative_to(ROOT))
        )
        and not name.startswith(("var/", "gongzhi/suggestions/"))
    ]

    assert missing == []


def test_every_decision_says_its_context_its_choice_and_its_price():
    decisions = sorted((ROOT / "docs" / "decisions").iterdir())
    numbers = [path.name[:4] for path in decisions]

    assert [path.name for path in decisions if not DECISION.fullmatch(path.name)] == []
    assert numbers == [f"{n:04d}" for n in range(1, len(decisions) + 1)]
    assert [
        path.name
        for path in decisions
        if HEADING.findall(path.read_text())[1:] != ["Context", "Decision", "Price"]
        or not path.read_text().startswith(f"# {path.name[:4]} ")
    ] == []
