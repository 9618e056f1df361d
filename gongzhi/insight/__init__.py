"""
Analytics over the whole history, read only: the lake, the analyses a city asks for, the free pivot.

Main words: lake 数据湖, analysis 专题分析, hot spot 热点, pivot 自由透视, refresh.
Never: a row about a person in the lake; a figure that cannot be traced to its matters.
"""
