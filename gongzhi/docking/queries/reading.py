"""A message is read against its schema; what is wrong is said in one sentence, with the place."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

from gongzhi.base.errors import Invalid
from gongzhi.base.texts import plain
from gongzhi.docking.queries.content import CONTENT

LARGEST = 512 * 1024  # bytes
INCOMING = frozenset(
    {"case.assign", "case.withdraw", "step.done", "step.extended", "correction.ask", "note"}
)
LAST_YEAR = 2100


@lru_cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CONTENT / "message.schema.json").read_text("utf-8"))
    return found


@lru_cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker(formats=["date"]))


def message_read(body: bytes) -> dict[str, Any]:
    """Return a message from a partner; Invalid with a sentence that names the place of the first problem."""
    if len(body) > LARGEST:
        raise Invalid({"": _("The message is larger than {most} KB.").format(most=LARGEST // 1024)})
    try:
        said = _without_marks(json.loads(plain(body.decode("utf-8")), parse_constant=_no_number))
    except (ValueError, RecursionError):
        raise Invalid({"": _("The message is no JSON in UTF-8.")}) from None
    problem = next(iter(sorted(_validator().iter_errors(said), key=lambda one: list(map(str, one.absolute_path)))), None)  # fmt: skip
    if problem is not None:
        raise Invalid({"": _problem(problem)})
    if said["kind"] not in INCOMING:
        raise Invalid({"kind": _("“{kind}” is a message of ours, not of a partner.").format(kind=said["kind"])})  # fmt: skip
    moment_read(said["sent_at"])
    checked: dict[str, Any] = said
    return checked


def _no_number(word: str) -> None:
    """Turn NaN and Infinity away, which JSON does not know and Python reads."""
    raise ValueError(word)


def _without_marks(value: Any) -> Any:
    """Return what was read without control characters: an escaped one passes as text of the message."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_without_marks(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): _without_marks(one) for name, one in value.items()}
    return value


def _problem(error: Any) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or _("the message")
    return _("{where} does not fit the schema: {why}").format(where=where, why=str(error.message)[:120])  # fmt: skip


def moment_read(text: Any) -> datetime | None:
    """Return an instant from ISO 8601; without an offset it is the city's time."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(str(text))
        found = timezone.make_aware(found) if timezone.is_naive(found) else found
    except ValueError:
        raise Invalid({"": _("“{text}” is no moment in ISO 8601.").format(text=str(text)[:40])}) from None  # fmt: skip
    if not 2000 <= found.year <= LAST_YEAR:
        raise Invalid({"": _("“{text}” lies outside the calendar.").format(text=str(text)[:40])})
    return found
