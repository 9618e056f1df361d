"""What the demonstration's settled matters teach: two forecasts, two models, decisions of people, the briefs of today."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.demo import tables
from gongzhi.learning import actions
from gongzhi.learning import queries as learning

DECISIONS = 240  # newest choices of people that are set beside what was suggested
BACK = timedelta(days=7)  # an earlier forecast, to be held against what came


def teach(*, at: datetime, report: Callable[[str, int, int], None]) -> int:
    """Train, forecast, compare and write as the nightly jobs do; return how many decisions were compared."""
    words = _("Forecast and suggestions")
    report(words, 0, 3)
    actions.retrain(at=at)
    report(words, 1, 3)
    for moment in (at - BACK, at):
        actions.forecast(at=moment)
    report(words, 2, 3)
    compared = _compare()
    rows = actions.write_briefs(at=at)
    actions.tell_of_briefs([row for row in rows if _is_shown(row.area_path)], at=at)
    report(words, 3, 3)
    return compared


def _is_shown(area_path: str) -> bool:
    """Tell only the city and the story's town: others have nobody who looks."""
    story = accounts.person_by_username("duty")
    return story is not None and area_path in {*tables.areas_of(story.id), learning.city_path()}


def _compare() -> int:
    """Set the newest decisions of people beside what the models suggest."""
    count = 0
    for matter_id, move, unit, moment in tables.newest_decisions(DECISIONS):
        noted = actions.note_decision(matter_id=matter_id, move=move, lead_unit=unit, at=moment)
        count += noted is not None
    return count
