"""What the modules that publish ask of the register: facts of one matter, its open steps, sums over all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

from django.db import connection
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.matters.models import Attachment, Entry, Matter, Reporter
from gongzhi.matters.queries.lists import Clock
from gongzhi.matters.queries.plain import clock_sentence, now_words


@dataclass(frozen=True)
class PhotoOf:
    file_id: int
    stage: str  # the move it came with
    at: datetime


@dataclass(frozen=True)
class Facts:
    """A matter without its file and its reporter. The words are the reporter's own: not for the public as they are."""

    id: int
    number: str
    kind: str
    state: str
    is_open: bool
    is_settled: bool
    item_id: int | None
    title: str
    text: str
    area_path: str
    address: str
    lon: float | None
    lat: float | None
    reported_at: datetime
    closed_at: datetime | None


def facts_of(matter_id: int) -> Facts | None:
    """Return the facts of a matter; None when there is none."""
    return next(iter(facts_of_many([matter_id])), None)


def facts_of_many(matter_ids: Sequence[int]) -> list[Facts]:
    """Return the facts of those of the matters that are there; one statement."""
    rows = Matter.objects.defer("words").filter(pk__in=list(matter_ids)).order_by("pk")
    return [
        Facts(
            m.id, m.number, m.kind, m.state, m.is_open, m.state in kind_of(m.kind).settled_states, m.item_id, m.title,
            m.text, m.area_path, m.address, m.lon, m.lat, m.reported_at, m.closed_at,
        )
        for m in rows
    ]  # fmt: skip


def newest_ids(*, most: int) -> list[int]:
    """Return the ids of the newest matters, newest first."""
    return list(Matter.objects.order_by("-id").values_list("pk", flat=True)[:most])


def photos_of(matter_id: int) -> list[PhotoOf]:
    """Return the photos of a matter, oldest first."""
    return photos_of_many([matter_id]).get(matter_id, [])


def photos_of_many(matter_ids: Sequence[int]) -> dict[int, list[PhotoOf]]:
    """Return the photos of each of the matters that has some, oldest first; one statement."""
    rows = Attachment.objects.filter(matter_id__in=list(matter_ids), file__kind="photo")
    found: dict[int, list[PhotoOf]] = {}
    columns = ("matter_id", "file_id", "stage", "at")
    for matter_id, file_id, stage, at in rows.order_by("id").values_list(*columns):
        found.setdefault(matter_id, []).append(PhotoOf(file_id, stage, at))
    return found


def is_reporters(*, number: str, code: str) -> int | None:
    """Return the matter's id when the code belongs to somebody who reported this very matter, else None."""
    rows = Reporter.objects.filter(matter__number=number, code=code.strip().upper()[:8])
    return rows.values_list("matter_id", flat=True).first()


@dataclass(frozen=True)
class OpenStep:
    """A step of the way that names offices only: no person, no note."""

    move: str
    at: datetime
    unit: str


OPEN_MOVES = frozenset(
    {"verify", "register", "refuse", "dispatch", "accept", "suspend", "resume", "hand_in", "pass_check", "fail_check", "rework", "close", "reopen"}
)  # fmt: skip


def open_steps(matter_id: int) -> list[OpenStep]:
    """Return what offices did, oldest first; one statement."""
    rows = Entry.objects.filter(matter_id=matter_id, move__in=OPEN_MOVES).order_by("seq")
    return [
        OpenStep(move, at, str(values.get("unit", "")) if move == "dispatch" else "")
        for move, at, values in rows.values_list("move", "at", "values")
    ]


def open_clock(matter: Any, *, at: datetime) -> Clock:
    """Return the clock the public sees of a row of the register: the office, the end, one sentence; no reason."""
    party = accounts.unit(matter.owing_unit_id).name if matter.owing_unit_id else ""
    label = kind_of(matter.kind).label(matter.state)
    if not matter.is_open:
        return Clock("done", 100, label, "", "", sentence=label)
    if matter.paused_at is not None:
        words = now_words("suspended", label=label)
        return Clock("paused", 0, words, "", party, sentence=words)
    face = clocks.face(
        due_at=matter.due_at, at=at, warn_at=matter.warn_at, started_at=matter.started_at,
        counting=cast("clocks.Counting", matter.counting or "service"),
    )  # fmt: skip
    runs_on = matter.counting == "continuous"
    said = clock_sentence(matter, unit=party, label=label, at=at)
    return Clock(
        face.state, face.percent, face.words, "", party,
        matter.due_at if runs_on else None, matter.started_at, said,
    )  # fmt: skip


_MONTHLY = """
    SELECT date_trunc('month', reported_at AT TIME ZONE %(zone)s)::date,
           array_to_string((string_to_array(area_path, '/'))[1:3], '/') || '/', item_id, count(*),
           count(*) FILTER (WHERE state = ANY(%(settled)s)),
           count(*) FILTER (WHERE state = ANY(%(settled)s) AND (whole_due_at IS NULL OR closed_at <= whole_due_at OR exempt))
      FROM matters_matter
     WHERE reported_at >= %(since)s AND reported_at < %(until)s AND area_path <> '' AND item_id IS NOT NULL
       AND NOT state = ANY(%(nothing)s)
     GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class MonthSum:
    month: date
    village: str
    item_id: int
    reported: int
    settled: int
    on_time: int


def monthly_sums(*, since: date, until: date) -> Iterator[MonthSum]:
    """Sum what was reported from a day up to, but not including, another; merged and void matters do not count."""
    settled = sorted({state for kind in all_kinds() for state in kind.settled_states})
    zone = timezone.get_current_timezone_name()
    values: dict[str, Any] = {
        "zone": zone, "settled": settled, "nothing": ["merged", "void"],
        "since": timezone.make_aware(datetime.combine(since, time.min)),
        "until": timezone.make_aware(datetime.combine(until, time.min)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MONTHLY, values)
        yield from (MonthSum(*row) for row in cursor.fetchall())
