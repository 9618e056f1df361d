"""One move on many matters: each succeeds or fails alone, and says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.matters.actions.moving import move
from gongzhi.matters.models import Matter

MOST = 200


@dataclass(frozen=True)
class Outcome:
    matter_id: int
    number: str
    title: str
    problem: str  # empty: done


def move_many(
    *,
    matter_ids: Sequence[int],
    name: str,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> list[Outcome]:
    if len(matter_ids) > MOST:
        raise Refused(_("At most {most} matters at a time.").format(most=MOST))
    return [
        _one(matter_id, name, values=values, actor=actor, at=at, facts=facts)
        for matter_id in matter_ids
    ]


def _one(
    matter_id: int,
    name: str,
    *,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None,
) -> Outcome:
    try:
        done = move(matter_id=matter_id, move=name, values=values, actor=actor, at=at, facts=facts)
    except Matter.DoesNotExist:
        return Outcome(matter_id, "", "", _("Not within your reach."))
    except (Refused, Invalid) as problem:
        row = Matter.objects.filter(pk=matter_id).values_list("number", "title").first()
        return Outcome(matter_id, *(row or ("", "")), str(problem))
    return Outcome(matter_id, done.number, done.title, "")
