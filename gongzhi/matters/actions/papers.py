"""Files of a matter."""

from collections.abc import Sequence
from datetime import datetime

from gongzhi.base.actor import Actor
from gongzhi.files import actions as files
from gongzhi.matters.models import Attachment, Matter

MOST_FILES = 20


def attach(
    matter: Matter,
    tokens: Sequence[str],
    *,
    stage: str,
    actor: Actor,
    at: datetime,
    sender: str = "",
) -> list[int]:
    """Claim uploaded files for the matter; two statements, or none when there are no files."""
    if not tokens:
        return []
    ids = files.claim(tokens=list(tokens)[:MOST_FILES], actor=actor, at=at, sender=sender)
    Attachment.objects.bulk_create(
        Attachment(matter=matter, file_id=file_id, stage=stage, at=at) for file_id in ids
    )
    return list(ids)
