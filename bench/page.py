"""Writes what was measured into docs/performance.md: a section a benchmark, with the machine and the day."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.table import Result, number

FILE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
SECTION = "<!-- bench:{name} -->\n{content}\n<!-- /bench:{name} -->"


def publish(name: str, results: Sequence[Result], *, file: Path = FILE) -> None:
    """Replace the benchmark's section, or add it at the end; what else stands on the page is left alone."""
    if not results:
        return
    text = file.read_text("utf-8")
    section = SECTION.format(name=name, content=_section(name, results))
    known = re.compile(
        rf"<!-- bench:{re.escape(name)} -->.*?<!-- /bench:{re.escape(name)} -->", re.DOTALL
    )
    if known.search(text):
        text = known.sub(lambda _found: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    file.write_text(text, "utf-8")


def _section(name: str, results: Sequence[Result]) -> str:
    rows = [
        f"| {one.name} | {number(one.value)} {one.unit} | {_promise(one)} | {_escaped(one.how)} |"
        for one in results
    ]
    return "\n".join(
        [
            f"### {name}", "", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}.", "",
            "| number | measured | promised | how |", "|---|---|---|---|", *rows,
        ]
    )  # fmt: skip


def _promise(one: Result) -> str:
    if one.target is None:
        return ""
    kept = "" if one.ok else " **missed**"
    return f"{'≥' if one.better == 'higher' else '≤'} {number(one.target)}{kept}"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def machine() -> str:
    """Say what it was measured on, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores {_processor()}, {memory:.0f} GiB, Python {platform.python_version()}, load average {busy:.1f}"


def _processor() -> str:
    found = re.search(
        r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8", errors="replace")
    )
    return found[1].strip() if found else platform.machine()
