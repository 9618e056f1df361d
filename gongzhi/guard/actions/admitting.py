"""May this visitor do this now: one statement that counts, looks for blocks and for signs of a machine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from gongzhi.base.secrets import blind_index
from gongzhi.files import queries as files
from gongzhi.guard import rules
from gongzhi.guard.models import Block, Sending
from gongzhi.guard.queries import address_key, sender_of
from gongzhi.guard.rules import Deed, Doubt, Limits, Rate, Signs, Thresholds

DAY = timedelta(days=1)
KEPT = timedelta(minutes=30)  # a photo claimed a moment ago belongs to the form that is sent again


@dataclass(frozen=True)
class Verdict:
    """
    What the door says. `allowed`, or one of: a block, a check to pass first, so many seconds to wait.

    `doubts` says why a check is asked for, for tests and figures; it is never kept with a person.
    """

    allowed: bool
    wait_s: int = 0
    must_prove: bool = False
    block: Block | None = None
    doubts: tuple[Doubt, ...] = ()


# A measure refills with time and never goes below nothing. The address is counted only where the device
# was let through, so that one restless device does not use up what a whole school shares.
_STEP = """
    INSERT INTO guard_measure AS m (deed, key, level, passed, refused, at)
    SELECT %(deed)s, {key}, {burst} - 1, true, 0, %(at)s {where}
    ON CONFLICT (key, deed) DO UPDATE SET
        level = {refilled} - CASE WHEN {refilled} >= 1 THEN 1 ELSE 0 END,
        passed = {refilled} >= 1,
        refused = CASE WHEN {refilled} >= {burst} THEN 0
                       WHEN {refilled} >= 1 THEN m.refused ELSE m.refused + 1 END,
        at = GREATEST(m.at, excluded.at)
    RETURNING passed, level, refused
