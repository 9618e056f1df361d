"""Ways out of the house. An adapter raises when it could not hand a message over; the job tries again."""

import logging
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from gongzhi.base.secrets import masked

_log = logging.getLogger("gongzhi.sms")


class Sms(Protocol):
    """What a provider of text messages must offer. settings.SMS_ADAPTER names the class."""

    def send(self, phone: str, text: str) -> str:
        """Hand one message over and return the provider's reference."""
        ...


class ConsoleSms:
    """Writes text messages to the log; the default, for cities that have no provider yet."""

    def send(self, phone: str, text: str) -> str:
        _log.info("SMS to %s: %s", masked(phone), text)
        return "console"


def send_sms(*, phone: str, text: str) -> str:
    adapter: Sms = import_string(settings.SMS_ADAPTER)()
    return adapter.send(phone, text)


def send_email(*, address: str, subject: str, text: str) -> str:
    EmailMessage(subject=subject, body=text, to=[address]).send(fail_silently=False)
    return ""
