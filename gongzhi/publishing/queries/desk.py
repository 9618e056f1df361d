"""What moderators see: the queue, one publication with its history, and the pictures they look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.publishing import rules
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.lifecycle import LIFECYCLE, TONES, State
from gongzhi.publishing.models import Decision, Problem, Publication, PublicPhoto, PublicWords, Wish
from gongzhi.publishing.queries import words
from gongzhi.publishing.rules import Region

ATTENTION = "attention"  # published, but new photos came or a reader told of a problem
TABS = (State.WAITING.value, ATTENTION, State.PUBLISHED.value, State.WITHHELD.value, State.WITHDRAWN.value)  # fmt: skip
COUNTED_TO = 1000


@dataclass(frozen=True)
class QueueFilter:
    tab: str = State.WAITING.value
    q: str = ""
    area: str = ""
    class_code: str = ""
    photos: str = ""  # with | without
    sort: str = ""  # "" oldest first, new


def queue_filter(values: Mapping[str, Any]) -> QueueFilter:
    """Read the filter of an address; what is unknown is left out."""
    plain = {name: str(values.get(name, "")).replace("\0", "")[:60] for name in ("tab", "q", "area", "photos", "sort")}  # fmt: skip
    return QueueFilter(
        tab=plain["tab"] if plain["tab"] in TABS else TABS[0], q=plain["q"].strip(), area=plain["area"],
        class_code=str(values.get("class", ""))[:3].replace("\0", ""), photos=plain["photos"], sort=plain["sort"],
    )  # fmt: skip


def within_reach(actor: Actor) -> QuerySet[Publication]:
    return Publication.objects.within_reach_of(actor, Can.MODERATE)


def narrowed(rows: QuerySet[Publication], by: QueueFilter) -> QuerySet[Publication]:
    rows = rows.filter(_of_tab(by.tab))
    if by.area:
        rows = rows.filter(area_path__startswith=by.area)
    if by.class_code:
        rows = rows.filter(class_code=by.class_code)
    if by.photos:
        rows = rows.filter(has_photos=by.photos == "with")
    return with_words(rows, by.q)


def _of_tab(tab: str) -> Q:
    return Q(has_news=True) | Q(problem_count__gt=0) if tab == ATTENTION else Q(state=tab)


def with_words(rows: QuerySet[Publication], text: str) -> QuerySet[Publication]:
    """Keep the rows whose public words hold every word of the text, or whose id it is."""
    if not text:
        return rows
    if rows_by_id := rows.filter(public_id=text):
        return rows_by_id
    for word in text.lower().split()[:5]:
        rows = rows.alias(said=PublicWords()).filter(said__contains=word)
    return rows


@dataclass(frozen=True)
class QueueRow:
    """A publication as the queue shows it."""

    id: int
    public_id: str
    number: str
    title: str
    text: str
    item: str
    place: str
    state: str
    state_label: str
    tone: str
    stage: str
    stage_words: str
    has_photos: bool
    has_news: bool
    problem_count: int
    queued_at: Any
    published_at: Any
    reason: str


def queue(actor: Actor, by: QueueFilter, *, after: str = "", before: str = "") -> Page[Any]:
    """Return one page of the queue; one statement."""
    rows = narrowed(within_reach(actor), by).select_related("matter").only(*COLUMNS)
    order = (
        ("-queued_at", "-pk") if by.sort == "new" or by.tab in NEWEST_FIRST else ("queued_at", "pk")
    )
    page = page_of(rows, *order, after=after, before=before)
    return Page([queue_row(row) for row in page.rows], page.previous, page.next)


NEWEST_FIRST = {State.PUBLISHED.value, State.WITHHELD.value, State.WITHDRAWN.value}
COLUMNS = (
    "id", "public_id", "matter__number", "title", "text", "item_id", "area_path", "state", "stage", "has_photos",
    "has_news", "problem_count", "queued_at", "published_at", "reason",
)  # fmt: skip


def queue_row(p: Publication) -> QueueRow:
    return QueueRow(
        p.pk, p.public_id, p.matter.number, p.title, p.text, catalogue.item(p.item_id).name if p.item_id else "",
        places.full_name(p.area_path), p.state, str(State(p.state).label), TONES[State(p.state)], p.stage, stage_words(p.stage),
        p.has_photos, p.has_news, p.problem_count, p.queued_at, p.published_at, p.reason,
    )  # fmt: skip


def stage_words(stage: str) -> str:
    return words.stages().get(stage, stage)


def queue_rows(actor: Actor, by: QueueFilter, *, most: int = 50_000) -> Iterator[QueueRow]:
    """Yield the rows of the export without holding them all."""
    rows = narrowed(within_reach(actor), by).select_related("matter").only(*COLUMNS)
    for row in rows.order_by("-queued_at", "-pk")[:most].iterator(chunk_size=1000):
        yield queue_row(row)


def tab_counts(actor: Actor) -> dict[str, int]:
    """Count what waits and what needs attention; one statement."""
    return within_reach(actor).aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)), attention=Count("pk", filter=_of_tab(ATTENTION))
    )  # fmt: skip


@dataclass(frozen=True)
class PhotoRow:
    id: int
    state: str
    state_label: str
    is_after: bool
    taken_at: Any
    width: int
    height: int
    regions: list[Region]
    has_copy: bool


@dataclass(frozen=True)
class DecisionRow:
    at: Any
    label: str
    actor_id: int
    actor_name: str
    reason: str
    shown: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One publication with all a moderator needs to decide."""

    publication: Publication
    row: QueueRow
    facts: matters.Facts
    hidden: list[str]  # what kinds of thing the suggestion hid
    photos: list[PhotoRow]
    decisions: list[DecisionRow]
    problems: list[Problem]
    moves: list[Any]
    is_wished_private: bool
    is_covering: bool  # the detector is at work
    next_id: str  # the one to look at after this


