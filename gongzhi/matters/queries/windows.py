"""
Finding the newest of what an index cannot give in order: words, units, places together.

Such an index gives all rows or none, and of a frequent word all is hundreds of thousands. So the newest stretch of the
register is looked at first, then one many times as long, until a page is full: what a page costs depends on how many
rows it shows, not on how many the register holds.
"""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import marks, rules
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.finding import Filter

WINDOWS = (
    (marks.FINE, 2),
    (marks.MIDDLE, 2),
    (marks.COARSE, 8),
)  # each about sixteen or eight times the last
TOWN, GRID = 2, 4  # levels of a path that are marks


def needs_windows(actor: Actor, by: Filter) -> bool:
    """Tell whether no index holds these rows in order: asked by words, units, a small area or an item of an area."""
    if rules.looks_like_number(by.q):
        return False
    if by.q or by.unit or any(grant.unit is not None for grant in actor.grants_for(Can.VIEW)):
        return True
    found = marks_asked(actor, by)
    return len(found) > 1 or any(mark.count("/") > TOWN for mark in found)


def marks_asked(actor: Actor, by: Filter) -> list[str]:
    """Return marks that every row asked for has: of the reader's only area, of the area and the item asked for."""
    grants = actor.grants_for(Can.VIEW)
    areas = {by.area, grants[0].area if len(grants) == 1 else ""}
    found = sorted(area for area in areas if area.endswith("/") and TOWN <= area.count("/") <= GRID)
    versions = catalogue.all_versions(by.item, by.item_class) if by.item or by.item_class else ()
    return [*found, marks.of_item(versions[0])] if len(versions) == 1 else found


def first_of(
    rows: QuerySet[Matter], count: int, *, asked: list[str], after: int | None, backwards: bool
) -> list[Matter]:
    """Return the first rows by id, newest first or (backwards) oldest first, beyond a row when one is named."""
    if rows.query.is_empty():
        return []
    rows = rows.alias(marks=marks.Marks())
    if asked:
        rows = rows.filter(marks.having(asked))
    plain_id = F("id") + 0  # an expression: else the database might walk along all ids
    rows = rows.order_by(plain_id if backwards else plain_id.desc())
    for stretches in _windows(after, backwards=backwards):
        found: list[Matter] = [*rows.filter(marks__overlap=stretches)[:count]]
        if len(found) == count:
            return found
    return [*rows[:count]]


def _windows(after: int | None, *, backwards: bool) -> Iterator[list[str]]:
    """Yield the marks of ever longer windows that begin where the page begins, as long as one leaves out something."""
    newest = Matter.objects.order_by("-id").values_list("id", flat=True).first() or 0
    start = newest if after is None else min(after, newest)
    for kind, count in WINDOWS:
        here = start >> kind[1]
        first = here if backwards else here - count + 1
        if first <= 0 or (backwards and first + count > newest >> kind[1]):
            return  # all there is: no window needed
        yield marks.of_stretches(kind, first, count)
