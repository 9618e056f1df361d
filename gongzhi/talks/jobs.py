"""What happens to talks by itself."""

from django.utils import timezone

from gongzhi.talks import actions


def remind_and_lapse(**_ignored: object) -> None:
    at = timezone.now()
    actions.lapse(at=at)
    actions.remind(at=at)
