"""
What the city's own confirmed matters teach: forecasts with their error, suggestions a person decides on, the daily brief.

Main words: forecast 预测, suggestion 智能推荐, similar matters 相似事件, brief 每日简报, correction.
Never: decides anything, or learns anything about a person.
"""
