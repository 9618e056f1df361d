"""
A simulated court on the loopback: takes our messages, checks them as a court would, and acts on them.

It speaks the messages of docs/exchange/court.md over HTTP both ways. What it decides is fixed by what it gets, so
that a walk-through comes out the same each time. Never use it beside a real register.
"""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.docking import actions
from gongzhi.docking import queries as docking

CODE = "court-1"  # of the partner it stands in for
HOST = "127.0.0.1"
LARGEST = 512 * 1024
AFTER = 2.0  # seconds until the court acts on what it got
WAIT_FOR_US = 60  # tries, a second apart, until the web process answers
Said = dict[str, Any]


@dataclass
class Court:
    """What the court remembers: the messages it has, and the number of its next case."""

    code: str
    key: str
    name: str
    got: dict[str, Said] = field(default_factory=dict)
    count: int = 0

    def take(self, body: bytes, signature: str, *, now: int) -> tuple[int, str, list[Said]]:
        """Return the status, the sentence, and the messages that follow from this one."""
        if not docking.is_signed(signature, key=self.key, body=body, now=now):
            return HTTPStatus.UNAUTHORIZED, "签名无效", []
        said: Said = json.loads(body)
        if said["id"] in self.got:
            return HTTPStatus.OK, "已收到过，未重复处理", []
        self.got[said["id"]] = said
        return HTTPStatus.OK, "收到", self._follow(said)

    def _follow(self, said: Said) -> list[Said]:
        kind, data = said["kind"], said["data"]
        if kind == "case.result" and not data["settled"]:
            return [self._message(said, "step.done", {"step": "docket", "note": "当事人坚持起诉，依法登记立案"})]  # fmt: skip
        if kind == "application.filed":
            return self._on_application(said, data)
        if kind == "correction.answered":
            return self._decided(said)
        return []

    def _on_application(self, said: Said, data: Mapping[str, Any]) -> list[Said]:
        self.count += 1
        number = f"（{said['sent_at'][:4]}）粤1971诉前调确{900 + self.count}号"
        accepted = self._message(said, "step.done", {"step": "accept", "number": number, "note": "符合受理条件"})  # fmt: skip
        if "property" not in data.get("materials", ()) and self.count % 2 == 0:
            due = (datetime.fromisoformat(said["sent_at"]) + timedelta(days=7)).date().isoformat()
            return [accepted, self._message(said, "correction.ask", {"text": "请补充与协议相关的财产权利证明", "due_on": due})]  # fmt: skip
        return [accepted, *self._decided(said)]

    def _decided(self, said: Said) -> list[Said]:
        number = f"（{said['sent_at'][:4]}）粤1971民特{1600 + self.count}号"
        values = {"step": "decide", "decision": "granted", "number": number, "note": "裁定调解协议有效"}  # fmt: skip
        return [self._message(said, "step.done", values)]

    def _message(self, about: Said, kind: str, data: Said) -> Said:
        number = (
            f"{self.code}-{about['id'][:24]}-{kind.partition('.')[0]}-{data.get('step', 'ask')}"
        )
        said: Said = {
            "schema": about["schema"], "id": number[:64], "kind": kind, "sent_at": about["sent_at"], "data": data,
            "docket": about["docket"],
        }  # fmt: skip
        return said

    def signed(self, said: Said, *, moment: int) -> tuple[bytes, str]:
        body = json.dumps(said, ensure_ascii=False).encode()
        return body, docking.signature_header(self.key, moment=moment, body=body)


def serve(*, address: str, port: int = 0) -> None:
    """Serve until interrupted; tells the register where the court listens. Refused in a city without this court."""
    if not docking.has_partner(CODE):
        raise Refused(
            _(
                "There is no partner “{code}” in this database for the court to stand in for."
            ).format(code=CODE)
        )
    partner = docking.partner_by_code(CODE)
    # Its numbers go on where they stood: no two cases of a court have the same.
    court = Court(
        partner.code, partner.key, partner.name, count=docking.applications_taken(partner.code)
    )
    server = ThreadingHTTPServer((HOST, port), _handler(court, address))
    actions.move_partner(partner_id=partner.pk, url=f"http://{HOST}:{server.server_port}/messages")
    server.serve_forever()


def _handler(court: Court, address: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
            signature = self.headers.get("Gongzhi-Signature", "")
            try:
                status, sentence, more = court.take(body, signature, now=int(time.time()))
            except (ValueError, KeyError, TypeError):
                status, sentence, more = HTTPStatus.BAD_REQUEST, "报文无法读取", []
            answer = json.dumps({"message": sentence}, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            if more:
                threading.Timer(AFTER, _send_all, (court, address, more)).start()

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the log to what went wrong."""

    return Handler


def _send_all(court: Court, address: str, messages: Sequence[Said]) -> None:
    for said in messages:
        body, header = court.signed(said, moment=int(time.time()))
        request = urllib.request.Request(  # noqa: S310 - the supervisor's own address
            f"{address}/exchange/{court.code}/messages", data=body, method="POST",
            headers={"Content-Type": "application/json", "Gongzhi-Signature": header},
        )  # fmt: skip
        for _try in range(WAIT_FOR_US):
            try:
                urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - as above
                break
            except urllib.error.HTTPError:
                break  # it was understood and answered with a sentence: the log of messages shows it
            except OSError:
                time.sleep(1)


def in_process(court: Court, *, at: datetime) -> Any:
    """Return a way out that meets the court without a network: for the years the demonstration starts with."""

    def post(*, url: str, body: bytes, signature: str) -> actions.Answer:
        status, sentence, more = court.take(body, signature, now=int(at.timestamp()))
        court.got.setdefault("waiting", {"list": []})["list"].extend(more)
        return actions.Answer(int(status), sentence)

    return post


def answer_waiting(court: Court, *, at: datetime) -> int:
    """Let the court act, in process, on what it got; return how many messages it sent."""
    waiting = court.got.pop("waiting", {"list": []})["list"]
    for said in waiting:
        said["sent_at"] = at.isoformat()
        body, header = court.signed(said, moment=int(at.timestamp()))
        actions.take(partner_code=court.code, body=body, signature=header, at=at)
    return len(waiting)
