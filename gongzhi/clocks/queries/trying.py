"""Trying a deadline: what would this limit come to, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.clocks import rules
from gongzhi.clocks.queries.calendars import calendar as calendar_named
from gongzhi.clocks.queries.calendars import outside, rule_limit
from gongzhi.clocks.queries.words import explanation_words, full_moment, limit_words
from gongzhi.clocks.rules import Limit, OutsideCalendar, Span


@dataclass(frozen=True)
class Trial:
    limit: str
    due: str  # in words; empty while the clock stands still
    warn: str
    sentences: list[str]
    uncovered: tuple[int, ...]


def trial(
    *,
    start: datetime,
    calendar: str,
    limit: Limit | None,
    rule: str = "",
    pauses: Sequence[Span] = (),
) -> Trial:
    """Work out one deadline with its explanation; a rule's limit goes before one given by hand."""
    compiled = calendar_named(calendar)
    if rule or limit is None:
        limit = rule_limit(rule, start.astimezone(compiled.zone).date())
    try:
        explained = rules.explain(start=start, limit=limit, calendar=compiled, pauses=pauses)
    except OutsideCalendar as error:
        raise outside(error) from error
    due = explained.due
    return Trial(
        limit_words(limit),
        full_moment(due.due_at) if due.due_at else "",
        full_moment(due.warn_at) if due.warn_at else "",
        explanation_words(explained),
        due.uncovered,
    )
