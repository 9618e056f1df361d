"""Bodies within reach: the list with what each lacks, one body, what the court is still to be told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.mediators import rules
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Body, Filing, Mediator
from gongzhi.mediators.queries.defined import composition, fields, warn_days
from gongzhi.places import queries as places

BOXES: dict[str, Any] = {
    "all": gettext_lazy("All"),
    "attend": gettext_lazy("To attend to"),
    "term": gettext_lazy("Term ends or is over"),
    "unfiled": gettext_lazy("Not filed"),
    "closed": pgettext_lazy("body", "Closed"),
}
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "name": (gettext_lazy("Name"), ("name", "id")),
    "kind": (gettext_lazy("Kind"), ("kind", "name", "id")),
    "newest": (gettext_lazy("Entered last"), ("-id",)),
}


@dataclass(frozen=True)
class BodyFilter:
    box: str = "all"
    text: str = ""
    kind: str = ""
    field: str = ""
    area: str = ""
    sort: str = "name"


@dataclass(frozen=True)
class BodyRow:
    body: Body
    place: str
    members: int
    women: int
    people: int
    flaws: list["FlawWords"]


@dataclass(frozen=True)
class FlawWords:
    """What a body lacks, in words with the article, and whether it breaks the law already."""

    code: str
    words: str
    source: str
    is_serious: bool


def visible_bodies(actor: Actor) -> QuerySet[Body]:
    return Body.objects.within_reach_of(actor, Can.VIEW)


def bodies_named(text: str) -> list[int]:
    """Return the ids of bodies in whose name a text stands: there are few bodies, and much that hangs on them."""
    return list(Body.objects.filter(name__icontains=text).values_list("pk", flat=True))


def with_counts(rows: QuerySet[Body]) -> QuerySet[Body]:
    """Add to each body how many members, women among them, and mediators it has now."""
    here = Mediator.objects.filter(body=OuterRef("pk"), left_on__isnull=True).order_by().values("body")  # fmt: skip

    def counted(**narrowed: Any) -> Coalesce:
        return Coalesce(Subquery(here.filter(**narrowed).annotate(n=Count("id")).values("n")), 0)

    return rows.annotate(
        people=counted(), members=counted(seat__gt=""), women=counted(seat__gt="", is_woman=True),
        chairs=counted(seat="chair"),
    )  # fmt: skip


def bodies(actor: Actor, by: BodyFilter, *, on: date) -> QuerySet[Body]:
    """Return the bodies a filter leaves, each with its counts."""
    rows = visible_bodies(actor).filter(is_active=by.box != "closed")
    if by.kind:
        rows = rows.filter(kind=by.kind)
    if by.field:
        rows = rows.filter(expertise__contains=[by.field])
    if by.area:
        rows = rows.filter(area_path__startswith=by.area)
    if by.text:
        rows = rows.filter(Q(name__icontains=by.text) | Q(code__istartswith=by.text))
    return _boxed(with_counts(rows), by.box, on)


def _boxed(rows: QuerySet[Body], box: str, on: date) -> QuerySet[Body]:
    if box == "term":
        return rows.filter(term_ends_on__lte=on + timedelta(days=warn_days("term")))
    if box == "unfiled":
        return rows.filter(Exists(_open_filings()))
    if box == "attend":
        return rows.filter(_lacking(on))
    return rows


def _open_filings() -> QuerySet[Filing]:
    return Filing.objects.filter(body=OuterRef("pk"), filed_on__isnull=True)


def _lacking(on: date) -> Any:
    """Say in SQL what `rules.composition_flaws` and `rules.term_flaw` say of one body."""
    lacks: Any = Q(pk__in=[])
    for kind in Body.Kind.values:
        rule = composition(kind, on=on)
        if rule is None:
            continue
        made_up = (
            Q(members__lt=rule.least) | Q(members__gt=rule.most) | Q(women__lt=rule.women_least)
        )
        made_up |= Q(chairs=0) if rule.needs_chair else Q(pk__in=[])
        soon = on + timedelta(days=warn_days("term"))
        term = Q(term_ends_on__lte=soon) | Q(term_ends_on__isnull=True)
        lacks |= Q(kind=kind) & (made_up | term | Exists(_open_filings().filter(due_on__lt=on)))
    return lacks


def bodies_page(
    actor: Actor, by: BodyFilter, *, on: date, after: str = "", before: str = ""
) -> tuple[Page[Body], list[BodyRow]]:
    page = page_of(bodies(actor, by, on=on), *SORTS[by.sort][1], after=after, before=before)
    waiting = _waiting([row.pk for row in page.rows])
    return page, [_row(row, waiting.get(row.pk, []), on) for row in page.rows]


def _waiting(ids: Sequence[int]) -> dict[int, list[Filing]]:
    found: dict[int, list[Filing]] = {}
    for row in Filing.objects.filter(body__in=ids, filed_on__isnull=True).order_by("due_on"):
        found.setdefault(row.body_id, []).append(row)
    return found


def _row(body: Body, waiting: list[Filing], on: date) -> BodyRow:
    counts: Any = body  # annotated
    return BodyRow(
        body, places.full_name(body.area_path) if body.area_path else "", counts.members, counts.women, counts.people,
        flaws_of(body, waiting, on) if body.is_active else [],
    )  # fmt: skip


def flaws_of(body: Body, waiting: Sequence[Filing], on: date) -> list[FlawWords]:
    """Return what an annotated body lacks on a day, what breaks the law first."""
    rule = composition(body.kind, on=on)
    if rule is None:
        return []
    counts: Any = body
    seats = [
        rules.SeatFacts("chair" if n < counts.chairs else "member", is_woman=n < counts.women)
        for n in range(counts.members)
    ]
    flaws = rules.composition_flaws(rule, seats)
    term = rules.term_flaw(body.term_ends_on, on=on, warn_days=warn_days("term"))
    flaws += [term] if term else []
    if waiting:
        flaws.append(rules.Flaw.FILING_LATE if waiting[0].due_on < on else rules.Flaw.NOT_FILED)
    told = [_words(flaw, rule, body, waiting, on) for flaw in flaws]
    return sorted(told, key=lambda one: not one.is_serious)


def _words(
    flaw: rules.Flaw, rule: rules.Composition, body: Body, waiting: Sequence[Filing], on: date
) -> FlawWords:
    counts: Any = body
    due = waiting[0].due_on if waiting else on
    days = abs((body.term_ends_on - on).days) if body.term_ends_on else 0
    words = {
        rules.Flaw.TOO_FEW: _("{n} members of at least {least}"),
        rules.Flaw.TOO_MANY: _("{n} members of at most {most}"),
        rules.Flaw.NO_WOMAN: _("no woman among the members"),
        rules.Flaw.NO_CHAIR: _("no chair"),
        rules.Flaw.TERM_OVER: _("term over for {days} days"),
        rules.Flaw.TERM_ENDS: _("term ends in {days} days"),
        rules.Flaw.TERM_UNKNOWN: _("end of term not entered"),
        rules.Flaw.NOT_FILED: _("to be filed by {due}"),
        rules.Flaw.FILING_LATE: _("filing overdue since {due}"),
    }[flaw]
    source = rule.source if "fil" not in flaw else "《人民调解法》第十条"
    said = words.format(n=counts.members, least=rule.least, most=rule.most, days=days, due=f"{due:%m-%d}")  # fmt: skip
    return FlawWords(flaw, said, source, flaw in rules.SERIOUS)


@dataclass(frozen=True)
class BodyDetail:
    row: BodyRow
    people: list[Mediator]
    filings: list[Filing]
    studios: list[Body]
    unit_name: str
    expertise: str
    rule: rules.Composition | None


def body_detail(actor: Actor, body_id: int, *, on: date) -> BodyDetail:
    found = with_counts(visible_bodies(actor)).select_related("under").filter(pk=body_id).first()
    if found is None:
        raise OutOfReach
    seats = {"chair": 0, "deputy": 1, "member": 2, "": 3}
    people = Mediator.objects.filter(body=found, left_on__isnull=True)
    filings = list(Filing.objects.filter(body=found).order_by("-happened_on", "-id")[:50])
    waiting = sorted((row for row in filings if row.filed_on is None), key=lambda row: row.due_on)
    return BodyDetail(
        _row(found, waiting, on), sorted(people, key=lambda one: (seats[one.seat], one.id)), filings,
        list(Body.objects.filter(under=found, is_active=True)), accounts.unit_name(found.unit_id),
        "、".join(fields().get(code, code) for code in found.expertise), composition(found.kind, on=on),
    )  # fmt: skip


def filings(actor: Actor, *, box: str = "open", text: str = "") -> QuerySet[Filing]:
    """Return changes the court is to be told of (or was), the most urgent first."""
    rows = Filing.objects.filter(body__in=visible_bodies(actor)).select_related("body")
    rows = rows.filter(filed_on__isnull=box == "open")
    return rows.filter(body__name__icontains=text) if text else rows


def filings_page(
    actor: Actor, *, box: str, text: str = "", after: str = "", before: str = ""
) -> Page[Filing]:
    order = ("due_on", "id") if box == "open" else ("-filed_on", "-id")
    return page_of(filings(actor, box=box, text=text), *order, after=after, before=before)


@dataclass(frozen=True)
class RegistryCounts:
    bodies: int
    attend: int
    unfiled: int
    mediators: int
    full_time: int
    women: int


def registry_counts(actor: Actor, *, on: date) -> RegistryCounts:
    """Count the registry within reach: three statements whatever its size."""
    here = visible_bodies(actor).filter(is_active=True)
    people = Mediator.objects.within_reach_of(actor, Can.VIEW).filter(left_on__isnull=True)
    counted = people.aggregate(
        all=Count("id"), full=Count("id", filter=Q(employment="full")), women=Count("id", filter=Q(is_woman=True))
    )  # fmt: skip
    return RegistryCounts(
        here.count(), _boxed(with_counts(here), "attend", on).count(),
        Filing.objects.filter(filed_on__isnull=True, body__in=here).count(), counted["all"], counted["full"],
        counted["women"],
    )  # fmt: skip


def units_offered(actor: Actor) -> list[tuple[int, str]]:
    """Return the units a body may belong to, within the actor's reach."""
    grants = actor.grants_for(Can.KEEP)
    return [
        (row.id, row.name)
        for row in sorted(accounts.units_by_code().values(), key=lambda row: (row.area_path, row.code))
        if row.is_open
        and any(
            row.area_path.startswith(grant.area) and (grant.unit is None or grant.unit in row.ancestors)
            for grant in grants
        )
    ]  # fmt: skip


def bodies_offered(actor: Actor, capability: str) -> Iterator[tuple[int, str]]:
    rows = Body.objects.within_reach_of(actor, capability).filter(is_active=True).order_by("name")
    yield from rows.values_list("id", "name")
