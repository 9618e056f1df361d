"""Which kind of operation is which deed. The table is the list of what a handset can ask for."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.field.actions.mediating import mediate
from gongzhi.field.actions.outcomes import Deed, Done
from gongzhi.field.actions.reporting import join, move, report
from gongzhi.field.rules import Said

DEEDS: Mapping[str, Callable[[Deed], Done]] = {
    "report": report,
    "join": join,
    "move": move,
    "mediation": mediate,
}


def do(deed: Deed) -> Done:
    if deed.said.kind not in DEEDS:
        raise Refused(_("This kind of record is not known here. Update the app."))
    return DEEDS[deed.said.kind](deed)


def needed(said: Said) -> list[UUID]:
    """Return the operations that must be known before this one: those it names, and those it rests on."""
    named: list[Any] = [said.body.get("of")] if said.kind == "decide" else []
    if said.kind == "visit" and isinstance(results := said.body.get("results"), list):
        named += [line.get("report") for line in results if isinstance(line, dict)]
    return [*said.after, *(one for value in named if (one := _uuid(value)))]


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
