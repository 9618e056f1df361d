"""
Finding the newest of what an index cannot give in order: words, units, places together.

Such an index gives all rows or none, and of a frequent word all is hundreds of thousands. So the newest stretch of the
register is looked at first, then one as long as it should take by what the first one held, until a page is full: what a
page costs depends on how many rows it shows, not on how many the register holds.
"""

from django.db.models import F, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import marks, rules
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.finding import Filter

FIRST = 4096  # ids of the first window, at least
SPARE = 1.5  # a window is so much longer than it should have to be
GROWS = 16  # times, at least, from one window to the next
MOST = 9  # stretches a window is made of
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
    newest = Matter.objects.order_by("-id").values_list("id", flat=True).first() or 0
    ids = FIRST
    while stretches := _window(ids, after, newest=newest, backwards=backwards):
        found: list[Matter] = [*rows.filter(marks__overlap=stretches)[:count]]
        if len(found) == count:
            return found
        ids = max(GROWS * ids, int(SPARE * count * ids / (len(found) or 0.5)))
    return [*rows[:count]]


def _window(ids: int, after: int | None, *, newest: int, backwards: bool) -> list[str]:
    """Return the marks of a window of so many ids that begins where the page begins; none where that leaves out little."""
    start = newest if after is None else min(after, newest)
    for kind in (marks.FINE, marks.MIDDLE, marks.COARSE):
        here, count = start >> kind[1], (ids >> kind[1]) + 1
        if count < MOST:
            first = here if backwards else here - count
            leaves_out = first > 0 if not backwards else first + count < newest >> kind[1]
            return marks.of_stretches(kind, first, count + 1) if leaves_out else []
    return []
