"""What the pages share: which day it is in the city, and who may change the catalogue."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from gongzhi.base.pages import actor_of
from gongzhi.catalogue.capabilities import Can


def today() -> date:
    return timezone.localdate()


def may_manage(request: HttpRequest) -> bool:
    return actor_of(request).can(Can.MANAGE)
