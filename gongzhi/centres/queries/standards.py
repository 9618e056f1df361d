"""How centres measure up to the standard."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.centres import rules
from gongzhi.centres.models import Centre, SelfCheck
from gongzhi.centres.queries.content import standard
from gongzhi.centres.queries.houses import visible_centres


@dataclass(frozen=True)
class ItemRow:
    item: Mapping[str, str]
    points: int
    newest: SelfCheck | None

    @property
    def share(self) -> int:
        return self.newest.share if self.newest else 0


@dataclass(frozen=True)
class Standing:
    rows: list[ItemRow]
    score: int
    most: int


def _newest(centres: list[Centre]) -> dict[tuple[int, str], SelfCheck]:
    found = SelfCheck.objects.filter(centre__in=centres).order_by("centre_id", "item", "-id")
    return {(row.centre_id, row.item): row for row in found.distinct("centre_id", "item")}


def standing(centre: Centre, *, on: date) -> Standing:
    """Return a centre's items, the points reached and the points there are."""
    newest = _newest([centre])
    rows = [
        ItemRow(line, int(line["points"]), newest.get((centre.pk, line["code"])))
        for line in standard(on)
    ]
    return Standing(rows, _score(rows), sum(row.points for row in rows))


def _score(rows: list[ItemRow]) -> int:
    return rules.score(
        {row.item["code"]: row.points for row in rows},
        {row.item["code"]: row.share for row in rows},
    )


def scores(actor: Actor, *, on: date) -> list[tuple[Centre, int, int]]:
    """Return the centres within reach with the points of each and how many items were looked at; two statements."""
    centres = list(visible_centres(actor))
    newest = _newest(centres)
    items = standard(on)
    return [
        (
            centre,
            _score([ItemRow(line, int(line["points"]), newest.get((centre.pk, line["code"]))) for line in items]),
            sum((centre.pk, line["code"]) in newest for line in items),
        )
        for centre in centres
    ]  # fmt: skip


def standard_table(seen: Standing) -> Iterator[tuple[Any, ...]]:
    for row in seen.rows:
        yield (
            row.item["code"], row.item["group"], row.item["text"], row.points, row.share, row.points * row.share / 100,
            row.newest.words if row.newest else "", timezone.localdate(row.newest.checked_at) if row.newest else "", row.item["source"],
        )  # fmt: skip
