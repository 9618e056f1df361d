"""Alarms as a duty desk sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.command.capabilities import Can
from gongzhi.command.models import Acknowledgement, Alarm
from gongzhi.command.queries.shipped import alarm_rules
from gongzhi.command.rules.alarms import Face, due_above, face, needs_answer
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

MOST: Final = 60
ORDER: Final = (Face.RINGS, Face.MISSED, Face.WAITS, Face.TOLD, Face.HEARD)


@dataclass(frozen=True)
class Answer:
    """One acknowledgement."""

    desk: str
    desk_path: str
    level: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Ring:
    """An alarm at one desk: what it is to that desk, in words."""

    id: int
    number: str
    title: str
    place: str
    state: str
    level: int
    raised_at: datetime
    face: Face
    words: str
    answers: tuple[Answer, ...]
    can_acknowledge: bool

    @property
    def needs_answer(self) -> bool:
        return needs_answer(self.face)

    @property
    def url(self) -> str:
        return f"/desk/matters/{self.number}"


def desk_of(actor: Actor, area_path: str) -> str:
    """Return the desk from which the actor acknowledges in an area: the narrowest they hold; "" when they hold none."""
    top = places.city()
    held = {
        grant.area or (top.path if top else "")
        for grant in actor.grants_for(Can.ACKNOWLEDGE)
        if grant.unit is None and area_path.startswith(grant.area)
    }
    return max(held, key=len, default="")


def level_of(path: str) -> int:
    """Return the level of an area by its path: 0 is the city."""
    return max(path.count("/") - 1, 0)


@dataclass(frozen=True)
class _Ear:
    """Who listens: their own desk decides, else the area they look at."""

    actor: Actor
    area: str
    minutes: Mapping[int, int]
    at: datetime

    def hears(self, row: Alarm, state: str, answers: list[Answer]) -> Ring:
        own = desk_of(self.actor, row.area_path)
        desk = level_of(own or self.area)
        seen = face(
            raised_at=row.raised_at,
            level=row.level,
            desk=desk,
            heard={one.level: one.at for one in answers},
            minutes=self.minutes,
            at=self.at,
        )
        return Ring(
            id=row.pk,
            number=row.number,
            title=row.title,
            place=places.full_name(row.area_path),
            state=state,
            level=row.level,
            raised_at=row.raised_at,
            face=seen,
            words=self._words(seen, row, answers, own),
            answers=tuple(answers),
            can_acknowledge=bool(own) and needs_answer(seen),
        )

    def _words(self, seen: Face, row: Alarm, answers: list[Answer], own: str) -> str:
        if seen == Face.HEARD:
            last = answers[-1]
            return _("{desk}, {name}, acknowledged at {time}").format(
                desk=last.desk, name=last.by, time=_clock(last.at, self.at)
            )
        if seen == Face.RINGS and own:
            return _("To acknowledge here")
        if seen in {Face.RINGS, Face.TOLD}:
            return _("{desk} has not acknowledged yet").format(
                desk=desk_name(row.area_path, row.level)
            )
        desk = level_of(own or self.area)
        below = desk_name(row.area_path, desk + 1)
        due = due_above(row.raised_at, row.level, desk, self.minutes)
        words = (
            _("{desk} did not acknowledge by {time}")
            if seen == Face.MISSED
            else _("{desk} is to acknowledge by {time}")
        )
        return words.format(desk=below, time=_clock(due, self.at))


def alarms(actor: Actor, *, area: str, at: datetime) -> list[Ring]:
    """Return the alarms of an area whose matters are still open, those that need an answer first; three statements."""
    held = alarm_rules(timezone.localtime(at).date())
    since = at - timedelta(hours=max(rule.shown_hours for rule in held.values()))
    rows = list(
        Alarm.objects.within_reach_of(actor, Can.VIEW)
        .filter(area_path__startswith=area, raised_at__gte=since, raised_at__lte=at)
        .order_by("-raised_at")[:MOST]
    )
    standings = matters.standing_ids([row.pk for row in rows])
    rows = [row for row in rows if (now := standings.get(row.pk)) and now.is_open]
    answers = _answers(row.pk for row in rows)
    ear = _Ear(actor, area, {level: rule.minutes for level, rule in held.items()}, at)
    rings = [ear.hears(row, standings[row.pk].state_label, answers[row.pk]) for row in rows]
    return sorted(rings, key=lambda ring: (ORDER.index(ring.face), -ring.raised_at.timestamp()))


def _answers(ids: Iterable[int]) -> Mapping[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for one in Acknowledgement.objects.filter(alarm__in=list(ids)).order_by("at"):
        found[one.alarm_id].append(
            Answer(places.full_name(one.desk_path), one.desk_path, one.level, one.by_name, one.at)
        )
    return found


def _clock(moment: datetime, at: datetime) -> str:
    """Return the time, and the day with it when that is not today."""
    then, now = timezone.localtime(moment), timezone.localtime(at)
    is_today = then.date() == now.date()
    return f"{then:%H:%M}" if is_today else f"{then.month}/{then.day} {then:%H:%M}"


def desk_name(area_path: str, level: int) -> str:
    """Return the name of the desk of a level that commands an area."""
    above = places.ancestors(area_path)
    return above[min(level, len(above) - 1)].name if above else ""
