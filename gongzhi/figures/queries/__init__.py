"""What figures answer."""

from gongzhi.figures.queries.copying import (
    COPIED,
    MOMENTS,
    copy_facts_between,
    copy_facts_of,
    fact_months,
    facts_by_month,
)

__all__ = [
    "COPIED",
    "MOMENTS",
    "copy_facts_between",
    "copy_facts_of",
    "fact_months",
    "facts_by_month",
]
