"""A thousand open screens while a hundred matters a second come in through the real intake."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone

from bench import cpu
from bench.database import execute
from bench.hammer import cookies_of, hammer
from bench.intake import reports
from bench.table import percentile
from bench.web import serving
from gongzhi.config import processes
from gongzhi.config.programs import figures_command, live_command

ROOT = Path(__file__).resolve().parents[1]
VIEWERS, A_SECOND, SETTLE = 1000, 100, 12
SECONDS = int(os.environ.get("GONGZHI_BENCH_LIVE_SECONDS", "60"))
LOGS = ROOT / "var" / "log"


def run(record: Callable[..., None]) -> None:
    from gongzhi.figures import actions, queries  # noqa: PLC0415 - Django is set up by the caller
    from gongzhi.places import queries as places  # noqa: PLC0415

    began = time.monotonic()
    actions.rebuild(at=timezone.now())
    record(
        name="live.rebuild", value=time.monotonic() - began, unit="s", better="lower", target=None,
        how="facts that are missing, counts, tiles of every area",
    )  # fmt: skip
    city = places.city()
    assert city is not None
    with ExitStack() as stack:
        web = stack.enter_context(serving(workers=2))
        stack.enter_context(running(figures_command(), "bench-figures"))
        port = stack.enter_context(streaming())
        cookies = cookies_of(web, "supervisor")
        after = queries.mark().seq
        seen, polls, rate, spent = _measure(web, port, cookies, city.path, after)
    _record(record, seen, polls, rate, spent)


def _measure(
    web: str, port: int, cookies: dict[str, str], area: str, after: int
) -> tuple[dict[str, Any], list[float], float, str]:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    viewers = subprocess.Popen(
        [
            sys.executable, "-m", "bench.viewers", str(port), cookie, area, str(VIEWERS), str(after),
            str(SECONDS + SETTLE),
        ],
        stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert viewers.stdout is not None
    if viewers.stdout.readline().strip() != "open":
        raise RuntimeError("the viewers did not come in")
    polls: list[float] = []
    polling = threading.Thread(target=_poll, args=(port, cookie, area, polls), daemon=True)
    polling.start()
    began, before = time.monotonic(), cpu.spent()
    rate = hammer(web, paced(reports(A_SECOND * SECONDS)), cookies={}, seconds=SECONDS)
    spent = cpu.words(cpu.spent() - before, over=time.monotonic() - began)
    seen = json.loads(viewers.stdout.readline())
    viewers.wait()
    return seen, polls, rate, spent


def paced(requests: Iterator[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Let out A_SECOND requests a second, evenly."""
    began = time.monotonic()
    for number, request in enumerate(requests):
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        yield request


def _poll(port: int, cookie: str, area: str, polls: list[float]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.monotonic()
        line.request("GET", f"/live/tiles?area={area}", headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the tiles answered {answer.status}")
        polls.append(time.monotonic() - began)
        time.sleep(0.05)


def _record(
    record: Callable[..., None], seen: dict[str, Any], polls: list[float], rate: float, spent: str
) -> None:
    newest = execute("SELECT seq FROM figures_consumer")[0][0]
    whole = (
        seen["last"] == seen["newest"] == newest
        and not seen["broken"]
        and not seen["resets"]
        and not seen["closed"]
    )
    how = f"{VIEWERS} streams, {rate:.0f} reports a second for {SECONDS} s"
    record(
        name="live.intake", value=rate, unit="per second", better="higher", target=0.97 * A_SECOND,
        how=f"HTTP /report, 2 web processes, while all screens are open; {spent}",
    )  # fmt: skip
    record(
        name="live.tiles_p95", value=1000 * percentile(polls, 0.95), unit="ms", better="lower", target=200,
        how=f"GET /live/tiles of the city, {len(polls)} times; {how}",
    )  # fmt: skip
    record(
        name="live.fresh_p95", value=percentile(seen["ages"], 0.95), unit="s", better="lower", target=5,
        how=f"from the report to the screen; the slowest {max(seen['ages']):.1f} s; tiles come in the same piece",
    )  # fmt: skip
    record(
        name="live.spread_p95", value=1000 * percentile(seen["spreads"], 0.95), unit="ms", better="lower", target=None,
        how="from the first of the thousand screens to the others",
    )  # fmt: skip
    record(
        name="live.lost", value=0 if whole else 1, unit="screens differ", better="lower", target=0,
        how=f"every number seen once and in order by every screen, up to {newest}; {seen['megabytes']:.0f} MB sent; {seen['closed']}",
    )  # fmt: skip


@contextmanager
def running(command: list[str], name: str, **extra: str) -> Iterator[None]:
    mark = f"{ROOT}/bench"
    child = processes.launch(command, log=LOGS / f"{name}.log", mark=mark, folder=ROOT, extra=extra)
    try:
        yield
    finally:
        processes.end(child.pid, mark=mark, patience=5.0)
        child.wait()


@contextmanager
def streaming() -> Iterator[int]:
    """Yield the port of a running stream; end it afterwards."""
    from gongzhi.config import supervisor  # noqa: PLC0415 - needs the settings

    port = supervisor.port_after("127.0.0.1", 8300)
    with running(
        live_command("127.0.0.1", port), "bench-live", GONGZHI_LIVE_VIEWERS_EACH=str(2 * VIEWERS)
    ):
        until = time.monotonic() + 30
        while not _lives(port):
            if time.monotonic() > until:
                raise RuntimeError(f"The stream does not answer; its log is in {LOGS}.")
            time.sleep(0.2)
        yield port


def _lives(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/live/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
