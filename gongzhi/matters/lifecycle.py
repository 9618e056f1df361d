"""The moves common to every kind of matter; each kind adds them to its own table."""

from collections.abc import Set

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.lifecycle import Move
from gongzhi.matters.capabilities import Can


class Source(TextChoices):
    """Through which door a matter came."""

    PORTAL = "portal", _("Resident report")
    PATROL = "patrol", _("Grid patrol")
    HOTLINE = "12345", _("12345 hotline")
    POLICE = "110", _("110 hand-over")
    COUNTER = "counter", _("Counter")
    SENSOR = "sensor", _("Sensor")
    INSPECTION = "inspection", _("Inspection by a higher office")
    COURT = "court", _("Court")
    PROSECUTOR = "prosecutor", _("Procuratorate")
    PETITION = "petition", _("Petition office")
    LEGAL_AID = "legal_aid", _("Legal aid")
    OFFICE = "office", _("Another office")


# What stands in a file though no lifecycle has it: lines written by reporters and by other matters' moves.
OTHER_LINES = {
    "report": pgettext_lazy("move", "Reported"),
    "join": pgettext_lazy("move", "Joined"),
    "add": pgettext_lazy("move", "Added to the report"),
    "rate": pgettext_lazy("move", "Rated"),
    "absorb": pgettext_lazy("move", "Took in another matter"),
}


def common_moves(
    *,
    open_states: Set[str],
    under_way: Set[str],
    settled: Set[str],
    void: str,
    merged: str,
    suspended: str,
    resumed: str,
    reopened: str,
) -> tuple[Move, ...]:
    """
    Return the rows every kind shares.

    `under_way` are the states in which a unit works on the matter (extension, suspension, joint
    handling); `settled` those from which it can be appealed, visited and reopened.
    """
    # fmt: off
    return (
        Move("note",              open_states | settled, "",  Can.NOTE, pgettext_lazy("move", "Note"), says=_("Adds a note to the file.")),
        Move("urge",              open_states, "",            Can.URGE, pgettext_lazy("move", "Urge"), says=_("Tells the owing unit to get on with it.")),
        Move("supervise",         open_states, "",            Can.SUPERVISE, pgettext_lazy("move", "Supervise"), reason=True, says=_("Puts the matter under supervision; the unit is told.")),
        Move("end_supervision",   open_states | settled, "",  Can.SUPERVISE, pgettext_lazy("move", "End supervision")),
        Move("ask_extension",     under_way, "",              Can.ASK, pgettext_lazy("move", "Ask for an extension"), reason=True, says=_("The head of unit and then the duty officer decide.")),
        Move("ask_suspension",    under_way, "",              Can.ASK, pgettext_lazy("move", "Ask for a suspension"), reason=True, says=_("Once, for at most a year; the duty officer decides.")),
        Move("approve_first",     under_way, "",              Can.DECIDE_FIRST, pgettext_lazy("move", "Agree as head of unit")),
        Move("approve_extension", under_way, "",              Can.DECIDE_LAST, pgettext_lazy("move", "Grant the extension")),
        Move("refuse_ask",        under_way | settled, "",    Can.DECIDE_LAST, pgettext_lazy("move", "Refuse the request"), reason=True),
        Move("refuse_first",      under_way, "",              Can.DECIDE_FIRST, pgettext_lazy("move", "Refuse as head of unit"), reason=True),
        Move("suspend",           under_way, suspended,       Can.DECIDE_LAST, pgettext_lazy("move", "Suspend"), says=_("The clock stands still until the date given.")),
        Move("resume",            {suspended}, resumed,       Can.ASK, pgettext_lazy("move", "Resume"), says=_("The clock runs again.")),
        Move("invite",            under_way, "",              Can.ASK, pgettext_lazy("move", "Ask a unit to help"), says=_("The unit sees the matter and answers within a clock of its own.")),
        Move("answer",            open_states, "",            Can.JOIN_IN, pgettext_lazy("move", "Answer as a joint unit")),
        Move("hand_over",         open_states, "",            Can.ASK, pgettext_lazy("move", "Hand to a colleague"), says=_("A named person in the unit owes the next move.")),
        Move("link",              open_states | settled, "",  Can.NOTE, pgettext_lazy("move", "Link"), says=_("Names another matter this one hangs together with.")),
        Move("merge",             open_states - {suspended}, merged, Can.MERGE, pgettext_lazy("move", "Merge"), says=_("This matter ends; its reporters follow the other one.")),
        Move("void",              open_states, void,          Can.VOID, pgettext_lazy("move", "Void"), reason=True, says=_("Ends the matter as filed by mistake.")),
        Move("follow_up",         settled, "",                Can.VISIT, pgettext_lazy("move", "Follow-up visit"), says=_("Records what the reporter says.")),
        Move("appeal",            settled, "",                Can.ASK, pgettext_lazy("move", "Appeal"), reason=True, says=_("Asks that the matter does not count against the unit; the fact stays visible.")),
        Move("uphold_appeal",     settled, "",                Can.DECIDE_LAST, pgettext_lazy("move", "Uphold the appeal"), reason=True),
        Move("reopen",            settled, reopened,          Can.VISIT, pgettext_lazy("move", "Reopen"), reason=True, says=_("The matter is handled again; the unit that closed it is told.")),
    )
    # fmt: on
