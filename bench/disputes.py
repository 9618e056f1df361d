"""A million disputes: what every list of the centre, the bodies and their mediators costs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.database import CLUSTER
from bench.table import percentile

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "disputes"
COUNT = int(os.environ.get("GONGZHI_BENCH_DISPUTES", "1000000"))
STATEMENTS = 14  # of a page: rows, names, the frame with its counters


def run(record: Callable[..., None]) -> None:
    was_running = CLUSTER.data.exists() and CLUSTER.is_running()
    CLUSTER.start()
    try:
        _make_database()
        groups = _measured()
    finally:
        if not was_running:
            CLUSTER.stop()
    for name, pages in groups.items():
        times = [ms for page in pages for ms in page["ms"]]
        slowest = max(pages, key=lambda page: percentile(page["ms"], 0.5))
        most = max(page["statements"] for page in pages)
        record(
            name=f"disputes.{name}", value=percentile(times, 0.95), unit="ms p95", better="lower", target=60,
            how=f"{len(pages)} lists, {COUNT:,} disputes, p50 {percentile(times, 0.5):.0f} ms, ≤ {most} statements (≤ {STATEMENTS});"
            f" slowest {percentile(slowest['ms'], 0.5):.0f} ms: {slowest['login']} {slowest['address']}",
            ok=percentile(times, 0.95) <= 60 and most <= STATEMENTS,
        )  # fmt: skip


def _make_database() -> None:
    import psycopg  # noqa: PLC0415 - only this benchmark needs a second database

    with psycopg.connect(CLUSTER.url(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _measured() -> dict[str, list[dict[str, Any]]]:
    """Have a process of its own, with the product on this database, fill it and open the lists."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.quarrels", str(COUNT)], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": CLUSTER.url(DATABASE), "DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"},
    )  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            page = json.loads(line)
            groups.setdefault(page["group"], []).append(page)
    return groups
