"""Questions about rewards."""

from gongzhi.rewards.queries.awards import (
    BOXES,
    areas_to_pay,
    award_detail,
    awards,
    awards_page,
    awards_table,
    batch,
    batch_lines,
    batch_table,
    batches_page,
    box_counts,
)
from gongzhi.rewards.queries.public import OwnAward, own_award, public_rules
from gongzhi.rewards.queries.ruling import (
    all_rules,
    areas_for_budget,
    budget_for,
    budget_stands,
    budget_used,
    payment_way,
    payment_ways,
    rule_for,
    rule_for_choice,
    rules_in_force,
    shipped_rules,
)

__all__ = [
    "BOXES", "OwnAward", "all_rules", "areas_for_budget", "areas_to_pay", "award_detail", "awards", "awards_page",
    "awards_table", "batch", "batch_lines", "batch_table", "batches_page", "box_counts", "budget_for", "budget_stands",
    "budget_used", "own_award", "payment_way", "payment_ways", "public_rules", "rule_for",
    "rule_for_choice", "rules_in_force", "shipped_rules",
]  # fmt: skip
