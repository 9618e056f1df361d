"""What can be done to the catalogue."""

from gongzhi.catalogue.actions.content import load_content
from gongzhi.catalogue.actions.imports import confirm_draft, import_catalogue, keep_draft
from gongzhi.catalogue.actions.items import add, retire, revise
from gongzhi.catalogue.actions.matrix import (
    NoReportInput,
    ResponsibilityInput,
    end_no_report,
    end_responsibility,
    forbid_reports,
    make_responsible,
)
from gongzhi.catalogue.queries.tables.reading import LARGEST_FILE

__all__ = [
    "LARGEST_FILE",
    "NoReportInput",
    "ResponsibilityInput",
    "add",
    "confirm_draft",
    "end_no_report",
    "end_responsibility",
    "forbid_reports",
    "import_catalogue",
    "keep_draft",
    "load_content",
    "make_responsible",
    "retire",
    "revise",
]
