"""
The door for grid officers in the street: an app that works a whole shift without a network.

Main words: Handset 终端, data package 离线数据包, operation 操作, receipt 回执, outbox 待发, conflict 冲突, QuickMediation 简易调解记录.
Never: a position without a record; an officer's data beyond their own grids on a handset.
"""
