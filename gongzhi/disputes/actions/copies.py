"""Compares what a dispute's row copies of its matter; the database itself keeps it (migration 0003)."""

import logging
from typing import Any

from django.db import connection, transaction

CHUNK = 20_000
# The trigger takes every copied column from the matter when one of them is written.
_MEND = """
    UPDATE disputes_dispute d SET state = m.state
    FROM matters_matter m
    WHERE m.id = d.matter_id AND d.matter_id > %(after)s AND d.matter_id <= %(last)s
      AND (d.source, d.words, d.unit_ids, d.state, d.is_under_way, d.due_at, d.paused_at, d.exempt)
          IS DISTINCT FROM (m.source, m.words, m.unit_ids, m.state, m.is_open, m.due_at, m.paused_at, m.exempt)
"""
_EDGE = """
    SELECT max(matter_id) FROM (
        SELECT matter_id FROM disputes_dispute WHERE matter_id > %(after)s ORDER BY matter_id LIMIT %(chunk)s
    ) AS chunk
"""
_log = logging.getLogger(__name__)


def mend_copies() -> int:
    """
    Put right every dispute that differs from its matter; return how many did.

    None should: only what was written with triggers off can differ. Chunks lock little for long.
    """
    after, mended = 0, 0
    with connection.cursor() as cursor:
        while (last := _last_of_chunk(cursor, after)) is not None:
            with transaction.atomic():
                cursor.execute(_MEND, {"after": after, "last": last})
                mended += cursor.rowcount
            after = last
    if mended:
        _log.warning("%s disputes differed from their matters and were put right", mended)
    return mended


def _last_of_chunk(cursor: Any, after: int) -> int | None:
    cursor.execute(_EDGE, {"after": after, "chunk": CHUNK})
    last: int | None = cursor.fetchone()[0]
    return last
