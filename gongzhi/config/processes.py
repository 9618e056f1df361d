"""
Starts processes that outlive a killed parent, remembers them on disk, and ends only its own.

Every child leads a session of its own, so a terminal's Ctrl-C reaches the supervisor alone. A
number on disk may by now belong to a stranger: a process counts as ours only when it also carries
our mark in its environment.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

MARK = "GONGZHI_STARTED_BY"
LOOKS = 20
GONE = (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError, PermissionError)


def launch(
    command: Sequence[str], *, log: Path, mark: str, folder: Path, extra: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own programs
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=folder,
            start_new_session=True, env={**os.environ, **extra, MARK: mark},
        )  # fmt: skip


def remember(file: Path, groups: Mapping[str, int]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(groups))


def remembered(file: Path) -> dict[str, int]:
    """Return name → number of the group each child leads; empty when nothing usable is written."""
    try:
        return {str(name): int(number) for name, number in json.loads(file.read_text()).items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def members(group: int, mark: str) -> list[psutil.Process]:
    """Return the living processes of a group that carry our mark."""
    found = []
    for process in psutil.process_iter():
        with suppress(*GONE):
            is_member = os.getpgid(process.pid) == group
            if is_member and process.status() != psutil.STATUS_ZOMBIE and _is_ours(process, mark):
                found.append(process)
    return found


def _is_ours(process: psutil.Process, mark: str) -> bool:
    environment = process.environ()
    for _look in range(LOOKS):  # a program that is just being started shows an empty one at first
        if environment:
            break
        time.sleep(0.01)
        environment = process.environ()
    return bool(environment.get(MARK) == mark)


def end(group: int, *, mark: str, patience: float) -> None:
    """Ask the group's leader to end; what is still there when patience is over is killed."""
    ours = members(group, mark)
    leaders = [process for process in ours if process.pid == group] or ours
    for process in leaders:
        _send(process, signal.SIGTERM)
    until = time.monotonic() + patience
    while time.monotonic() < until and members(group, mark):
        time.sleep(0.05)
    for process in members(group, mark):
        _send(process, signal.SIGKILL)


def _send(process: psutil.Process, number: int) -> None:
    with suppress(*GONE):
        process.send_signal(number)
