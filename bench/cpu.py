"""Whose processor time it was: seconds by part, of the processes this benchmark started and of the database."""

import os
from collections import Counter
from contextlib import suppress

import psutil

from bench.database import CLUSTER

PARTS = {  # what stands in a command line → whose it is
    "bench.viewers": "screens", "asgi": "stream", "wsgi": "web", "figures": "figures",
}  # fmt: skip
OWN, DATABASE = "requests", "database"


def spent() -> Counter[str]:
    """Return the milliseconds of processor time used so far, by part; two such counters subtract to a stretch of time."""
    found: Counter[str] = Counter({OWN: _used(psutil.Process())})
    for child in psutil.Process().children():
        found[_part(child)] += _family(child)
    lock = (CLUSTER.data / "postmaster.pid").read_text()
    found[DATABASE] += _family(psutil.Process(int(lock.split()[0])))
    return found


def words(used: Counter[str], *, over: float) -> str:
    """Say the parts as shares of one core, the largest first, of so many seconds."""
    told = (f"{name} {ms / over / 10:.0f} %" for name, ms in used.most_common() if ms > 0)
    return f"of one core of {os.cpu_count()}: {', '.join(told)}"


def _part(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        line = process.cmdline()
        return next((name for sign, name in PARTS.items() if sign in line), "others")
    return "others"


def _family(process: psutil.Process) -> int:
    """Return the milliseconds a process, its living descendants and its reaped children used."""
    with suppress(psutil.Error):
        times = process.cpu_times()
        reaped = round(1000 * (times.children_user + times.children_system))
        return int(_used(process) + reaped + sum(map(_used, process.children(recursive=True))))
    return 0


def _used(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return int(1000 * (times.user + times.system))
    return 0
