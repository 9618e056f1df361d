"""Writes the trail and seals it."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.audit.models import Block, Entry
from gongzhi.audit.rules import GENESIS, SEALED, digests
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid

VIEW = "view"  # the verb of every entry that somebody opened personal data
# Other modules list their deeds in the same way, in the same context.
DEEDS = (
    pgettext_lazy("deed", "view"),
    pgettext_lazy("deed", "export_trail"),
    pgettext_lazy("deed", "verify_chain"),
)
ENTRIES_A_BLOCK = 10_000
_SEALING = 7_241_001  # key of the advisory lock: one sealer at a time


def record(
    *,
    actor: Actor,
    verb: str,
    subject: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add one line to the trail, in one statement and in the caller's transaction."""
    Entry(
        at=at,
        actor_id=actor.id,
        actor_name=actor.name[:150],
        on_behalf_of=actor.on_behalf_of,
        address=actor.address[:64],
        verb=verb,
        subject=subject,
        reason=reason[:500],
        detail=detail or {},
    ).save(force_insert=True)


def record_view(*, actor: Actor, subject: str, reason: str, at: datetime) -> None:
    """Note that personal data was opened, and why; without a reason it stays closed."""
    reason = reason.strip()
    if len(reason) < 2:
        raise Invalid({"reason": _("Say why you need to see this; the reason is kept.")})
    record(actor=actor, verb=VIEW, subject=subject, at=at, reason=reason)


def seal() -> int:
    """Seal what was written since the last block, oldest first; return how many entries were sealed."""
    sealed = 0
    while count := _seal_one_block():
        sealed += count
        if count < ENTRIES_A_BLOCK:
            break
    return sealed


@transaction.atomic
def _seal_one_block() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
    rows = list(
        Entry.objects.filter(block=None).order_by("id").values_list(*SEALED)[:ENTRIES_A_BLOCK]
    )
    if not rows:
        return 0
    last = Block.objects.order_by("-id").first()
    previous = bytes(last.digest) if last else GENESIS
    chain = digests(previous, rows)
    block = Block.objects.create(previous=previous, digest=chain[-1], entry_count=len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET block_id = %s, digest = sealed.digest"
            " FROM unnest(%s::bigint[], %s::bytea[]) AS sealed(id, digest)"
            " WHERE audit_entry.id = sealed.id",
            [block.pk, [row[0] for row in rows], chain],
        )
    return len(rows)
