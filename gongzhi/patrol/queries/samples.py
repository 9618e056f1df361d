"""Samples as they are published: the seed is hidden until the draw."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Sample, SampleItem
from gongzhi.places import queries as places


@dataclass(frozen=True)
class SampleRow:
    id: int
    name: str
    state: str
    state_label: str
    area: str
    since: date
    until: date
    size: int
    due_on: date
    population: int
    officers: int
    population_hash: str
    commitment: str
    seed: str  # "" until it is drawn
    made_by: str
    published_at: datetime
    drawn_at: datetime | None
    done: int
    agreed: int
    differed: int


@dataclass(frozen=True)
class ItemLine:
    position: int
    premises: str
    premises_name: str
    visited_on: date
    visited_by: str
    officer: str
    rechecked_on: date | None
    outcome: str
    agrees: bool | None
    differences: list[dict[str, Any]]


def visible_samples(actor: Actor) -> "QuerySet[Sample]":
    capability = Can.SAMPLE if actor.can(Can.SAMPLE) else Can.VIEW
    return Sample.objects.within_reach_of(actor, capability).order_by("-published_at")


def sample_row(row: Sample) -> SampleRow:
    done = SampleItem.objects.filter(sample=row).aggregate(
        done=Count("recheck"), agreed=Count("pk", filter=Q(agrees=True)),
        differed=Count("pk", filter=Q(agrees=False)),
    )  # fmt: skip
    return SampleRow(
        row.pk, row.name, row.state, str(row.get_state_display()), places.full_name(row.area_path),
        row.since, row.until, row.size, row.due_on, len(row.visit_ids), len(row.officer_ids),
        row.population_hash, row.commitment,
        "" if row.state == Sample.State.PUBLISHED else row.seed, row.made_by_name, row.published_at,
        row.drawn_at, done["done"], done["agreed"], done["differed"],
    )  # fmt: skip


def sample_items(sample_id: int) -> list[ItemLine]:
    """Return what was drawn, with the re-checks beside the visits; one statement."""
    rows = SampleItem.objects.filter(sample=sample_id).order_by("position").select_related(
        "visit__premises", "visit__user", "officer", "recheck"
    )  # fmt: skip
    return [
        ItemLine(
            row.position, row.visit.premises.code, row.visit.premises.name, row.visit.on,
            row.visit.user.name, row.officer.name, row.recheck.on if row.recheck else None,
            row.recheck.outcome if row.recheck else "", row.agrees, row.differences,
        )
        for row in rows
    ]  # fmt: skip
