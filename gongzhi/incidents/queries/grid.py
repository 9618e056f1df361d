"""Questions about grid matters."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks.queries import Counting, Limit, Unit
from gongzhi.incidents import rules
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.models import DispatchPolicy, Incident
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

TOWN = 1


def item_typed(text: Any) -> catalogue.ItemRow | None:
    """Return the item whose id stands in a form's field, if there is one."""
    digits = str(text or "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        return None
    try:
        return catalogue.item(int(digits))
    except ObjectDoesNotExist:
        return None


STAFF_SOURCES = tuple(str(s.value) for s in Source if s not in {Source.PORTAL, Source.SENSOR})


def sources_sentence() -> str:
    return _("Say where it came from: {known}.").format(known="、".join(STAFF_SOURCES))


CONTENT = Path(__file__).resolve().parents[1] / "content" / "person_patterns.csv"


def person_problem(text: str, *, on: date) -> str:
    """Return the sentence that turns away a text about a named person; empty when there is none."""
    words = rules.person_in(text, _person_patterns(on))
    if not words:
        return ""
    sentence = _(
        "“{words}” points at a person. Reports are about things and places: say what is wrong and where, and leave out who. What you wrote is kept. For a person call 110 (crime, danger), 12388 (officials) or 12345, or go to the competent office."
    )
    return sentence.format(words=words)


@lru_cache(maxsize=8)
def _person_patterns(on: date) -> tuple[rules.PersonPattern, ...]:
    day = on.isoformat()
    with CONTENT.open(encoding="utf-8", newline="") as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if row["valid_from"] <= day < (row["valid_to"] or "9999")
        ]
    return rules.person_patterns(rows)


def item_id_of(code: str, *, on: date) -> int:
    """Return the id of the version of an item that is in force; Invalid with a sentence when there is none."""
    try:
        return catalogue.item_by_code(code, on).id
    except ObjectDoesNotExist:
        raise Invalid({"item": _("No item has the code {code}.").format(code=code)}) from None


def place_name(path: str) -> str:
    return places.full_name(path)


def items_for(text: str, *, on: date, limit: int = 12) -> tuple[list[catalogue.ItemRow], bool]:
    """Return the items somebody may mean, and whether any word led to them; else the popular ones."""
    text = text.replace("\0", "").strip()[:200]
    found = catalogue.search(text, on=on, limit=limit) if text else []
    if text and not found:
        found = [one.item for one in catalogue.suggest(text, on=on, limit=limit)]
    return (found, True) if found else (catalogue.popular_items(on, limit=10), not text)


def villages(within: Sequence[str] = ("",)) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the villages of some areas grouped by town, as choices: the way to say a place without a map."""
    groups = [
        (
            town.name,
            [
                (v.path, v.name)
                for v in places.children(town.path)
                if v.path.startswith(tuple(within))
            ],
        )
        for town in places.areas_at_level(TOWN)
    ]
    return [group for group in groups if group[1]]


@dataclass(frozen=True)
class Found:
    """What was found of a report: true, not true or not looked at apart; and whether it was settled on the spot."""

    is_true: bool | None
    self_handled: bool
    names_a_person: bool


def found(matter_id: int, text: str = "") -> Found:
    row = Incident.objects.filter(pk=matter_id).values_list("is_true", "self_handled").first()
    is_true, self_handled = row or (None, False)
    return Found(is_true, self_handled, rules.names_a_person(text))


@dataclass(frozen=True)
class PolicyRow:
    place: str
    automatic: bool
    valid_from: date
    source: str
    is_ruling: bool


def proposed_unit(matter_id: int) -> int | None:
    return Incident.objects.filter(pk=matter_id).values_list("proposed_unit_id", flat=True).first()


def proposed_joint(matter: Any, *, on: date) -> list[int]:
    """Return the units that the matrix asks to help."""
    if not matter.item_id:
        return []
    found = catalogue.responsible(item_id=matter.item_id, area_path=matter.area_path, on=on)
    return list(found.joint_unit_ids)


def why_proposed(matter: Any) -> str:
    """Return the matrix's reason for the unit it names."""
    found = Incident.objects.filter(pk=matter.id).values_list("proposed_why", flat=True)
    return found.first() or ""


