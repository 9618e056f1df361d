"""What disputes answer."""

from gongzhi.disputes.queries.one import dispute, facts, kind_at, parties, period_rule

__all__ = ["dispute", "facts", "kind_at", "parties", "period_rule"]
