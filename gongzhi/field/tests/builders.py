"""A handset in an officer's hand: what it sends, and what it gets back."""

import hashlib
import io
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from PIL import Image

from tests.cast import IN_GRID, Cast

BACKEND = "django.contrib.auth.backends.ModelBackend"


def the_clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def a_jpeg(colour: tuple[int, int, int] = (90, 120, 150), *, side: int = 64) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "JPEG")
    return out.getvalue()


class Device:
    """An installed app: signed in, registered, with a clock of its own."""

    def __init__(self, cast: Cast, name: str = "omar", *, slow_by: timedelta = timedelta()) -> None:
        self.client = Client()
        self.client.force_login(cast.people[name], backend=BACKEND)
        self.cast, self.slow_by, self.id = cast, slow_by, uuid4()
        self.register()

    def register(self, **changes: Any) -> Any:
        given = {"id": str(self.id), "name": "测试手机", "platform": "Android", "app_version": "1"}
        return self.post("handsets", given | changes)

    def now(self) -> datetime:
        return the_clock() - self.slow_by

    def headers(self) -> dict[str, str]:
        return {"X-Handset": str(self.id)}

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(
            f"/api/field/{path}", json.dumps(body), content_type="application/json",
            headers=self.headers(),
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/field/{path}", headers={**self.headers(), **headers})

    def put(
        self, upload_id: UUID, content: bytes, start: int, *, whole: bytes | None = None
    ) -> Any:
        whole = content if whole is None else whole
        return self.client.put(
            f"/api/field/uploads/{upload_id}?offset={start}", content,
            content_type="application/octet-stream",
            headers={
                **self.headers(), "X-Size": str(len(whole)), "X-Name": "photo.jpg",
                "X-SHA256": hashlib.sha256(whole).hexdigest(),
            },
        )  # fmt: skip

    def photo(self, content: bytes | None = None) -> str:
        """Send a photo in one part; return its id."""
        upload_id = uuid4()
        answer = self.put(upload_id, content or a_jpeg(), 0)
        assert answer.json()["complete"], answer.content
        return str(upload_id)

    def send(self, *ops: dict[str, Any], **more: Any) -> Any:
        given = {"handset": str(self.id), "sent_at": self.now().isoformat(), "ops": list(ops)}
        return self.post("ops", given | more)

    def result(self, op: dict[str, Any]) -> dict[str, Any]:
        answer = self.send(op)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"][0]

    def op(self, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
        made_at = (self.now() - timedelta(seconds=5)).isoformat()
        return {"id": str(uuid4()), "kind": kind, "made_at": made_at, "body": body} | more

    def report(
        self, *, lon: float = IN_GRID[0], lat: float = IN_GRID[1], **more: Any
    ) -> dict[str, Any]:
        op_more = {
            name: more.pop(name) for name in ("photos", "after_photos", "id") if name in more
        }
        body = {"item_id": self.cast.item.id, "text": "胜和路口井盖破了", "lon": lon, "lat": lat}
        return self.op("report", body | more, **op_more)
