"""Questions about premises. Each starts from what the actor may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Func, Q, QuerySet, Value

from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Grade, Kind, Premises, SearchText, Status, Where
from gongzhi.places.queries.areas import full_name

MOST_POINTS: Final = 2000
WIDEST_BOX: Final = 0.25  # degrees; a wider box would be a carpet of points
SHORT: Final = (
    3  # shorter words are looked for only at the start of a name, part of address or code
)
SORTS: Final = {"code": "code", "-code": "-code", "-id": "-id"}
EXPORT_COLUMNS: Final = (
    "code", "kind", "name", "address", "lon", "lat", "area_code", "area", "status", "grade", "parent_code",
)  # fmt: skip
KIND_CODES: Final = {kind.value: kind.name.lower() for kind in Kind}
STATUS_CODES: Final = {status.value: status.name.lower() for status in Status}


@dataclass(frozen=True)
class PremisesFilter:
    text: str = ""
    kind: int | None = None
    status: int | None = None
    grade: int | None = None
    area_path: str = ""
    parent_code: str = ""


class InBox(Func):
    """True where the point lies in a box; answered by the GiST index."""

    template = "%(expressions)s"
    arg_joiner = " <@ "
    output_field = BooleanField()


class Box(Func):
    function = "box"

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        corners = [
            Func(Value(x), Value(y), function="point") for x, y in ((west, south), (east, north))
        ]
        super().__init__(*corners)


def premises_by_code(code: str) -> Premises:
    """Return the premises with the code, for other modules that hold it; DoesNotExist when absent."""
    return Premises.objects.get(code=code)


def visible_premises(actor: Actor) -> "QuerySet[Premises]":
    return Premises.objects.within_reach_of(actor, Can.VIEW)


def premises_in_reach(actor: Actor, capability: str) -> "QuerySet[Premises]":
    """Return the premises on which the actor holds another module's capability."""
    return Premises.objects.within_reach_of(actor, capability)


def facilities_in(paths: Sequence[str], *, limit: int) -> list[Premises]:
    """Return public facilities of some areas that have a point, for a map that is carried along."""
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(area_path__startswith=path)
    rows = Premises.objects.filter(within, kind=Kind.FACILITY, lon__isnull=False)
    return list(rows.exclude(status=Status.CLOSED).order_by("id")[:limit])


def premises(actor: Actor, code: str) -> Premises:
    return visible_premises(actor).get(code=code)


def search_premises(
    actor: Actor,
    text: str = "",
    *,
    where: PremisesFilter | None = None,
    sort: str = "code",
    after: str = "",
    before: str = "",
    limit: int = PAGE,
) -> Page[Premises]:
    """Find premises by name, address or code, one page at a time."""
    chosen = where or PremisesFilter(text=text)
    rows = matching(visible_premises(actor), chosen)
    return page_of(rows, SORTS.get(sort, "code"), after=after, before=before, size=limit)


def matching(rows: "QuerySet[Premises]", where: PremisesFilter) -> "QuerySet[Premises]":
    wanted: Mapping[str, Any] = {
        "kind": where.kind,
        "status": where.status,
        "grade": where.grade,
        "parent_code": where.parent_code or None,
        "area_path__startswith": where.area_path or None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    words = where.text.replace("\x00", "").lower().split()[:6]
    if words:
        rows = rows.alias(found_in=SearchText()).filter(_holds(words))
    return rows


def _holds(words: list[str]) -> Q:
    # Trigrams need three letters; the space before each part makes a word's start one of them.
    found = Q()
    for word in words:
        found &= Q(found_in__contains=word if len(word) >= SHORT else f" {word}")
    return found


def premises_in_box(
    actor: Actor, box: tuple[float, float, float, float], where: PremisesFilter
) -> list[Premises] | None:
    """Return the premises inside west, south, east, north; None when the box is too wide to draw."""
    west, south, east, north = box
    if not (0 <= east - west <= WIDEST_BOX and 0 <= north - south <= WIDEST_BOX):
        return None
    rows = matching(visible_premises(actor), where).filter(InBox(Where(), Box(*box)))
    return list(rows.only("code", "name", "kind", "status", "lon", "lat")[:MOST_POINTS])


def premises_with_codes(actor: Actor, codes: Sequence[str]) -> list[Premises]:
    return list(visible_premises(actor).filter(code__in=codes).order_by("code"))


def export_rows(actor: Actor, where: PremisesFilter) -> Iterator[list[Any]]:
    """Yield the rows of the export, in the columns an import understands."""
    rows = matching(visible_premises(actor), where).select_related("area").order_by("code")
    names: dict[str, str] = {}
    for row in rows.iterator(chunk_size=5000):
        if row.area_path not in names:
            names[row.area_path] = full_name(row.area_path)
        yield [
            row.code, KIND_CODES[row.kind], row.name, row.address, row.lon, row.lat,
            row.area.code if row.area else "", names[row.area_path], STATUS_CODES[row.status],
            Grade(row.grade).name if row.grade else "", row.parent_code,
        ]  # fmt: skip


def count_about(actor: Actor, where: PremisesFilter, *, most: int = 10_000) -> int:
    """Count the matches, but not beyond `most`: nobody reads the difference."""
    rows = matching(visible_premises(actor), where)
    return rows.order_by()[:most].count()
