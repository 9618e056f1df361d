"""
Keeps the interface's catalogues: collects every string, lists what is untranslated, compiles.

    python -m tools.messages            add new strings to the catalogues, list the untranslated
    python -m tools.messages --check    only list; end with 1 when a string has no translation
    python -m tools.messages --compile  write the .mo files Django reads

Each module of gongzhi/ has a catalogue of its own (locale/zh_Hans/LC_MESSAGES/django.po); what
stands in templates/ and gongzhi/config belongs to locale/ at the top.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
TRANS = re.compile(
    r"""\{%-?\s*(?:translate|trans)\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)"""
    r"""(?:\s+context\s+(?P<q3>["'])(?P<context>.*?)(?P=q3))?"""
    r"""|_\((?P<q2>["'])(?P<inner>.*?)(?P=q2)\)"""
)
BLOCK = re.compile(
    r"\{%-?\s*blocktrans(?:late)?(?P<options>[^%]*)%\}(?P<body>.*?)\{%-?\s*endblocktrans(?:late)?\s*-?%\}",
    re.DOTALL,
)
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]")
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def owner(path: Path) -> Path:
    """Return the folder whose locale/ translates the file."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "gongzhi" and len(parts) > 2 and parts[1] not in {"config", "base"}:
        return ROOT / "gongzhi" / parts[1]
    return ROOT


def sources() -> Iterator[Path]:
    for pattern in (
        "gongzhi/**/*.py",
        "gongzhi/**/*.html",
        "templates/**/*.html",
        "gongzhi/**/*.txt",
    ):
        yield from (
            p for p in sorted(ROOT.glob(pattern)) if not {"tests", "migrations"} & set(p.parts)
        )


def strings(path: Path) -> Iterator[tuple[int, str | tuple[str, str], str | None]]:
    """Yield (line, message or singular and plural, context)."""
    text = path.read_text()
    if path.suffix == ".py":
        for line, _function, message, _comments in extract_python(
            io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"}
        ):
            yield from _of_call(line, _function, message)
        return
    for found in TRANS.finditer(text):
        yield (
            text.count("\n", 0, found.start()) + 1,
            found["text"] or found["inner"],
            found["context"],
        )
    for found in BLOCK.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, _block(found), None


def _of_call(
    line: int, function: object, message: Any
) -> Iterator[tuple[int, str | tuple[str, str], str | None]]:
    if str(function).startswith("pgettext"):
        yield line, message[1], message[0]
    elif str(function).startswith("ngettext"):
        yield line, (message[0], message[1]), None
    elif message and (first := message[0] if isinstance(message, tuple) else message):
        yield line, first, None


def _block(found: re.Match[str]) -> str | tuple[str, str]:
    parts = re.split(r"\{%-?\s*plural\s*-?%\}", found["body"])
    if "trimmed" in found["options"]:
        parts = [" ".join(line.strip() for line in p.strip().splitlines()) for p in parts]
    parts = [VARIABLE.sub(r"%(\1)s", part.replace("%", "%%")) for part in parts]
    return (parts[0], parts[1]) if len(parts) > 1 else parts[0]


def catalogue_file(folder: Path) -> Path:
    return folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def collected() -> dict[Path, Catalog]:
    """Return one fresh catalogue a folder, translations carried over from the file on disk."""
    fresh: dict[Path, Catalog] = {}
    for path in sources():
        folder = owner(path)
        catalogue = fresh.setdefault(folder, _empty())
        for _line, message, context in strings(path):
            catalogue.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    for folder, catalogue in fresh.items():
        known = _read(catalogue_file(folder))
        for entry in catalogue:
            if entry.id and (old := known.get(entry.id, entry.context)):
                entry.string = old.string
    return fresh


def _empty() -> Catalog:
    return Catalog(locale="zh_Hans", project="gongzhi", charset="utf-8", fuzzy=False)


def _read(file: Path) -> Catalog:
    if not file.exists():
        return _empty()
    with file.open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def untranslated(catalogues: dict[Path, Catalog]) -> list[str]:
    return [
        f"{catalogue_file(folder).relative_to(ROOT)}: {message.id!r}"
        for folder, catalogue in catalogues.items()
        for message in catalogue
        if message.id and not _is_translated(message.string)
    ]


def mistaken(catalogues: dict[Path, Catalog]) -> list[str]:
    """List translations that name other placeholders than the text: filling them in would fail."""
    return [
        f"{catalogue_file(folder).relative_to(ROOT)}: {message.id!r} has other placeholders"
        for folder, catalogue in catalogues.items()
        for message in catalogue
        if message.id and _is_translated(message.string) and not _same_placeholders(message)
    ]


def _same_placeholders(message: Message) -> bool:
    wanted = [set(PLACEHOLDER.findall(text)) for text in texts(message.id)]
    return all(set(PLACEHOLDER.findall(text)) in wanted for text in texts(message.string))


def texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, tuple | list) else [str(value)]


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def save(catalogues: dict[Path, Catalog]) -> None:
    for folder, catalogue in catalogues.items():
        file = catalogue_file(folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(
                stream, catalogue, no_location=True, omit_header=False, sort_output=True, width=0
            )
        lines = file.read_text().splitlines(keepends=True)
        file.write_text(
            "".join(line for line in lines if "-Date:" not in line and "Generated-By" not in line)
        )


def compile_all() -> None:
    for po in ROOT.glob("**/zh_Hans/LC_MESSAGES/django.po"):
        if ".venv" in po.parts or "node_modules" in po.parts:
            continue
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale="zh_Hans"))


def main() -> int:
    if "--compile" in sys.argv:
        compile_all()
        return 0
    catalogues = collected()
    if "--check" not in sys.argv:
        save(catalogues)
        compile_all()
    problems = untranslated(catalogues) + mistaken(catalogues)
    print("\n".join(problems) or "every string is translated")
    return 1 if problems and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
