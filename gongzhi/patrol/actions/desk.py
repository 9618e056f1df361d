"""Deeds of the patrol desk on the tasks of a day, and the trial run of new check-lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.patrol.actions.content import replace_lists
from gongzhi.patrol.actions.drawing import DayDrawn, draw_day
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import CheckList, Task
from gongzhi.places import queries as places

MOST_AT_ONCE: Final = 500


@transaction.atomic
def reassign(
    *, task_ids: Sequence[int], user_id: int, reason: str, actor: Actor, at: datetime
) -> int:
    """Give open tasks to another officer who patrols; return how many changed hands."""
    reason = " ".join(reason.split())
    if len(reason) < 2:
        raise Invalid({"reason": _("Say why; both officers read it.")})
    if not 0 < len(task_ids) <= MOST_AT_ONCE:
        raise Invalid({"ids": _("Choose between 1 and {most} tasks.").format(most=MOST_AT_ONCE)})
    if not accounts.actor_for(user_id, at).can(Can.VISIT):
        raise Invalid({"officer": _("This person does not patrol.")})
    rows = Task.objects.within_reach_of(actor, Can.PLAN).select_for_update(of=("self",))
    chosen = list(rows.filter(pk__in=list(task_ids), state=Task.State.OPEN).order_by("pk"))
    if any(row.kind == Task.Kind.SAMPLE for row in chosen):
        raise Refused(_("A re-check stays with the officer the lot named."))
    moved = [row for row in chosen if row.user_id != user_id]
    before = sorted({row.user_id or 0 for row in moved})
    for row in moved:
        row.user_id = user_id
    Task.objects.bulk_update(moved, ["user"])
    if moved:
        audit.record(
            actor=actor, verb="patrol.reassign", subject=f"user:{user_id}", at=at, reason=reason,
            detail={"tasks": [row.pk for row in moved], "before": before},
        )  # fmt: skip
    return len(moved)


@transaction.atomic
def redraw(*, on: date, area_path: str, actor: Actor, at: datetime) -> DayDrawn:
    """
    Share the tasks of today anew among those who are there; what is done stays done.

    Another day is refused: drawing carries what is open to that day, away from those who work today.
    """
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.PLAN)):
        raise OutOfReach
    if on != timezone.localdate(at):
        raise Invalid({"on": _("Only the tasks of today are shared anew.")})
    if area_path:
        places.area(area_path)
    drawn = draw_day(on=on, area_path=area_path, at=at)
    audit.record(
        actor=actor, verb="patrol.redraw", subject=f"area:{area_path}", at=at,
        detail={"on": on.isoformat(), "new": drawn.new, "reassigned": drawn.reassigned},
    )  # fmt: skip
    return drawn


@dataclass(frozen=True)
class ListChange:
    code: str
    name: str
    version: int  # the next one


def preview_lists(
    *, lists: bytes, lines: bytes, valid_from: date, actor: Actor
) -> list[ListChange]:
    """Say which check-lists would get a new version, by replacing them and taking it back."""
    with transaction.atomic():
        at = datetime.combine(valid_from, datetime.min.time()).astimezone()
        changed = replace_lists(lists=lists, lines=lines, valid_from=valid_from, actor=actor, at=at)
        newest = CheckList.objects.filter(code__in=changed, valid_from=valid_from)
        found = [ListChange(row.code, row.name, row.version) for row in newest.order_by("code")]
        transaction.set_rollback(True)
    return found
