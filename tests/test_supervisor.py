"""Processes of the demonstration: ours are ended, strangers never."""

import signal
import socket
import subprocess
import sys
import time

import pytest

from gongzhi.base.errors import Refused
from gongzhi.config import processes, supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)",
]  # fmt: skip


def _launched(command: list[str], tmp_path, mark: str = "here") -> "subprocess.Popen[bytes]":
    return processes.launch(command, log=tmp_path / "log", mark=mark, folder=tmp_path, extra={})


def test_a_child_is_found_by_its_group_and_mark_and_ends_when_asked(tmp_path):
    child = _launched(SLEEPER, tmp_path)

    assert [process.pid for process in processes.members(child.pid, "here")] == [child.pid]
    processes.end(child.pid, mark="here", patience=5)

    assert child.wait(timeout=5) == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_when_patience_is_over(tmp_path):
    child = _launched(STUBBORN, tmp_path)
    _until(lambda: (tmp_path / "log").read_text().strip() == "on")

    processes.end(child.pid, mark="here", patience=0.2)

    assert child.wait(timeout=5) == -signal.SIGKILL


def test_a_number_that_now_belongs_to_a_stranger_is_left_alone(tmp_path):
    stranger = _launched(SLEEPER, tmp_path, mark="somebody else's")

    processes.end(stranger.pid, mark="here", patience=0.2)

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_what_is_remembered_of_children_survives_and_nonsense_is_nothing(tmp_path):
    file = tmp_path / "run" / "children.json"

    assert processes.remembered(file) == {}
    processes.remember(file, {"web": 41, "worker": 42})
    assert processes.remembered(file) == {"web": 41, "worker": 42}
    file.write_text("{half")
    assert processes.remembered(file) == {}


def test_a_killed_run_leaves_nothing_behind_after_the_next_stop(settings, tmp_path):
    settings.VAR = tmp_path
    left = _launched(SLEEPER, tmp_path, mark=str(tmp_path))
    processes.remember(tmp_path / "run" / "children.json", {"web": left.pid})

    assert supervisor.stop_running()

    assert left.wait(timeout=5) == -signal.SIGTERM
    assert not supervisor.stop_running()


def test_a_second_start_is_told_where_the_first_one_runs(settings, tmp_path):
    settings.VAR = tmp_path
    assert supervisor.supervisor_number() is None

    with supervisor.only_one() as lock:
        supervisor._sign(lock, "http://127.0.0.1:8000")
        with pytest.raises(Refused, match=r"http://127\.0\.0\.1:8000"), supervisor.only_one():
            raise AssertionError("two at once")

    assert supervisor.supervisor_number() is None


def test_a_taken_port_is_passed_over_or_refused_when_it_was_asked_for():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Refused, match=str(port)):
            supervisor.free_port("127.0.0.1", port)

    assert supervisor.free_port("127.0.0.1", None) in range(8000, 8100)


def test_a_child_that_nobody_needs_is_not_started(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    started: list[str] = []
    monkeypatch.setattr(supervisor.Supervisor, "_launch", lambda _self, name: started.append(name))
    monkeypatch.setattr(supervisor.Supervisor, "_wait_until_ready", lambda _self: None)
    monkeypatch.setattr(supervisor.connections, "close_all", lambda: None)
    demonstration = supervisor.Supervisor(host="127.0.0.1", port=None, cluster=None, say=print)

    demonstration._start(lambda: ["court"])

    assert started == ["web", "worker", "figures", "live", "lake"]


def _until(holds) -> None:
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)