def facts(matter: Any) -> list[tuple[Any, str]]:
    """Return what the matter's page shows beside the common facts, as label and value."""
    incident = Incident.objects.filter(pk=matter.id).first()
    if incident is None:
        return []
    rows: list[tuple[Any, str]] = []
    if matter.item_id:
        item = catalogue.item(matter.item_id)
        rows.append((_("Item"), f"{item.class_name} · {item.name}"))
    if incident.standard_id:
        standard = catalogue.standard(incident.standard_id)
        rows += [
            (_("Counts when"), standard.when_counts),
            (_("Done when"), standard.when_done),
            (_("Time limit"), standard.limit_words),
        ]
    rows += _unit_facts(incident)
    rows += [(text, answer) for text, answer in _answers(matter, incident)]
    if incident.outside_grid_m:
        rows.append(
            (
                _("Warning"),
                _("The point is {metres} m outside the nearest grid.").format(
                    metres=round(incident.outside_grid_m)
                ),
            )
        )
    return rows


def _unit_facts(incident: Incident) -> list[tuple[Any, str]]:
    rows: list[tuple[Any, str]] = []
    if incident.self_handled:
        rows.append(
            (_("Settled on the spot"), _("By the officer who found it; photos before and after"))
        )
    if incident.proposed_unit_id:
        rows.append(
            (
                _("Why this unit"),
                incident.proposed_why or accounts.unit(incident.proposed_unit_id).name,
            )
        )
    if incident.overridden:
        rows.append((_("Another unit because"), incident.overridden))
    if incident.is_true is not None:
        rows.append(
            (_("Verification"), _("As reported") if incident.is_true else _("Not as reported"))
        )
    return rows


def _answers(matter: Any, incident: Incident) -> list[tuple[str, str]]:
    if not (matter.item_id and incident.answers):
        return []
    return [
        (question.text, f"{incident.answers[str(question.id)]}{question.unit}")
        for question in catalogue.questions(matter.item_id)
        if incident.answers.get(str(question.id))
    ]


def handling_limit(matter: Any) -> Limit | None:
    """Return the limit of the standard the matter was registered under; None when it has none."""
    standard_id = matter.rules.get("standard")
    if not standard_id:
        return None
    standard = catalogue.standard(standard_id)
    if standard.amount is None:
        return None
    return Limit(
        standard.amount, cast("Unit", standard.unit), cast("Counting", standard.counting),
        from_next_day=standard.from_next_day,
    )  # fmt: skip


def policies(actor: Actor, *, on: date) -> list[PolicyRow]:
    """Return the dispatch policies within reach, nearest area last, with those that rule on the day."""
    rows = list(DispatchPolicy.objects.order_by("area_path", "valid_from"))
    ruling = {row.area_path: row.id for row in rows if row.valid_from <= on}
    reach = tuple(grant.area for grant in actor.grants_for(Can.SET_POLICY))
    return [
        PolicyRow(
            places.full_name(row.area_path) or places.area(row.area_path).name,
            row.automatic,
            row.valid_from,
            row.source,
            ruling.get(row.area_path) == row.id,
        )
        for row in rows
        if row.area_path.startswith(reach)
    ]


def policy_areas(actor: Actor) -> list[tuple[str, str]]:
    """Return the areas whose policy the actor may set: their own and those one level below."""
    own = {grant.area for grant in actor.grants_for(Can.SET_POLICY)}
    paths = [
        path
        for area in sorted(own)
        for path in (area, *(child.path for child in places.children(area)))
        if path
    ]
    return [(path, places.full_name(path) or places.area(path).name) for path in paths]
