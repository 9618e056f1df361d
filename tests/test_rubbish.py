"""Every door with hands full of rubbish: an answer with words, never an error page of the machine."""

import base64
import json
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongzhi.config import context
from tests.doors import signed_in, somebody_mighty
from tests.test_reach import Town

pytestmark = pytest.mark.django_db


# Names that pages read from addresses and forms.
NAMES = [
    "q",
    "after",
    "before",
    "next",
    "on",
    "day",
    "since",
    "until",
    "area",
    "item",
    "unit",
    "state",
    "source",
    "clock",
    "urgent",
    "sort",
    "box",
    "bbox",
    "level",
    "within",
    "path",
    "version",
    "code",
    "kind",
    "status",
    "grade",
    "parent",
    "format",
    "year",
    "digest",
    "who",
    "verb",
    "subject",
    "role",
    "text",
    "name",
    "reason",
    "note",
    "move",
    "ids",
    "username",
    "password",
    "uploads",
    "query",
    "back",
    "lon",
    "lat",
    "start",
    "amount",
    "standard",
    "person",
    "into",
    "result",
    "is_true",
    "point",
    "page",
    "family",
    "class_code",
    "department",
    "number",
    "starts_on",
    "ends_on",
    "substitute",
    "session",
    "language",
    "valid_from",
    "address",
    "phone",
    "email",
    "key",
    "idempotency_key",
    "rating",
    "add",
    "join",
    "premises",
    "answers",
    "preview",
    "checked",
    "file",
    "month",
    "counting",
    "weekday",
    "find",
    "limit",
    "channel",
    "klass",
    "group",
    "days",
    "days--",
    "days--D",
    "valid_to",
    "last_on",
    "due_on",
    "due_at",
    "size",
    "words",
    "officer",
    "figure",
    "decision",
    "answer",
    "plan",
    "lists",
    "lines",
]
HUGE = "9" * 30


def token(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


RUBBISH = {
    "half a character": "\ud800",
    "many digits": HUGE,
    "more digits than Python reads": "9" * 5000,
    "not a number": "nan",
    "endless": "inf",
    "below nought": "-1",
    "Arabic digits": "٣٤",
    "raised digits": "²",
    "the year nought": "0000-00-00",
    "the first year": "0001-01-01",
    "the last year": "9999-12-31",
    "twenty thousand characters": "井" * 20_000,
    "faces": "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "control characters": "a\x01\x07\x1b\x7f\u202e\ufeffb",
    "markup": "<script>alert(1)</script>{{7*7}}{% now 'Y' %}",
    "a query of another language": "' OR 1=1; DROP TABLE matters_matter; --",
    "an expression": "a' & !b | (c:* <-> \\",
    "a way up": "../../../../etc/passwd",
    "per cent": "%s%(x)d{0}{x.__class__}",
    "a token of another list": token(["n", "2026-11-23T09:00:00", 5]),
    "a token without a zone": token(["n", "2026-11-23T09:00:00", 5]),
    "an endless token": token(["n", 1e400]),
    "a token of one": token(["p", 3]),
    "a deep token": base64.urlsafe_b64encode(b"[" * 3000).decode(),
    "half a character in a token": token(["n", "\ud800"]),
    "a huge token": token(["n", 10**30]),
}


@pytest.fixture(autouse=True)
def _bare_frame(monkeypatch):
    """The menu beside a page knows nothing of what was sent, and costs a third of it: other tests draw it."""
    monkeypatch.setattr(context, "_rail", lambda _actor, _path: [])


def _ends_the_session(door: str) -> bool:
    return any(part in door for part in ("sign-out", "/me/sessions", "end-others"))


def _dealt(turn: int) -> dict[str, str]:
    """Deal the rubbish out to the names, another piece to each name every turn."""
    pieces = list(RUBBISH.values())
    return {name: pieces[(place + 5 * turn) % len(pieces)] for place, name in enumerate(NAMES)}


def _form(values: dict[str, str]) -> str:
    return "&".join(
        f"{name}={quote(value, errors='surrogatepass')}" for name, value in values.items()
    )


@pytest.mark.parametrize("turn", range(5))
def test_rubbish_in_an_address_is_answered_with_words(turn):
    town, broken = Town(), {}
    sent = _form({name: rubbish[:300] for name, rubbish in _dealt(turn).items()})

    with somebody_mighty() as user:
        client = signed_in(user)
        client.raise_request_exception = False
        for door, _needs in town.doors():
            answer = client.get(f"{door}?{sent}")
            if answer.streaming:
                b"".join(answer)
            if answer.status_code >= 500:
                broken[door] = repr(answer.exc_info[1])[:200]
    assert broken == {}


@pytest.mark.parametrize("turn", range(5))
def test_rubbish_in_a_form_is_answered_with_words(turn):
    town, broken = Town(), {}
    sent = _form(_dealt(turn))
    nul = _form(dict.fromkeys(NAMES, "a\0b"))

    with somebody_mighty() as user:
        client = signed_in(user)
        client.raise_request_exception = False
        for door, _needs in town.doors():
            for form in (sent, nul) if turn == 0 else (sent,):
                if _ends_the_session(door):
                    continue
                answer = client.post(door, form, content_type="application/x-www-form-urlencoded")
                if answer.status_code >= 500:
                    broken[door] = repr(answer.exc_info[1])[:200]
    assert broken == {}


def _led_astray(town: Town, number: str) -> dict[str, None]:
    """Return every door with the number in its path; numbers of rows can only be digits."""
    arguments = {name: quote(number) for name in town.arguments} | {
        "subject": "areas",
        "import_id": HUGE[:15],
    }
    town.arguments = arguments | {
        name: HUGE for name in arguments if name.endswith("_id") and name != "import_id"
    }
    return {door: None for door, _needs in town.doors()}


@pytest.mark.parametrize("number", ["\0", HUGE, "²²²²²²²²²²²", "a'b啊"])
def test_rubbish_in_a_path_is_as_good_as_absent(number):
    town = Town()
    known = {door: None for door, _needs in town.doors()}  # these have no place for a number
    if number != HUGE:
        known = _led_astray(town, HUGE)  # and these no place for another one

    with somebody_mighty() as user:
        client = signed_in(user)
        for door in _led_astray(town, number):
            if door in known:
                continue
            assert client.get(door).status_code < 500, door
            if not _ends_the_session(door):
                assert client.post(door, {"reason": "看看"}).status_code < 500, door


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 64, b"PK\x03\x04 broken", b"\xff\xfe\x00\xd8", "编码,名称\n=1+1,\ud7ff\n".encode(),
        b"code,name\n\"unclosed", b'{"type":"FeatureCollection","features":[{"type":"Feature"}]}',
        b"[" * 5000, b"code,name\r1,2\r", "编码;名称\n甲;乙\n".encode("gb18030"), b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        b"code,kind,name,lon,lat\nA1,shop,x,1e400,nan\n", b"year,date,kind\n9999,0000-13-41,x\n",
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_answered_with_words(content):
    town = Town()

    with somebody_mighty() as user:
        client = signed_in(user)
        for door, _needs in town.doors():
            if "import" in door or door == "/files":
                for name in ("a.csv", "../../etc/passwd.xlsx", "a.geojson"):
                    sent = {
                        "file": SimpleUploadedFile(name, content),
                        "system": "WGS-84",
                        "valid_from": "2026-01-01",
                        "subject": "areas",
                        "year": "2027",
                    }
                    assert client.post(door, sent).status_code < 500, door
