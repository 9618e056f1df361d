"""What docking answers."""

from gongzhi.docking.queries.blocks import matter_block
from gongzhi.docking.queries.cases import (
    BOXES,
    CHANCES,
    SORTS,
    CaseFilter,
    CaseRow,
    case_counts,
    case_table,
    cases_page,
    chance_counts,
    chance_table,
    chances_page,
    every_partner,
    partner,
    partners,
)
from gongzhi.docking.queries.content import (
    Ground,
    Material,
    ground,
    grounds,
    kind_for,
    materials,
    procedure,
    step_name,
    step_of,
)
from gongzhi.docking.queries.log import BOXES as MESSAGE_BOXES
from gongzhi.docking.queries.log import KINDS as MESSAGE_KINDS
from gongzhi.docking.queries.log import (
    content_of,
    last_heard,
    message,
    message_counts,
    message_table,
    messages_page,
    visible_messages,
)
from gongzhi.docking.queries.one import Detail, detail
from gongzhi.docking.queries.reading import LARGEST, message_read, moment_read, schema
from gongzhi.docking.queries.standing import Standing, marks, standings

__all__ = [
    "BOXES",
    "CHANCES",
    "LARGEST",
    "MESSAGE_BOXES",
    "MESSAGE_KINDS",
    "SORTS",
    "CaseFilter",
    "CaseRow",
    "Detail",
    "Ground",
    "Material",
    "Standing",
    "case_counts",
    "case_table",
    "cases_page",
    "chance_counts",
    "chance_table",
    "chances_page",
    "content_of",
    "detail",
    "every_partner",
    "ground",
    "grounds",
    "kind_for",
    "last_heard",
    "marks",
    "materials",
    "matter_block",
    "message",
    "message_counts",
    "message_read",
    "message_table",
    "messages_page",
    "moment_read",
    "partner",
    "partners",
    "procedure",
    "schema",
    "standings",
    "step_name",
    "step_of",
    "visible_messages",
]  # fmt: skip
