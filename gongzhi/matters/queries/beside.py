"""What lies beside a matter: earlier ones at the same spot, and those it may be the double of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from gongzhi.base.actor import Actor
from gongzhi.files import queries as files
from gongzhi.matters import marks
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Attachment, Matter
from gongzhi.matters.queries.lists import COLUMNS, Row, rows_of
from gongzhi.matters.queries.papers import OWN_STAGES
from gongzhi.places import queries as places

MOST = 50


def history_near(matter: Matter, actor: Actor, *, at: datetime) -> list[Row]:
    """
    Return matters of the same item at the same spot before this one, the newest first.

    The spot and the days are those the settings name; one statement, within one grid.
    """
    if matter.item_id is None or matter.lon is None or matter.lat is None:
        return []
    found = (
        Matter.objects.within_reach_of(actor, Can.VIEW)
        .alias(marks=marks.Marks())
        .filter(
            marks.having([matter.area_path, marks.of_item(matter.item_id)]),
            area_path=matter.area_path,
            item_id=matter.item_id,
            reported_at__lt=matter.reported_at,
            reported_at__gte=matter.reported_at - timedelta(days=settings.NEARBY_DAYS),
            lon__isnull=False,
        )
        .exclude(pk=matter.pk)
        .order_by("-reported_at")
        .only(*COLUMNS)[:MOST]
    )
    here = (matter.lon, matter.lat)
    close = [
        m for m in found
        if places.metres_between(*here, m.lon or 0, m.lat or 0) <= settings.TWIN_METRES
    ]  # fmt: skip
    return rows_of(close, at=at)


def named(numbers: Sequence[str], actor: Actor, *, at: datetime) -> list[Row]:
    """Return the open ones among matters that were named, in the order of their numbers."""
    if not numbers:
        return []
    found = Matter.objects.within_reach_of(actor, Can.VIEW).filter(number__in=numbers, is_open=True)
    return rows_of(list(found.order_by("number").only(*COLUMNS)), at=at)


@dataclass(frozen=True)
class UsedBefore:
    """A photo of a report that an earlier report carried already: the same, or as good as the same."""

    thumb_url: str
    number: str
    at: datetime
    is_open_to_you: bool  # whether the earlier matter lies within the reader's reach


def photos_used_before(matter: Matter, papers: Sequence[Any], actor: Actor) -> list[UsedBefore]:
    """Return which photos a resident sent have been seen in earlier matters; two statements, none without photos."""
    photos = {
        p.link.id: p.link.thumb_url
        for p in papers
        if p.stage in OWN_STAGES and p.link.kind == "photo"
    }
    alike = {one.other_id: one.file_id for one in files.alike(ids=list(photos))}
    if not alike:
        return []
    earlier = (
        Attachment.objects.filter(file_id__in=list(alike), at__lt=matter.reported_at)
        .exclude(matter_id=matter.pk)
        .order_by("at")
        .values_list("file_id", "matter_id", "matter__number", "at")[:MOST]
    )
    found = list(earlier)
    reach = Matter.objects.within_reach_of(actor, Can.VIEW).filter(pk__in=[row[1] for row in found])
    near = set(reach.values_list("pk", flat=True)) if found else set()
    return [
        UsedBefore(photos[alike[file_id]], number, at, matter_id in near)
        for file_id, matter_id, number, at in found
    ]


def earlier_use_of_photos(matter_id: int) -> str:
    """Return the number of an earlier matter that carries a photo of this one's report; "" when there is none."""
    own = Attachment.objects.filter(matter_id=matter_id, stage="report").values_list(
        "file_id", "at"
    )
    mine = dict(own)
    others = {one.other_id for one in files.alike(ids=list(mine))}
    if not others:
        return ""
    earlier = Attachment.objects.filter(file_id__in=others, at__lt=min(mine.values()))
    found = (
        earlier.exclude(matter_id=matter_id).order_by("at").values_list("matter__number", flat=True)
    )
    return found.first() or ""


def metres_apart(one: Matter, other: Matter) -> int | None:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    return round(places.metres_between(one.lon, one.lat, other.lon, other.lat))
