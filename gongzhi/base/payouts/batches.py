"""Payment batches: numbered, frozen, paid, by hands that neither reviewed nor approved; many deeds at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.payouts.rows import BatchRow
from gongzhi.base.turns import take_turns

M = TypeVar("M", bound=Model)
B = TypeVar("B", bound=BatchRow)


def next_number(rows: QuerySet[M], prefix: str, *, at: datetime) -> str:
    """Return the next number of the day: JL20261123-01."""
    day = f"{timezone.localtime(at):%Y%m%d}"
    take_turns("batches", prefix)  # two towns put theirs together at the same moment
    made = rows.filter(number__startswith=f"{prefix}{day}").count()
    return f"{prefix}{day}-{made + 1:02}"


def locked_batch(reach: QuerySet[B], batch_id: int, state: str) -> B:
    """Return a batch within reach with its row locked, when it is still in the state."""
    batch = reach.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise OutOfReach
    if batch.state != state:
        words = _("The batch is in the state “{state}” meanwhile.")
        raise Refused(words.format(state=batch.get_state_display()))
    return batch


def had_a_hand(actor: Actor) -> Q:
    """Return what the actor reviewed or approved: three duties, three hands."""
    return Q(reviewed_by=actor.id) | Q(decided_by=actor.id)


def must_be_clean(payments: QuerySet[Any], actor: Actor) -> None:
    """Refuse when the actor had a hand in one of the payments, or one person had two."""
    if payments.filter(Q(reviewed_by=F("decided_by")) | had_a_hand(actor)).exists():
        raise Refused(_("You reviewed or approved some of this batch; somebody else pays it out."))


def freeze(batch: BatchRow, payments: QuerySet[Any], *, at: datetime) -> None:
    """Close a locked batch for changes: what the finance office gets is what was frozen."""
    if not payments.exists():
        raise Refused(_("The batch is empty."))
    batch.state, batch.frozen_at = BatchRow.State.FROZEN, at
    batch.save(update_fields=["state", "frozen_at"])


def paid_out(batch: BatchRow, *, at: datetime) -> None:
    batch.state, batch.done_at = BatchRow.State.DONE, at
    batch.save(update_fields=["state", "done_at"])


def per_town(paths: Iterable[str], town_name: Callable[[str], str]) -> list[tuple[str, str, int]]:
    """Return the towns of the paths by path: path, name and how many."""
    counts = Counter("/".join(path.split("/")[:2]) + "/" for path in paths)
    return [(path, town_name(path), count) for path, count in sorted(counts.items())]


@dataclass(frozen=True)
class Outcome:
    """What came of one deed among many."""

    id: int
    number: str
    problem: str  # empty: done


def each_alone(
    ids: Sequence[int], deed: Callable[[int], Any], number_of: Callable[[int], str]
) -> list[Outcome]:
    """Do one deed on many rows; each succeeds or fails alone, and says why."""
    return [_one(row_id, deed, number_of) for row_id in ids]


def _one(row_id: int, deed: Callable[[int], Any], number_of: Callable[[int], str]) -> Outcome:
    try:
        done = deed(row_id)
    except OutOfReach:
        return Outcome(row_id, "", _("Not within your reach."))
    except (Refused, Invalid) as problem:
        return Outcome(row_id, number_of(row_id), str(problem))
    return Outcome(row_id, done.number, "")
