"""
What an officer's handset does, without a screen: an outbox that is sent again and again until every receipt is there.

Kept to the same rules as the app: client-made ids, photos in parts that go on where the server says, batches of
records, and nothing forgotten before its receipt.
"""

import hashlib
import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

PART = 24 * 1024  # smaller than the app's, so that every photo comes in several
BATCH = 25
PATIENCE = 15.0
BAD = (OSError, http.client.HTTPException, ValueError)


@dataclass
class Photo:
    content: bytes
    id: str = field(default_factory=lambda: str(uuid4()))
    arrived: bool = False


@dataclass
class Record:
    kind: str
    body: dict[str, Any]
    photos: list[Photo]
    made_at: datetime
    id: str = field(default_factory=lambda: str(uuid4()))
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        return self.result.get("state") in {"done", "conflict", "refused"}

    def as_operation(self) -> dict[str, Any]:
        return {
            "id": self.id, "kind": self.kind, "made_at": self.made_at.isoformat(), "body": self.body,
            "photos": [photo.id for photo in self.photos],
        }  # fmt: skip


class Unanswered(Exception):
    """No usable answer came; it is tried again."""


class Handset:
    def __init__(self, port: int, cookies: dict[str, str], *, hands: int = 4) -> None:
        self.port, self.cookies, self.hands = port, cookies, hands
        self.id = str(uuid4())
        self.tries = 0
        self._lock = threading.Lock()

    def register(self) -> None:
        self._until(lambda: self.ask("POST", "handsets", {"id": self.id, "name": "bench", "platform": "loopback", "app_version": "1"}))  # fmt: skip

    def send_all(
        self,
        records: Sequence[Record],
        *,
        until: float,
        told: Callable[[int], None] = lambda _n: None,
    ) -> None:
        """Send until every record is settled; TimeoutError when the time is over."""
        while waiting := [record for record in records if not record.is_settled]:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(waiting)} records without a receipt")
            batch = waiting[:BATCH]
            photos = [photo for record in batch for photo in record.photos if not photo.arrived]
            with ThreadPoolExecutor(self.hands) as pool:
                list(pool.map(self._upload, photos))
            try:
                self._deliver([record for record in batch if all(p.arrived for p in record.photos)])
            except Unanswered:
                time.sleep(0.05)
            told(len(records) - len(waiting))

    def _upload(self, photo: Photo) -> None:
        try:
            at = self.ask("GET", f"uploads/{photo.id}")
            while not at["complete"]:
                at = self._part(photo, int(at["offset"]))
            photo.arrived = True
        except Unanswered:
            time.sleep(0.05)

    def _part(self, photo: Photo, offset: int) -> dict[str, Any]:
        return self.ask(
            "PUT",
            f"uploads/{photo.id}?offset={offset}",
            photo.content[offset : offset + PART],
            _headers(photo),
        )

    def upload_whole(self, photo: Photo, ask: "Callable[..., dict[str, Any]]") -> None:
        """Send a photo in the app's way when all is well: look, then one part."""
        ask("GET", f"uploads/{photo.id}")
        ask("PUT", f"uploads/{photo.id}?offset=0", photo.content, _headers(photo))

    def _deliver(self, records: Sequence[Record]) -> None:
        if not records:
            return
        given = {
            "handset": self.id, "sent_at": datetime.now(UTC).isoformat(), "ops": [record.as_operation() for record in records],
        }  # fmt: skip
        results = {one["id"]: one for one in self.ask("POST", "ops", given)["results"]}
        for record in records:
            record.result = results[record.id]

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Send one request on a connection of its own; Unanswered when there is no whole answer."""
        with self._lock:
            self.tries += 1
        raw = (
            body
            if isinstance(body, bytes)
            else json.dumps(body).encode()
            if body is not None
            else b""
        )
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""), "X-Handset": self.id, "Connection": "close",
            "Content-Type": "application/octet-stream" if isinstance(body, bytes) else "application/json",
            "Content-Length": str(len(raw)), **(headers or {}),
        }  # fmt: skip
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, f"/api/field/{path}", raw, sent)
            answer = line.getresponse()
            content = answer.read()
            if answer.status >= 500:
                raise Unanswered(str(answer.status))
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
            return dict(json.loads(content))
        except BAD as error:
            raise Unanswered(str(error)) from error
        finally:
            line.close()

    def _until(self, deed: Callable[[], Any], *, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while True:
            try:
                deed()
            except Unanswered:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                return


def _headers(photo: Photo) -> dict[str, str]:
    return {
        "X-Size": str(len(photo.content)), "X-Name": "photo.jpg", "X-SHA256": hashlib.sha256(photo.content).hexdigest(),
    }  # fmt: skip


def photos(seed: int, *, side: int = 160) -> Iterator[Photo]:
    """Yield photos of noise: no two alike, and not to be compressed away."""
    import io  # noqa: PLC0415 - with Pillow, only where photos are made

    from PIL import Image  # noqa: PLC0415

    luck = random.Random(seed)
    while True:
        out = io.BytesIO()
        noise = Image.frombytes("RGB", (side, side), luck.randbytes(side * side * 3))
        noise.save(out, "JPEG", quality=92)
        yield Photo(out.getvalue())


def records(
    count: int,
    *,
    item: int,
    around: tuple[float, float],
    photos_each: int,
    seed: int,
    side: int = 160,
) -> list[Record]:
    """Return reports, and every tenth a mediation, made over the last hours without a network."""
    luck, pictures = random.Random(seed), photos(seed, side=side)
    now = datetime.now(UTC)
    made = []
    for turn in range(count):
        lon, lat = (
            around[0] + luck.uniform(-0.0005, 0.0005),
            around[1] + luck.uniform(-0.0005, 0.0005),
        )
        moment = now - timedelta(minutes=count - turn)
        taken = [next(pictures) for _photo in range(photos_each)]
        if turn % 10 == 9:
            body: dict[str, Any] = {
                "lon": lon, "lat": lat, "parties": [{"name": "甲", "phone": ""}, {"name": "乙", "phone": ""}],
                "about": f"第{turn}件", "agreement": "当场和解", "signed": True,
            }  # fmt: skip
            made.append(Record("mediation", body, taken, moment))
        else:
            body = {
                "item_id": item,
                "text": f"第{turn}条记录",
                "lon": lon,
                "lat": lat,
                "is_new": True,
            }
            made.append(Record("report", body, taken, moment))
    return made


def ledger(records: Sequence[Record]) -> dict[str, set[str]]:
    """Return what must be found afterwards: the sums of each record's photos, by the record's id."""
    return {
        record.id: {hashlib.sha256(photo.content).hexdigest() for photo in record.photos}
        for record in records
    }
