"""Writes the daily brief of the city and of every town, and tells those on duty."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongzhi.accounts import queries as accounts
from gongzhi.learning.models import Brief
from gongzhi.learning.queries import briefs, forecasts, gathering, parameters
from gongzhi.learning.queries.reach import city_path
from gongzhi.learning.rules import sentences
from gongzhi.notices import actions as notices
from gongzhi.places import queries as places

CITY, TOWN = 0, 1
SUMMARY = ("reported_more", "reported_less", "reported_same", "open", "ahead")  # told in the notice


def write_briefs(*, at: datetime, areas: Sequence[str] | None = None) -> list[Brief]:
    """
    Write the brief of yesterday for the areas, the city and every town if none are given.

    A brief that exists gets a further version when its figures have changed; the earlier one stays.
    Return those that were written; `tell_of_briefs` tells of them.
    """
    on = timezone.localdate(at)
    paths = briefs.brief_areas(on) if areas is None else areas
    version = forecasts.newest_forecast()
    written = []
    for path in paths:
        morning = gathering.Morning(path, on - timedelta(days=1), at, version)
        if row := _kept(path, morning.day, lines_of(morning), at=at):
            written.append(row)
    return written


def lines_of(morning: gathering.Morning) -> list[dict[str, Any]]:
    """Return the lines of a morning in the order of the templates."""
    known = briefs.templates(morning.day + timedelta(days=1))
    said = [
        (known[one.code].place, sentences.written(one, known[one.code]))
        for one in gathering.gathered(morning)
    ]
    return [line for _place, line in sorted(said, key=lambda pair: pair[0])]


@transaction.atomic
def _kept(path: str, day: date, lines: list[dict[str, Any]], *, at: datetime) -> Brief | None:
    same = Brief.objects.filter(area_path=path, day=day).order_by("-version")
    newest = same.first()
    if newest is not None and newest.lines == lines:
        return None
    last = same.aggregate(last=Max("version"))["last"] or 0
    return Brief.objects.create(area_path=path, day=day, version=last + 1, made_at=at, lines=lines)


def tell_of_briefs(rows: Sequence[Brief], *, at: datetime) -> int:
    """Tell those on duty of first versions, by notice and e-mail; return how many were told."""
    return sum(_told(row, at) for row in rows if row.version == 1)


def _told(row: Brief, at: datetime) -> int:
    level = CITY if row.area_path == city_path() else TOWN
    on = timezone.localdate(at)
    centre = accounts.centre_for(row.area_path, level)
    people = accounts.people_with(*briefs.readers(level), unit_id=centre.id, on=on)
    words = "".join(line["zh"] for line in row.lines if line["code"] in SUMMARY)
    day = urlencode({"area": row.area_path, "day": row.day.isoformat()})
    return notices.tell(
        people=[person.id for person in people], template="brief", at=at, link=f"{reverse('learning:brief')}?{day}",
        values={"day": row.day, "place": places.area(row.area_path).name, "summary": words},
    )  # fmt: skip


def forget_old_briefs(*, at: datetime) -> int:
    """Delete briefs that are older than the city keeps them."""
    on = timezone.localdate(at)
    oldest = on - timedelta(days=parameters.number("brief_keep_days", on=on))
    count, _tables = Brief.objects.filter(day__lt=oldest).delete()
    return count
