"""What the catalogue answers. The hot questions are answered from memory."""

from gongzhi.catalogue.queries.drafting import draft_of
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
from gongzhi.catalogue.queries.lists import (
    changes_to,
    history,
    matrix_for,
    matrix_lines,
    no_report_lines,
    no_reports_for,
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
from gongzhi.catalogue.queries.tables.exports import catalogue_csv, catalogue_workbook, items_csv

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
    "catalogue_csv",
    "catalogue_workbook",
    "changes_to",
    "count_items",
    "departments",
    "draft_of",
    "filtered_items",
    "forget",
    "history",
    "item",
    "item_by_code",
    "items_csv",
    "items_in_force",
    "matrix_for",
    "matrix_lines",
    "matrix_rows",
    "no_report_lines",
    "no_report_rows",
    "no_reports_for",
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
