"""Files of a matter: attached, sealed, removed when their time is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

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


def seal_files(*, matter_id: int, at: datetime) -> int:
    """Close the files of a matter to everybody, for the archive to decide on; return how many. Safe to repeat."""
    return Attachment.objects.filter(matter_id=matter_id).update(sealed_at=at)


@transaction.atomic
def forget_files(*, matter_id: int) -> list[str]:
    """Remove the files of a matter, sealed ones too, and return the hash of each. Safe to repeat."""
    rows = Attachment.everything.filter(matter_id=matter_id)
    ids = list(rows.values_list("file_id", flat=True))
    rows.delete()
    return files.remove(ids=ids)
