"""Papers as PDF/A and as pictures, printed by typst in the house style."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.papers.rules import Paper, as_values

CONTENT = Path(__file__).resolve().parents[1] / "content"
FAMILIES = {"Noto Sans SC", "Noto Serif SC"}
PROGRAM = Path(__file__).with_name("binding.py")
SECONDS = 180
_one_at_a_time = threading.BoundedSemaphore(1)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the fonts of the setting and none of the machine: a paper looks alike everywhere."""
    folders = [str(folder) for folder in settings.PAPER_FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def has_fonts() -> bool:
    """Tell whether PDF papers can be printed here."""
    return set(_fonts().families()) >= FAMILIES


def pdf(template: Path, values: Mapping[str, Any], *, at: datetime) -> bytes:
    """
    Write a typst template as PDF/A-3b, the format archives ask for.

    The template reads its values by `json(bytes(sys.inputs.values))` and may use every function of
    the house style (content/house.typ). `at` is when the file says it was made: the same values
    give the same bytes.
    """
    made: bytes = _compiled(template, values, **_pdf_a(at))
    return made


def bound_pdf(
    template: Path, values: Mapping[str, Any], *, at: datetime, files: Mapping[str, bytes]
) -> bytes:
    """
    Write a template with many pictures, which it calls by their names, as PDF/A-3b.

    A process of its own sets it and gives its memory back: hundreds of pages of pictures are a
    gigabyte while they are laid out. One at a time for each process of ours.
    """
    job = {
        "source": _source(template).decode(), "values": _as_json(values), "options": _pdf_a(at),
        "fonts": [str(folder) for folder in settings.PAPER_FONTS],
    }  # fmt: skip
    _has_fonts_or_refuse()
    with TemporaryDirectory() as folder, _one_at_a_time:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", str(PROGRAM), folder], input=json.dumps(job).encode(),
            env={}, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def pdf_of(paper: Paper, *, at: datetime) -> bytes:
    return pdf(CONTENT / "paper.typ", as_values(paper), at=at)


def pictures(paper: Paper, *, ppi: float = 96) -> list[bytes]:
    """Return the pages of a paper as PNG pictures, to be looked at before it is signed."""
    drawn = _compiled(CONTENT / "paper.typ", as_values(paper), format="png", ppi=ppi)
    return drawn if isinstance(drawn, list) else [drawn]


def _compiled(template: Path, values: Mapping[str, Any], **options: Any) -> Any:
    _has_fonts_or_refuse()
    with TemporaryDirectory() as folder:
        compiler = typst.Compiler(
            input=_source(template), root=folder, font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs={"values": _as_json(values)},
        )  # fmt: skip
        return compiler.compile(**options)


def _pdf_a(at: datetime) -> dict[str, Any]:
    return {"format": "pdf", "timestamp": int(at.timestamp()), "pdf_standards": "a-3b"}


def _source(template: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in (CONTENT / "house.typ", template))


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=str)


def _has_fonts_or_refuse() -> None:
    if not has_fonts():
        raise Refused(
            _(
                "The fonts that papers are printed with are missing: the administrator finds the setting in the deploy guide."
            )
        )
