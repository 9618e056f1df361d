"""
Runs the demonstration: database, web, worker, figures, the stream, the lake and a simulated court under one roof; ends them in order.

A lock tells whether a supervisor lives; a file tells which children it started, so that the next
start can end what a killed one left behind.
"""

import fcntl
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.config import processes
from gongzhi.config.postgres import Cluster
from gongzhi.config.programs import (
    court_command,
    figures_command,
    lake_command,
    live_command,
    web_command,
    worker_command,
)

FIRST_PORT, LAST_PORT = 8000, 8099
STARTING = (
    180.0  # seconds the web process may take until it answers; on a busy machine it needs them
)
PATIENCE = {
    "web": 6.0,
    "worker": 12.0,
    "figures": 6.0,
    "live": 4.0,
    "lake": 6.0,
    "court": 2.0,
}  # a job may take a moment to end
RESTARTS = 3  # a child that ends this often within a minute ends the whole

Say = Callable[[str], None]
Prepare = Callable[[], Collection[str]]  # makes ready, and returns the children nobody needs


class Supervisor:
    def __init__(self, *, host: str, port: int | None, cluster: Cluster | None, say: Say) -> None:
        self.host, self.wanted, self.cluster, self.say = host, port, cluster, say
        self.address = ""
        self.port = self.live_port = 0
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.ended: list[float] = []

    @property
    def mark(self) -> str:
        return str(settings.VAR)

    def run(self, prepare: Prepare, announce: Callable[[str], None]) -> None:
        """Start what `prepare` does not tell to leave out, stay until told to end, end everything."""
        with only_one() as lock:
            self._end_leftovers()
            self.port = free_port(self.host, self.wanted)
            self.live_port = port_after(self.host, self.port)
            self.address = f"http://{self.host}:{self.port}"
            _sign(lock, self.address)
            signal.signal(signal.SIGTERM, _interrupt)
            signal.signal(signal.SIGHUP, _interrupt)
            try:
                self._start(prepare)
                announce(self.address)
                self._watch()
            except KeyboardInterrupt:
                self.say(_("Stopping …"))
            finally:
                self._end()

    def _start(self, prepare: Prepare) -> None:
        if self.cluster is not None:
            if not (self.cluster.data / "PG_VERSION").exists():
                self.say(_("Making the database …"))
            self.cluster.start()
        without = prepare()
        connections.close_all()
        for name in PATIENCE:
            if name not in without:
                self._launch(name)
        self._wait_until_ready()

    def _launch(self, name: str) -> None:
        command = self._command(name)
        extra = {
            "GONGZHI_PUBLIC_ADDRESS": os.environ.get("GONGZHI_PUBLIC_ADDRESS", self.address),
            "GONGZHI_LIVE_URL": os.environ.get("GONGZHI_LIVE_URL", f":{self.live_port}/live"),
        }
        self.children[name] = processes.launch(
            command, log=log_file(name), mark=self.mark, folder=settings.ROOT, extra=extra
        )
        processes.remember(_state_file(), {key: child.pid for key, child in self.children.items()})

    def _command(self, name: str) -> list[str]:
        if name == "web":
            return web_command(self.host, self.port)
        if name == "live":
            return live_command(self.host, self.live_port)
        others = {"figures": figures_command, "worker": worker_command, "lake": lake_command}
        if name == "court":
            return court_command(self.address)
        return others[name]()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + STARTING
        while not is_ready(self.address):
            self._revive()
            if time.monotonic() > until:
                raise Refused(
                    _("The web process does not answer; its log is {log}.").format(
                        log=log_file("web")
                    )
                )
            time.sleep(0.1)

    def _watch(self) -> None:
        while True:
            time.sleep(0.5)
            self._revive()

    def _revive(self) -> None:
        """Start a child again that ended by itself; give up when that happens again and again."""
        for name, child in self.children.items():
            if child.poll() is None:
                continue
            now = time.monotonic()
            self.ended = [*(moment for moment in self.ended if now - moment < 60), now]
            if len(self.ended) > RESTARTS:
                raise Refused(
                    _("“{name}” ends again and again; its log is {log}.").format(
                        name=name, log=log_file(name)
                    )
                )
            self.say(_("“{name}” ended by itself and is started again.").format(name=name))
            self._launch(name)
            return

    def _end(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the ending short
        for name, child in self.children.items():
            processes.end(child.pid, mark=self.mark, patience=PATIENCE[name])
            child.wait()
        connections.close_all()
        if self.cluster is not None:
            self.cluster.stop()
        _state_file().unlink(missing_ok=True)
        self.say(_("Everything is stopped."))

    def _end_leftovers(self) -> None:
        for name, group in processes.remembered(_state_file()).items():
            if processes.members(group, self.mark):
                self.say(_("Ending “{name}”, left by a run that was killed.").format(name=name))
                processes.end(group, mark=self.mark, patience=3.0)
        _state_file().unlink(missing_ok=True)


def stop_running() -> bool:
    """End a running supervisor, or what a killed one left; tell whether there was anything."""
    number = supervisor_number()
    if number is not None:
        os.kill(number, signal.SIGTERM)
        until = time.monotonic() + sum(PATIENCE.values()) + 15
        while supervisor_number() is not None and time.monotonic() < until:
            time.sleep(0.1)
        return True
    groups = processes.remembered(_state_file())
    for group in groups.values():
        processes.end(group, mark=str(settings.VAR), patience=3.0)
    _state_file().unlink(missing_ok=True)
    return bool(groups)


def supervisor_number() -> int | None:
    """Return the process number of the living supervisor: of the one who holds the lock."""
    file = _lock_file()
    if not file.exists():
        return None
    with file.open("r+") as lock:
        if _takes(lock):
            return None
        number = lock.read().partition(" ")[0]
        return int(number) if number.isdigit() else None


@contextmanager
def only_one() -> Iterator[IO[str]]:
    """Hold the lock; the system lets it go when the process ends, however it ends."""
    _lock_file().parent.mkdir(parents=True, exist_ok=True)
    with _lock_file().open("a+") as lock:
        if not _takes(lock):
            lock.seek(0)
            number, _space, address = lock.read().strip().partition(" ")
            raise Refused(
                _(
                    "It is already running at {address} (process {number}); `gongzhi stop` ends it."
                ).format(address=address, number=number)
            )
        yield lock


def _sign(lock: IO[str], address: str) -> None:
    lock.truncate(0)
    lock.write(f"{os.getpid()} {address}")
    lock.flush()


def _takes(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def free_port(host: str, wanted: int | None) -> int:
    """Return the wanted port, or the first free one; Refused when the wanted one is taken."""
    if wanted is not None:
        if not _is_free(host, wanted):
            raise Refused(_("Port {port} is taken by another program.").format(port=wanted))
        return wanted
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(host, port):
            return port
    raise Refused(
        _("Every port from {first} to {last} is taken.").format(first=FIRST_PORT, last=LAST_PORT)
    )


def port_after(host: str, port: int) -> int:
    """Return the first free port a hundred above another: the stream's, beside the web process."""
    first, last = min(port + 100, 65435), min(port + 200, 65535)
    for candidate in range(first, last + 1):
        if _is_free(host, candidate):
            return candidate
    raise Refused(_("Every port from {first} to {last} is taken.").format(first=first, last=last))


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def is_ready(address: str) -> bool:
    # Straight to this machine: a proxy from the environment must not see it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def log_file(name: str) -> Path:
    return Path(settings.VAR) / "log" / f"{name}.log"


def _state_file() -> Path:
    return Path(settings.VAR) / "run" / "children.json"


def _lock_file() -> Path:
    return Path(settings.VAR) / "run" / "supervisor.lock"


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
