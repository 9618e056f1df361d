"""Courts for tests, and the messages they send."""

import json
from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor, Grant
from gongzhi.docking import rules
from gongzhi.docking.actions import Taken, take
from gongzhi.docking.capabilities import Can
from gongzhi.docking.clients import Answer
from gongzhi.docking.models import Docket, Partner

KEY = "court-key-of-the-tests"
NUMBER = "（2026）粤1971诉前调1号"


def a_court(**said: Any) -> Partner:
    values: dict[str, Any] = {
        "code": "court-1", "name": "东莞市第一人民法院", "kind": "court", "url": "http://127.0.0.1:9/messages", "key": KEY,
    }  # fmt: skip
    return Partner.objects.create(**(values | said))


def a_commission(**said: Any) -> Partner:
    return a_court(
        **({"code": "arb-1", "name": "东莞市劳动人事争议仲裁院", "kind": "arbitration"} | said)
    )


def a_message(kind: str = "case.assign", /, **said: Any) -> dict[str, Any]:
    """Return a message as the court sends it; `data` is laid over the case of two neighbours."""
    data = {
        "form": "delegation", "cause": "相邻关系纠纷", "area": "441900/004/012/", "address": "胜和一路", "amount": 8600,
        "panel": "invited", "channel": "online", "story": "楼上漏水浸湿天花板，两次维修未果。", "wish": "修好并赔偿。",
        "appointed_at": "2026-11-23T09:00:00+08:00",
        "sides": [
            {"side": "applicant", "name": "陈甲", "phone": "13800000001", "agrees": True},
            {"side": "respondent", "name": "李乙", "phone": "13800000002", "agrees": True},
        ],
    }  # fmt: skip
    given = said.pop("data", {})
    values: dict[str, Any] = {
        "schema": "gongzhi.docking/1", "id": "court-message-0001", "kind": kind,
        "sent_at": "2026-11-23T09:00:00+08:00", "data": {**data, **given} if kind == "case.assign" else given,
    }  # fmt: skip
    if "docket" not in said:
        values["case_number"] = NUMBER
    return {name: value for name, value in (values | said).items() if value is not None}


def sent(message: dict[str, Any] | bytes, *, at: datetime, code: str = "court-1", key: str = KEY) -> Taken:  # fmt: skip
    body = message if isinstance(message, bytes) else json.dumps(message, ensure_ascii=False).encode()  # fmt: skip
    signature = rules.header(key, moment=int(at.timestamp()), body=body)
    return take(partner_code=code, body=body, signature=signature, at=at)


def a_case(*, at: datetime, **said: Any) -> Docket:
    """Return the docket of a case that a court delegated."""
    taken = sent(a_message(**said), at=at)
    assert taken.docket, taken.message
    return Docket.objects.get(pk=int(taken.docket[1:]))


def desk(*capabilities: Can) -> Actor:
    """Return somebody of the city's centre with these capabilities, or all of docking."""
    every = frozenset({*map(str, capabilities or Can), "matters.view"})
    return Actor(id=9, name="钟", grants=(Grant(every),))


class Post:
    """A partner that answers as it is told, and keeps what it got."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.got = list(answers), list[dict[str, Any]]()

    def __call__(self, *, url: str, body: bytes, signature: str) -> Answer:
        self.got.append({"url": url, "body": json.loads(body), "signature": signature})
        return self.answers.pop(0) if self.answers else Answer(200, "收到")
