"""Background work: forecasts at night, training once a week, the brief in the morning."""

from django.utils import timezone

from gongzhi.learning import actions


def forecast(**_ignored: object) -> None:
    """Each night, once yesterday is over."""
    at = timezone.now()
    actions.forecast(at=at)
    actions.forget_old_forecasts(at=at)


def retrain(**_ignored: object) -> None:
    """Each week: what people chose since then is learned from, too."""
    at = timezone.now()
    actions.retrain(at=at)
    actions.forget_old_models(at=at)


def write_briefs(**_ignored: object) -> None:
    """Each morning, before the day's first meeting."""
    at = timezone.now()
    actions.tell_of_briefs(actions.write_briefs(at=at), at=at)
    actions.forget_old_briefs(at=at)
