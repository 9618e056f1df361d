"""
Figures that are true now: one row of facts a matter, counts, tiles and the ticker, kept up from the same transactions.

Main words: Fact, change, count, tile 数据块, news 动态, snapshot, recount.
Never: a figure without its matters; anything about a person: facts know areas, units, posts and items.
"""
