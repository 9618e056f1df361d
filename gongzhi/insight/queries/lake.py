"""Asks the process that holds the lake. What stands in the way is told in a sentence."""

import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.insight.capabilities import Can
from gongzhi.places import queries as places

REFRESH_SECONDS: Final = 600.0


class Silent(Refused):
    """The lake does not answer now; the message says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(_sentences()[why])
        self.why = why


def _sentences() -> dict[str, str]:
    return {
        "down": _("The analysis service is not running. The other pages work; tell whoever runs the system."),
        "busy": _("Many questions are being answered. Wait a moment and ask again."),
        "slow": _("This takes too long. Choose a shorter time or a smaller area."),
        "building": _("The history is being read into the analysis service for the first time. Come back in a few minutes."),
        "wrong": _("The analysis service could not answer this. Its log says why."),
    }  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Rows the lake gave, and the moment its facts were read."""

    rows: list[dict[str, Any]]
    as_of: datetime
    is_cut: bool


@dataclass(frozen=True)
class LakeState:
    as_of: datetime | None
    facts: int
    months: int
    waiting: int  # marks not read yet


def reach_of(actor: Actor) -> list[dict[str, Any]]:
    """Return where and for which units an actor may look, as a question carries it."""
    return [
        {
            "area": plain_area(grant.area),
            "units": None if grant.unit is None else sorted(accounts.units_below(grant.unit)),
        }
        for grant in actor.grants_for(Can.VIEW)
    ]


def plain_area(path: str) -> str:
    """Return "" for the city itself: everything lies in it, and no condition is cheaper than one."""
    city = places.city()
    return "" if city is not None and path == city.path else path


def ask(question: Mapping[str, Any], actor: Actor) -> Told:
    """Return the lake's answer within the actor's reach; Silent when there is none."""
    said = {**question, "reach": reach_of(actor)}
    answer = _exchange(said, seconds=settings.LAKE_WAIT + settings.LAKE_SECONDS + 5)
    columns = answer["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in answer["rows"]]
    return Told(rows, datetime.fromisoformat(answer["as_of"]), answer["is_cut"])


def state() -> LakeState:
    found = _exchange({"do": "state"}, seconds=10)
    as_of = found["as_of"]
    return LakeState(
        datetime.fromisoformat(as_of) if as_of else None,
        found["facts"],
        found["months"],
        found["waiting"],
    )


def refresh() -> None:
    """Have the lake read what is new, and wait for it."""
    _exchange({"do": "refresh"}, seconds=REFRESH_SECONDS)


def check() -> list[str]:
    """Have the lake compared with the facts; return the months that differed and are read anew."""
    return list(_exchange({"do": "check"}, seconds=REFRESH_SECONDS)["months"])


def _exchange(said: Mapping[str, Any], *, seconds: float) -> dict[str, Any]:
    line = json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    try:
        with socket.socket(socket.AF_UNIX) as way:
            way.settimeout(seconds)
            way.connect(str(settings.LAKE_SOCKET))
            way.sendall(line)
            with suppress(OSError):  # the other side may have read and closed already
                way.shutdown(socket.SHUT_WR)
            answer = json.loads(_read(way))
    except TimeoutError:
        raise Silent("slow") from None
    except (OSError, ValueError):
        raise Silent("down") from None
    if problem := answer.get("problem"):
        raise Silent(problem)
    return answer  # type: ignore[no-any-return]


def _read(way: socket.socket) -> bytes:
    parts = []
    while block := way.recv(1 << 16):
        parts.append(block)
    return b"".join(parts)
