"""Bulletins: those in force for my units, those we sent, and who has read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import Bulletin, Reader
from gongzhi.duty.queries.units import homes
from gongzhi.files import queries as files

BOXES = {
    "current": _("In force"),
    "unread": _("To be read"),
    "sent": _("Sent by us"),
    "past": _("Ended and recalled"),
    "all": _("All"),
}


@dataclass(frozen=True)
class BulletinRow:
    bulletin: Bulletin
    unit_name: str
    reader_count: int
    read_count: int
    is_unread: bool  # by a unit of the actor's
    state: str  # current, past, recalled


@dataclass(frozen=True)
class ReaderRow:
    reader: Reader
    unit_name: str


@dataclass(frozen=True)
class BulletinDetail:
    row: BulletinRow
    files: list[files.FileLink]
    own: list[ReaderRow]  # units the actor may confirm for
    readers: list[ReaderRow]  # those the actor may see
    can_recall: bool


def visible_bulletins(actor: Actor) -> QuerySet[Bulletin]:
    """Return bulletins sent within reach, and those addressed to a unit within reach or to the actor's own."""
    sent = Bulletin.objects.within_reach_of(actor, Can.VIEW)
    readers = Reader.objects.within_reach_of(actor, Can.VIEW)
    mine = Reader.objects.filter(unit__in=homes(actor, Can.VIEW))
    return Bulletin.objects.filter(
        Q(pk__in=sent.values("pk"))
        | Q(pk__in=readers.values("bulletin"))
        | Q(pk__in=mine.values("bulletin"))
    )


def bulletins(
    actor: Actor, *, box: str = "current", text: str = "", at: datetime
) -> QuerySet[Bulletin]:
    rows = visible_bulletins(actor)
    if box in {"current", "unread"}:
        rows = rows.filter(recalled_at=None, valid_until__gt=at)
    if box == "unread":
        rows = rows.filter(_unread(actor))
    if box == "sent":
        rows = rows.filter(unit__in=homes(actor, Can.VIEW))
    if box == "past":
        rows = rows.filter(Q(recalled_at__isnull=False) | Q(valid_until__lte=at))
    return rows.filter(Q(title__icontains=text) | Q(text__icontains=text)) if text else rows


def _unread(actor: Actor) -> Exists:
    mine = Reader.objects.filter(unit__in=homes(actor, Can.VIEW), read_at=None)
    return Exists(mine.filter(bulletin=OuterRef("pk")))


def bulletins_page(
    actor: Actor, *, box: str, text: str = "", at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Bulletin], list[BulletinRow]]:
    rows = _counted(bulletins(actor, box=box, text=text, at=at), actor)
    page = page_of(rows, "-pk", after=after, before=before)
    return page, [_row(row, at) for row in page.rows]


def _counted(rows: QuerySet[Bulletin], actor: Actor) -> QuerySet[Any]:
    return rows.annotate(
        reader_count=Count("readers"),
        read_count=Count("readers", filter=Q(readers__read_at__isnull=False)),
        unread=_unread(actor),
    )


def _row(row: Any, at: datetime) -> BulletinRow:
    state = "recalled" if row.recalled_at else "current" if row.valid_until > at else "past"
    return BulletinRow(
        row, accounts.unit_name(row.unit_id), row.reader_count, row.read_count,
        row.unread and state == "current", state,
    )  # fmt: skip


def unread_bulletins(actor: Actor, *, at: datetime, most: int = 5) -> list[BulletinRow]:
    rows = _counted(bulletins(actor, box="unread", at=at), actor).order_by("-is_urgent", "-pk")
    return [_row(row, at) for row in rows[:most]]


def bulletin(actor: Actor, bulletin_id: int, *, at: datetime) -> BulletinDetail:
    found = _counted(visible_bulletins(actor).filter(pk=bulletin_id), actor).first()
    if found is None:
        raise OutOfReach
    of_it = Reader.objects.filter(bulletin=found).order_by("area_path", "id")
    is_ours = Bulletin.objects.within_reach_of(actor, Can.VIEW).filter(pk=found.pk).exists()
    seen = of_it if is_ours else of_it.within_reach_of(actor, Can.VIEW)
    mine = set(homes(actor, Can.ANSWER))
    recallable = Bulletin.objects.within_reach_of(actor, Can.ANNOUNCE).filter(pk=found.pk)
    return BulletinDetail(
        _row(found, at),
        files.file_links(list(found.files.order_by("id").values_list("file_id", flat=True))),
        [ReaderRow(one, accounts.unit_name(one.unit_id)) for one in of_it if one.unit_id in mine],
        [ReaderRow(one, accounts.unit_name(one.unit_id)) for one in seen],
        can_recall=not found.recalled_at and recallable.exists(),
    )


def unread_count(actor: Actor, *, at: datetime) -> int:
    return bulletins(actor, box="unread", at=at).count()


def bulletins_table(
    rows: QuerySet[Bulletin], actor: Actor, *, at: datetime
) -> Iterator[tuple[Any, ...]]:
    for found in _counted(rows, actor).order_by("-pk").iterator(chunk_size=200):
        row = _row(found, at)
        yield (
            row.unit_name, found.title, found.text, _when(found.published_at), _when(found.valid_until),
            row.reader_count, row.read_count, found.recall_reason,
        )  # fmt: skip


def readers_table(detail: BulletinDetail) -> Iterator[tuple[Any, ...]]:
    for one in detail.readers:
        yield one.unit_name, _when(one.reader.read_at), one.reader.read_by_name


def _when(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
