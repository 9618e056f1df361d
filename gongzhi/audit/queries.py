"""Questions about the trail; all but the chain's need the capability to read it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import QuerySet

from gongzhi.audit.capabilities import Can
from gongzhi.audit.models import Block, Entry
from gongzhi.audit.rules import GENESIS, SEALED, Breach, digests
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach

AT_A_TIME = 5_000


@dataclass(frozen=True)
class Filters:
    """What the reader looks for; empty fields do not narrow."""

    who: str = ""
    verb: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ChainState:
    block_count: int
    entry_count: int
    unsealed_count: int
    head: str  # digest of the newest block: noted down elsewhere, it proves the trail up to here
    sealed_at: datetime | None
    breach: Breach | None = None


def entries(
    actor: Actor, filters: Filters | None = None, *, before: int | None = None
) -> QuerySet[Entry]:
    """Return entries, newest first; `before` is the id the page before ended with."""
    if not actor.can(Can.READ):
        raise OutOfReach
    filters = filters or Filters()
    rows = _by_time(_by_words(Entry.objects.order_by("-id"), filters), filters)
    return rows.filter(id__lt=before) if before else rows


def _by_words(rows: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    if filters.who:
        number = filters.who.removeprefix("#")
        rows = (
            rows.filter(actor_id=int(number))
            if number.isdecimal() and len(number) < 18
            else rows.filter(actor_name__icontains=filters.who)
        )
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.subject:
        rows = rows.filter(subject__startswith=filters.subject)
    return rows


def _by_time(rows: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    if filters.since:
        rows = rows.filter(at__gte=filters.since)
    if filters.until:
        rows = rows.filter(at__lt=filters.until)
    return rows


def verify_chain() -> Breach | None:
    """Recompute every sealed block; return the first entry or block that does not hold, or None."""
    previous, expected = GENESIS, dict[int, tuple[bytes, bytes, int]]()
    for number, before, digest, count in Block.objects.order_by("id").values_list(
        "id", "previous", "digest", "entry_count"
    ):
        expected[number] = (bytes(before), bytes(digest), count)
    sealed = (
        Entry.objects.filter(block__isnull=False)
        .order_by("block_id", "id")
        .values_list("block_id", "digest", *SEALED)
        .iterator(chunk_size=AT_A_TIME)
    )
    found = groupby(sealed, key=itemgetter(0))
    block, rows = next(found, (None, ()))
    for number, stored in expected.items():
        here = list(rows) if block == number else []
        if breach := _breach_of(number, stored, previous, here):
            return breach
        if block == number:
            block, rows = next(found, (None, ()))
        previous = stored[1]
    return None


def _breach_of(
    number: int,
    stored: tuple[bytes, bytes, int],
    previous: bytes,
    rows: list[tuple],  # type: ignore[type-arg]
) -> Breach | None:
    before, digest, count = stored
    if before != previous:
        return Breach(number, None, "block")
    chain = digests(previous, (row[2:] for row in rows))
    for row, computed in zip(rows, chain, strict=True):
        if bytes(row[1] or b"") != computed:
            return Breach(number, row[2], "changed")
    if len(rows) != count:
        return Breach(number, None, "missing")
    return None if chain[-1] == digest else Breach(number, None, "block")


def chain_state(*, verify: bool = False) -> ChainState:
    last = Block.objects.order_by("-id").first()
    totals = Block.objects.values_list("entry_count", flat=True)
    return ChainState(
        block_count=len(totals),
        entry_count=sum(totals),
        unsealed_count=Entry.objects.filter(block=None).count(),
        head=bytes(last.digest).hex() if last else "",
        sealed_at=last.sealed_at if last else None,
        breach=verify_chain() if verify else None,
    )


def holds_digest(digest: str) -> int | None:
    """Return the block whose digest somebody noted down earlier; None when the trail has no such block."""
    try:
        noted = bytes.fromhex(digest.strip())
    except ValueError:
        return None
    return Block.objects.filter(digest=noted).values_list("id", flat=True).first()


# Each step jumps to the next verb in the index, so the list is cheap however long the trail is.
_VERBS = """
    WITH RECURSIVE verbs(verb) AS (
        (SELECT verb FROM audit_entry ORDER BY verb LIMIT 1)
        UNION ALL
        SELECT (SELECT verb FROM audit_entry WHERE verb > verbs.verb ORDER BY verb LIMIT 1)
        FROM verbs WHERE verbs.verb IS NOT NULL
    ) SELECT verb FROM verbs WHERE verb IS NOT NULL
"""


def verbs(actor: Actor) -> list[str]:
    """Return every verb that stands in the trail, for the filter."""
    if not actor.can(Can.READ):
        raise OutOfReach
    with connection.cursor() as cursor:
        cursor.execute(_VERBS)
        return [verb for (verb,) in cursor.fetchall()]
