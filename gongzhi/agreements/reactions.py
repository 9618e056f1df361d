"""What agreements do when an offer was accepted, and when a dispute's time of keeping is over."""

import json

from django.utils.translation import gettext as _

from gongzhi.agreements import actions
from gongzhi.agreements.events import AgreementSealed
from gongzhi.base.secrets import decrypt
from gongzhi.disputes.events import PartiesForgotten
from gongzhi.talks.events import OfferAccepted


def draft_offer(event: OfferAccepted) -> None:
    """What every side said yes to becomes the draft, so that nobody types it once more."""
    terms = json.loads(decrypt(event.terms))
    actions.draft_offer(matter_id=event.matter_id, terms=terms, by_name=_("From the accepted offer"), at=event.at)  # fmt: skip


def certify(event: AgreementSealed) -> None:
    """The text is sealed and in force: the certificate follows."""
    actions.certify(matter_id=event.matter_id)


def forget(event: PartiesForgotten) -> None:
    actions.forget(matter_id=event.matter_id)
