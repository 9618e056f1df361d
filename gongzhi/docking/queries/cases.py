"""Lists of dockets, one docket, the ledger of confirmations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.docking import rules
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Chance, Docket, Partner
from gongzhi.docking.queries.content import step_name
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

SOON = timedelta(days=3)
BOXES = {
    "open": (pgettext_lazy("docket", "Under way"), Q(state="open")),
    "accept": (_("To accept"), Q(state="open", next_step="accept", is_incoming=True)),
    "soon": (_("Due within 3 days"), None),
    "late": (pgettext_lazy("docket", "Overdue"), None),
    "ended": (pgettext_lazy("docket", "Ended"), ~Q(state="open")),
    "all": (pgettext_lazy("docket", "All"), Q()),
}
VILLAGE = 2  # level of the areas a case is entered for
SORTS = {"new": ("-opened_at", "-id"), "due": ("next_due_at", "id")}


@dataclass(frozen=True)
class CaseFilter:
    box: str = "open"
    kind: str = ""
    partner: int | None = None
    area: str = ""
    text: str = ""
    sort: str = "new"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.partner or self.area or self.text)


@dataclass(frozen=True)
class CaseRow:
    docket: Docket
    matter: Any  # where the matter stands: number, title, state
    place: str
    step: str
    face: Any


def visible(actor: Actor, *capabilities: Can) -> QuerySet[Docket]:
    """Return the dockets on which the actor holds one of the capabilities; without any: may look."""
    return Docket.objects.within_reach_of(actor, *(capabilities or (Can.VIEW,)))


def _box(name: str, at: datetime) -> Q:
    if name == "soon":
        return Q(state="open", next_due_at__gte=at, next_due_at__lt=at + SOON)
    if name == "late":
        return Q(state="open", next_due_at__lt=at)
    return BOXES[name][1] or Q()


def dockets(actor: Actor, *, is_incoming: bool, by: CaseFilter, at: datetime) -> QuerySet[Docket]:
    named = {"kind": by.kind, "partner_id": by.partner, "area_path__startswith": by.area}
    rows = visible(actor).filter(_box(by.box, at), is_incoming=is_incoming)
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    if by.text:
        number = matters.whole_number(by.text)
        fits = Q(case_number__icontains=by.text) | Q(cause__icontains=by.text)
        rows = rows.filter(fits | Q(matter__number=number) if number else fits)
    return rows.select_related("partner")


def cases_page(
    actor: Actor, *, is_incoming: bool, by: CaseFilter, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Docket], list[CaseRow]]:  # fmt: skip
    rows = dockets(actor, is_incoming=is_incoming, by=by, at=at)
    if by.sort == "due":
        rows = rows.filter(next_due_at__isnull=False)
    page = page_of(rows, *SORTS[by.sort], after=after, before=before)
    return page, case_rows(page.rows, at)


def case_rows(rows: Sequence[Docket], at: datetime) -> list[CaseRow]:
    standings = matters.standing_ids({row.matter_id for row in rows})
    return [_row(row, standings[row.matter_id], at) for row in rows]


def _row(row: Docket, standing: Any, at: datetime) -> CaseRow:
    is_open = row.state == Docket.State.OPEN
    face = clocks.face(due_at=row.next_due_at, at=at, started_at=row.opened_at, counting="calendar") if is_open else None  # fmt: skip
    return CaseRow(
        row, standing, places.full_name(row.area_path), step_name(row.kind, row.next_step) if is_open else "", face
    )  # fmt: skip


def villages(actor: Actor) -> list[tuple[str, str]]:
    """Return the villages for which the actor enters cases, with their full names."""
    found = {
        row.path: places.full_name(row.path)
        for grant in actor.grants_for(Can.RECORD)
        for row in places.areas_at_level(VILLAGE, within=grant.area)
    }
    return sorted(found.items())


def case_counts(actor: Actor, *, is_incoming: bool, at: datetime) -> dict[str, int]:
    rows = visible(actor).filter(is_incoming=is_incoming)
    return counts_of({name: rows.filter(_box(name, at)) for name in BOXES})


def case_table(actor: Actor, *, is_incoming: bool, by: CaseFilter, at: datetime) -> Iterator[Sequence[Any]]:  # fmt: skip
    rows = dockets(actor, is_incoming=is_incoming, by=by, at=at).order_by(*SORTS["new"])
    chunk: list[Docket] = []
    for docket in rows.iterator(chunk_size=500):
        chunk.append(docket)
        if len(chunk) == 500:
            yield from (_cells(row) for row in case_rows(chunk, at))
            chunk = []
    yield from (_cells(row) for row in case_rows(chunk, at))


def _cells(row: CaseRow) -> Sequence[Any]:
    one = row.docket
    return (
        one.case_number, one.get_kind_display(), one.partner.name, row.matter.number, row.matter.title, row.place,
        one.cause, one.amount, one.get_panel_display() if one.panel else "", one.get_channel_display(),
        one.opened_at, row.step, one.next_due_at, one.get_state_display(), one.ended_at, one.decision_number,
    )  # fmt: skip


def partners(*kinds: str) -> list[Partner]:
    rows = Partner.objects.filter(is_active=True).order_by("kind", "name")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def applications_taken(code: str) -> int:
    """Return how many applications the office has given a number of its own."""
    return Docket.objects.filter(partner__code=code, is_incoming=False).exclude(case_number="").count()  # fmt: skip


def every_partner() -> list[Partner]:
    return list(Partner.objects.order_by("-is_active", "kind", "name"))


def partner(partner_id: int) -> Partner:
    found = Partner.objects.filter(pk=partner_id).first()
    if found is None:
        raise OutOfReach
    return found


def has_partner(code: str) -> bool:
    return Partner.objects.filter(code=code).exists()


def partner_by_code(code: str) -> Partner:
    found = Partner.objects.filter(code=code).first()
    if found is None:
        raise OutOfReach
    return found


def signature_header(key: str, *, moment: int, body: bytes) -> str:
    """Return the header a message is signed with: for programs that stand on the partner's side."""
    return rules.header(key, moment=moment, body=body)


