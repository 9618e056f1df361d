"""What settled matters teach: their words, what they were in the end, and how they were settled."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import all_kinds
from gongzhi.matters.models import Entry, Matter


@dataclass(frozen=True)
class SettledText:
    """A settled matter's own words, whoever asks: for jobs. They may still speak of persons."""

    id: int
    text: str
    item_id: int | None
    lead_unit_id: int | None
    area_path: str
    reported_at: datetime


def settled_texts(*, since: datetime, most: int) -> Iterator[SettledText]:
    """Yield the newest settled matters reported since a moment, the newest first."""
    rows = Matter.objects.filter(state__in=_settled_states(), reported_at__gte=since)
    columns = ("id", "text", "title", "item_id", "lead_unit_id", "area_path", "reported_at")
    found = rows.order_by("-reported_at", "-id").values_list(*columns)[:most]
    for pk, text, title, *rest in found.iterator(chunk_size=2000):
        yield SettledText(pk, text or title, *rest)


@dataclass(frozen=True)
class SettledBefore:
    """A settled matter of an item, within somebody's reach."""

    id: int
    number: str
    title: str
    text: str
    area_path: str
    lead_unit_id: int | None
    reported_at: datetime
    closed_at: datetime
    rework_count: int
    rating: int | None

    @property
    def hours(self) -> float:
        """Return hours from report to closing, on the clock of the wall."""
        return (self.closed_at - self.reported_at).total_seconds() / 3600


def settled_of_item(
    item_id: int, actor: Actor, *, most: int, without: int = 0
) -> list[SettledBefore]:
    """Return the newest settled matters of any version of an item within reach; one statement."""
    rows = (
        Matter.objects.within_reach_of(actor, Can.VIEW)
        .filter(
            item_id__in=catalogue.all_versions(item_id),
            state__in=_settled_states(),
            closed_at__isnull=False,
        )
        .exclude(pk=without)
        .order_by("-id")
        .values_list(*SettledBefore.__dataclass_fields__)
    )
    return [SettledBefore(*row) for row in rows[:most]]


@dataclass(frozen=True)
class Words:
    """What a matter says of itself to whoever suggests something for it."""

    id: int
    number: str
    item_id: int | None
    text: str
    title: str
    area_path: str
    state: str


def words_of(number: str, actor: Actor) -> Words:
    """Return a matter's words within reach; OutOfReach when it is not there for the actor."""
    rows = Matter.objects.within_reach_of(actor, Can.VIEW).filter(number=number)
    row = rows.values_list(*Words.__dataclass_fields__).first()
    if row is None:
        raise OutOfReach
    return Words(*row)


def how_settled(ids: Collection[int]) -> dict[int, str]:
    """Return what the unit said it did, last, by matter; one statement."""
    rows = Entry.objects.filter(matter_id__in=list(ids), move="hand_in").exclude(note="")
    return dict(rows.order_by("seq").values_list("matter_id", "note"))


def _settled_states() -> list[str]:
    return sorted(state for kind in all_kinds() for state in kind.settled_states)