def case(public_id: str, actor: Actor) -> Case:
    """Return one publication; OutOfReach when it is none of the actor's."""
    p = within_reach(actor).select_related("matter").filter(public_id=public_id).first()
    facts = matters.facts_of(p.matter_id) if p else None
    if p is None or facts is None:
        raise OutOfReach
    photos = photo_rows(p.pk)
    return Case(
        p, queue_row(p), facts, hidden_kinds(facts.text), photos,
        _decisions(p),
        list(Problem.objects.filter(publication=p).order_by("answered_at", "-id")[:50]),
        LIFECYCLE.moves_from(p.state), Wish.objects.filter(matter_id=p.matter_id).exists(),
        any(photo.state == PublicPhoto.State.TO_BLUR for photo in photos), _next(p, actor),
    )  # fmt: skip


def _decisions(p: Publication) -> list[DecisionRow]:
    rows = Decision.objects.filter(publication=p).order_by("-id")[:50]
    return [
        DecisionRow(d.at, str(LIFECYCLE[d.move].label), d.actor_id, d.actor_name, d.reason, d.shown)
        for d in rows
    ]


def hidden_kinds(text: str) -> list[str]:
    named = words.hidden_kinds()
    return [named[kind] for kind in rules.hide(text).kinds]


def _next(p: Publication, actor: Actor) -> str:
    """Return the publication that waits next in the queue after this one."""
    later = Q(queued_at__gt=p.queued_at) | Q(queued_at=p.queued_at, pk__gt=p.pk)
    waiting = within_reach(actor).filter(later, state=State.WAITING, queued_at__gte=p.queued_at)
    return waiting.order_by("queued_at", "pk").values_list("public_id", flat=True).first() or ""


def photo_rows(publication_id: int) -> list[PhotoRow]:
    rows = PublicPhoto.objects.filter(publication_id=publication_id).select_related("source").order_by("is_after", "id")  # fmt: skip
    return [
        PhotoRow(
            p.pk, p.state, str(PublicPhoto.State(p.state).label), p.is_after, p.taken_at, p.source.width,
            p.source.height, rules.read_regions(p.boxes) or [], p.blurred_id is not None,
        )
        for p in rows
    ]  # fmt: skip


def covered_photo(public_id: str, photo_id: int, actor: Actor) -> Any:
    """Return the stored copy a moderator looks at; OutOfReach when there is none."""
    photo = (
        PublicPhoto.objects.select_related("blurred")
        .filter(pk=photo_id, publication__public_id=public_id, publication__in=within_reach(actor))
        .first()
    )
    if photo is None or photo.blurred is None:
        raise OutOfReach
    return photo.blurred
