"""What the demonstration's settled matters teach: two forecasts, two models, decisions of people, briefs of a week."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.demo import tables
from gongzhi.learning import actions

DECISIONS = 240  # newest registrations and dispatches by people that are set beside what was suggested
BACK = timedelta(days=7)  # an earlier forecast, to be held against what came
SIX = timedelta(hours=6, minutes=40)


def teach(*, at: datetime) -> int:
    """Train, forecast, compare and write as the nightly jobs do; return how many decisions were compared."""
    actions.retrain(at=at)
    for moment in (at - BACK, at):
        actions.forecast(at=moment)
    compared = _compare()
    morning = _midnight(at) + SIX
    rows = actions.write_briefs(at=min(morning, at))
    actions.tell_of_briefs([row for row in rows if _is_shown(row.area_path)], at=at)
    return compared


def _midnight(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _is_shown(area_path: str) -> bool:
    """Tell only the city and the story's town: others have nobody who looks."""
    story = accounts.person_by_username("duty")
    return bool(story) and area_path in {*tables.areas_of(story.id), area_path.split("/")[0] + "/"}


def _compare() -> int:
    """Set the newest decisions of people beside what the models suggest."""
    count = 0
    for matter_id, move, unit, moment in tables.newest_decisions(DECISIONS):
        noted = actions.note_decision(matter_id=matter_id, move=move, lead_unit=unit, at=moment)
        count += noted is not None
    return count
