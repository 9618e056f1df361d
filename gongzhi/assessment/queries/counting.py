"""Counts for a scheme: what its lines ask for, of every subject, in a period."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count

from gongzhi.assessment.models import Finding, Scheme
from gongzhi.assessment.queries.content import finding_natures, rates, tallies
from gongzhi.assessment.rules import Counted, Line, Nature
from gongzhi.base.actor import Actor
from gongzhi.figures import queries as figures
from gongzhi.figures.queries import Extent


@dataclass(frozen=True)
class Input:
    """What a line counts, with the words it was defined in."""

    code: str
    name: str
    nature: str  # rate, count or finding
    asked: str
    kept: str
    better: str
    definition: str
    source: str
    version: int


def input_of(code: str) -> Input:
    if rate := rates().get(code):
        return Input(
            code, rate.name_zh, "rate", rate.asked, rate.kept, rate.better, rate.definition, rate.source, rate.version
        )  # fmt: skip
    if tally := tallies().get(code):
        return Input(
            code, tally.name_zh, "count", tally.asked, "", "low", tally.definition, tally.source, tally.version
        )  # fmt: skip
    nature = finding_natures()[code]
    return Input(
        code, nature.name_zh, "finding", "", "", "low", nature.definition, nature.source, nature.version
    )  # fmt: skip


def lines_of(scheme: Scheme) -> list[Line]:
    return [line_from(values) for values in scheme.lines]


def line_from(values: Mapping[str, Any]) -> Line:
    """Read a line as it is kept: numbers as text, so that 0.1 stays a tenth."""
    return Line(
        Nature(values["nature"]), values["input"], Decimal(values["points"]), _number(values.get("threshold")),
        _number(values.get("per_point")), _number(values.get("most")),
    )  # fmt: skip


def line_values(line: Line) -> dict[str, str]:
    numbers = {"threshold": line.threshold, "per_point": line.per_point, "most": line.most}
    return {
        "nature": line.nature.value, "input": line.input, "points": str(line.points),
        **{name: str(value) for name, value in numbers.items() if value is not None},
    }  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def grades_of(scheme: Scheme) -> list[tuple[str, Decimal]]:
    return [(name, Decimal(least)) for name, least in scheme.grades]


def inputs_of(lines: Sequence[Line]) -> list[Input]:
    """Return what lines count, each once, in their order."""
    return [input_of(code) for code in dict.fromkeys(line.input for line in lines)]


def bit_places(inputs: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return which bit of a frozen matter belongs to which input; findings are no matters and have none."""
    codes = [one["code"] for one in inputs if one["nature"] != "finding"]
    return {code: place for place, code in enumerate(codes)}


def counts_now(
    actor: Actor, capability: str, extent: Extent, inputs: Sequence[Input], *, at: datetime
) -> dict[str, dict[str, Counted]]:
    """Count rates, counts and findings of a dimension as they are at this moment, by key and input."""
    wanted: dict[str, str] = {"reported": "reported"}
    for one in inputs:
        if one.nature != "finding":
            wanted[f"{one.code}.asked"] = one.asked
            wanted[f"{one.code}.kept"] = f"{one.asked};{one.kept}" if one.kept else one.asked
    found = figures.counted_by(actor, capability, extent, wanted, at=at)
    counts: dict[str, dict[str, Counted]] = {}
    for key, row in found.items():
        counts[str(key)] = {
            one.code: Counted(row[f"{one.code}.asked"], row[f"{one.code}.kept"])
            for one in inputs
            if one.nature != "finding"
        } | {"": Counted(row["reported"])}
    for key, tally in found_by(extent, extent.by, [one.code for one in inputs]).items():
        counts.setdefault(key, {"": Counted(0)}).update(tally)
    return counts


def found_by(
    extent: Extent, subject: str, natures: Sequence[str], *, without: Sequence[int] = ()
) -> dict[str, dict[str, Counted]]:
    """Count findings by key and nature; cancelled ones, and those an appeal took away, do not count."""
    rows = (
        findings_of(extent, subject).exclude(pk__in=list(without)).filter(nature__in=list(natures))
        .order_by().values_list("key", "nature").annotate(n=Count("pk"))
    )  # fmt: skip
    found: dict[str, dict[str, Counted]] = defaultdict(dict)
    for key, nature, count in rows:
        found[key][nature] = Counted(count)
    return found


def findings_of(extent: Extent, subject: str) -> Any:
    return Finding.objects.filter(
        subject=subject, found_on__gte=extent.since, found_on__lt=extent.until,
        area_path__startswith=extent.area, cancelled_at=None,
    )  # fmt: skip
