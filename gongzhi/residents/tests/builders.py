"""Residents for tests."""

from datetime import datetime

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.tests.builders import local
from gongzhi.residents import actions
from gongzhi.residents.models import Resident

MONDAY = local("2026-11-23 09:00")
PHONE = "13800000001"


def a_resident(*, phone: str = PHONE, language: str = "zh-hans", at: datetime = MONDAY) -> Resident:
    """Sign somebody in for the first time, with a code that came back."""
    sent = actions.send_code(address=phone, language=language, at=at)
    return actions.sign_in(
        ticket=sent.ticket, code=sent.code, language=language, actor=ANONYMOUS, at=at
    )
