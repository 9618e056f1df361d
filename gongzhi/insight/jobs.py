"""What the schedule does for the lake; the work itself is done in the process that holds it."""

import logging

from gongzhi.insight import queries

log = logging.getLogger("gongzhi.lake")


def refresh_lake(**_ignored: object) -> None:
    """Have the lake read what is new; that it is not running is told by `gongzhi doctor`."""
    try:
        queries.refresh()
    except queries.Silent as silent:
        log.warning("the lake was not refreshed: %s", silent)


def check_lake(**_ignored: object) -> None:
    """Compare the lake with the facts, month by month."""
    try:
        months = queries.check()
    except queries.Silent as silent:
        log.warning("the lake was not checked: %s", silent)
    else:
        if months:
            log.warning("months of the lake differed and were read anew: %s", ", ".join(months))
