"""Whoever reported a matter may ask that it is not published, and take that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base.errors import OutOfReach
from gongzhi.matters import queries as matters
from gongzhi.publishing.actions.queueing import RULES, consider, end
from gongzhi.publishing.models import Publication, Wish


def keep_private(*, number: str, code: str, at: datetime) -> None:
    """Respect a reporter's wish, known by number and code: what is shown is withdrawn at once."""
    matter_id = matters.is_reporters(number=number, code=code)
    if matter_id is None:
        raise OutOfReach
    keep_matter_private(matter_id=matter_id, at=at)


@transaction.atomic
def keep_matter_private(*, matter_id: int, at: datetime) -> None:
    """Note the wish for a matter; for the form of the report, where nobody needs the code yet."""
    Wish.objects.get_or_create(matter_id=matter_id, defaults={"at": at})
    publication = (
        Publication.objects.select_for_update(of=("self",)).filter(matter_id=matter_id).first()
    )
    if publication is not None:
        end(publication, reason=_("Asked for by whoever reported it."), actor=RULES, at=at)


@transaction.atomic
def allow(*, number: str, code: str, at: datetime) -> None:
    """Take the wish back; a moderator decides anew."""
    matter_id = matters.is_reporters(number=number, code=code)
    if matter_id is None:
        raise OutOfReach
    Wish.objects.filter(matter_id=matter_id).delete()
    consider(matter_id=matter_id, at=at)
