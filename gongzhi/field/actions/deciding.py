"""The officer decides about what was refused or has two sides."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.field.actions.deeds import do
from gongzhi.field.actions.outcomes import BOTH, DROP, MINE, THEIRS, Deed, Done
from gongzhi.field.actions.settling import WRITTEN, settle
from gongzhi.field.models import Operation
from gongzhi.field.queries.receipts import result_of
from gongzhi.field.rules import Said, read

TO_DECIDE = (Operation.State.CONFLICT, Operation.State.REFUSED)


def decide(deed: Deed) -> Done:
    """
    Settle an earlier operation of the same officer, from whichever of their devices it came.

    The answer holds how that one stands now: done, set aside, or once more to be decided.
    """
    row = _to_decide(deed)
    choice = deed.text("choice", most=10)
    if choice == DROP:
        _drop(row, deed)
    elif choice in {MINE, THEIRS, BOTH}:
        settle(row, _again(row, deed, choice), do)
        Operation.objects.filter(pk=row.pk).update(decided_by=deed.said.id)
    else:
        raise Invalid({"choice": _("Choose one of the ways that are offered.")})
    result = result_of(row)
    return Done(result["words"], number=row.number, facts={"of": result})


def _to_decide(deed: Deed) -> Operation:
    try:
        asked = UUID(str(deed.said.body.get("of")))
    except ValueError:
        raise Invalid({"of": _("Say which record is decided.")}) from None
    row = Operation.objects.select_for_update().get(pk=asked, user_id=deed.actor.id)
    if row.state not in TO_DECIDE:
        raise Refused(_("This record is settled already, perhaps on your other device."))
    return row


def _drop(row: Operation, deed: Deed) -> None:
    row.state, row.decided_by = Operation.State.DROPPED, deed.said.id
    row.settled_at = deed.received_at
    row.answer = {
        "words": _("You set this record aside."),
        "facts": {"dropped": True, "because": row.answer.get("words", "")},
    }
    row.save(update_fields=WRITTEN)


def _again(row: Operation, deed: Deed, choice: str) -> Deed:
    """Return the earlier deed with the decision, and with what the officer changed meanwhile."""
    if not row.content:
        raise Refused(_("The content of this record is no longer kept. Make the record anew."))
    kept: dict[str, Any] = json.loads(row.content)
    said: Said = read(kept)
    changed = deed.said.body.get("body")
    if isinstance(changed, dict):
        said = replace(said, body=said.body | changed)
    return replace(
        deed, said=said, at=row.at, received_at=row.received_at, skew_s=row.skew_s, choice=choice,
        tokens=deed.tokens or tuple(t for t in kept.get("tokens", ()) if t),
        after_tokens=deed.after_tokens or tuple(t for t in kept.get("after_tokens", ()) if t),
        facts=row.answer.get("facts", {}),
    )  # fmt: skip
