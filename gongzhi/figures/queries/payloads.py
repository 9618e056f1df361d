"""What each tile says of an area's sums, with the address of the matters behind every figure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gongzhi.catalogue import queries as catalogue
from gongzhi.figures.queries.board import MONTH, WEEK, Board, Moment, Sums
from gongzhi.figures.queries.defined import stages_of
from gongzhi.figures.rules import Stage
from gongzhi.matters.kind import all_kinds
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

MOST_ITEMS = 8
OPEN, ALL, FACTS = "/desk/doing", "/desk/all", "/figures/matters"


@dataclass(frozen=True)
class Scene:
    """What a tile is made from."""

    path: str
    sums: Sums
    board: Board
    moment: Moment

    def href(self, page: str, **asked: object) -> str:
        """Return the address of a list narrowed to this area."""
        return f"{page}?{urlencode({'area': self.path, **asked})}"


Payload = dict[str, Any]


def _open(s: Scene) -> Payload:
    return {"value": s.sums.now["open"], "href": s.href(OPEN)}


def _overdue(s: Scene) -> Payload:
    rows = [
        {
            "key": state, "label": label, "value": s.sums.late_by_state[state],
            "href": s.href(OPEN, state=state, clock="late"),
        }
        for state, label in _states()
        if s.sums.late_by_state[state]
    ]  # fmt: skip
    return {"value": s.sums.now["overdue"], "href": s.href(OPEN, clock="late"), "rows": rows}


def _due_today(s: Scene) -> Payload:
    return {"value": s.sums.now["due_today"], "href": s.href(FACTS, what="due_today")}


def _reported_today(s: Scene) -> Payload:
    day = s.moment.today.isoformat()
    return {
        "value": s.sums.now["reported_today"],
        "was": s.sums.now["reported_before"],
        "href": s.href(ALL, since=day, until=day),
    }


def _closed_today(s: Scene) -> Payload:
    day = s.moment.today.isoformat()
    return {
        "value": s.sums.now["closed_today"],
        "was": s.sums.now["reported_today"],
        "href": s.href(FACTS, what="closed_on", on=day),
    }


def _on_time(days: int) -> Callable[[Scene], Payload]:
    def payload(s: Scene) -> Payload:
        kept = s.sums.now[f"handled_in_time_{days}"]
        of = s.sums.now[f"handled_{days}"] + s.sums.now[f"late_{days}"]
        asked = {"since": s.moment.since(days).isoformat(), "until": s.moment.today.isoformat()}
        return {
            "value": _share(kept, of), "part": kept, "of": of,
            "href": s.href(FACTS, what="handled_in_time", **asked),
            "misses": s.href(FACTS, what="handled_late", **asked),
        }  # fmt: skip

    return payload


def _urgent(s: Scene) -> Payload:
    return {
        "value": s.sums.now["urgent"], "late": s.sums.now["urgent_late"],
        "href": s.href(OPEN, urgent=1), "misses": s.href(OPEN, urgent=1, clock="late"),
    }  # fmt: skip


def _waiting(s: Scene) -> Payload:
    states = list(_states(Stage.DISPATCH))
    rows = [
        {
            "key": state, "label": label, "value": s.sums.open_by_state[state],
            "href": s.href(OPEN, state=state),
        }
        for state, label in states
    ]  # fmt: skip
    return {
        "value": sum(s.sums.open_by_state[state] for state, _label in states),
        "late": sum(s.sums.late_by_state[state] for state, _label in states),
        "href": s.href(FACTS, what="waiting"),
        "rows": rows,
    }


def _supervised(s: Scene) -> Payload:
    return {"value": s.sums.now["supervised"], "href": s.href("/desk/supervised")}


def _by_state(s: Scene) -> Payload:
    rows = [
        {
            "key": state, "label": label, "value": s.sums.open_by_state[state],
            "late": s.sums.late_by_state[state], "href": s.href(OPEN, state=state),
        }
        for state, label in _states()
        if s.sums.open_by_state[state]
    ]  # fmt: skip
    return {"value": s.sums.now["open"], "href": s.href(OPEN), "rows": rows}


def _sources(s: Scene) -> Payload:
    day = s.moment.today.isoformat()
    rows = [
        {
            "key": source, "label": str(Source(source).label), "value": count,
            "href": s.href(ALL, source=source, since=day, until=day),
        }
        for source, count in _ranked(s.sums.by_source)
    ]  # fmt: skip
    return {"value": s.sums.now["reported_today"], "rows": rows}


def _items(s: Scene) -> Payload:
    since = s.moment.today.fromordinal(s.moment.today.toordinal() - 1).isoformat()
    rows = [
        {
            "key": item_id, "label": catalogue.item(item_id).name, "value": count,
            "href": s.href(ALL, item=item_id, since=since),
        }
        for item_id, count in _ranked(s.sums.by_item)[:MOST_ITEMS]
    ]  # fmt: skip
    return {"value": sum(s.sums.by_item.values()), "rows": rows}


def _areas(s: Scene) -> Payload:
    below = [(area, s.board.sums[area.path]) for area in places.children(s.path, on=s.moment.today)]
    rows = [
        {
            "key": area.path, "label": area.name, "value": sums.now["overdue"], "open": sums.now["open"],
            "href": f"{OPEN}?{urlencode({'area': area.path, 'clock': 'late'})}",
        }
        for area, sums in sorted(below, key=lambda row: (-row[1].now["overdue"], row[0].path))
    ]  # fmt: skip
    return {"value": s.sums.now["overdue"], "rows": rows}


def _rating(s: Scene) -> Payload:
    now, month = s.sums.now, f"_{MONTH}"
    asked = {"since": s.moment.since(MONTH).isoformat(), "until": s.moment.today.isoformat()}
    parts = ("solved", "half_solved", "not_solved")
    return {
        "value": _share(now["solved" + month], now["rated" + month]),
        "part": now["solved" + month],
        "of": now["rated" + month],
        "href": s.href(FACTS, what="rated", **asked),
        "rows": [
            {"key": part, "value": now[part + month], "href": s.href(FACTS, what=part, **asked)}
            for part in parts
        ],
    }


def _on_shift(s: Scene) -> Payload:
    worked = s.sums.worked_at
    return {"value": s.sums.now["on_shift"], "worked_at": worked.isoformat() if worked else None}


def _hours(s: Scene) -> Payload:
    rows = [
        {"key": hour, "value": s.sums.by_hour[hour], "was": s.sums.by_hour_before[hour]}
        for hour in range(24)
    ]
    return {"value": s.sums.now["reported_today"], "rows": rows}


TILES: Mapping[str, Callable[[Scene], Payload]] = {
    "open": _open,
    "overdue": _overdue,
    "due_today": _due_today,
    "reported_today": _reported_today,
    "closed_today": _closed_today,
    "on_time_7": _on_time(WEEK),
    "on_time_30": _on_time(MONTH),
    "urgent": _urgent,
    "waiting": _waiting,
    "supervised": _supervised,
    "states": _by_state,
    "sources": _sources,
    "items": _items,
    "areas": _areas,
    "rating": _rating,
    "on_shift": _on_shift,
    "hours": _hours,
}


def _share(part: int, of: int) -> float | None:
    """Return a percentage with one decimal; None where there is nothing to take a share of."""
    return round(100 * part / of, 1) if of else None


def _ranked(counts: Mapping[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], str(row[0])))


def _states(stage: Stage | None = None) -> Iterable[tuple[str, str]]:
    """Yield the open states in the order of the flow, with their labels."""
    for kind in all_kinds():
        for state, row in stages_of(kind.code).items():
            if state in kind.open_states and stage in {None, row.stage}:
                yield state, kind.label(state)
