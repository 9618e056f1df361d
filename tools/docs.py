"""
Writes what the documents take from the code: lifecycles as drawings, the ladder as a table.

    python -m tools.docs           write docs/
    python -m tools.docs --check   end with 1 when a document differs from the code
"""

import ast
import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from gongzhi.base.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
LIFECYCLES = ROOT / "docs" / "lifecycles"
BEGIN, END = "<!-- modules -->", "<!-- /modules -->"


def wanted() -> dict[Path, str]:
    """Return every document as the code would have it."""
    documents = {ARCHITECTURE: with_ladder(ARCHITECTURE.read_text())}
    documents |= {LIFECYCLES / f"{name}.md": text for name, text in lifecycles()}
    return documents


def with_ladder(text: str) -> str:
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    rows = [
        "| module | owns | main words | never |",
        "|---|---|---|---|",
        *(row for layer in layers() for name in layer.split(" | ") if (row := module_row(name))),
    ]
    return f"{before}{BEGIN}\n" + "\n".join(rows) + f"\n{END}{after}"


def layers() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    return list(next(contract["layers"] for contract in contracts if contract["id"] == "modules"))


def module_row(name: str) -> str:
    """Make a row of the module's docstring: what it owns, its main words, what it never does."""
    source = ROOT / "gongzhi" / name / "__init__.py"
    if not source.exists():
        return ""
    said = " ".join((ast.get_docstring(ast.parse(source.read_text())) or "").split())
    owns, _words, rest = said.partition("Main words:")
    words, _never, never = rest.partition("Never:")
    cells = (cell.strip().replace("|", "\\|") for cell in (owns, words, never))
    return f"| `{name}` | {' | '.join(cells)} |"


def lifecycles() -> Iterator[tuple[str, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    from django.utils import translation  # noqa: PLC0415

    from gongzhi.config.kinds import KINDS  # noqa: PLC0415

    for kind in KINDS:
        with translation.override("zh-hans"):
            yield kind.code, drawing(f"{kind.name} ({kind.code})", kind.lifecycle)


def drawing(title: str, lifecycle: Lifecycle) -> str:
    rows = [
        f"| `{move.name}` | {move.label} | {', '.join(sorted(move.sources))} | {move.target or '–'} | `{move.capability}` |"
        for move in lifecycle.moves
    ]
    states = [f"| `{state}` | {label} |" for state, label in lifecycle.labels.items()]
    return "\n".join(
        [
            f"# {title}",
            "",
            "Drawn from the lifecycle table by `make docs`; do not edit.",
            "",
            "```mermaid",
            lifecycle.as_mermaid(),
            "```",
            "",
            "| state | shown as |",
            "|---|---|",
            *states,
            "",
            "| move | shown as | from | to | capability |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> int:
    documents = wanted()
    left_over = set(LIFECYCLES.glob("*.md")) - documents.keys()
    stale = [
        path for path, text in documents.items() if not path.exists() or path.read_text() != text
    ]
    if "--check" in sys.argv:
        for path in [*stale, *left_over]:
            print(f"{path.relative_to(ROOT)} is not what the code says: run `make docs`")
        return 1 if stale or left_over else 0
    LIFECYCLES.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(documents[path])
    for path in left_over:
        path.unlink()
    print(f"{len(stale)} of {len(documents)} documents written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
