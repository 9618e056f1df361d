"""Every state a publication can be in, and every move between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.lifecycle import Lifecycle, Move
from gongzhi.publishing.capabilities import Can


class State(TextChoices):
    WAITING = "waiting", pgettext_lazy("publication", "Waiting")
    PUBLISHED = "published", pgettext_lazy("publication", "Published")
    WITHHELD = "withheld", pgettext_lazy("publication", "Withheld")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "Withdrawn")


S = State
TONES = {S.WAITING: "warn", S.PUBLISHED: "ok", S.WITHHELD: "", S.WITHDRAWN: "late"}

# fmt: off
LIFECYCLE = Lifecycle(
    #    move         from                        to            who may       button
    Move("publish",   {S.WAITING},                S.PUBLISHED,  Can.MODERATE, pgettext_lazy("publication move", "Publish"), says=_("Shows the words and photos you approved to everybody.")),
    Move("correct",   {S.PUBLISHED},              S.PUBLISHED,  Can.MODERATE, pgettext_lazy("publication move", "Change what is shown"), says=_("Replaces the words and photos on the public pages.")),
    Move("withhold",  {S.WAITING},                S.WITHHELD,   Can.MODERATE, pgettext_lazy("publication move", "Withhold"), reason=True, says=_("Keeps it to the office; the reason stays here.")),
    Move("withdraw",  {S.PUBLISHED},              S.WITHDRAWN,  Can.MODERATE, pgettext_lazy("publication move", "Withdraw"), reason=True, says=_("Takes it off every public page and download at once.")),
    Move("reconsider", {S.WITHHELD, S.WITHDRAWN}, S.WAITING,    Can.MODERATE, pgettext_lazy("publication move", "Look at it again"), reason=True, says=_("Puts it back in the queue.")),
    labels=dict(State.choices),
)
# fmt: on
