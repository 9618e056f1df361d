"""Hand-overs: the list, one of them with its points, and what the next shift should know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import OWED, HandoverState
from gongzhi.duty.models import Addition, Bulletin, Desk, Handover, Point, Receiver
from gongzhi.duty.queries.content import norm, urgencies
from gongzhi.duty.rules import digest_of
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters


@dataclass(frozen=True)
class OpenPoint:
    """Something the next shift should know of."""

    kind: str
    reference: str
    title: str
    standing: str
    href: str


@dataclass(frozen=True)
class HandoverDetail:
    row: Handover
    unit_name: str
    points: list[Point]
    additions: list[Addition]
    is_whole: bool  # what stands here is what was signed

    def of(self, kind: str) -> list[Point]:
        return [point for point in self.points if point.kind == kind]

    @property
    def groups(self) -> list[tuple[str, list[Point]]]:
        labels = {
            Point.Kind.MATTER: _("Matters"),
            Point.Kind.INSTRUCTION: _("Instructions"),
            Point.Kind.BULLETIN: pgettext("duty", "Bulletins"),
            Point.Kind.OTHER: pgettext("handover", "Other"),
        }
        return [(label, self.of(kind)) for kind, label in labels.items() if self.of(kind)]


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    return Handover.objects.within_reach_of(actor, Can.VIEW)


def handover(actor: Actor, handover_id: int, capability: str = Can.VIEW) -> Handover:
    rows = Handover.objects.within_reach_of(actor, capability).select_related("desk")
    found = rows.filter(pk=handover_id).first()
    if found is None:
        raise OutOfReach
    return found


def handovers_page(
    actor: Actor,
    *,
    desk: Desk | None = None,
    text: str = "",
    since: Any = None,
    until: Any = None,
    after: str = "",
    before: str = "",
) -> Page[Handover]:
    rows = found_handovers(actor, desk=desk, text=text, since=since, until=until)
    return page_of(rows, "-pk", after=after, before=before)


def found_handovers(
    actor: Actor, *, desk: Desk | None = None, text: str = "", since: Any = None, until: Any = None
) -> QuerySet[Handover]:
    rows = visible_handovers(actor).select_related("desk")
    if desk is not None:
        rows = rows.filter(desk=desk)
    if since:
        rows = rows.filter(ends_at__date__gte=since)
    if until:
        rows = rows.filter(ends_at__date__lte=until)
    if text:
        named = Q(notes__icontains=text) | Q(outgoing_name__icontains=text)
        points = Point.objects.filter(Q(title__icontains=text) | Q(reference__startswith=text))
        rows = rows.filter(
            named | Q(incoming_name__icontains=text) | Q(pk__in=points.values("handover"))
        )
    return rows


def open_handover(desk: Desk) -> Handover | None:
    return Handover.objects.filter(desk=desk).exclude(state=HandoverState.SIGNED).first()


def handover_detail(actor: Actor, handover_id: int) -> HandoverDetail:
    from_reach = handover(actor, handover_id)
    points = list(from_reach.points.order_by("place", "id"))
    return HandoverDetail(
        from_reach,
        accounts.unit_name(from_reach.desk.unit_id),
        points,
        list(from_reach.additions.order_by("id")),
        is_whole=from_reach.digest == digest_content(from_reach, points),
    )


def digest_content(row: Handover, points: list[Point]) -> str:
    """Return the digest of what two people sign: shift, notes, points and their names."""
    return digest_of(
        {
            "desk": row.desk_id,
            "shift": [row.shift, row.starts_at.timestamp(), row.ends_at.timestamp()],
            "notes": row.notes,
            "crew": row.crew,
            "outgoing": [row.outgoing_id, row.outgoing_name],
            "incoming": [row.incoming_id, row.incoming_name],
            "points": [
                [point.kind, point.reference, point.title, point.standing, point.note]
                for point in points
            ],
        }
    )


def open_points(desk: Desk, actor: Actor, *, at: datetime) -> list[OpenPoint]:
    """Return what is open at a desk: overdue and urgent matters, instructions owed, bulletins in force."""
    most = norm("points_most", timezone.localdate(at))
    return [*_matters(desk, actor, at, most), *_instructions(desk, at), *_bulletins(desk, at)]


def _matters(desk: Desk, actor: Actor, at: datetime, most: int) -> list[OpenPoint]:
    if not actor.can(Matters.VIEW):
        return []
    found: dict[str, OpenPoint] = {}
    for by in (
        matters.Filter(area=desk.area_path, urgent=True),
        matters.Filter(area=desk.area_path, clock="late"),
    ):
        page = matters.matters_in(matters.Box.ALL, actor, by=by, at=at, size=most, sort="due")
        for row in page.rows:
            standing = " · ".join(filter(None, (row.state_label, row.face.words, row.party)))
            found.setdefault(
                row.number,
                OpenPoint(
                    Point.Kind.MATTER,
                    row.number,
                    row.title,
                    standing[:120],
                    f"/desk/matters/{row.number}",
                ),
            )
    return list(found.values())[:most]


def _instructions(desk: Desk, at: datetime) -> list[OpenPoint]:
    rows = Receiver.objects.filter(unit=desk.unit_id, state__in=OWED).select_related("instruction")
    names = urgencies()
    return [
        OpenPoint(
            Point.Kind.INSTRUCTION,
            row.instruction.number,
            row.instruction.title,
            f"{names[row.instruction.urgency].name} · {row.get_state_display()}"
            + (f" · {_('overdue')}" if row.due_at < at else ""),
            f"/desk/duty/instructions/{row.instruction.number}",
        )
        for row in rows.order_by("due_at")
    ]


def _bulletins(desk: Desk, at: datetime) -> list[OpenPoint]:
    rows = Bulletin.objects.filter(readers__unit=desk.unit_id, valid_until__gt=at, recalled_at=None)
    return [
        OpenPoint(
            Point.Kind.BULLETIN,
            str(row.pk),
            row.title,
            _("until {day}").format(day=f"{timezone.localtime(row.valid_until):%Y-%m-%d}"),
            f"/desk/duty/bulletins/{row.pk}",
        )
        for row in rows.order_by("-is_urgent", "-pk").distinct()
    ]


def late_list(desk: Desk) -> str:
    """Return the address of the list of all overdue matters of a desk's area."""
    return f"/desk/all?{urlencode({'area': desk.area_path, 'clock': 'late'})}"


def handovers_table(rows: QuerySet[Handover]) -> Any:
    for row in rows.select_related("desk").order_by("-pk").iterator(chunk_size=200):
        yield (
            accounts.unit_name(row.desk.unit_id), row.shift, _when(row.starts_at), _when(row.ends_at),
            row.get_state_display(), row.outgoing_name, _when(row.offered_at), row.incoming_name, _when(row.signed_at),
            row.notes,
        )  # fmt: skip


def _when(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