"""
_REFILLED = (
    "LEAST({burst}, m.level + GREATEST(0, EXTRACT(EPOCH FROM excluded.at - m.at)) / 60 * {rate})"
)


def _step(key: str, deed: str, rate: str, burst: str, where: str = "") -> str:
    burst, rate = f"%({burst})s::float", f"%({rate})s::float"
    refilled = _REFILLED.format(burst=burst, rate=rate)
    step = _STEP.format(key=f"%({key})s", burst=burst, refilled=refilled, where=where)
    return step.replace("%(deed)s", f"%({deed})s")


@lru_cache(maxsize=1)
def _statement() -> str:
    own = _step("own_key", "own_deed", "own_rate", "own_burst")
    whole = _step(
        "address", "deed", "rate", "burst",
        "WHERE NOT %(device_rules)s OR NOT EXISTS (SELECT 1 FROM own WHERE NOT passed)",
    )  # fmt: skip
    return f"""
    WITH own AS ({own}), whole AS ({whole})
    SELECT own.passed, own.level, own.refused, whole.passed, whole.level,
        (SELECT count(*) FROM guard_sending
          WHERE device = %(device)s AND device <> '' AND at > %(lately)s),
        (SELECT count(*) FROM guard_sending WHERE words = %(words)s AND words <> '' AND at > %(day)s
          AND (address = %(address)s OR device = %(device)s AND device <> '')),
        (SELECT count(*) FROM guard_sending WHERE words = %(words)s AND words <> '' AND at > %(day)s),
        (SELECT id FROM guard_block WHERE key IN (%(device)s, %(address)s) AND key <> ''
            AND lifted_at IS NULL AND until > %(at)s ORDER BY until DESC LIMIT 1)
      FROM own LEFT JOIN whole ON true
    """  # noqa: S608 - every part stands above; values are passed apart


def admit(
    *,
    deed: str,
    device: str,
    address: str,
    at: datetime,
    words: str = "",
    tokens: Sequence[str] = (),
    is_proved: bool = False,
) -> Verdict:
    """
    Count one deed at a door and tell whether it may go on; one statement, two with photos.

    `device` and `address` are the keys of queries.sender_of (a plain network address is taken too).
    `words` and `tokens` are the text and the uploads of a form. `is_proved` when the check was passed.
    """
    kind, address = Deed(deed), _key(address)
    limits, thresholds = _limits(kind), Thresholds(**settings.GUARD_SUSPICION)
    # Who has no cookie yet shares a narrow measure with the other strangers of the same address.
    own = (device, deed) if device else (address, f"{deed}-new")
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(),
            {
                "own_key": own[0], "own_deed": own[1], "own_rate": limits.device.per_minute, "own_burst": limits.device.burst,
                "address": address, "deed": deed, "rate": limits.address.per_minute, "burst": limits.address.burst,
                "device_rules": bool(device), "device": device, "words": words_key(words), "at": at, "day": at - DAY,
                "lately": at - timedelta(minutes=thresholds.many_minutes),
            },
        )  # fmt: skip
        found = _Found(*cursor.fetchone())
    if found.block_id and kind in rules.BLOCKABLE:
        return Verdict(allowed=False, block=Block.objects.get(pk=found.block_id))
    if wait_s := _wait(found, limits, has_form=kind in rules.WITH_A_FORM, is_known=bool(device)):
        return Verdict(allowed=False, wait_s=wait_s)
    if kind not in rules.WITH_A_FORM:
        return Verdict(allowed=True)
    doubts = rules.doubts(_signs(found, tokens, is_known=bool(device)), thresholds)
    must_prove = bool(doubts) and not is_proved
    return Verdict(allowed=not must_prove, must_prove=must_prove, doubts=doubts)


@dataclass(frozen=True)
class _Found:
    own_passed: bool
    own_level: float
    own_refused: int
    whole_passed: (
        bool | None
    )  # None: the device had its limit already, so the address was not counted
    whole_level: float | None
    many: int
    same_words: int
    same_words_anywhere: int
    block_id: int | None


def _wait(found: _Found, limits: Limits, *, has_form: bool, is_known: bool) -> int:
    """Return the seconds until the next try; strangers and crowds at a form are asked to prove instead."""
    if not found.own_passed and (is_known or not has_form):
        return _seconds(found.own_level, limits.device)
    if found.whole_passed is False and not has_form:
        return _seconds(found.whole_level or 0.0, limits.address)
    return 0


def _seconds(level: float, rate: Rate) -> int:
    return max(1, ceil((1 - level) / rate.per_minute * 60))


def _signs(found: _Found, tokens: Sequence[str], *, is_known: bool) -> Signs:
    return Signs(
        many=found.many,
        same_words=found.same_words,
        same_words_anywhere=found.same_words_anywhere,
        same_photos=_most_often_filed(files.alike(tokens=tokens)),
        refused=found.own_refused if is_known else 0,
        is_crowded=found.whole_passed is False or not (is_known or found.own_passed),
    )


def _most_often_filed(found: Sequence[files.Alike]) -> int:
    """
    Return how often residents filed the photo they filed most often; six photos sent a second time count once.

    What officers took at the same place is no repetition of whoever reports it.
    """
    return max(Counter(one.file_id for one in found if one.is_residents).values(), default=0)


def _limits(deed: Deed) -> Limits:
    return rules.limits_from(settings.GUARD_LIMITS)[deed]


def _key(address: str) -> str:
    """Return the key of an address; keys are taken as they are."""
    return address if len(address) == 64 else address_key(address)


def words_key(text: str) -> str:
    return blind_index(rules.plain_words(text), purpose="words")


def brake_uploads(request: Any, at: datetime) -> str:
    """Return why this visitor may send no file now; what files asks before it reads one."""
    sender = sender_of(request)
    verdict = admit(deed=Deed.UPLOAD, device=sender.device, address=sender.address, at=at)
    if verdict.allowed:
        return ""
    if verdict.block:
        return _("Files cannot be sent from here at the moment: see {page}.").format(
            page="/blocked"
        )
    return _("Too many files at once. Please wait a minute.")


def note_sent(*, number: str, device: str, address: str, words: str = "", at: datetime) -> None:
    """Remember for some days from where a report came, so that abuse can be seen and a block be made."""
    Sending.objects.create(
        number=number, device=device, address=_key(address), words=words_key(words), at=at
    )
