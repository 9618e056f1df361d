"""The one place where 'may this actor touch this row?' becomes SQL."""

from dataclasses import dataclass
from typing import Any, Generic, Literal, Self, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from gongzhi.base.actor import Actor, Grant

M = TypeVar("M", bound=Model)
TOWN_DEPTH = 2  # levels of a town's path: city, town


@dataclass(frozen=True)
class ScopedBy:
    """
    Name the columns that place a row in the city's territory and organisation.

    `area` is a path column ("441900/004/012/"). `units` is an array column with the ids of every
    unit that has a part in the row and of all units above them, so that one containment test
    covers a whole branch of the organisation. `unit` is a plain id column, for rows of one unit
    only. A row without the column a grant is limited by is out of that grant's reach.
    `town` names a column with the first two levels of the path, in tables so large that their
    indexes begin with it.

    Where a grant is limited by both, the database takes area and unit as independent, though most of what a
    unit reaches lies in its own town: it expects next to nothing, and gathers all of both before it sorts fifty.
    `leads` names the one whose index it shall walk ("town", "units"); the other is only looked at.
    """

    area: str | None = None
    town: str | None = None
    units: str | None = None
    unit: str | None = None
    leads: Literal["", "town", "units"] = ""

    def rows_covered_by(self, grant: Grant) -> Q:
        if grant.area and self.area is None:
            return Q(pk__in=[])
        in_area = self.rows_in(grant.area) if grant.area else Q()
        of_unit = self._of_unit(grant.unit) if grant.unit is not None else Q()
        if in_area and of_unit and self.leads == "town" and grant.area.count("/") >= TOWN_DEPTH:
            return in_area & _looked_at(of_unit)
        if in_area and of_unit and self.leads == "units":
            return _looked_at(in_area) & of_unit
        return in_area & of_unit

    def rows_in(self, path: str) -> Q:
        """Return the condition for an area and all below it, phrased so that the best index serves it."""
        below = Q(**{f"{self.area}__startswith": path})
        names = path.split("/")
        if self.town is None or len(names) <= TOWN_DEPTH:
            return below
        town = "/".join(names[:TOWN_DEPTH]) + "/"
        in_town = Q(**{self.town: town})
        return in_town if town == path else in_town & below

    def _of_unit(self, unit: int) -> Q:
        if self.units is not None:
            return Q(**{f"{self.units}__contains": [unit]})
        if self.unit is not None:
            return Q(**{self.unit: unit})
        return Q() if self.area is not None else Q(pk__in=[])


def _looked_at(condition: Q) -> Q:
    """Return the condition in a form no index serves, taken to hold for every second row."""
    plain = ExpressionWrapper(condition, output_field=BooleanField())
    return Q(Coalesce(plain, Value(value=False), output_field=BooleanField()))


class ScopedQuerySet(QuerySet[M], Generic[M]):
    def within_reach_of(self, actor: Actor, *capabilities: str) -> Self:
        """Keep the rows on which the actor holds one of the capabilities; none when no grant has it."""
        grants = [grant for grant in actor.grants if grant.capabilities & set(capabilities)]
        if not grants:
            return self.none()
        scoped_by: ScopedBy = self.model.scoped_by  # type: ignore[attr-defined]
        reach: Any = None
        for grant in grants:
            covered = scoped_by.rows_covered_by(grant)
            if not covered:  # an empty Q: this grant covers every row
                return self.all()
            reach = covered if reach is None else reach | covered
        return self.filter(reach)
