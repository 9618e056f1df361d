"""Every state a dispute can be in, and every move between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.lifecycle import Lifecycle, Move
from gongzhi.disputes.capabilities import Can
from gongzhi.matters.lifecycle import common_moves


class State(TextChoices):
    TO_TRIAGE = "to_triage", pgettext_lazy("state", "To triage")
    TO_CONSENT = "to_consent", pgettext_lazy("state", "Asking the sides")
    TO_APPOINT = "to_appoint", pgettext_lazy("state", "To appoint a mediator")
    MEDIATING = "mediating", pgettext_lazy("state", "In mediation")
    SUSPENDED = "suspended", pgettext_lazy("state", "On hold")
    TO_SIGN = "to_sign", pgettext_lazy("state", "To sign")
    PERFORMING = "performing", pgettext_lazy("state", "Being performed")
    TO_VISIT = "to_visit", pgettext_lazy("state", "To follow up")
    TO_ARCHIVE = "to_archive", pgettext_lazy("state", "To archive")
    ARCHIVED = "archived", pgettext_lazy("state", "Archived")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("state", "Not taken up")
    MERGED = "merged", pgettext_lazy("state", "Merged")
    VOID = "void", pgettext_lazy("state", "Void")


S = State
ENDED = frozenset({S.ARCHIVED, S.NOT_ACCEPTED, S.MERGED, S.VOID})
OPEN = frozenset(State) - ENDED
UNDER_WAY = frozenset({S.MEDIATING})  # a suspended mediation comes back to the table, nowhere else
# Before an agreement lies on the table, parties can join and leave.
JOINING = frozenset({S.TO_TRIAGE, S.TO_CONSENT, S.TO_APPOINT, S.MEDIATING})
# Between the sides, no office grants more time: they agree to it themselves (`agree_to_extend`).
NOT_OURS = frozenset({"ask_extension", "approve_extension"})


class Outcome(TextChoices):
    """How the mediation ended; the file keeps it for the ministry's form."""

    WRITTEN = "written", _("Written agreement")
    ORAL = "oral", _("Oral agreement")
    PARTIAL = "partial", _("Partial agreement")
    NONE = "none", _("No agreement")
    REFUSED = "refused", _("A side refused mediation")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sides")


