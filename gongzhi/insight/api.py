"""The door of the process that holds the lake: a line of JSON in, a line of JSON out, over a socket of this machine."""

import json
import logging
import os
import signal
import socketserver
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any, Final

import duckdb
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from gongzhi.insight.actions import refreshing
from gongzhi.insight.queries import answering
from gongzhi.insight.queries.store import Store, TooSlow
from gongzhi.insight.queries.touched import waiting

LONGEST_QUESTION: Final = 1 << 18  # bytes: a reach names some hundreds of units at the most
KEPT_BYTES: Final = 64 << 20  # answers that are kept until the facts change
log = logging.getLogger("gongzhi.lake")


class Gate:
    """Lets so many questions through at a time; a few may wait, and not for long."""

    def __init__(self, *, at_once: int, queue: int, seconds: float) -> None:
        self._places = threading.Semaphore(at_once)
        self._room = threading.Semaphore(at_once + queue)
        self._seconds = seconds

    def __call__(self, deed: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if not self._room.acquire(blocking=False):
            return {"problem": "busy"}
        try:
            if not self._places.acquire(timeout=self._seconds):
                return {"problem": "busy"}
            try:
                return deed()
            finally:
                self._places.release()
        finally:
            self._room.release()


class Kept:
    """Answers to questions that many ask, as long as the facts they were made from are the newest."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, as_of: str, question: str) -> bytes | None:
        with self._lock:
            return self._held.get((as_of, question))

    def keep(self, as_of: str, question: str, answer: bytes) -> None:
        with self._lock:
            if any(held != as_of for held, _question in self._held):
                self._held.clear()
                self._bytes = 0
            self._held[as_of, question] = answer
            self._bytes += len(answer)
            while self._bytes > KEPT_BYTES:
                self._bytes -= len(self._held.popitem(last=False)[1])


class Lake:
    """What the process knows: its store, its gate, and the one refresh that may run."""

    def __init__(self, store: Store, gate: Gate, *, seconds: float) -> None:
        self.store, self.gate, self.seconds = store, gate, seconds
        self.kept = Kept()
        self._refreshing = threading.Lock()

    def reply(self, line: str) -> bytes:
        said = json.loads(line)
        deeds = {"state": self._state, "refresh": self._refresh, "check": self._check}
        if deed := deeds.get(said.get("do", "")):
            return _line(deed())
        as_of = self.store.as_of
        if not as_of:
            return _line({"problem": "building"})
        if known := self.kept.find(as_of, line):
            return known
        answer = self.gate(lambda: self._answer(line))
        told = _line(answer)
        if "problem" not in answer:
            self.kept.keep(answer["as_of"], line, told)
        return told

    def _answer(self, line: str) -> dict[str, Any]:
        try:
            return asdict(answering.answer(self.store, line, seconds=self.seconds))
        except TooSlow:
            return {"problem": "slow"}
        except (ValueError, KeyError, TypeError, duckdb.Error):
            log.exception("a question was not answered: %s", line[:2000])
            return {"problem": "wrong"}

    def _state(self) -> dict[str, Any]:
        state = self.store.state()
        return {
            "as_of": self.store.as_of,
            "facts": state.facts,
            "months": state.months,
            "waiting": waiting(),
        }

    def _refresh(self) -> dict[str, Any]:
        if not self._refreshing.acquire(blocking=False):
            return {"done": 0}  # one is running; it reads what is new, too
        try:
            return {"done": refreshing.refresh(self.store, at=timezone.localtime())}
        finally:
            self._refreshing.release()

    def _check(self) -> dict[str, Any]:
        return {
            "months": [f"{month:%Y-%m}" for month in refreshing.check(self.store)]
        } | self._refresh()


class _Door(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128
    lake: Lake


class _Caller(socketserver.StreamRequestHandler):
    timeout = 30  # a caller that says nothing is let go

    def handle(self) -> None:
        server: Any = self.server
        line = self.rfile.readline(LONGEST_QUESTION).decode()
        if not line.strip():
            return
        try:
            self.wfile.write(server.lake.reply(line))
        except BrokenPipeError:
            log.info("the caller went away")
        except DatabaseError:
            log.exception("the database did not answer")
            self.wfile.write(_line({"problem": "wrong"}))
        finally:
            close_old_connections()
            connections.close_all()


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, default=str).encode() + b"\n"


def opened(store: Store, address: Path) -> _Door:
    """Return the listening door; only the same user may knock."""
    address.parent.mkdir(parents=True, exist_ok=True)
    address.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        door = _Door(str(address), _Caller)
    finally:
        os.umask(before)
    gate = Gate(
        at_once=settings.LAKE_AT_ONCE, queue=settings.LAKE_QUEUE, seconds=settings.LAKE_WAIT
    )
    door.lake = Lake(store, gate, seconds=settings.LAKE_SECONDS)
    return door


def serve() -> None:
    """Hold the lake until told to end; first of all read what is new."""
    store = Store(
        Path(settings.LAKE_FOLDER), threads=settings.LAKE_THREADS, memory_mb=settings.LAKE_MEMORY_MB
    )
    door = opened(store, Path(settings.LAKE_SOCKET))
    threading.Thread(target=_begin, args=(door.lake,), daemon=True).start()

    def end(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=door.shutdown).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        door.serve_forever(poll_interval=0.2)
    finally:
        Path(settings.LAKE_SOCKET).unlink(missing_ok=True)
        store.close()


def _begin(lake: Lake) -> None:
    answering.warm_up()
    try:
        lake.reply('{"do": "refresh"}')
    except DatabaseError:
        log.exception("the facts could not be read; the schedule tries again")
    finally:
        connections.close_all()
