"""The list of disputes: narrowed, paged by key, and as a table to take away; never by a name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.disputes.lifecycle import ENDED, OPEN, Outcome, State
from gongzhi.disputes.models import Dispute, DisputeKind
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.places import queries as places

NEWEST: tuple[str, ...] = ("-opened_at", "-pk")
BY_DUE: tuple[str, ...] = ("due_at", "pk")
BEGINNING = re.compile(r"[0-9]{2}-[0-9-]*")  # of a matter's number, as it is printed
OWN_COLUMNS = (
    "kind_code", "basis", "body_id", "settle_level", "grade", "outcome", "is_sealed", "opened_at", "agreed_at",
    "effective_at", "performed_on", "due_at",
)  # fmt: skip
# Tabs of the list: the states behind each; "open", "ended" and "all" narrow otherwise.
BOXES: Mapping[str, tuple[str, ...]] = {
    "open": tuple(OPEN),
    "triage": (State.TO_TRIAGE,),
    "consent": (State.TO_CONSENT, State.TO_APPOINT),
    "mediating": (State.MEDIATING, State.SUSPENDED),
    "sign": (State.TO_SIGN,),
    "performing": (State.PERFORMING, State.TO_VISIT),
    "archive": (State.TO_ARCHIVE,),
    "ended": tuple(ENDED),
    "all": (),
}


@dataclass(frozen=True)
class DisputeFilter:
    box: str = "open"
    q: str = ""
    kind: str = ""
    level: str = ""
    outcome: str = ""
    area: str = ""
    body: int | None = None
    since: date | None = None
    until: date | None = None
    clock: str = ""  # late
    sort: str = ""  # due; else the newest first
    problem: str = ""  # a sentence when what was asked for cannot be

    @property
    def by_due(self) -> bool:
        return self.sort == "due"


@dataclass(frozen=True)
class DisputeRow:
    """A dispute as a list shows it: its kind and place, never its people."""

    id: int
    number: str
    kind: str
    place: str
    address: str
    body: str
    body_id: int | None
    level: str
    grade: str
    outcome: str
    is_sealed: bool
    is_open: bool
    state: str
    tone: str
    party: str
    face: Any
    opened_at: datetime
    closed_at: datetime | None


def dispute_filter(asked: Mapping[str, str]) -> DisputeFilter:
    """Read a filter from query parameters; what cannot be read is left out and said in `problem`."""
    problem = ""
    days: dict[str, date | None] = {"since": None, "until": None}
    for name in days:
        try:
            days[name] = _day(asked.get(name, ""))
        except ValueError:
            problem = _("Write days as 2026-11-22.")
    body = asked.get("body", "")
    return DisputeFilter(
        box=asked.get("box", "") if asked.get("box", "") in BOXES else "open",
        q=asked.get("q", "").replace("\0", "").strip()[:60], kind=asked.get("kind", "")[:20],
        level=_of(asked.get("level", ""), Dispute.Level.values), outcome=_of(asked.get("outcome", ""), Outcome.values),
        area=asked.get("area", "")[:60], body=int(body) if body.isascii() and body.isdigit() and len(body) < 12 else None,
        since=days["since"], until=days["until"], clock=_of(asked.get("clock", ""), ["late"]),
        sort=_of(asked.get("sort", ""), ["due"]), problem=problem,
    )  # fmt: skip


def _of(value: str, known: "list[str]") -> str:
    return value if value in known else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    day = date.fromisoformat(text)
    if not 2000 <= day.year <= 2100:
        raise ValueError(text)
    return day


def disputes_page(
    actor: Actor, by: DisputeFilter, *, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Dispute], list[DisputeRow]]:
    """Return one page: a statement for the rows, one each for their matters, bodies and the names of their kinds."""
    order = BY_DUE if by.by_due else NEWEST
    page = page_of(_shown(disputes(actor, by, at=at)), *order, after=after, before=before)
    return page, _rows(page.rows, at)


def _shown(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """
    Read what a list shows and no more; above all nothing that is sealed.

    Matters and bodies are read for the rows of the page, not joined: a join would come before the sort.
    """
    return beside(rows.only(*OWN_COLUMNS))


def beside(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Read the matters and the bodies of the rows that are shown, when these are known."""
    return rows.prefetch_related(Prefetch("matter", matters.shown()), "body")


