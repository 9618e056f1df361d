"""Names of stages and kinds, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.publishing.rules import Pace, Place, Stage


def stages() -> dict[str, str]:
    return {
        Stage.RECEIVED: pgettext("public stage", "Reported"),
        Stage.ACCEPTED: pgettext("public stage", "Accepted"),
        Stage.HANDLING: pgettext("public stage", "Being handled"),
        Stage.PAUSED: pgettext("public stage", "Set aside"),
        Stage.CHECKING: pgettext("public stage", "Being checked"),
        Stage.SETTLED: pgettext("public stage", "Settled"),
        Stage.ENDED: pgettext("public stage", "Ended"),
    }


STAGE_TONES = {Stage.SETTLED: "ok", Stage.PAUSED: "", Stage.ENDED: ""}


def stage_tone(stage: str) -> str:
    return STAGE_TONES.get(Stage(stage), "civic")


def hidden_kinds() -> dict[str, str]:
    return {
        "address": _("a web address"),
        "email": _("an e-mail address"),
        "identity": _("an identity number"),
        "card": _("a card number"),
        "phone": _("a telephone number"),
        "account": _("an account"),
        "plate": _("a number plate"),
        "room": _("a building or room number"),
        "name": _("a name"),
    }


def paces() -> dict[str, str]:
    return {
        Pace.ACCEPTED: _("once it is accepted"),
        Pace.SETTLED: _("once it is settled"),
        Pace.NEVER: _("never"),
    }


def place_words() -> dict[str, str]:
    return {
        Place.STREET: _("the street, about 100 m"),
        Place.VILLAGE: _("the village only"),
        Place.NONE: _("not shown"),
    }
