"""An item as a draft: from its row, and what is wrong with one before it becomes a version."""

import re
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.catalogue.models import Family, Kind, Level
from gongzhi.catalogue.queries.rows import ItemRow
from gongzhi.catalogue.rules.drafts import (
    ItemDraft,
    QuestionDraft,
    StandardDraft,
    differences,
    repeated,
)

LABELS = {
    "code": gettext_lazy("Code"),
    "family": gettext_lazy("Family"),
    "class_code": gettext_lazy("Class code"),
    "class_name": gettext_lazy("Class"),
    "number": gettext_lazy("Item number"),
    "name": gettext_lazy("Name"),
    "department": gettext_lazy("Department code"),
    "department_name": gettext_lazy("Lead department"),
    "level": gettext_lazy("Level that handles"),
    "synonyms": gettext_lazy("Words residents use"),
    "anonymous_allowed": gettext_lazy("May be reported without a name"),
    "publishes_description": gettext_lazy("The reporter's words may be published"),
    "self_handled_allowed": gettext_lazy("A grid officer may settle it on the spot"),
    "emergency_notice": gettext_lazy("Emergency notice"),
    "icon": gettext_lazy("Icon"),
    "popular_rank": gettext_lazy("Place among the most reported"),
    "report_photos": gettext_lazy("Photos with the report"),
    "after_photos": gettext_lazy("Photos after handling"),
    "source": gettext_lazy("Source"),
    "standards": gettext_lazy("Standards"),
    "questions": gettext_lazy("Questions to the reporter"),
}
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}")
MOST_PHOTOS = 9


def draft_of(row: ItemRow) -> ItemDraft:
    plain = {
        field.name: getattr(row, field.name)
        for field in fields(ItemDraft)
        if field.name not in {"standards", "questions"}
    }
    return ItemDraft(
        **plain,
        standards=tuple(_copy(StandardDraft, standard) for standard in row.standards),
        questions=tuple(_copy(QuestionDraft, question) for question in row.questions),
    )


def _copy(kind: type, row: object):  # type: ignore[no-untyped-def]
    return kind(**{name: getattr(row, name) for name in kind.__dataclass_fields__})  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ChangeLine:
    """One changed field, with its name in the reader's language."""

    field: str
    label: str
    before: str
    after: str


def change_lines(before: ItemDraft, after: ItemDraft) -> list[ChangeLine]:
    return [
        ChangeLine(d.field, str(LABELS[d.field]), _said(d.field, d.before), _said(d.field, d.after))
        for d in differences(before, after)
    ]


def _said(field: str, value: str) -> str:
    words: dict[str, Any] = {"True": _("yes"), "False": _("no")}
    if field == "level":
        words = dict(Level.choices)
    if field == "family":
        words = dict(Family.choices)
    return str(words.get(value, value))


def problems_of(draft: ItemDraft) -> dict[str, str]:
    """Return a sentence for every field that cannot stand."""
    checks = {
        "code": (
            bool(_CODE.fullmatch(draft.code)),
            _("A code has 2 to 24 capital letters, digits and hyphens."),
        ),
        "family": (draft.family in Family.values, _("Choose part or event.")),
        "class_code": (
            bool(re.fullmatch(r"[0-9A-Z]{2,4}", draft.class_code)),
            _("A class code has two to four digits or capital letters."),
        ),
        "class_name": (bool(draft.class_name), _("Name the class.")),
        "name": (bool(draft.name), _("Name the item.")),
        "level": (draft.level in Level.values, _("Choose village, town or city.")),
        "synonyms": (
            all(len(synonym) <= 40 for synonym in draft.synonyms),
            _("A synonym has at most 40 characters."),
        ),
        "report_photos": (
            0 <= draft.report_photos <= MOST_PHOTOS and 0 <= draft.after_photos <= MOST_PHOTOS,
            _("Ask for 0 to 9 photos."),
        ),
        "standards": (_standards_stand(draft), _standards_sentence()),
        "questions": (_questions_stand(draft), _questions_sentence()),
    }
    return {field: sentence for field, (fine, sentence) in checks.items() if not fine}


def _standards_stand(draft: ItemDraft) -> bool:
    worded = all(s.when_counts and s.when_done for s in draft.standards)
    twice = repeated(s.when_counts for s in draft.standards)
    return bool(draft.standards) and worded and not twice


def _standards_sentence() -> str:
    return _("An item needs at least one standard; each says when it counts, each differently.")


def _questions_stand(draft: ItemDraft) -> bool:
    return all(
        q.text and q.kind in Kind.values and (q.kind != Kind.CHOICE or len(q.choices) > 1)
        for q in draft.questions
    )


def _questions_sentence() -> str:
    return _("A question needs a text; a choice needs at least two answers.")
