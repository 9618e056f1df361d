"""Signatures, retries, causes, points: no table is needed."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from gongzhi.base.tests.builders import local
from gongzhi.docking import clients, queries, rules
from gongzhi.docking.rules import Mark, scores

AT = local("2026-11-23 09:00")


def test_a_signature_holds_for_five_minutes_and_for_this_body_alone():
    header = rules.header("key", moment=1000, body=b"{}")

    assert rules.is_signed(header, keys=["key"], body=b"{}", now=1300)
    assert not rules.is_signed(header, keys=["key"], body=b"{}", now=1301)
    assert not rules.is_signed(header, keys=["key"], body=b"{ }", now=1000)
    assert not rules.is_signed(header, keys=["", "other"], body=b"{}", now=1000)
    for broken in ("", "t=,v1=", "t=²,v1=1", "v1=ü", header.replace("t=", "t=-")):
        assert not rules.is_signed(broken, keys=["key"], body=b"{}", now=1000)


def test_tries_wait_longer_and_longer_and_end():
    waits = [rules.next_try(tries, at=AT) for tries in range(1, rules.TRIES)]

    assert waits == sorted(waits)
    assert waits[0] == AT + timedelta(minutes=1)
    assert rules.next_try(rules.TRIES, at=AT) is None


def test_a_cause_finds_the_kind_by_its_longest_beginning():
    assert queries.kind_for("追索劳动报酬纠纷") == "labour.wages"
    assert queries.kind_for("相邻污染侵害纠纷") == "neighbour.noise"
    assert queries.kind_for("星际航行纠纷") == ""


def test_every_step_follows_one_of_its_procedure_and_one_step_ends_it():
    for kind in {row["kind"] for row in queries.table("procedures")}:
        steps = queries.procedure(kind)
        codes = {step.code for step in steps} | {rules.OPEN, *rules.OCCASIONS}
        assert {step.after for step in steps} <= codes
        assert [step.ends for step in steps].count(True) == 1


def test_points_are_for_shares_of_places_and_nothing_gives_none():
    marks = [Mark("a", "办结", "closed", 0.9, 30, "s"), Mark("a", "办结", "closed", 0.5, 10, "s")]

    assert scores(marks, {"closed": (9, 10)})[0].points == 30
    assert scores(marks, {"closed": (89, 100)})[0].points == 10
    assert scores(marks, {"closed": (0, 0)})[0].points == 0


def test_of_fewer_than_five_no_share_is_told():
    marks = [Mark("a", "办结", "closed", 0.9, 30, "s"), Mark("b", "按时", "in_time", 0.9, 10, "s")]

    told = scores(marks, {"closed": (5, 5), "in_time": (1, 1)})

    assert [(one.code, one.points) for one in told] == [("a", 30)]


@pytest.mark.parametrize(
    "url", ["http://[::1/x", "http://127.0.0.1:99999/", "http://127.0.0.1:port/", "http://127.0.0.1:1/", "ftp://x/"]
)  # fmt: skip
def test_an_address_where_nobody_answers_is_an_answer_with_a_sentence(url: str):
    answer = clients.post(url=url, body=b"{}", signature="t=1,v1=0")

    assert not answer.is_taken
    assert answer.sentence


class Elsewhere(BaseHTTPRequestHandler):
    """Sends every POST to another page, which answers whatever comes with a 200."""

    def do_POST(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/other")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_said: object) -> None: ...


def test_a_message_that_was_sent_elsewhere_has_not_arrived():
    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        answer = clients.post(url=f"http://127.0.0.1:{server.server_port}/", body=b"{}", signature="t=1,v1=0")  # fmt: skip

        server.shutdown()
    assert (answer.status, answer.is_taken, answer.is_final) == (302, False, False)
