"""The real web processes on the benchmark's database, for numbers measured over HTTP."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongzhi.config import processes
from gongzhi.config.programs import web_command

ROOT = Path(__file__).resolve().parents[1]
UNLIMITED = {"GONGZHI_REPORTS_PER_MINUTE": "1000000", "GONGZHI_REPORTS_AT_ONCE": "1000000"}
LOG = ROOT / "var" / "log" / "bench-web.log"


@contextmanager
def serving(*, workers: int = 2) -> Iterator[str]:
    """Yield the address of a running web process with so many workers; end it afterwards."""
    from gongzhi.config import supervisor  # noqa: PLC0415 - needs the settings

    port = supervisor.free_port("127.0.0.1", None)
    address, mark = f"http://127.0.0.1:{port}", f"{ROOT}/bench"
    child = processes.launch(
        web_command("127.0.0.1", port, workers=workers),
        log=LOG,
        mark=mark,
        folder=ROOT,
        extra=UNLIMITED,
    )
    try:
        until = time.monotonic() + 30
        while not supervisor.is_ready(address):
            if time.monotonic() > until or child.poll() is not None:
                sys.exit(f"The web process does not answer; its log is {LOG}.")
            time.sleep(0.1)
        yield address
    finally:
        processes.end(child.pid, mark=mark, patience=5.0)
        child.wait()
