"""Sends what is new: one message for one thing, one for many, in the reader's language, with a way out."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import override

from gongzhi.base.errors import OutOfReach
from gongzhi.notices import actions as notices
from gongzhi.publishing import queries as publishing
from gongzhi.residents.models import Follow, News, Resident, StreetAlert
from gongzhi.residents.queries.following import STOP_SALT, Stop, stop_of

AT_ONCE = 500
KEPT = timedelta(days=30)


@transaction.atomic
def send_news(*, at: datetime) -> int:
    """Send what is due; return how many people were told. Run again, nobody hears a thing twice."""
    due = News.objects.select_for_update(skip_locked=True, of=("self",)).select_related("resident")
    rows = list(due.filter(sent_at=None, due_at__lte=at).order_by("resident_id", "pk")[:AT_ONCE])
    shown = publishing.shown({row.public_id for row in rows})
    told = 0
    for _resident, news in groupby(rows, key=lambda row: row.resident_id):
        mine = [row for row in news if row.public_id in shown]
        if mine:
            _tell(mine[0].resident, mine, shown, at)
            told += 1
    News.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=at)
    return told


def _tell(
    who: Resident, news: list[News], shown: dict[str, publishing.Shown], at: datetime
) -> None:
    with override(who.language):
        first = shown[news[0].public_id]
        template, link, values = _words(news, first, who)
        notices.tell_contact(
            template=template, values=values, at=at, link=link, language=who.language,
            phone=who.phone if who.by_sms else "", email=who.email if who.by_email else "",
        )  # fmt: skip


def _words(
    news: list[News], first: publishing.Shown, who: Resident
) -> tuple[str, str, dict[str, Any]]:
    values: dict[str, Any] = {"title": first.title, "state": first.stage_words}
    if len({row.public_id for row in news}) > 1:
        stop = stop_address(Stop(who.pk))
        count = len({row.public_id for row in news})
        return "news_digest", "/following", {"count": count, "title": first.title, "stop": stop}
    if alert := news[-1].alert_id:
        stop = stop_address(Stop(who.pk, alert_id=alert))
        return "near_published", first.url, values | {"place": first.place, "stop": stop}
    stop = stop_address(Stop(who.pk, public_id=first.public_id))
    return "followed_changed", first.url, values | {"stop": stop}


def stop_address(stop: Stop) -> str:
    """Return the address that ends these messages, for whoever holds the message."""
    parts = [stop.resident_id, stop.public_id, stop.alert_id or 0]
    token = signing.dumps(parts, salt=STOP_SALT, compress=False)
    return f"{settings.PUBLIC_ADDRESS}/stop/{token}"


def stop(*, token: str) -> None:
    """End the messages a link names: of one matter, of one alert, or all of them."""
    asked = stop_of(token)
    if asked is None:
        raise OutOfReach
    if asked.public_id:
        Follow.objects.filter(resident_id=asked.resident_id, public_id=asked.public_id).delete()
    elif asked.alert_id:
        StreetAlert.objects.filter(resident_id=asked.resident_id, pk=asked.alert_id).delete()
    else:
        Resident.objects.filter(pk=asked.resident_id).update(by_sms=False, by_email=False)
    News.objects.filter(resident_id=asked.resident_id, sent_at=None).filter(
        **({"public_id": asked.public_id} if asked.public_id else {})
    ).delete()


def forget_news(*, at: datetime) -> int:
    return News.objects.filter(due_at__lt=at - KEPT).delete()[0]
