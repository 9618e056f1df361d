"""The one consumer: changes of the register become facts, counts, news and tiles, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongzhi.figures import rules
from gongzhi.figures.actions.counting import apply
from gongzhi.figures.actions.presence import note_work
from gongzhi.figures.actions.publishing import publish
from gongzhi.figures.actions.reading import Reading, read
from gongzhi.figures.models import Consumer, Fact, News, OnShift, OpenMatter
from gongzhi.figures.queries.defined import stages_of
from gongzhi.figures.queries.sums import MINUS, PLUS
from gongzhi.matters import queries as matters

PATROL = "patrol"  # the source of what officers find
ON_SITE = frozenset({rules.Stage.VERIFY, rules.Stage.CHECK})
LOCK = 0x46494755  # "FIGU": one consumer at a time, whoever starts a second one
OLD_NEWS = timedelta(days=1)  # what is first read later than this is no news any more
WHOLE = timedelta(
    minutes=1
)  # so often all areas are computed: the last 24 hours move on by themselves
_FACT = [f.attname for f in Fact._meta.concrete_fields if not f.primary_key]
_OPEN = [f.attname for f in OpenMatter._meta.concrete_fields if not f.primary_key]
_SAME = tuple(name for name in _OPEN if name not in {"is_paused", "due_at", "handle_due_at"})


@dataclass(frozen=True)
class Consumed:
    """What one run did. `is_busy`: another consumer is at work, and nothing was done."""

    changes: int = 0
    matters: int = 0
    news: int = 0
    tiles: int = 0
    is_busy: bool = False


@transaction.atomic
def consume(*, limit: int, at: datetime) -> Consumed:
    """
    Take up to `limit` changes and bring facts, counts, ticker and tiles up to them.

    All of it or nothing: killed at any point, the changes are still in the queue and no sum has moved.
    """
    if not _locked():
        return Consumed(is_busy=True)
    state = Consumer.objects.get_or_create(pk=1)[0]
    taken = _take(limit)
    ids = sorted(set(taken))
    followed = follow(ids)
    news = _tell(state, followed, at)
    state.ran_at = at
    _note_work(followed)
    tiles = _publish(state, _areas_of(followed) | _shifts(), at)
    state.save()
    return Consumed(len(taken), len(ids), news, tiles)


@dataclass(frozen=True)
class Followed:
    """A matter as read now, and its facts as they were known before."""

    reading: Reading
    before: Fact | None


def follow(ids: Sequence[int]) -> list[Followed]:
    """Read these matters anew and move every sum by the difference."""
    if not ids:
        return []
    facts = Fact.objects.filter(pk__in=ids)
    known = {fact.matter_id: fact for fact in facts}
    readings = read(ids, known=known)
    apply(ids, sign=MINUS)
    write([reading.fact for reading in readings])
    apply(ids, sign=PLUS)
    write_open(readings)
    return [Followed(reading, known.get(reading.filed.id)) for reading in readings]


def _areas_of(followed: Iterable[Followed]) -> frozenset[str]:
    facts = [fact for row in followed for fact in (row.before, row.reading.fact) if fact]
    return frozenset(path for fact in facts for path in (fact.town, fact.village) if path)


def _publish(state: Consumer, touched: frozenset[str], at: datetime) -> int:
    """Publish what was touched or ran over its time since; all of it when the last time is long ago."""
    last = state.published_at
    if (
        last is None
        or state.whole_at is None
        or at - state.whole_at >= WHOLE
        or _is_new_day(last, at)
    ):
        return publish(state, at=at)
    due = Q(due_at__gte=last, due_at__lt=at) | Q(handle_due_at__gte=last, handle_due_at__lt=at)
    for town, village in OpenMatter.objects.filter(due).values_list("town", "village").distinct():
        touched |= {path for path in (town, village) if path}
    return publish(state, at=at, touched=touched) if touched else 0


def _note_work(followed: Iterable[Followed]) -> None:
    """Work on site is what ends a verification or a check, and a report found on patrol."""
    worked: dict[str, datetime] = {}
    for row in followed:
        filed = row.reading.filed
        stages = stages_of(filed.kind)
        for line in _new_lines(row):
            was = stages.get(line.source)
            is_work = was is not None and was.stage in ON_SITE and line.target != line.source
            is_found = line.seq == 1 and filed.source == PATROL
            if filed.area_path and (is_work or is_found):
                worked[filed.area_path] = max(line.at, worked.get(filed.area_path, line.at))
    if worked:
        note_work(times=worked)


def _shifts() -> frozenset[str]:
    """Return the areas where shifts or work changed since they were last published."""
    fresh = OnShift.objects.filter(is_published=False)
    paths = list(fresh.values_list("pk", flat=True))
    fresh.filter(pk__in=paths).update(is_published=True)
    return frozenset(around for path in paths for around in rules.areas_around(path))


def _is_new_day(last: datetime, at: datetime) -> bool:
    return timezone.localtime(last).date() != timezone.localtime(at).date()


def write(facts: Iterable[Fact]) -> None:
    Fact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["matter"], update_fields=_FACT, batch_size=1000
    )


def write_open(readings: Iterable[Reading]) -> None:
    """Keep the table of open matters: those that owe something are in it, the others are not."""
    open_rows = [open_row(row.fact, row.filed.due_at) for row in readings if row.filed.is_open]
    ended = [row.filed.id for row in readings if not row.filed.is_open]
    OpenMatter.objects.filter(pk__in=ended).delete()
    OpenMatter.objects.bulk_create(
        open_rows, update_conflicts=True, unique_fields=["matter_id"], update_fields=_OPEN, batch_size=1000
    )  # fmt: skip


def open_row(fact: Fact, due_at: datetime | None) -> OpenMatter:
    return OpenMatter(
        matter_id=fact.matter_id, is_paused=fact.is_suspended, due_at=due_at,
        handle_due_at=None if fact.handled_at else fact.handle_due_at,
        **{name: getattr(fact, name) for name in _SAME},
    )  # fmt: skip


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _take(limit: int) -> list[int]:
    """Take the oldest changes that are committed; one that commits later is found then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM figures_change WHERE id IN"
            " (SELECT id FROM figures_change ORDER BY id LIMIT %s) RETURNING matter_id",
            [limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _tell(state: Consumer, followed: Iterable[Followed], at: datetime) -> int:
    """Append what is new in the files to the ticker, oldest first, with numbers that have no gap."""
    fresh = sorted(
        (
            (line.received_at, row.reading.filed.id, line.seq, line, row.reading)
            for row in followed
            for line in _new_lines(row)
            if line.received_at > at - OLD_NEWS
        ),
        key=lambda row: row[:3],
    )
    News.objects.bulk_create(
        _news(state.seq + number, reading, line.at, line.move, line.target)
        for number, (_at, _id, _seq, line, reading) in enumerate(fresh, start=1)
    )
    state.seq += len(fresh)
    return len(fresh)


def _new_lines(row: Followed) -> list[matters.FiledLine]:
    known = row.before.line_count if row.before else 0
    return [line for line in row.reading.filed.lines if line.seq > known]


def _news(seq: int, reading: Reading, at: datetime, move: str, target: str) -> News:
    row = reading.filed
    return News(
        seq=seq, at=at, matter_id=row.id, number=row.number, title=row.title, kind=row.kind, move=move,
        state=target, area_path=row.area_path, is_urgent=row.is_urgent, is_late=rules.was_late(reading.stays, at),
    )  # fmt: skip
