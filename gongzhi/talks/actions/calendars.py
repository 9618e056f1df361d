"""The secret address of a calendar feed."""

import secrets
from datetime import datetime

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.secrets import blind_index
from gongzhi.talks.models import CalendarKey

PURPOSE = "talk-calendar"


def new_calendar_key(*, actor: Actor, at: datetime) -> CalendarKey:
    """Make a secret address for one's own sittings; the one before it ends."""
    token = secrets.token_urlsafe(24)
    values = {"token": token, "token_index": blind_index(token, purpose=PURPOSE), "made_at": at}
    row, _is_new = CalendarKey.objects.update_or_create(user_id=actor.id, defaults=values)
    audit.record(actor=actor, verb="talks.new_calendar_key", subject=f"user:{actor.id}", at=at)
    return row


def end_calendar_key(*, actor: Actor, at: datetime) -> None:
    CalendarKey.objects.filter(user_id=actor.id).delete()
    audit.record(actor=actor, verb="talks.end_calendar_key", subject=f"user:{actor.id}", at=at)
