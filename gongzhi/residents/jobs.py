"""Background work of residents' corners."""

from django.utils import timezone

from gongzhi.residents import actions


def send_news(**_ignored: object) -> None:
    actions.send_news(at=timezone.now())


def forget_old(**_ignored: object) -> None:
    """Forget codes, told news and accounts that nobody uses."""
    now = timezone.now()
    actions.forget_codes(at=now)
    actions.forget_news(at=now)
    actions.delete_idle(at=now)
