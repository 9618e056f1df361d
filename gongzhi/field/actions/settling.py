"""Does a deed inside a savepoint of its own and writes how it ended on the operation's row."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, transaction
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.field.actions.outcomes import Conflict, Deed, Done
from gongzhi.field.models import Operation
from gongzhi.files import actions as files

State = Operation.State
WRITTEN = ("state", "answer", "content", "tokens", "number", "settled_at", "decided_by")


def settle(row: Operation, deed: Deed, do: Callable[[Deed], Done]) -> None:
    """Do it; what is refused or has two sides keeps its content here until the officer decides."""
    try:
        _check(deed)
        with transaction.atomic():
            done = do(deed)
    except Conflict as conflict:
        _end(row, State.CONFLICT, conflict.words, facts=conflict.facts, conflict=conflict.sides)
    except (Refused, Invalid, OutOfReach, ObjectDoesNotExist, DataError) as trouble:
        _end(row, State.REFUSED, _words(trouble))
    else:
        row.number, row.settled_at = done.number, deed.received_at
        row.content = ""
        _end(row, State.DONE, done.words, code=done.code, facts=dict(done.facts))
    if row.state != State.DONE:
        _keep(row, deed)
    row.save(update_fields=WRITTEN if row.state != State.DONE else set(WRITTEN) - {"tokens"})


def _check(deed: Deed) -> None:
    if not all((*deed.tokens, *deed.after_tokens)):
        raise Refused(_("A photo of this record cannot be used. Take it once more."))
    # Its receipt may be gone by now, so it could be done twice.
    oldest = deed.received_at - timedelta(days=settings.FIELD_RECEIPT_DAYS - 30)
    if deed.said.made_at < oldest and not deed.choice and abs(deed.skew_s) < 86400:
        raise Refused(_("This record is too old to be taken. File it at the office."))


def _end(row: Operation, state: str, words: str, **answer: Any) -> None:
    row.state = state
    row.answer = {"words": words, **{name: value for name, value in answer.items() if value}}


def _words(trouble: Exception) -> str:
    if isinstance(trouble, Refused):
        return str(trouble)
    if isinstance(trouble, Invalid):
        return " ".join(dict.fromkeys(trouble.problems.values()))
    if isinstance(trouble, DataError):
        return _("This record holds a character or a number that cannot be kept. Change it.")
    return _("What this record is about is no longer there, or no longer in your area.")


def _keep(row: Operation, deed: Deed) -> None:
    """Keep content and photos while somebody still has to decide."""
    kept = deed.said.as_content() | {"tokens": deed.tokens, "after_tokens": deed.after_tokens}
    row.content = json.dumps(kept, ensure_ascii=False)
    row.tokens = [token for token in (*deed.tokens, *deed.after_tokens) if token]
    files.hold(
        tokens=row.tokens,
        until=deed.received_at + timedelta(days=settings.FIELD_KEEP_DAYS),
        actor=deed.actor,
    )
