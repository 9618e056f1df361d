"""What clocks do when facts happen."""

from gongzhi.clocks import actions, queries
from gongzhi.clocks.events import CalendarChanged


def recount(event: CalendarChanged) -> None:
    queries.forget()
    actions.recount(change=event)
