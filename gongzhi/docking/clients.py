"""The way out to a partner: one signed POST. Whatever goes wrong on the way becomes an answer with a sentence."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from django.utils.translation import gettext as _

TIMEOUT = 10  # seconds
LONGEST_ANSWER = 64 * 1024
SIGNATURE = "Gongzhi-Signature"


@dataclass(frozen=True)
class Answer:
    status: int  # 0: nobody answered
    sentence: str

    @property
    def is_taken(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_final(self) -> bool:
        """The partner understood it and says no: sending the same once more changes nothing."""
        return self.status in {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.BAD_REQUEST}  # fmt: skip


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its message, and be answered as if it had come."""

    def redirect_request(self, *_request: Any, **_said: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def post(*, url: str, body: bytes, signature: str) -> Answer:
    if not url.startswith(("http://", "https://")):
        return Answer(int(HTTPStatus.BAD_REQUEST), _("The partner's address is no web address."))
    headers = {"Content-Type": "application/json; charset=utf-8", SIGNATURE: signature}
    try:
        request = urllib.request.Request(url, data=body, method="POST", headers=headers)  # noqa: S310 - the scheme is checked above
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            return Answer(response.status, _sentence(response.read(LONGEST_ANSWER)))
    except urllib.error.HTTPError as error:
        return Answer(error.code, _sentence(error.read(LONGEST_ANSWER)))
    except (
        OSError,
        HTTPException,
        ValueError,
        OverflowError,
    ) as error:  # an answer, an address that is none
        return Answer(0, _("Nobody answers at the partner's address: {why}").format(why=error))


def _sentence(body: bytes) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("message", "")) if isinstance(said, dict) else ""
