"""A web server that can be killed (kill -9) and comes back on the same port."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from gongzhi.config import processes
from gongzhi.config.programs import web_command

ROOT = Path(__file__).resolve().parents[1]


class MortalServer:
    def __init__(
        self, *, log: Path, extra: Mapping[str, str], workers: int = 2, threads: int = 4
    ) -> None:
        from gongzhi.config import supervisor  # noqa: PLC0415 - needs the settings

        self._supervisor = supervisor
        self.port = supervisor.free_port("127.0.0.1", None)
        self.mark = f"{ROOT}/street/{os.getpid()}"
        self._log, self._extra = log, dict(extra)
        self._command = web_command("127.0.0.1", self.port, workers=workers, threads=threads)
        self._child = self._launched()
        self.deaths = 0

    def _launched(self) -> "subprocess.Popen[bytes]":
        return processes.launch(
            self._command, log=self._log, mark=self.mark, folder=ROOT, extra=self._extra
        )

    def wait(self, *, seconds: float = 40) -> None:
        until = time.monotonic() + seconds
        while not self._supervisor.is_ready(f"http://127.0.0.1:{self.port}"):
            if time.monotonic() > until or self._child.poll() is not None:
                raise RuntimeError(f"The web process does not answer; its log is {self._log}.")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill every process of ours at once, in the middle of whatever it does, and start anew."""
        os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        self.deaths += 1
        self._child = self._launched()

    def stop(self) -> None:
        processes.end(self._child.pid, mark=self.mark, patience=5.0)
        self._child.wait()
