"""The command lines of the long-running processes: one place for serve, worker and demo."""

import sys

WORKERS = 2
THREADS = 4
JOBS_AT_ONCE = 4


def web_command(
    host: str, port: int, *, workers: int = WORKERS, threads: int = THREADS
) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads),
        # A thread keeps its database connection: ending idle threads would throw connections away.
        "--blocking-threads-idle-timeout", "600",
        "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        "--workers-kill-timeout", "5", "gongzhi.config.wsgi:application",
    ]  # fmt: skip


def live_command(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port),
        "--workers", "1", "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        # A stream stays open for minutes: it must not hold up the end of the process.
        "--workers-kill-timeout", "2", "--backpressure", "8192", "--backlog", "2048",
        "gongzhi.config.asgi:application",
    ]  # fmt: skip


def figures_command() -> list[str]:
    return [sys.executable, "-m", "gongzhi.config.cli", "figures"]


def worker_command(*, at_once: int = JOBS_AT_ONCE) -> list[str]:
    return [
        sys.executable, "-m", "gongzhi.config.cli", "worker", "--at-once", str(at_once)
    ]  # fmt: skip


def lake_command() -> list[str]:
    return [sys.executable, "-m", "gongzhi.config.cli", "lake"]


def court_command(address: str) -> list[str]:
    return [sys.executable, "-m", "gongzhi.config.cli", "court", "--address", address]
