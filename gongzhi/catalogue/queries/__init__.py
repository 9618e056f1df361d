"""What the catalogue answers. The hot questions are answered from memory."""

from gongzhi.catalogue.queries.items import (
    ItemFilter,
    count_items,
    departments,
    filtered_items,
    item,
    item_by_code,
    items_in_force,
    popular_items,
    questions,
    standard,
    standards,
    tree,
    versions,
)
from gongzhi.catalogue.queries.responsibility import (
    advice,
    matrix_rows,
    no_report_rows,
    responsible,
)
from gongzhi.catalogue.queries.rows import (
    Assignment,
    ClassBranch,
    FamilyBranch,
    ItemRow,
    NoReportRow,
    QuestionRow,
    ResponsibilityRow,
    StandardRow,
    Suggestion,
)
from gongzhi.catalogue.queries.search import search, suggest
from gongzhi.catalogue.queries.snapshot import forget

__all__ = [
    "Assignment",
    "ClassBranch",
    "FamilyBranch",
    "ItemFilter",
    "ItemRow",
    "NoReportRow",
    "QuestionRow",
    "ResponsibilityRow",
    "StandardRow",
    "Suggestion",
    "advice",
    "count_items",
    "departments",
    "filtered_items",
    "forget",
    "item",
    "item_by_code",
    "items_in_force",
    "matrix_rows",
    "no_report_rows",
    "popular_items",
    "questions",
    "responsible",
    "search",
    "standard",
    "standards",
    "suggest",
    "tree",
    "versions",
]
