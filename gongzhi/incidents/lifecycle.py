"""Every state a grid matter can be in, and every move between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.lifecycle import Lifecycle, Move
from gongzhi.incidents.capabilities import Can
from gongzhi.matters.lifecycle import common_moves


class State(TextChoices):
    TO_VERIFY = "to_verify", pgettext_lazy("state", "To verify")
    TO_REGISTER = "to_register", pgettext_lazy("state", "To register")
    TO_CORRECT = "to_correct", pgettext_lazy("state", "Returned to the clerk")
    TO_DISPATCH = "to_dispatch", pgettext_lazy("state", "To dispatch")
    RETURNED = "returned", pgettext_lazy("state", "Returned to the dispatcher")
    IN_TRANSFER = "in_transfer", pgettext_lazy("state", "In transfer")
    TO_ACCEPT = "to_accept", pgettext_lazy("state", "To accept")
    OBJECTED = "objected", pgettext_lazy("state", "Objected to")
    HANDLING = "handling", pgettext_lazy("state", "Being handled")
    SUSPENDED = "suspended", pgettext_lazy("state", "Suspended")
    TO_CHECK = "to_check", pgettext_lazy("state", "To check")
    TO_CLOSE = "to_close", pgettext_lazy("state", "To close")
    CLOSED = "closed", pgettext_lazy("state", "Closed")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("state", "Not accepted")
    MERGED = "merged", pgettext_lazy("state", "Merged")
    VOID = "void", pgettext_lazy("state", "Void")


S = State
ENDED = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.MERGED, S.VOID})
OPEN = frozenset(State) - ENDED
UNDER_WAY = frozenset({S.TO_ACCEPT, S.HANDLING})

# fmt: off
LIFECYCLE = Lifecycle(
    #    move             from                          to              who may       button
    Move("verify",        {S.TO_VERIFY},                S.TO_REGISTER,  Can.VERIFY,   pgettext_lazy("move", "Verify"), says=_("Say what you found on site; the clerk registers it.")),
    Move("register",      {S.TO_REGISTER},              S.TO_DISPATCH,  Can.REGISTER, pgettext_lazy("move", "Register"), says=_("Opens the matter under a standard; the dispatcher is next.")),
    Move("ask_verify",    {S.TO_REGISTER},              S.TO_VERIFY,    Can.REGISTER, pgettext_lazy("move", "Ask to verify"), says=_("A grid officer looks on site first.")),
    Move("refuse",        {S.TO_VERIFY, S.TO_REGISTER}, S.NOT_ACCEPTED, Can.REGISTER, pgettext_lazy("move", "Not accept"), reason=True, says=_("Ends the matter; the reporter reads your reason.")),
    Move("correct",       {S.TO_CORRECT},               S.TO_DISPATCH,  Can.REGISTER, pgettext_lazy("move", "Correct"), says=_("Sets item, standard or place right; back to the dispatcher.")),
    Move("dispatch",      {S.TO_DISPATCH, S.RETURNED, S.TO_ACCEPT}, S.TO_ACCEPT, Can.DISPATCH, pgettext_lazy("move", "Dispatch"), says=_("The unit named owes the next move.")),
    Move("to_clerk",      {S.TO_DISPATCH, S.RETURNED},  S.TO_CORRECT,   Can.DISPATCH, pgettext_lazy("move", "Back to the clerk"), reason=True, says=_("The clerk can only correct it.")),
    Move("raise_up",      {S.TO_DISPATCH, S.RETURNED},  S.TO_DISPATCH,  Can.DISPATCH, pgettext_lazy("move", "Raise a level"), reason=True, says=_("The centre above dispatches it.")),
    Move("push_down",     {S.TO_DISPATCH, S.RETURNED},  S.TO_DISPATCH,  Can.DISPATCH, pgettext_lazy("move", "Push down a level"), says=_("The centre below dispatches it.")),
    Move("take_over",     {S.TO_DISPATCH, S.RETURNED, S.TO_ACCEPT}, S.TO_DISPATCH, Can.TAKE_OVER, pgettext_lazy("move", "Take over"), reason=True, says=_("Your centre dispatches it instead of the one below, which is told.")),
    Move("ask_transfer",  {S.TO_DISPATCH, S.RETURNED},  S.IN_TRANSFER,  Can.DISPATCH, pgettext_lazy("move", "Hand to another town"), reason=True, says=_("The other town's centre takes it or not; until then you owe it.")),
    Move("accept_transfer", {S.IN_TRANSFER},            S.TO_DISPATCH,  Can.ANSWER_TRANSFER, pgettext_lazy("move", "Take it"), says=_("Your centre dispatches it from now on.")),
    Move("refuse_transfer", {S.IN_TRANSFER},            S.TO_DISPATCH,  Can.ANSWER_TRANSFER, pgettext_lazy("move", "Not take it"), reason=True, says=_("It stays with the town it came from, which reads your reason.")),
    Move("withdraw_transfer", {S.IN_TRANSFER},          S.TO_DISPATCH,  Can.DISPATCH, pgettext_lazy("move", "Take the hand-over back"), says=_("You dispatch it yourself.")),
    Move("object",        {S.TO_ACCEPT},                S.OBJECTED,     Can.HANDLE,   pgettext_lazy("move", "Object"), reason=True, says=_("Your unit is not competent: the level above decides.")),
    Move("uphold_objection", {S.OBJECTED},              S.RETURNED,     Can.SETTLE,   pgettext_lazy("move", "Uphold the objection"), reason=True, says=_("Back to the dispatcher, who names another unit.")),
    Move("reject_objection", {S.OBJECTED},              S.HANDLING,     Can.SETTLE,   pgettext_lazy("move", "Reject the objection"), reason=True, says=_("The unit must handle it and cannot send it back.")),
    Move("accept",        {S.TO_ACCEPT},                S.HANDLING,     Can.HANDLE,   pgettext_lazy("move", "Accept"), says=_("Your unit handles it.")),
    Move("send_back",     {S.TO_ACCEPT, S.HANDLING},    S.RETURNED,     Can.HANDLE,   pgettext_lazy("move", "Send back"), reason=True, says=_("Returns it to the dispatcher, who reads your reason.")),
    Move("hand_in",       {S.HANDLING},                 S.TO_CHECK,     Can.HANDLE,   pgettext_lazy("move", "Hand in"), says=_("Done: a grid officer checks it on site.")),
    Move("pass_check",    {S.TO_CHECK},                 S.TO_CLOSE,     Can.CHECK,    pgettext_lazy("move", "Passed"), says=_("It is as it should be; the duty officer closes it.")),
    Move("fail_check",    {S.TO_CHECK},                 S.HANDLING,     Can.CHECK,    pgettext_lazy("move", "Not passed"), reason=True, says=_("Goes back to the unit to be done again.")),
    Move("close",         {S.TO_CLOSE},                 S.CLOSED,       Can.CLOSE,    pgettext_lazy("move", "Close"), says=_("Ends the matter; the reporter is asked to rate it.")),
    Move("rework",        {S.TO_CLOSE},                 S.HANDLING,     Can.CLOSE,    pgettext_lazy("move", "Rework"), reason=True, says=_("Goes back to the unit to be done again.")),
    *common_moves(
        open_states=OPEN, under_way=UNDER_WAY, settled={S.CLOSED}, void=S.VOID, merged=S.MERGED,
        suspended=S.SUSPENDED, resumed=S.HANDLING, reopened=S.TO_DISPATCH,
    ),
    labels=dict(State.choices),
)
# fmt: on
