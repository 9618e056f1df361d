"""The lists of the desk: sittings, attempts to make, answers to look at, safety steps to do. No name stands in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.paging import Page, page_of
from gongzhi.disputes import queries as disputes
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import Answer, Attempt, SafetyPlan, Sitting
from gongzhi.talks.queries.content import name_of

LISTS: dict[str, Any] = {
    "sittings": _("Sittings"),
    "attempts": _("To be reached"),
    "answers": _("Answers"),
    "safety": _("Safety plans"),
}
SORTS: dict[str, Any] = {"soon": _("earliest first"), "late": _("latest first")}


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed by."""

    box: str = "sittings"
    text: str = ""
    sort: str = "soon"
    is_past: bool = False


def _within(rows: Any, actor: Actor, capability: str) -> Any:
    """Keep what the actor reaches; sealed files only for whoever mediates them."""
    mine = disputes.mediated_by(actor.id)
    reach = rows.within_reach_of(actor, capability)
    return reach.filter(Q(dispute__is_sealed=False) | Q(dispute__in=mine))


def sittings_in(actor: Actor, asked: Asked) -> Any:
    """Return the sittings to come, or those of the past."""
    coming = Q(state__in=["planned", "under_way"])
    rows = _within(Sitting.objects.all(), actor, Can.VIEW)
    return rows.filter(~coming if asked.is_past else coming)


def attempts_in(actor: Actor, asked: Asked) -> Any:
    rows = _within(Attempt.objects.all(), actor, Can.CONTACT)
    return rows.filter(made_at__isnull=not asked.is_past)


def answers_in(actor: Actor, asked: Asked) -> Any:
    rows = _within(Answer.objects.all(), actor, Can.CONTACT)
    return rows.filter(seen_at__isnull=not asked.is_past)


def plans_in(actor: Actor, asked: Asked) -> Any:
    rows = _within(SafetyPlan.objects.all(), actor, Can.PROTECT)
    return rows.filter(closed_at__isnull=not asked.is_past)


COLUMNS = {
    "sittings": "starts_at",
    "attempts": "due_on",
    "answers": "at",
    "safety": "opened_at",
}


def rows_in(actor: Actor, asked: Asked, *, at: datetime) -> "QuerySet[Any]":
    found: QuerySet[Any] = _LISTED[asked.box](actor, asked).select_related("dispute__matter")
    return found.filter(dispute__in=disputes.worded(asked.text, at=at)) if asked.text else found


_LISTED: Mapping[str, Callable[[Actor, Asked], Any]] = {
    "sittings": sittings_in,
    "attempts": attempts_in,
    "answers": answers_in,
    "safety": plans_in,
}


def _order(asked: Asked) -> tuple[str, str]:
    sign = "-" if asked.sort == "late" else ""
    return f"{sign}{COLUMNS[asked.box]}", f"{sign}pk"


@dataclass(frozen=True)
class DeskRow:
    """One line of a list: the matter, when, what, how it stands."""

    row: Any
    number: str
    title: str
    at: Any
    what: str
    standing: str
    tone: str
    side: str = ""


def desk_page(
    actor: Actor, asked: Asked, *, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Any], list[DeskRow]]:
    page = page_of(rows_in(actor, asked, at=at), *_order(asked), after=after, before=before)
    return page, desk_rows(page.rows, asked.box, at=at)


def desk_rows(rows: Sequence[Any], box: str, *, at: datetime) -> list[DeskRow]:
    words = disputes.words_of({row.party_id for row in rows}) if box in {"attempts", "answers"} else {}  # fmt: skip
    return [_line(row, box, words, at) for row in rows]


def _line(row: Any, box: str, words: dict[int, str], at: datetime) -> DeskRow:
    matter = row.dispute.matter
    side = words.get(getattr(row, "party_id", 0), "")
    when, what, standing, tone = _FACES[box](row, at)
    return DeskRow(row, matter.number, matter.title, when, what, standing, tone, side)


def _of_sitting(row: Sitting, _at: datetime) -> tuple[Any, str, str, str]:
    tone = {"planned": "civic", "under_way": "warn", "held": "ok"}.get(row.state, "")
    return row.starts_at, str(row.get_mode_display()), str(row.get_state_display()), tone


def _of_attempt(row: Attempt, at: datetime) -> tuple[Any, str, str, str]:
    way = name_of("ways", row.way)
    if row.made_at:
        return row.made_at, way, name_of("outcomes", row.outcome), "ok"
    if row.due_on < timezone.localdate(at):
        return row.due_on, way, str(_("overdue")), "late"
    return row.due_on, way, str(_("to be made")), "civic"


def _of_answer(row: Answer, _at: datetime) -> tuple[Any, str, str, str]:
    tone = {"refuse": "late", "ask": "warn", "propose": "warn"}.get(row.choice, "ok")
    return (
        row.at,
        str(row.get_choice_display()),
        str(_("looked at") if row.seen_at else _("not looked at")),
        tone,
    )


def _of_plan(row: SafetyPlan, _at: datetime) -> tuple[Any, str, str, str]:
    signs = "、".join(name_of("signs", code) for code in row.signs)
    if row.closed_at:
        return row.opened_at, signs, str(_("ended")), ""
    return row.opened_at, signs, str(_("plan in force")), "late"


_FACES: Mapping[str, Callable[[Any, datetime], tuple[Any, str, str, str]]] = {"sittings": _of_sitting, "attempts": _of_attempt, "answers": _of_answer, "safety": _of_plan}  # fmt: skip


def counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """Return how much waits in each list, up to a thousand; a list the actor may not open has none. One statement."""
    return counts_of({box: rows_in(actor, Asked(box=box), at=at) for box in LISTS})


def table(rows: Any, box: str, *, at: datetime) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of a list, for a file."""
    chosen = list(rows[:20_000])
    for line in desk_rows(chosen, box, at=at):
        when = timezone.localtime(line.at) if isinstance(line.at, datetime) else line.at
        yield (
            line.number,
            line.title,
            f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else f"{when:%Y-%m-%d}",
            line.side,
            line.what,
            line.standing,
        )
