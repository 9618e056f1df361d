"""What may be asked about allowances and bought services."""

from gongzhi.allowances.queries.allowances import (
    BOXES,
    SORTS,
    allowance_detail,
    allowances,
    allowances_page,
    allowances_table,
    areas_to_pay,
    batch,
    batch_shares,
    batch_table,
    batches_page,
    box_counts,
    own_money,
    published,
    published_one,
    visible_allowances,
)
from gongzhi.allowances.queries.ruling import (
    areas_to_rule,
    budget_stands,
    rule_headings,
    rule_set,
    rule_table,
    rules_for,
    set_rows,
    shipped_sets,
)
from gongzhi.allowances.queries.services import (
    contract_detail,
    contracts,
    contracts_page,
    statement,
    statement_headings,
    statement_paper,
    statement_table,
)

__all__ = [
    "BOXES", "SORTS", "allowance_detail", "allowances", "allowances_page", "allowances_table", "areas_to_pay",
    "areas_to_rule", "batch", "batch_shares", "batch_table", "batches_page", "box_counts", "budget_stands", "contract_detail",
    "contracts", "contracts_page", "own_money", "published", "published_one", "rule_headings", "rule_set", "rule_table",
    "rules_for", "set_rows", "shipped_sets", "statement", "statement_headings", "statement_paper", "statement_table",
    "visible_allowances",
]  # fmt: skip
