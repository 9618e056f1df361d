"""The benchmark's own database: durable, made once, filled to the size that is asked for."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongzhi.config.postgres import Cluster

CLUSTER = Cluster("bench")
TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


@contextmanager
def running(*, matters: int) -> Iterator[None]:
    """Have Django on the benchmark's database, with at least so many matters in it."""
    os.environ["GONGZHI_CLUSTER"] = CLUSTER.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    was_running = CLUSTER.data.exists() and CLUSTER.is_running()
    CLUSTER.start()
    try:
        _prepare(matters)
        yield
    finally:
        from django.db import connections  # noqa: PLC0415 - Django is set up by now

        connections.close_all()
        if not was_running:
            CLUSTER.stop()


def _prepare(matters: int) -> None:
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from gongzhi.config.cli.progress import Progress  # noqa: PLC0415
    from gongzhi.demo import actions  # noqa: PLC0415

    if _count() < matters:
        # Made anew, not added to: every number then speaks of one and the same database.
        CLUSTER.remove()
        CLUSTER.start()
        call_command("migrate", interactive=False, verbosity=0)
        actions.load(matters=matters, report=Progress())
        execute("VACUUM ANALYZE")
    call_command("migrate", interactive=False, verbosity=0)


def _count() -> int:
    if execute("SELECT to_regclass('matters_matter')") == [(None,)]:
        return 0
    return int(str(execute("SELECT count(*) FROM matters_matter")[0][0]))


def execute(statement: str) -> list[tuple[object, ...]]:
    """Run one statement outside every transaction of Django's, on the benchmark's database."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(CLUSTER.url(), autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def pgbench(script: str, *, clients: int = 8, seconds: int = 8, mode: str = "simple") -> float:
    """
    Return the transactions a second of a pgbench script, e.g. the same inserts without us.

    In mode "simple" the server reads each statement anew, as it does with ours; in "prepared" it
    reads them once.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script)
        command = CLUSTER.command(
            "pgbench", "-h", CLUSTER.sockets, "-U", "gongzhi", "-n", "-M", mode,
            "-f", file, "-c", clients, "-j", 2, "-T", seconds, "gongzhi",
        )  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = TPS.search(done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench: {done.stderr.strip()[-600:]}")
    return float(found[1])
