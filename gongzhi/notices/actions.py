"""Deeds of notices: tell, send, mark as read, change the words."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.secrets import masked
from gongzhi.notices import clients, queries, rules
from gongzhi.notices.capabilities import Can
from gongzhi.notices.models import Channel, Delivery, Notice, QuietHours, Template

DELIVER = "gongzhi.notices.deliver"  # the job's name; config/jobs.py gives it its function
_log = logging.getLogger(__name__)


def tell(
    *,
    people: Sequence[int],
    template: str,
    values: Mapping[str, Any],
    link: str,
    at: datetime,
    urgent: bool = False,
) -> int:
    """
    Tell people in the application, and by e-mail and text message where the template has words for it.

    Call it inside the transaction that makes the news: it is told when the news is true. Returns how many
    were told. Values that are missing become a dash and a line in the log. Safe to repeat: nobody hears
    the same words of the same moment twice.
    """
    asked = list(dict.fromkeys(person for person in people if person))
    if not asked:
        return 0
    texts = _texts(template, at)
    words = texts[Channel.IN_APP]
    rendered = _rendered(words, values, link)
    same = Notice.objects.filter(
        person_id__in=asked, created_at=at, template=words, link=_local(link),
        subject=rendered.subject, text=rendered.text,
    )  # fmt: skip
    known = set(same.values_list("person_id", flat=True))
    told = [person for person in asked if person not in known]
    Notice.objects.bulk_create(
        Notice(
            person_id=person, template=words, subject=rendered.subject, text=rendered.text,
            link=_local(link), urgent=urgent, created_at=at,
        )
        for person in told
    )  # fmt: skip
    for channel, column in ((Channel.EMAIL, "person__email"), (Channel.SMS, "person__phone")):
        if channel in texts:
            mine = Notice.objects.filter(person_id__in=told, created_at=at, template=words)
            addresses = mine.exclude(**{column: ""}).values_list(column, flat=True).distinct()
            _send(texts[channel], sorted(addresses), values, link=link, at=at, urgent=urgent)
    return len(told)


def tell_contact(
    *,
    template: str,
    values: Mapping[str, Any],
    at: datetime,
    phone: str = "",
    email: str = "",
    link: str = "",
    urgent: bool = False,
    language: str = "",
) -> int:
    """
    Tell somebody who does not work here, on every way they left and the template has words for.

    `language` is theirs; without it, the city's.
    """
    told = 0
    texts = _texts(template, at, language)
    for channel, address in ((Channel.EMAIL, email.strip()), (Channel.SMS, phone.strip())):
        if address and channel in texts:
            _send(texts[channel], [address], values, link=link, at=at, urgent=urgent)
            told += 1
    return told


def mark_read(*, actor: Actor, at: datetime, notice_id: int) -> str:
    """Mark one's own notice as read and return where it leads."""
    notice = Notice.objects.filter(pk=notice_id, person_id=actor.id).first()
    if notice is None:
        raise OutOfReach
    if notice.read_at is None:
        Notice.objects.filter(pk=notice_id, read_at=None).update(read_at=at)
    return notice.link


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    return Notice.objects.filter(person_id=actor.id, read_at=None).update(read_at=at)


@transaction.atomic
def deliver(*, delivery_id: int, at: datetime) -> None:
    """Hand one message over. A failure is written down and tried again later, then given up visibly."""
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    delivery = waiting.filter(pk=delivery_id, status=Delivery.Status.WAITING).first()
    if delivery is None:
        return  # sent by another try, or being sent right now
    delivery.tries += 1
    try:
        delivery.reference = _handed_over(delivery)[:100]
    except Exception as error:  # a provider's adapter may raise anything
        _note_failure(delivery, error, at=at)
    else:
        delivery.status, delivery.sent_at, delivery.error = Delivery.Status.SENT, at, ""
    delivery.save(update_fields=["tries", "reference", "status", "sent_at", "error", "next_try_at"])


def send_again(*, delivery_id: int, actor: Actor, at: datetime) -> None:
    """Give a failed message a new round of tries."""
    _must(actor, Can.SEE_DELIVERIES)
    failed = Delivery.objects.filter(pk=delivery_id, status=Delivery.Status.FAILED)
    if not failed.update(status=Delivery.Status.WAITING, tries=0, next_try_at=at):
        raise OutOfReach
    audit.record(actor=actor, verb="notices.send_again", subject=f"delivery:{delivery_id}", at=at)
    _queue([delivery_id], at)


def pick_up_forgotten(*, at: datetime, older_than: datetime) -> int:
    """Queue messages again whose job was lost with its worker; return how many."""
    lost = Delivery.objects.filter(status=Delivery.Status.WAITING, next_try_at__lt=older_than)
    ids = list(lost.order_by("pk").values_list("pk", flat=True)[:1000])
    Delivery.objects.filter(pk__in=ids).update(next_try_at=at)
    _queue(ids, at)
    return len(ids)


