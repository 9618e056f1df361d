"""What an import would do: new items, changed ones, matrix rows, and every problem row."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.catalogue.models import NoReport, Responsibility
from gongzhi.catalogue.queries.drafting import ChangeLine, change_lines, draft_of, problems_of
from gongzhi.catalogue.queries.snapshot import snapshot
from gongzhi.catalogue.queries.tables import layouts
from gongzhi.catalogue.queries.tables.cells import Findings, Problem, limit_values, values_of
from gongzhi.catalogue.queries.tables.reading import Table, read_tables
from gongzhi.catalogue.rules.drafts import ItemDraft, QuestionDraft, StandardDraft

LEAVE_OUT = "leave_out"
WITHOUT_LIMIT = "without_limit"


@dataclass(frozen=True)
class Choices:
    """What the sender decided: what to do with odd limits, and how codes of published rows begin."""

    valid_from: date
    odd_limits: str = LEAVE_OUT
    prefix: str = ""
    source: str = ""


@dataclass(frozen=True)
class Change:
    before: ItemDraft
    after: ItemDraft

    @property
    def lines(self) -> list[ChangeLine]:
        return change_lines(self.before, self.after)


@dataclass
class Plan:
    row_count: int = 0
    new: list[ItemDraft] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    responsibilities: list[dict[str, Any]] = field(default_factory=list)
    no_reports: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def drafts(self) -> list[ItemDraft]:
        return [*self.new, *(change.after for change in self.changed)]

    def note(self, before: ItemDraft | None, after: ItemDraft) -> None:
        if before is None:
            self.new.append(after)
        elif before == after:
            self.same += 1
        else:
            self.changed.append(Change(before, after))

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.responsibilities or self.no_reports)


@dataclass(frozen=True)
class _Place:
    """The row a value came from."""

    table: Table
    number: int


@dataclass
class _Reading:
    """Takes row after row, then puts the parts of every item together."""

    choices: Choices
    plan: Plan = field(default_factory=Plan)
    findings: Findings = field(default_factory=Findings)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    published: set[str] = field(default_factory=set)
    places: dict[str, _Place] = field(default_factory=dict)
    standards: dict[str, list[StandardDraft]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[str, list[QuestionDraft]] = field(default_factory=lambda: defaultdict(list))
    filled: dict[Any, bool] = field(default_factory=dict)

    def report(self, place: _Place, column: str, value: str, why: str) -> None:
        self.findings.add(place.table, place.number, column, value, why)

    def take_item(self, values: dict[str, Any], place: _Place) -> None:
        code = values["code"]
        if code in self.items:
            self.report(place, "编码", code, _("The code occurs twice."))
            return
        self.items[code] = values
        self.places[code] = place

    def take_standard(self, values: dict[str, Any], place: _Place) -> None:
        code, original = values["code"], values.get("original", "")
        limit = limit_values(values["limit"])
        if limit is None:
            self.report(place, "处置时限", values["limit"], self._odd_limit())
            if self.choices.odd_limits == LEAVE_OUT:
                return
            limit, original = {}, values["limit"][:200]
        self.places.setdefault(code, place)
        self.standards[code].append(
            StandardDraft(
                when_counts=values["when_counts"],
                when_done=values["when_done"],
                from_next_day=values.get("from_next_day", False),
                original=original,
                **limit,
            )
        )

    def _odd_limit(self) -> str:
        if self.choices.odd_limits == LEAVE_OUT:
            return _("This is no time limit we can read; the row is left out.")
        return _("This is no time limit we can read; the row is kept without a limit.")

    def take_question(self, values: dict[str, Any], place: _Place) -> None:
        self.places.setdefault(values["code"], place)
        asked = {key: value for key, value in values.items() if key not in {"code", "order"}}
        self.questions[values["code"]].append(QuestionDraft(**asked))

    def take_published(self, values: dict[str, Any], place: _Place) -> None:
        letter = "P" if values["family"] == "part" else "E"
        code = f"{self.choices.prefix}{letter}{values['class_code']}{values['number']}"
        self.published.add(code)
        self.places.setdefault(code, place)
        known = self.items.setdefault(code, {"code": code, **self._published_item(values, place)})
        if known["name"] != values["name"]:
            self.report(place, "小类名称", values["name"], _belongs(known["name"]))
            return
        self.take_standard({**values, "code": code}, place)

    def _published_item(self, values: dict[str, Any], place: _Place) -> dict[str, Any]:
        taken = ("family", "class_code", "class_name", "number", "name", "department_name")
        source = self.choices.source or place.table.name
        return {key: values[key] for key in taken} | {"source": source[:200]}

    def take_responsibility(self, values: dict[str, Any], place: _Place) -> None:
        values["valid_from"] = values["valid_from"] or self.choices.valid_from
        if not self._is_known(Responsibility, values):
            self.plan.responsibilities.append(values)

    def take_no_report(self, values: dict[str, Any], place: _Place) -> None:
        values["valid_from"] = values["valid_from"] or self.choices.valid_from
        if (values["starts"] is None) != (values["ends"] is None):
            self.report(place, "开始时间", "", _("Give both hours or neither."))
        elif not self._is_known(NoReport, values):
            self.plan.no_reports.append(values)

    def _is_known(self, model: Any, values: dict[str, Any]) -> bool:
        """Tell whether the table has the row; an empty one is asked once."""
        if model not in self.filled:
            self.filled[model] = model.objects.exists()
        return self.filled[model] and _is_known(model, values)

    def settle(self) -> Plan:
        """Compare every item with its latest version."""
        known = snapshot().by_code
        for code, place in self.places.items():
            latest = known[code][-1] if code in known else None
            before = draft_of(latest) if latest else None
            if code not in self.items and before is None:
                self.report(place, "编码", code, _("There is no item with this code."))
                continue
            after = self._merged(code, before)
            if why := self._obstacle(before, after, latest.valid_from if latest else None):
                self.report(place, "编码", code, why)
            else:
                self.plan.note(before, after)
        self.plan.problems = self.findings.problems
        return self.plan

    def _merged(self, code: str, before: ItemDraft | None) -> ItemDraft:
        kept: dict[str, Any] = {}
        if before is not None:
            kept = {name: getattr(before, name) for name in ItemDraft.__dataclass_fields__}
        parts: dict[str, Any] = dict(self.items.get(code, {}))
        if code in self.standards:
            parts["standards"] = tuple(self.standards[code])
        if code in self.questions:
            parts["questions"] = tuple(self.questions[code])
        return ItemDraft(**(kept | parts))

    def _obstacle(self, before: ItemDraft | None, after: ItemDraft, since: date | None) -> str:
        if faults := problems_of(after):
            return " ".join(faults.values())
        if before and after.code in self.published and before.name != after.name:
            return _belongs(before.name)
        if since and since > self.choices.valid_from and before != after:
            return _("A later version begins on {day}; choose a later day.").format(day=since)
        return ""


def _belongs(name: str) -> str:
    return _("The code already belongs to “{name}”; give the codes a prefix.").format(name=name)


def _is_known(model: Any, values: dict[str, Any]) -> bool:
    same = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if key != "valid_from"
    }
    return bool(model.objects.filter(**same).exists())


_TAKERS: dict[str, Callable[[_Reading, dict[str, Any], _Place], None]] = {
    layouts.ITEMS: _Reading.take_item,
    layouts.STANDARDS: _Reading.take_standard,
    layouts.QUESTIONS: _Reading.take_question,
    layouts.PUBLISHED: _Reading.take_published,
    layouts.RESPONSIBILITIES: _Reading.take_responsibility,
    layouts.NO_REPORT: _Reading.take_no_report,
}


def plan_import(*, name: str, content: bytes, choices: Choices) -> Plan:
    """Read the file and say what importing it would do; nothing is written."""
    return plan_of(read_tables(name, content), choices=choices)


def plan_of(tables: Iterable[Table], *, choices: Choices) -> Plan:
    reading = _Reading(choices)
    for table in tables:
        layout = layouts.layout_of(table.header)
        if not layout:
            raise Invalid({"file": _missing(table)})
        reading.plan.row_count += len(table.rows)
        for number, cells in table.rows:
            values = values_of(table, layout, number, cells, reading.findings)
            if values is not None:
                _TAKERS[layout](reading, values, _Place(table, number))
    return reading.settle()


def _missing(table: Table) -> str:
    layout, columns = layouts.nearest_layout(table.header)
    return _("The table “{table}” looks like “{layout}” but lacks the columns {columns}.").format(
        table=table.name, layout=layout, columns="、".join(columns)
    )
