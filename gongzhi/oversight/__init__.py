"""
What higher offices do about matters that are late, heavy or alike: supervision orders, named owners, batches, suggestions.

Main words: Order 督办单, urge 催办, owner 包案, ageing 积案, Batch 同类批次, Suggestion 政策建议.
Never: a list of people who report or petition; orders bind units.
"""
