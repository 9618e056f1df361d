"""Which kind of operation is which deed. The table is the list of what a handset can ask for."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.field.actions.mediating import mediate
from gongzhi.field.actions.outcomes import Deed, Done
from gongzhi.field.actions.patrolling import appeal, call, premises, shift, visit
from gongzhi.field.actions.reporting import join, move, report
from gongzhi.field.rules import Said

DEEDS: Mapping[str, Callable[[Deed], Done]] = {
    "report": report,
    "join": join,
    "move": move,
    "visit": visit,
    "call": call,
    "premises": premises,
    "mediation": mediate,
    "shift": shift,
    "appeal": appeal,
}


def do(deed: Deed) -> Done:
    if deed.said.kind not in DEEDS:
        raise Refused(_("This kind of record is not known here. Update the app."))
    return DEEDS[deed.said.kind](deed)


def needed(said: Said) -> list[UUID]:
    """Return the operations that must be known before this one: those it names, and the one it decides."""
    try:
        return [*said.after, *([UUID(str(said.body["of"]))] if said.kind == "decide" else [])]
    except (KeyError, ValueError):
        return [*said.after]