def disputes(actor: Actor, by: DisputeFilter, *, at: datetime) -> QuerySet[Dispute]:
    """Return the disputes within reach that the filter asks for."""
    rows: QuerySet[Dispute] = Dispute.objects.within_reach_of(actor, Matters.VIEW)
    rows = _by_state(rows, by, at)
    columns = {"settle_level": by.level, "outcome": by.outcome, "body_id": by.body}
    rows = rows.filter(**{name: value for name, value in columns.items() if value})
    if by.kind:
        rows = rows.filter(_of_kind(by.kind))
    if by.area:
        rows = rows.filter(Dispute.scoped_by.rows_in(by.area))
    if by.since:
        rows = rows.filter(opened_at__gte=_midnight(by.since))
    if by.until:
        rows = rows.filter(opened_at__lt=_midnight(by.until + timedelta(days=1)))
    return by_words(rows, by.q, at=at)


def _by_state(rows: QuerySet[Dispute], by: DisputeFilter, at: datetime) -> QuerySet[Dispute]:
    if by.box == "open":
        rows = rows.filter(is_under_way=True)
    elif by.box == "ended":
        rows = rows.filter(is_under_way=False)
    elif by.box != "all":
        rows = rows.filter(state__in=BOXES[by.box])
    if by.by_due:
        rows = rows.filter(is_under_way=True, due_at__isnull=False)
    if by.clock == "late":
        rows = rows.filter(is_under_way=True, due_at__lt=at, paused_at=None)
    return rows


def _of_kind(code: str) -> Q:
    return Q(kind_code=code) if "." in code else Q(kind_code=code) | Q(kind_code__startswith=f"{code}.")  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def worded(text: str, *, at: datetime) -> QuerySet[Dispute]:
    """Return the disputes a searcher's text finds, whoever may see them: for lists of what hangs on disputes."""
    return by_words(Dispute.objects.all(), text, at=at)


def kinds_named(text: str) -> list[str]:
    """Return the names of kinds, of every version, in which the text stands."""
    return list(
        DisputeKind.objects.filter(name__contains=text).values_list("name", flat=True).distinct()
    )


def by_words(rows: QuerySet[Dispute], text: str, *, at: datetime) -> QuerySet[Dispute]:
    """
    A number or how one begins, else the name of a kind or of an area, else words of the address.

    No name of a party is searched.
    """
    if not text:
        return rows
    if matters.number_problem(text):
        return rows.none()
    if number := matters.whole_number(text):
        return rows.filter(matter__number=number)
    if BEGINNING.fullmatch(text):
        return rows.filter(matter__number__startswith=text)
    found = Q()
    if codes := list(DisputeKind.objects.filter(name__contains=text).values_list("code", flat=True).distinct()):  # fmt: skip
        found |= Q(kind_code__in=codes)
    for area in places.areas_named(text, on=timezone.localdate(at), most=5):
        found |= Dispute.scoped_by.rows_in(area.path)
    if found:
        return rows.filter(found)
    words = matters.words_asked(text, at=at)
    return rows.none() if words is None else rows.filter(words=words)


def _rows(rows: list[Dispute], at: datetime) -> list[DisputeRow]:
    names = kind_names(row.kind_code for row in rows)
    return [_row(row, names, at) for row in rows]


def kind_names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name, the newest of each."""
    rows = DisputeKind.objects.filter(code__in=set(codes)).order_by("version")
    return dict(rows.values_list("code", "name"))


def _row(row: Dispute, names: Mapping[str, str], at: datetime) -> DisputeRow:
    seen = matters.row_of(row.matter, at=at)
    return DisputeRow(
        row.pk, seen.number, names.get(row.kind_code, row.kind_code), seen.place, seen.address,
        row.body.name if row.body else "", row.body_id, str(row.get_settle_level_display()) if row.settle_level else "",
        str(row.get_grade_display()), str(row.get_outcome_display()) if row.outcome else "", row.is_sealed, seen.is_open,
        seen.state_label, seen.tone, seen.party, seen.face, row.opened_at, seen.closed_at,
    )  # fmt: skip


def disputes_table(
    actor: Actor, by: DisputeFilter, *, at: datetime, most: int
) -> Iterator[list[Any]]:
    """Yield the rows of an export, newest first: kinds, places and outcomes; nobody's name or telephone."""
    names = dict(DisputeKind.objects.order_by("version").values_list("code", "name"))
    found = _shown(disputes(actor, by, at=at)).order_by(*NEWEST)[:most]
    for row in found.iterator(chunk_size=1000):
        line = _row(row, names, at)
        yield [
            line.number, line.kind, line.place, "" if line.is_sealed else line.address, line.state, line.body, line.level,
            line.grade, str(row.get_basis_display()), line.outcome, line.opened_at, row.agreed_at, row.effective_at,
            row.performed_on, line.closed_at,
        ]  # fmt: skip
