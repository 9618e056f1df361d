"""The simulated court: what it answers, what it does next; no network is needed."""

import json
from typing import Any

from gongzhi.demo.court import Court
from gongzhi.docking import queries as docking

AT = "2026-11-23T09:00:00+08:00"


def sent(court: Court, kind: str, *, id: str = "ours-0001", key: str = "k", **data: Any) -> Any:
    said = {"schema": "gongzhi.docking/1", "id": id, "kind": kind, "sent_at": AT, "docket": "D7", "case_number": "", "data": data}  # fmt: skip
    body = json.dumps(said).encode()
    return court.take(body, docking.signature_header(key, moment=1000, body=body), now=1000)


def test_an_application_is_accepted_and_confirmed_in_messages_we_can_read():
    status, _sentence, more = sent(
        Court("c", "k", "院"), "application.filed", materials=["property"]
    )

    assert status == 200
    assert [one["data"]["step"] for one in more] == ["accept", "decide"]
    for one in more:
        assert docking.message_read(json.dumps(one).encode())["docket"] == "D7"


def test_every_second_application_is_asked_for_the_property_papers_first():
    court = Court("c", "k", "院")
    sent(court, "application.filed", id="ours-0001", materials=["property"])

    _status, _sentence, more = sent(court, "application.filed", id="ours-0002", materials=[])

    assert [one["kind"] for one in more] == ["step.done", "correction.ask"]
    _status, _sentence, more = sent(court, "correction.answered", id="ours-0003", text="已补")
    assert more[0]["data"]["decision"] == "granted"


def test_what_was_not_settled_is_docketed_and_the_same_message_does_nothing_again():
    court = Court("c", "k", "院")

    assert sent(court, "case.result", settled=False)[2][0]["data"]["step"] == "docket"
    assert sent(court, "case.result", settled=False)[2] == []
    assert sent(court, "case.result", id="ours-0002", settled=True)[2] == []


def test_without_the_key_nothing_is_taken():
    court = Court("c", "k", "院")

    assert sent(court, "case.result", key="other", settled=False)[0] == 401
    assert court.got == {}
