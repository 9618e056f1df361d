"""Names of stages and kinds, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.publishing.rules import MARK, Pace, Place, Stage, hide


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
        "house": _("a house number"),
        "name": _("a name"),
    }


def without_persons(text: str) -> str:
    """Return the text with blanks where something may point at a person; for what machines learn from."""
    return hide(text).text.replace(MARK, " ")


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


def done(move: str, unit: str) -> str:
    """Say what was done, for somebody who did not report it."""
    said = {
        "report": _("Somebody reported it"),
        "verify": _("A grid officer looked on site"),
        "register": _("Accepted for handling"),
        "refuse": _("Not accepted"),
        "accept": _("The unit took it on"),
        "suspend": _("Set aside"),
        "resume": _("Taken up again"),
        "hand_in": _("The unit says it is done"),
        "pass_check": _("A grid officer checked it: done"),
        "fail_check": _("A grid officer checked it: not done yet, back to the unit"),
        "rework": _("Back to the unit to be done again"),
        "close": _("Closed"),
        "reopen": _("Taken up again, because it was not solved"),
    }
    if move == "dispatch":
        return _("Sent to {unit}").format(unit=unit or _("the unit responsible"))
    return said[move]


def columns() -> dict[str, str]:
    """Describe the columns of the open data; names and meanings change only with a new version of the schema."""
    return {
        "id": _("public id; stays the same, opens nothing but the public page"),
        "title": _("title, approved by a moderator"),
        "description": _("words, approved by a moderator; may be empty"),
        "item_code": _("code of the item in the city's catalogue"),
        "item_name": _("name of the item"),
        "class_code": _("class of items"),
        "class_name": _("name of the class"),
        "town": _("town or street district"),
        "village": _("village or community"),
        "street": _("street without house number; empty where homes and premises are concerned"),
        "longitude": _("WGS-84, rounded to 0.001 degree, or the middle of the village"),
        "latitude": _("WGS-84, rounded to 0.001 degree, or the middle of the village"),
        "place_precision": _("how exactly the place is told"),
        "stage": _("how far the handling is"),
        "unit": _("the office that leads the handling"),
        "reported_on": _("day of the report"),
        "closed_on": _("day it was closed; empty while open"),
        "on_time": _("whether it was closed in time; empty while open"),
        "published_on": _("day it was published"),
        "updated_at": _("last change of this row"),
        "url": _("address of the public page"),
    }


COLUMN_TYPES = {
    "longitude": "number", "latitude": "number", "reported_on": "date", "closed_on": "date", "on_time": "boolean",
    "published_on": "date", "updated_at": "datetime",
}  # fmt: skip
COLUMN_VALUES = {
    "stage": [stage.value for stage in Stage if stage != Stage.ENDED],
    "place_precision": [place.value for place in Place],
}
