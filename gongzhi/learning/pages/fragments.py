"""What other pages fetch: suggestions for a text or a matter, and similar settled matters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.learning import queries
from gongzhi.learning.pages import door
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters

LONGEST = 2_000  # characters of a text that are read


@require_POST
@needs(Incidents.REPORT)
def items(request: HttpRequest) -> HttpResponse:
    """Answer with items for a text that is being typed; sent by POST, for addresses stand in logs."""
    text = request.POST.get("text", "").replace("\0", "")[:LONGEST]
    context = {
        "found": queries.suggested_items(text, on=door.today()),
        "chosen": request.POST.get("item", "")[:12],
    }
    return render(request, "learning/_choices.html", context)


@require_safe
@needs(Matters.VIEW)
def suggest(request: HttpRequest, number: str, subject: str) -> HttpResponse:
    """Answer with items or units for a matter, as buttons that set the form's field."""
    if subject not in queries.SUBJECTS:
        raise OutOfReach
    matter = matters.words_of(number, actor_of(request))
    text, on = matter.text or matter.title, door.today()
    found = (
        queries.suggested_items(text, on=on)
        if subject == "item"
        else queries.suggested_units(
            text, item_id=matter.item_id, area_path=matter.area_path, on=on
        )
    )
    return render(request, "learning/_suggest.html", {"found": found, "field": subject})


@require_safe
@needs(Matters.VIEW)
def similar(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with similar settled matters: how they were settled and how long it took."""
    actor = actor_of(request)
    matter = matters.words_of(number, actor)
    likes = queries.similar_matters(matter, actor, on=door.today())
    return render(request, "learning/_similar.html", {"likes": likes})