@transaction.atomic
def save_template(
    *,
    code: str,
    channel: str,
    language: str,
    subject: str,
    text: str,
    valid_from: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> Template:
    """Keep changed words as a new version; what was sent keeps the old ones."""
    _must(actor, Can.MANAGE_TEMPLATES)
    problems = _problems(code, channel, subject, text)
    if problems:
        raise Invalid(problems)
    same = Template.objects.filter(code=code, channel=channel, language=language)
    version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    template = Template.objects.create(
        code=code, channel=channel, language=language, version=version, subject=subject.strip(),
        text=text.strip(), valid_from=valid_from, source=source.strip(), created_by_id=actor.id,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="notices.save_template", subject=f"template:{code}/{channel}/{language}",
        at=at, detail={"version": version, "valid_from": valid_from.isoformat()},
    )  # fmt: skip
    return template


def load_templates() -> int:
    """Load the shipped words and quiet hours where the city has none of its own; safe to repeat."""
    shipped = [
        Template(
            **{
                **row,
                "version": int(row["version"]),
                "valid_from": date.fromisoformat(row["valid_from"]),
            }
        )
        for row in queries.shipped_templates()
    ]
    Template.objects.bulk_create(shipped, ignore_conflicts=True)
    QuietHours.objects.bulk_create(
        [
            QuietHours(
                channel=row["channel"], source=row["source"],
                starts=time.fromisoformat(row["starts"]), ends=time.fromisoformat(row["ends"]),
            )
            for row in queries.shipped_quiet_hours()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(shipped)


def _send(
    words: Template,
    addresses: Sequence[str],
    values: Mapping[str, Any],
    *,
    link: str,
    at: datetime,
    urgent: bool,
) -> None:
    if not addresses:
        return
    rendered = _rendered(words, values, link)
    known = _sent_before(words, rendered.text, at)
    quiet = None if urgent else queries.quiet_hours(words.channel)
    when = rules.send_at(at, quiet=quiet, zone=timezone.get_current_timezone())
    sent = Delivery.objects.bulk_create(
        Delivery(
            template=words, channel=words.channel, address=address, masked=masked(address)[:80],
            subject=rendered.subject, text=rendered.text, urgent=urgent, created_at=at, next_try_at=when,
        )
        for address in addresses
        if address not in known
    )  # fmt: skip
    _queue([delivery.pk for delivery in sent], when)


def _sent_before(words: Template, text: str, at: datetime) -> set[str]:
    """Return the addresses that were sent these words of this moment by an earlier try of the same job."""
    # Each status is named because the index begins with it.
    same = Delivery.objects.filter(status__in=Delivery.Status.values, created_at=at, template=words)
    return {delivery.address for delivery in same.only("address", "text") if delivery.text == text}


def _queue(ids: Iterable[int], when: datetime) -> None:
    """Insert one job a message, on this connection: it commits or vanishes with the news."""
    jobs: list[dict[str, Any]] = [{"delivery_id": pk} for pk in ids]
    if jobs:
        app.configure_task(DELIVER, schedule_at=when).batch_defer(*jobs)


def _handed_over(delivery: Delivery) -> str:
    if delivery.channel == Channel.SMS:
        return clients.send_sms(phone=delivery.address, text=delivery.text) or ""
    return clients.send_email(
        address=delivery.address, subject=delivery.subject, text=delivery.text
    )


def _note_failure(delivery: Delivery, error: Exception, *, at: datetime) -> None:
    delivery.error = f"{type(error).__name__}: {error}"[:300].replace(
        delivery.address, delivery.masked
    )
    again = rules.next_try(at, tries=delivery.tries)
    if again is None:
        delivery.status = Delivery.Status.FAILED
        _log.error("delivery %s given up: %s", delivery.pk, delivery.error)
        return
    delivery.next_try_at = again
    _queue([delivery.pk], again)


def _texts(code: str, at: datetime, language: str = "") -> dict[str, Template]:
    on, language = timezone.localdate(at), language or settings.LANGUAGE_CODE
    texts = queries.templates_for(code=code, language=language, on=on)
    if not texts:
        load_templates()  # a fresh database has no words yet
        texts = queries.templates_for(code=code, language=language, on=on)
    if not texts:
        raise LookupError(f"no template {code!r}")
    return texts


def _rendered(template: Template, values: Mapping[str, Any], link: str) -> rules.Rendered:
    known = {name: _in_words(value) for name, value in values.items()}
    known |= {"city": settings.CITY, "link": f"{settings.PUBLIC_ADDRESS}{_local(link)}"}
    rendered = rules.render(subject=template.subject, text=template.text, values=known)
    if rendered.missing:
        _log.warning("template %s: no value for %s", template, ", ".join(sorted(rendered.missing)))
    return rendered


def _in_words(value: Any) -> str:
    chinese = (get_language() or settings.LANGUAGE_CODE).startswith("zh")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return (
            f"{local.month}月{local.day}日 {local:%H:%M}" if chinese else f"{local:%Y-%m-%d %H:%M}"
        )
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" if chinese else value.isoformat()
    return "" if value is None else str(value)


def _local(link: str) -> str:
    """Return the path of a link into the application, whether it came with our own address or without."""
    link = link.removeprefix(settings.PUBLIC_ADDRESS)
    if not rules.is_local(link):
        raise ValueError(f"a notice leads into the application, not to {link!r}")
    return link


def _problems(code: str, channel: str, subject: str, text: str) -> dict[str, str]:
    if code not in rules.OCCASIONS or channel not in Channel.values:
        raise OutOfReach
    problems: dict[str, str] = {}
    if not text.strip():
        problems["text"] = _("Write the text of the message.")
    if channel != Channel.SMS and not subject.strip():
        problems["subject"] = _("Write a subject.")
    if channel == Channel.SMS and len(text) > 300:
        problems["text"] = _("A text message may have at most 300 characters.")
    for field, words in (("subject", subject), ("text", text)):
        if strange := rules.strange_placeholders(code, words):
            problems[field] = _("Nobody will fill in {placeholders}. Choose from the list.").format(
                placeholders=" ".join(strange)
            )
    return problems


def _must(actor: Actor, capability: str) -> None:
    if not actor.can(capability):
        raise OutOfReach