def is_signed(text: str, *, key: str, body: bytes, now: int) -> bool:
    return rules.is_signed(text, keys=[key], body=body, now=now)


# Confirmations


CHANCES = {
    "open": _("Can still be asked for"),
    "asked": _("Asked for"),
    "lapsed": _("Thirty days over"),
    "all": pgettext_lazy("docket", "All"),
}


@dataclass(frozen=True)
class ChanceRow:
    chance: Chance
    matter: Any
    place: str
    face: Any
    case: CaseRow | None


def _chance_box(name: str, at: datetime) -> Q:
    if name == "asked":
        return Q(docket__isnull=False)
    if name == "lapsed":
        return Q(docket__isnull=True, due_at__lt=at)
    return Q() if name == "all" else Q(docket__isnull=True, due_at__gte=at)


def chances(actor: Actor, *, box: str, text: str, at: datetime) -> QuerySet[Chance]:
    rows = Chance.objects.within_reach_of(actor, Can.VIEW).filter(_chance_box(box, at))
    if text:
        number = matters.whole_number(text)
        rows = rows.filter(matter__number=number) if number else rows.filter(docket__case_number__icontains=text)  # fmt: skip
    return rows.select_related("docket__partner")


def chances_page(
    actor: Actor, *, box: str, text: str, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Chance], list[ChanceRow]]:  # fmt: skip
    page = page_of(
        chances(actor, box=box, text=text, at=at), "due_at", "id", after=after, before=before
    )
    return page, chance_rows(page.rows, at)


def chance_rows(rows: Sequence[Chance], at: datetime) -> list[ChanceRow]:
    standings = matters.standing_ids({row.matter_id for row in rows})
    return [
        ChanceRow(
            row, standings[row.matter_id], places.full_name(row.area_path),
            clocks.face(due_at=row.due_at, at=at, started_at=row.effective_at, counting="calendar"),
            _row(row.docket, standings[row.matter_id], at) if row.docket else None,
        )
        for row in rows
    ]  # fmt: skip


def chance_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    rows = Chance.objects.within_reach_of(actor, Can.VIEW)
    return counts_of({name: rows.filter(_chance_box(name, at)) for name in CHANCES})


def chance_table(actor: Actor, *, box: str, text: str, at: datetime) -> Iterator[Sequence[Any]]:
    for row in chance_rows(list(chances(actor, box=box, text=text, at=at).order_by("due_at", "id")[:20_000]), at):  # fmt: skip
        docket = row.chance.docket
        yield (
            row.matter.number, row.matter.title, row.place, row.chance.effective_at, row.chance.due_at,
            docket.partner.name if docket else "", docket.case_number if docket else "",
            docket.get_state_display() if docket else "", docket.decision_number if docket else "",
        )  # fmt: skip
