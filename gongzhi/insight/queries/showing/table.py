"""The table of analyses: what each shows, how far it looks back, and what may be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.showing import again, counts
from gongzhi.insight.queries.showing.hotspots import hotspots
from gongzhi.insight.queries.showing.parts import Shown
from gongzhi.insight.rules.slices import Slice


@dataclass(frozen=True)
class Option:
    name: str
    label: Any
    choices: Sequence[tuple[str, Any]]  # the first one is what is shown unasked

    def read(self, asked: Mapping[str, str]) -> str:
        value = asked.get(self.name, "")
        return value if value in dict(self.choices) else self.choices[0][0]


@dataclass(frozen=True)
class Analysis:
    show: Callable[[Actor, Slice, Mapping[str, str]], Shown]
    icon: str
    months: int  # looked back at unasked, the running one included
    options: Sequence[Option] = field(default=())


BY: Final = {
    "town": _("Town"), "department": _("Department"), "class": _("Class"), "item": _("Item"), "source": _("Source"),
    "unit": _("Unit"), "village": _("Village"),
}  # fmt: skip


def _by(*dims: str) -> Option:
    return Option("dim", _("By"), [(dim, BY[dim]) for dim in dims])


SHOWN: Final[Mapping[str, Analysis]] = {
    "trend": Analysis(counts.trend, icon="chart-line", months=48),
    "year": Analysis(counts.year, icon="arrows-diff", months=12, options=[_by("town", "class", "item", "department", "source")]),
    "hotspots": Analysis(
        hotspots, icon="flame", months=3,
        options=[Option("method", _("Compare with"), [("gathered", _("the places around")), ("risen", _("the year before"))])],
    ),
    "repeats": Analysis(again.repeats, icon="repeat", months=12,
        options=[
            Option("of", _("Repeats of"), [("places", _("places")), ("items", _("items"))]),
            Option("least", _("At least"), [(n, n) for n in ("3", "5", "10", "20")]),
        ],
    ),
    "times": Analysis(again.times, icon="clock-hour-4", months=12, options=[_by("town", "department", "item", "class", "unit")]),
    "flow": Analysis(again.flow, icon="git-branch", months=12),
    "limits": Analysis(again.limits, icon="adjustments", months=12),
    "ontime": Analysis(counts.ontime, icon="building-community", months=3, options=[_by("department", "town", "unit", "class")]),
}  # fmt: skip
