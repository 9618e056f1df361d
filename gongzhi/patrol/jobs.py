"""Background entry points of patrols."""

from django.utils import timezone

from gongzhi.patrol import actions


def draw_tasks(**_ignored: object) -> None:
    """Early each morning: what is due, and who does it today."""
    at = timezone.now()
    actions.end_expired_plans(on=timezone.localdate(at))
    actions.draw_day(on=timezone.localdate(at), area_path="", at=at)


def end_forgotten_shifts(**_ignored: object) -> None:
    at = timezone.now()
    actions.end_forgotten_shifts(at=at)
    actions.count_presence(at=at)