# fmt: off
LIFECYCLE = Lifecycle(
    #    move             from                          to              who may       button
    Move("triage",        {S.TO_TRIAGE},                S.TO_CONSENT,   Can.TRIAGE,   pgettext_lazy("move", "Accept and triage"), says=_("Chooses kind, level and body; the body asks each side.")),
    Move("decline",       {S.TO_TRIAGE, S.TO_CONSENT},  S.NOT_ACCEPTED, Can.TRIAGE,   pgettext_lazy("move", "Not for mediation"), reason=True, says=_("Ends it; the sides are told the lawful route.")),
    Move("return",        {S.TO_CONSENT, S.TO_APPOINT}, S.TO_TRIAGE,    Can.ARRANGE,  pgettext_lazy("move", "Return to the centre"), reason=True, says=_("The centre triages it again.")),
    Move("consent",       {S.TO_CONSENT},               S.TO_APPOINT,   Can.ARRANGE,  pgettext_lazy("move", "All sides agree to mediate"), says=_("Each side's will is on record; a mediator comes next.")),
    Move("stop_refused",  {S.TO_CONSENT, S.TO_APPOINT, S.MEDIATING}, S.TO_ARCHIVE, Can.ARRANGE, pgettext_lazy("move", "A side refuses"), reason=True, says=_("Mediation stops; the other routes are told.")),
    Move("appoint",       {S.TO_APPOINT},               S.MEDIATING,    Can.ARRANGE,  pgettext_lazy("move", "Appoint"), says=_("Names the mediator; the period of mediation begins.")),
    Move("recuse",        {S.MEDIATING, S.TO_SIGN},     S.TO_APPOINT,   Can.ARRANGE,  pgettext_lazy("move", "Mediator withdraws"), reason=True, says=_("Another mediator is appointed; the period runs on.")),
    Move("agree_to_extend", {S.MEDIATING},              "",             Can.MEDIATE,  pgettext_lazy("move", "Extend by agreement"), reason=True, says=_("Needs both sides' consent on record.")),
    Move("begin_appraisal", {S.MEDIATING},              "",             Can.MEDIATE,  pgettext_lazy("move", "Appraisal begins"), reason=True, says=_("Its time does not count.")),
    Move("end_appraisal", {S.MEDIATING},                "",             Can.MEDIATE,  pgettext_lazy("move", "Appraisal is back"), says=_("The clock runs again.")),
    Move("settle",        {S.MEDIATING},                S.TO_SIGN,      Can.MEDIATE,  pgettext_lazy("move", "Agreement reached"), says=_("All or part: the agreement is drawn up and signed.")),
    Move("settle_orally", {S.MEDIATING},                S.PERFORMING,   Can.MEDIATE,  pgettext_lazy("move", "Settled orally"), says=_("In force when agreed; the mediator records the content.")),
    Move("talk_again",    {S.TO_SIGN},                  S.MEDIATING,    Can.MEDIATE,  pgettext_lazy("move", "Back to the table"), reason=True, says=_("The draft stays in the file; the period runs on.")),
    Move("take_effect",   {S.TO_SIGN},                  S.PERFORMING,   Can.MEDIATE,  pgettext_lazy("move", "Signed and in force"), says=_("All sides, the mediator and the seal: performance is followed.")),
    Move("terminate",     {S.TO_APPOINT, S.MEDIATING, S.TO_SIGN}, S.TO_ARCHIVE, Can.MEDIATE, pgettext_lazy("move", "Terminate"), reason=True, says=_("Ends without agreement; the other routes are told in writing.")),
    Move("withdraw",      {S.TO_TRIAGE, S.TO_CONSENT, S.TO_APPOINT, S.MEDIATING, S.TO_SIGN}, S.TO_ARCHIVE, Can.ARRANGE, pgettext_lazy("move", "Sides withdraw"), reason=True, says=_("At any time, also in the middle of a session.")),
    Move("performed",     {S.PERFORMING},               S.TO_VISIT,     Can.ARRANGE,  pgettext_lazy("move", "Performed"), says=_("Proofs are in the file; a visit follows.")),
    Move("not_performed", {S.PERFORMING},               S.TO_VISIT,     Can.ARRANGE,  pgettext_lazy("move", "Not performed"), reason=True, says=_("The sides are told how it can be enforced.")),
    Move("visit",         {S.TO_VISIT},                 S.TO_ARCHIVE,   Can.ARRANGE,  pgettext_lazy("move", "Followed up"), says=_("Performance, satisfaction, errors, signs of escalation.")),
    Move("add_party",     JOINING,                      "",             Can.KEEP_SIDES, pgettext_lazy("move", "Add a party"), reason=True, says=_("Somebody joins; their own yes and signature are asked.")),
    Move("put_right_party", OPEN,                       "",             Can.KEEP_SIDES, pgettext_lazy("move", "Put a party right"), says=_("The file says what was changed, not to what.")),
    Move("party_leaves",  JOINING,                      "",             Can.KEEP_SIDES, pgettext_lazy("move", "A party leaves"), reason=True, says=_("Its code opens nothing any more; what it said stays in the file.")),
    Move("archive",       {S.TO_ARCHIVE},               S.ARCHIVED,     Can.ARRANGE,  pgettext_lazy("move", "Archive"), says=_("The file is complete and closed.")),
    *(
        move
        for move in common_moves(
            open_states=OPEN, under_way=UNDER_WAY, settled={S.ARCHIVED}, void=S.VOID, merged=S.MERGED,
            suspended=S.SUSPENDED, resumed=S.MEDIATING, reopened=S.TO_CONSENT,
        )
        if move.name not in NOT_OURS
    ),
    labels=dict(State.choices),
)
# fmt: on
