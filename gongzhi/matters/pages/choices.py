"""What a search-as-you-type list offers, items and units, as short JSON; and the words of a choice made."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.pages import actor_of, needs
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.queries import CLASS

MOST = 30
KEPT = {"Cache-Control": "private, max-age=60"}


@needs(Can.VIEW)
def items(request: HttpRequest) -> JsonResponse:
    """Offer whole classes that fit the words, then items by name, synonym or initials."""
    on = timezone.localdate()
    text = request.GET.get("q", "").strip()[:60]
    in_force = catalogue.items_in_force(on)
    classes = {i.class_code: i.class_name for i in in_force if text in i.class_name}
    found = (
        catalogue.search(text, on=on, limit=MOST)
        if text
        else catalogue.popular_items(on, MOST) or in_force[:MOST]
    )
    rows = [
        {"value": f"{CLASS}{code}", "label": name, "hint": _("the whole class")}
        for code, name in sorted(classes.items())
    ] + [{"value": str(i.id), "label": i.name, "hint": i.class_name} for i in found]
    return JsonResponse({"choices": rows[: 2 * MOST]}, headers=KEPT)


@needs(Can.VIEW)
def units(request: HttpRequest) -> JsonResponse:
    """Offer the open units that share area with the reader's own postings."""
    text = request.GET.get("q", "").strip()[:60]
    found = queries.units_like(text, actor_of(request), limit=MOST)
    rows = [{"value": str(unit.id), "label": unit.name, "hint": ""} for unit in found]
    return JsonResponse({"choices": rows}, headers=KEPT)


def item_words(by: queries.Filter) -> str:
    """Return the name of the item or class a filter asks for."""
    for row in catalogue.items_in_force(timezone.localdate()):
        if row.id == by.item:
            return row.name
        if by.item_class and by.item_class in {row.class_code, row.code[:3]}:
            return row.class_name
    return _("an item no longer in force") if by.item or by.item_class else ""


def unit_words(by: queries.Filter) -> str:
    return accounts.unit_name(by.unit) if by.unit else ""
