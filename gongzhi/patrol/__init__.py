"""
Patrols: which premises are visited how often with which check-list, who does it today, what was found, what is re-checked.

Main words: Plan 巡查计划, CheckList 检查表, Task 巡查任务, Visit 巡查记录, Call 指派任务, Shift 值班, Sample 抽查 (双随机).
Never: the trail of an officer; a position is kept only with a record, and statistics count work, not steps.
"""
