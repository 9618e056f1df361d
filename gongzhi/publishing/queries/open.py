"""What everybody may read: the list, one matter, points on the map. Every answer starts from what is published now."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication, PublicPhoto, Wish
from gongzhi.publishing.queries import words
from gongzhi.publishing.queries.desk import with_words
from gongzhi.publishing.queries.editions import edition
from gongzhi.publishing.rules import Stage
from gongzhi.publishing.rules.stages import OPEN

PAGE = 20
MOST_POINTS = 2000
MINUTE = 60
ORDERS = {
    "": ("-published_at", "-pk"),
    "reported": ("-reported_on", "-pk"),
    "oldest": ("reported_on", "pk"),
}
STATES = ("open", "settled")
PERIODS = (30, 90, 365)  # days


@dataclass(frozen=True)
class OpenFilter:
    q: str = ""
    town: str = ""
    class_code: str = ""
    state: str = ""
    days: int = 0
    sort: str = ""


def open_filter(values: Mapping[str, Any]) -> OpenFilter:
    """Read the filter of an address; what is unknown is left out, so that no question is dear."""
    plain = {name: str(values.get(name, "")).replace("\0", "")[:60] for name in ("q", "town", "class", "state", "days", "sort")}  # fmt: skip
    days = int(plain["days"]) if plain["days"] in {str(n) for n in PERIODS} else 0
    return OpenFilter(
        q=plain["q"].strip()[:40], town=plain["town"] if plain["town"] in town_names() else "",
        class_code=plain["class"][:3], state=plain["state"] if plain["state"] in STATES else "",
        days=days, sort=plain["sort"] if plain["sort"] in ORDERS else "",
    )  # fmt: skip


def town_names() -> dict[str, str]:
    return {row.path: row.name for row in places.areas_at_level(1)}


def published() -> QuerySet[Publication]:
    return Publication.objects.filter(state=State.PUBLISHED)


def narrowed(by: OpenFilter, *, at: datetime) -> QuerySet[Publication]:
    rows = published()
    if by.town:
        rows = rows.filter(shown_path__startswith=by.town)
    if by.class_code:
        rows = rows.filter(class_code=by.class_code)
    if by.state:
        rows = rows.filter(stage__in=OPEN if by.state == "open" else [Stage.SETTLED])
    if by.days:
        rows = rows.filter(reported_on__gte=timezone.localdate(at) - timedelta(days=by.days))
    return with_words(rows, by.q)


@dataclass(frozen=True)
class OpenRow:
    """A published matter: nothing here comes from anywhere but what was approved, the catalogue, and offices."""

    public_id: str
    title: str
    text: str
    item: str
    class_name: str
    place: str
    stage: str
    stage_words: str
    tone: str
    reported_on: date
    closed_on: date | None
    published_at: datetime
    changed_at: datetime
    photo: int | None  # the first to show
    clock: Any
    lon: float | None
    lat: float | None
    shown_path: str = ""

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def url(self) -> str:
        return f"/matters/{self.public_id}"


# Only the register's columns that the clock reads: not its words, number, address or reporter.
CLOCK = ("state", "kind", "is_open", "owing_unit_id", "started_at", "warn_at", "due_at", "counting", "paused_at")  # fmt: skip
COLUMNS = (
    "id", "public_id", "state", "stage", "item_id", "class_code", "shown_path", "place", "street", "lon", "lat", "title", "text",
    "reported_on", "closed_on", "published_at", "changed_at", "matter_id", *(f"matter__{name}" for name in CLOCK),
)  # fmt: skip


def _with_photo(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    shown = PublicPhoto.objects.filter(publication=OuterRef("pk"), state=PublicPhoto.State.SHOWN)
    first = shown.order_by("is_after", "id").values("pk")[:1]
    return rows.select_related("matter").only(*COLUMNS).annotate(first_photo=Subquery(first))


def open_list(by: OpenFilter, *, at: datetime, after: str = "", before: str = "") -> Page[Any]:
    """Return one page of the list: one look at the edition, and one statement when it is not kept."""
    name = f"list:{by}:{after}:{before}"
    page: Page[Any] = kept(name, lambda: _open_list(by, at=at, after=after, before=before))
    return page


def _open_list(by: OpenFilter, *, at: datetime, after: str, before: str) -> Page[Any]:
    page = page_of(
        _with_photo(narrowed(by, at=at)), *ORDERS[by.sort], after=after, before=before, size=PAGE
    )
    return Page([open_row(p, at=at) for p in page.rows], page.previous, page.next)


def kept(name: str, answer: Any) -> Any:
    """Keep an answer for a minute of this edition and language: a withdrawal makes it unreachable at once."""
    digest = hashlib.blake2s(name.encode(), digest_size=16).hexdigest()
    key = f"publishing:{edition()}:{get_language()}:{digest}"
    found = cache.get(key)
    if found is None:
        found = answer()
        cache.set(key, found, MINUTE)
    return found


def open_row(p: Any, *, at: datetime) -> OpenRow:
    item = catalogue.item(p.item_id) if p.item_id else None
    place = places.full_name(p.shown_path) if p.shown_path else ""
    return OpenRow(
        p.public_id, p.title, p.text, item.name if item else "", item.class_name if item else "",
        " ".join(part for part in (place, p.street) if part), p.stage, words.stages()[p.stage], words.stage_tone(p.stage),
        p.reported_on, p.closed_on, p.published_at, p.changed_at, getattr(p, "first_photo", None),
        matters.open_clock(p.matter, at=at), p.lon, p.lat, p.shown_path,
    )  # fmt: skip


@dataclass(frozen=True)
class OpenPhoto:
    id: int
    public_id: str
    is_after: bool

    @property
    def url(self) -> str:
        return f"/matters/{self.public_id}/photos/{self.id}.jpg"

    @property
    def thumb_url(self) -> str:
        return f"/matters/{self.public_id}/photos/{self.id}.webp"


@dataclass(frozen=True)
class Step:
    words: str
    state: str  # done | now | next
    at: datetime | None = None


@dataclass(frozen=True)
class OpenCase:
    row: OpenRow
    steps: list[Step]
    before: list[OpenPhoto]
    after: list[OpenPhoto]


class Gone(Exception):
    """It was published once and is withdrawn."""


def open_case(public_id: str, *, at: datetime) -> OpenCase:
    """Return one published matter; Gone when it was withdrawn, OutOfReach when it never was here."""
    p = _with_photo(Publication.objects.filter(public_id=public_id)).first()
    if p is None or p.state not in {State.PUBLISHED, State.WITHDRAWN}:
        raise OutOfReach
    if p.state == State.WITHDRAWN:
        raise Gone
    shown = PublicPhoto.objects.filter(publication=p, state=PublicPhoto.State.SHOWN).order_by("id")
    photos = [OpenPhoto(pk, public_id, after) for pk, after in shown.values_list("pk", "is_after")]
    return OpenCase(
        open_row(p, at=at), _steps(p), [photo for photo in photos if not photo.is_after],
        [photo for photo in photos if photo.is_after],
    )  # fmt: skip


def _steps(p: Publication) -> list[Step]:
    """Return what offices did, what is being done, what comes then; offices are named, people never."""
    done = [
        Step(words.done(step.move, step.unit), "done", step.at)
        for step in matters.open_steps(p.matter_id)
    ]
    reported = Step(words.done("report", ""), "done")
    if p.stage not in OPEN:
        return [reported, *done]
    now = Step(matters.now_words(p.matter.state, label=words.stages()[p.stage]), "now")
    coming = matters.still_to_come(p.matter.state)[:-1]  # the last is the reporter's own rating
    return [reported, *done, now, *(Step(said, "next") for said in coming)]


def open_photo(public_id: str, photo_id: int) -> Any:
    """Return the covered copy of a photo everybody may see; one statement."""
    photo = (
        PublicPhoto.objects.select_related("blurred")
        .filter(
            pk=photo_id, state=PublicPhoto.State.SHOWN, publication__public_id=public_id,
            publication__state=State.PUBLISHED,
        )
        .first()
    )  # fmt: skip
    if photo is None or photo.blurred is None:
        raise OutOfReach
    return photo.blurred


def open_points(
    by: OpenFilter, *, bbox: tuple[float, float, float, float] | None, at: datetime
) -> dict[str, Any]:
    """Return published matters with a place as GeoJSON, newest first, MOST_POINTS at the most."""
    rows = narrowed(by, at=at).filter(lat__isnull=False)
    if bbox:
        west, south, east, north = bbox
        rows = rows.filter(lat__range=(south, north), lon__range=(west, east))
    found = list(
        rows.select_related("matter").only(*COLUMNS).order_by("-published_at", "-pk")[:MOST_POINTS]
    )
    return {
        "type": "FeatureCollection",
        "complete": len(found) < MOST_POINTS,
        "features": [_feature(open_row(p, at=at)) for p in found],
    }


def _feature(row: OpenRow) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "state": row.clock.state if row.is_open else "done", "title": row.title,
            "words": row.clock.sentence if row.is_open else row.stage_words, "place": row.place, "url": row.url,
        },
    }  # fmt: skip


def is_kept_private(matter_id: int) -> bool:
    """Tell whether somebody who reported the matter asked that it is not published."""
    return Wish.objects.filter(matter_id=matter_id).exists()
