"""The papers of a dispute on its page, and when an incomplete file holds its archiving back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers.capabilities import Can
from gongzhi.dossiers.queries.content import sheets
from gongzhi.dossiers.queries.one import contents_of
from gongzhi.matters.kind import Block, Step

# In the order in which they are written.
EVERY = (
    "application", "registration", "rights_notice", "service_address", "investigation", "record", "agreement", "oral",
    "termination", "follow_up", "confirmation", "referral_reply", "statement", "cover", "back",
)  # fmt: skip


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return the papers and the state of the file for the dispute's page; no name, no paper is made for it."""
    if matter.kind != "dispute" or not actor.can(Can.VIEW):
        return None
    may_open = disputes.is_assigned(actor, matter.id) or disputes.has_access(actor, matter.id, at)
    contents = contents_of(matter.id, at=at)
    values = {
        "number": matter.number, "contents": contents, "may_open": may_open,
        "papers": [(code, sheets()[code].name) for code in EVERY],
        "there": sum(line.standing.is_there for line in contents.lines),
    }  # fmt: skip
    return Block("dossiers/_matter.html", values)


def needs_whole_file(step: Step) -> None:
    """
    Hold the archiving back while something that must be in the file is not, unless its absence is explained.

    The explanation is the statement of the file 卷宗情况说明, kept with the file or given with the move.
    """
    contents = contents_of(step.matter.id, at=step.at)
    is_explained = bool(step.note) or bool(contents.dossier and contents.dossier.statement)
    if contents.missing and not is_explained:
        names = "、".join(one.place.name for one in contents.missing)
        raise Refused(_("Not in the file yet: {names}. Put it in, or explain in the note why it is not there.").format(names=names))  # fmt: skip
