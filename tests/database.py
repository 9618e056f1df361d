"""
The database that every worker's own is a copy of: made once by the migrations, kept for the next run.

Its name holds a mark of all that migrations are made of: a changed migration has a database of its own.
One process makes it while others wait, under a name nobody looks for until it is whole.

    python -m tests.database    make it now where it is missing
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from gongzhi.config.postgres import Cluster

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "migrated_"
HALF = "_half"
LOCK = 20_261_130
# What a migration takes from a module: a field or a function that its tables are made of.
TAKEN = re.compile(r"^\s*(?:from|import) (gongzhi[.\w]*)", re.MULTILINE)


def ready(cluster: Cluster) -> str:
    """Return the name of the database to copy; make it first where nobody has."""
    name = PREFIX + mark(ROOT)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = _known(keeper)
        if name not in known:
            _drop(keeper, known)
            _make(keeper, name, cluster)
    return name


def forget(cluster: Cluster) -> None:
    """Drop what was made: after a crash nobody knows whether it is whole."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _drop(keeper, _known(keeper))


def mark(root: Path) -> str:
    """Return a mark of the migrations, of what they take from modules and of the packages that bring others."""
    content = hashlib.sha256()
    for path in sorted(_sources(root)):
        content.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return content.hexdigest()[:16]


def _sources(root: Path) -> set[Path]:
    ours = set(root.glob("gongzhi/*/migrations/*.py"))
    taken = {name for path in ours for name in TAKEN.findall(path.read_text("utf-8"))}
    places = (root.joinpath(*name.split(".")) for name in taken)
    modules = {
        file
        for place in places
        for file in (place.with_suffix(".py"), place / "__init__.py")
        if file.exists()
    }
    return ours | modules | set(root.glob("requirements/app.txt"))


def _known(keeper: "psycopg.Connection[tuple[str]]") -> list[str]:
    rows: Iterator[tuple[str]] = keeper.execute("SELECT datname FROM pg_database")
    return [name for (name,) in rows if name.startswith(PREFIX)]


def _drop(keeper: "psycopg.Connection[tuple[str]]", names: list[str]) -> None:
    for name in names:
        keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _make(keeper: "psycopg.Connection[tuple[str]]", name: str, cluster: Cluster) -> None:
    half = name + HALF
    keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"],
        check=True, cwd=ROOT, env={**os.environ, "DATABASE_URL": cluster.url(half)},
    )  # fmt: skip
    keeper.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
    )


if __name__ == "__main__":
    ready(Cluster(os.environ["GONGZHI_CLUSTER"], throw_away=True))
