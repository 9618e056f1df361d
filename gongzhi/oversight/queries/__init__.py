"""What is asked about oversight."""

from gongzhi.oversight.queries.batches import (
    FOUND_BY,
    MOVES,
    batch_counts,
    batch_detail,
    batch_of,
    batch_table,
    batches_page,
    departments_for,
    may_answer,
    suggested_groups,
    suggestion_counts,
    suggestion_detail,
    suggestions_page,
    suggestions_table,
    visible_batches,
)
from gongzhi.oversight.queries.blocks import matter_block, needs_evidence
from gongzhi.oversight.queries.content import (
    RuleRow,
    bands,
    norm,
    norms,
    norms_in_force,
    order_rules,
    order_rules_in_force,
    reason_name,
    reasons,
    settlement_name,
    settlements,
    stage_name,
    stages,
)
from gongzhi.oversight.queries.notices import as_of, notice_paper
from gongzhi.oversight.queries.orders import (
    BOXES,
    OrderFilter,
    may_decide,
    may_reply,
    open_order_of,
    order_counts,
    order_detail,
    orders_page,
    orders_table,
    watching_unit,
)
from gongzhi.oversight.queries.owners import (
    STATES,
    ageing,
    band_filter,
    may_be_named,
    owner_counts,
    owner_detail,
    owner_of,
    owners_of,
    owners_page,
    owners_table,
    posting_words,
)

__all__ = [
    "BOXES", "FOUND_BY", "MOVES", "STATES", "OrderFilter", "RuleRow", "ageing", "as_of", "band_filter", "bands", "batch_counts",
    "batch_detail", "batch_of", "batch_table", "batches_page", "departments_for", "matter_block", "may_answer",
    "may_be_named", "may_decide", "may_reply", "needs_evidence", "norm", "norms", "norms_in_force", "notice_paper", "open_order_of",
    "order_counts", "order_detail", "order_rules", "order_rules_in_force", "orders_page", "orders_table", "owner_counts",
    "owner_detail", "owner_of", "owners_of", "owners_page", "owners_table", "posting_words", "reason_name", "reasons",
    "settlement_name", "settlements", "stage_name", "stages", "suggested_groups", "suggestion_counts", "suggestion_detail",
    "suggestions_page", "suggestions_table", "visible_batches", "watching_unit",
]  # fmt: skip
