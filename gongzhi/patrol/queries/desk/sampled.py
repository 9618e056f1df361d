"""Samples as the desk and the public see them, and what is needed to draw them again."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Sample, SampleItem, Visit
from gongzhi.patrol.queries.desk.words import KIND_NAMES
from gongzhi.patrol.rules import sampling
from gongzhi.places import queries as places

ROWS: Final = 30


@dataclass(frozen=True)
class SampleCounts:
    drawn: int
    rechecked: int
    agreed: int
    differed: int
    unclear: int  # the re-check could not look

    @property
    def agreed_percent(self) -> int:
        return round(100 * self.agreed / (self.agreed + self.differed or 1))


def samples(actor: Actor, *, after: str = "", before: str = "") -> Page[Sample]:
    """Return one page, the newest first; the lists of ids stay in the database."""
    rows = _visible(actor).defer("visit_ids", "officer_ids", "seed")
    return page_of(rows, "-pk", after=after, before=before, size=ROWS)


def sample(actor: Actor, sample_id: int) -> Sample:
    return _visible(actor).get(pk=sample_id)


def _visible(actor: Actor) -> "QuerySet[Sample]":
    return Sample.objects.within_reach_of(actor, Can.SAMPLE if actor.can(Can.SAMPLE) else Can.VIEW)


def published_sample(sample_id: int) -> Sample:
    """Return a sample as everybody may read it: numbers that stand for visits, no name and no door."""
    return Sample.objects.get(pk=sample_id)


def published_samples() -> list[Sample]:
    return list(Sample.objects.defer("visit_ids", "officer_ids", "seed").order_by("-pk")[:ROWS])


def sample_counts(sample_ids: list[int]) -> dict[int, SampleCounts]:
    """Say how the re-checks of some samples came out, in one statement."""
    rows = SampleItem.objects.filter(sample__in=sample_ids).order_by().values_list("sample")
    counted = rows.annotate(
        drawn=Count("*"),
        rechecked=Count("recheck"),
        agreed=Count("pk", filter=Q(agrees=True)),
        differed=Count("pk", filter=Q(agrees=False)),
        unclear=Count("pk", filter=Q(agrees=None, recheck__isnull=False)),
    )
    return {pk: SampleCounts(*counts) for pk, *counts in counted}


def sample_items(sample_id: int) -> list[SampleItem]:
    rows = SampleItem.objects.filter(sample=sample_id).order_by("position")
    return list(
        rows.select_related("officer", "visit__premises", "visit__user", "visit__list", "recheck")
    )


def papers_of(row: Sample) -> dict[str, Any]:
    """Return everything with which anybody can repeat the draw; the seed only once it is opened."""
    is_open = row.state != Sample.State.PUBLISHED
    items = SampleItem.objects.filter(sample=row.pk).order_by("position")
    made_by = _made_by(row) if is_open else {}
    return {
        "sample": row.pk,
        "name": row.name,
        "state": row.state,
        "published_at": row.published_at.isoformat(),
        "drawn_at": row.drawn_at.isoformat() if row.drawn_at else None,
        "size": row.size,
        "population": {"visits": row.visit_ids, "officers": row.officer_ids},
        "population_sha256": row.population_hash,
        "commitment_sha256": row.commitment,
        "seed": row.seed if is_open else None,
        "visit_made_by": {str(visit): user for visit, user in made_by.items()},
        "drawn": [
            {"position": n, "visit": visit, "officer": officer}
            for n, visit, officer in items.values_list("position", "visit_id", "officer_id")
        ],
        "algorithm": (sampling.__doc__ or "").strip(),
    }


def _made_by(row: Sample) -> dict[int, int]:
    rows = Visit.objects.filter(pk__in=row.visit_ids).order_by("pk")
    return dict(rows.values_list("pk", "user_id"))


@dataclass(frozen=True)
class Proof:
    """Whether a drawn sample follows from what was published; None where it is not drawn yet."""

    population: bool
    commitment: bool | None
    draw: bool | None

    @property
    def holds(self) -> bool:
        return self.population and self.commitment is not False and self.draw is not False


def proof_of(row: Sample) -> Proof:
    """Draw the sample again and compare."""
    population = sampling.population_mark(row.visit_ids, row.officer_ids) == row.population_hash
    if row.state == Sample.State.PUBLISHED:
        return Proof(population, None, None)
    again = sampling.draw(
        seed=row.seed, made_by=_made_by(row), officer_ids=row.officer_ids, size=row.size
    )
    items = SampleItem.objects.filter(sample=row.pk).order_by("position")
    kept = [sampling.Drawn(*pair) for pair in items.values_list("visit_id", "officer_id")]
    is_bound = sampling.commitment(row.seed, row.population_hash) == row.commitment
    return Proof(population, is_bound, again == kept)


def where_of(row: Sample) -> str:
    """Say in words what was drawn from: kind and area."""
    try:
        area = places.full_name(row.area_path) if row.area_path else ""
        area = area or (places.area(row.area_path).name if row.area_path else _("the whole city"))
    except ObjectDoesNotExist:
        area = row.area_path
    kind = str(KIND_NAMES[row.premises_kind]) if row.premises_kind else _("all kinds")
    return f"{area} · {kind}"
