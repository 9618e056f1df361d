"""Which rule holds for an item on a day: the city's own before the shipped one, the narrowest first."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.catalogue import queries as catalogue
from gongzhi.publishing.models import Rule
from gongzhi.publishing.queries import words
from gongzhi.publishing.rules import Pace, Place, Verdict, class_of, scopes_of, strictest

CONTENT = Path(__file__).parents[1] / "content" / "rules.csv"


@dataclass(frozen=True)
class RuleRow:
    """A rule as its page shows it."""

    scope: str
    name: str
    verdict: Verdict
    valid_from: date
    is_own: bool
    set_by: str = ""

    @property
    def pace(self) -> str:
        return words.paces()[self.verdict.pace]

    @property
    def place(self) -> str:
        return words.place_words()[self.verdict.place]


@cache
def shipped() -> tuple[tuple[Verdict, date], ...]:
    """Return the rules that come with the product."""
    with CONTENT.open(encoding="utf-8", newline="") as file:
        return tuple(
            (_verdict(line), date.fromisoformat(line["valid_from"]))
            for line in csv.DictReader(file)
        )


def _verdict(line: dict[str, str]) -> Verdict:
    return Verdict(
        line["scope"], Pace(line["pace"]), text=line["text"] == "yes", place=Place(line["place"]),
        photos=line["photos"] == "yes", source=line["source"],
    )  # fmt: skip


def verdict_for(item_id: int, *, on: date) -> Verdict:
    """Return what may be shown of an item; one statement."""
    item = catalogue.item(item_id)
    scopes = scopes_of(code=item.code, class_name=class_name(item))
    known = {v.scope: v for v, since in shipped() if v.scope in scopes and since <= on}
    for rule in Rule.objects.filter(scope__in=scopes, valid_from__lte=on).order_by("valid_from"):
        known[rule.scope] = _of(rule)
    found = next((known[scope] for scope in scopes if scope in known), _CLOSED)
    return strictest(found, publishes_description=item.publishes_description)


_CLOSED = Verdict("", Pace.NEVER, text=False, place=Place.NONE, photos=False, source="")


def _of(rule: Rule) -> Verdict:
    return Verdict(
        rule.scope, Pace(rule.pace), text=rule.text, place=Place(rule.place), photos=rule.photos,
        source=rule.source,
    )  # fmt: skip


def class_name(item: catalogue.ItemRow) -> str:
    return class_of(family=item.family, class_code=item.class_code)


def rules_in_force(*, on: date) -> list[RuleRow]:
    """Return every rule that holds on the day or begins later, shipped and own, by scope."""
    own = {}
    for rule in Rule.objects.order_by("valid_from"):
        own[rule.scope, rule.valid_from > on] = rule
    rows = [
        RuleRow(v.scope, scope_name(v.scope, on=on), v, since, is_own=False)
        for v, since in shipped()
        if (v.scope, False) not in own
    ]
    rows += [
        RuleRow(r.scope, scope_name(r.scope, on=on), _of(r), r.valid_from, is_own=True, set_by=r.set_by)
        for r in own.values()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.scope != "*", row.scope, row.valid_from))


def scope_name(scope: str, *, on: date) -> str:
    """Return the name of an item or class; "" for everything or an unknown one."""
    versions = catalogue.versions(scope)
    return versions[-1].name if versions else dict(classes(on=on)).get(scope, "")


def classes(*, on: date) -> Iterator[tuple[str, str]]:
    """Yield code and name of each class of items in force."""
    seen = set()
    for item in catalogue.items_in_force(on):
        code = class_name(item)
        if code not in seen:
            seen.add(code)
            yield code, item.class_name
