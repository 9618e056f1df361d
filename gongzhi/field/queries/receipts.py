"""What became of an operation, as its handset reads it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gongzhi.base.actor import Actor
from gongzhi.field.models import Operation

MOST = 200


def result_of(row: Operation) -> dict[str, Any]:
    """Return the result; the same for the same operation, however often it is asked."""
    state = Operation.State.DONE if row.state == Operation.State.DROPPED else row.state
    answer = {name: value for name, value in row.answer.items() if value not in ("", {}, None)}
    result = {
        "id": str(row.id), "state": str(state), "words": "", "at": row.at.isoformat(), **answer
    }  # fmt: skip
    if row.number:
        result["number"] = row.number
    if conflict := row.answer.get("conflict"):
        result["conflict"] = _as_sides(conflict)
    return result


def _as_sides(conflict: dict[str, Any]) -> dict[str, Any]:
    sides = {name: value for name, value in conflict.items() if name != "rows"}
    return sides | {
        "yours": {label: yours for label, yours, _theirs in conflict["rows"] if yours is not None},
        "theirs": {
            label: theirs for label, _yours, theirs in conflict["rows"] if theirs is not None
        },
    }


def receipts(ids: Sequence[UUID], actor: Actor) -> list[dict[str, Any]]:
    """Return the results of those of the actor's operations that are known here."""
    rows = Operation.objects.filter(pk__in=list(ids)[:MOST], user_id=actor.id)
    return [result_of(row) for row in rows.order_by("received_at", "id")]
