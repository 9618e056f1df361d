"""Figures that follow by difference are the same as counted anew, however often the consumer was killed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.database import CLUSTER, execute

ROOT = Path(__file__).resolve().parents[1]
EVENTS = 100_000
DATABASE = "random_events"


def run(record: Callable[..., None]) -> None:
    execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    execute(f"CREATE DATABASE {DATABASE}")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.random_events", str(EVENTS)], cwd=ROOT, check=True, text=True,
            stdout=subprocess.PIPE, env={**os.environ, "DATABASE_URL": CLUSTER.url(DATABASE)},
        )  # fmt: skip
    finally:
        execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    said = json.loads(done.stdout.splitlines()[-1])
    record(
        name="figures.differences", value=len(said["differences"]), unit="of a recount", better="lower", target=0,
        how=f"{said['events']:,} random events on {said['matters']:,} matters, {said['deaths']} consumers killed; {said['differences']}",
    )  # fmt: skip
    record(
        name="figures.news", value=abs(said["news"] - said["events"]), unit="lost or twice", better="lower", target=0,
        how=f"{said['news']:,} numbers of the ticker for {said['events']:,} lines of files",
    )  # fmt: skip
    record(
        name="figures.rate", value=said["events"] / said["seconds"], unit="per second", better="higher", target=100,
        how="events taken in while they are written and consumers die",
    )  # fmt: skip
