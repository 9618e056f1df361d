"""
Thanks in money for reports about things and places: rules, a ledger, review, payout, objection.

Main words: RewardRule 奖励规则, Award 奖励, ledger 台账, review 审核, PayoutBatch 发放批次, Objection 异议.
Never: a reward for a report on a person; a list of who reports much.
"""
