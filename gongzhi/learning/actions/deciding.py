"""Notes what a person chose beside what was suggested: the measure of suggestions, and what retraining learns from."""

from datetime import datetime

from django.utils import timezone

from gongzhi.catalogue import queries as catalogue
from gongzhi.learning.models import Decision
from gongzhi.learning.queries import stored, suggesting, texts
from gongzhi.matters import queries as matters

SETS_ITEM = frozenset({"register", "correct"})
SETS_UNIT = frozenset({"dispatch"})


def note_decision(
    *, matter_id: int, move: str, lead_unit: int | None, at: datetime
) -> Decision | None:
    """
    Keep what was chosen for a matter, and at which place it stood among the suggestions.

    Suggestions are computed from the matter's words as they were shown; a later choice for the same
    matter replaces the earlier one. None while there is no model, or nothing was suggested.
    """
    subject = "item" if move in SETS_ITEM else "unit" if move in SETS_UNIT else ""
    held = stored.ruling(subject) if subject else None
    facts = matters.facts_of(matter_id) if held else None
    if held is None or facts is None or facts.item_id is None:
        return None
    on, text = timezone.localdate(at), facts.text or facts.title
    if subject == "item":
        found = suggesting.suggested_items(text, on=on)
        chosen = catalogue.item(facts.item_id).code
    else:
        if lead_unit is None:
            return None
        found = suggesting.suggested_units(
            text, item_id=facts.item_id, area_path=facts.area_path, on=on
        )
        chosen = texts.label_of_unit(lead_unit)
    if not found:
        return None
    codes = [one.code for one in found]
    row, _is_new = Decision.objects.update_or_create(
        matter_id=matter_id, subject=subject,
        defaults={
            "trained_id": held.row_id, "area_path": facts.area_path, "suggested": codes, "chosen": chosen,
            "rank": codes.index(chosen) + 1 if chosen in codes else 0, "likelihood": round(found[0].score, 4),
            "decided_at": at,
        },
    )  # fmt: skip
    return row
