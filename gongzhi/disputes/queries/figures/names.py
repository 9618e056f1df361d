"""What figures are told by, and the names of the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Dispute, DisputeKind
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places


@dataclass(frozen=True)
class Dimension:
    label: Any
    column: str
    words: Mapping[str, Any] | None = None  # code → name, where a choice names it


DIMENSIONS: Mapping[str, Dimension] = {
    "area": Dimension(gettext_lazy("By area"), "district"),
    "kind": Dimension(gettext_lazy("By kind of dispute"), "kind_code"),
    "body": Dimension(gettext_lazy("By mediation body"), "body_id"),
    "source": Dimension(gettext_lazy("By source"), "source", dict(Source.choices)),
    "basis": Dimension(gettext_lazy("By how it began"), "basis", dict(Dispute.Basis.choices)),
    "level": Dimension(gettext_lazy("By level of settlement"), "settle_level", dict(Dispute.Level.choices)),
    "grade": Dimension(gettext_lazy("By weight"), "grade", dict(Dispute.Grade.choices)),
    "outcome": Dimension(pgettext_lazy("figures", "By outcome"), "outcome", dict(Outcome.choices)),
}  # fmt: skip


def parents_of_kinds() -> dict[str, str]:
    """Return code → code of the first level ("" for that level itself), of every version."""
    return dict(DisputeKind.objects.order_by("version").values_list("code", "parent_code"))


def first_kinds() -> list[tuple[str, str]]:
    """Return the kinds of the first level that can be mediated, to choose from."""
    rows = DisputeKind.objects.filter(parent_code="", route="").order_by("pk")
    return list(dict(rows.values_list("code", "name")).items())


def key_names(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    """Return the names of rows; one statement for kinds, none for the rest."""
    wanted = [key for key in keys if key not in {None, ""}]
    if by == "kind":
        rows = DisputeKind.objects.filter(code__in=wanted).order_by("version")
        return dict(rows.values_list("code", "name"))
    if by == "area":
        return {path: _area_name(path) for path in wanted}
    words = DIMENSIONS[by].words or {}
    return {key: str(words.get(key, key)) for key in wanted}


def _area_name(path: str) -> str:
    return places.full_name(path) or path


def row_name(by: str, key: str) -> str:
    """Return the name of one row, for a heading."""
    if by == "body":
        body = Dispute.objects.filter(body_id=int(key)).values_list("body__name").first() if key.isdecimal() and len(key) < 10 else None  # fmt: skip
        return str(body[0]) if body else ""
    return key_names(by, [key]).get(key, "")
