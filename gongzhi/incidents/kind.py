"""The grid matter as a kind of matter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.incidents import queries
from gongzhi.incidents.actions import EFFECTS
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.forms import INPUTS
from gongzhi.incidents.lifecycle import LIFECYCLE, OPEN, State
from gongzhi.matters.kind import Kind, Owes, Term

if TYPE_CHECKING:
    from gongzhi.matters.models import Matter

VILLAGE = 2


def _station(matter: "Matter") -> int | None:
    return accounts.centre_for(matter.area_path, VILLAGE).id


def _centre(matter: "Matter") -> int | None:
    return accounts.centre_for(matter.area_path, matter.level).id


def _above(matter: "Matter") -> int | None:
    """Return the centre above the one that dispatches; the city's own settles what it dispatched."""
    return accounts.centre_for(matter.area_path, max(0, matter.level - 1)).id


def _lead(matter: "Matter") -> int | None:
    return matter.lead_unit_id


def _within(stage: str) -> Callable[["Matter"], Term]:
    """Return the term of a stage from the time rule "incident.<stage>", its urgent variant for urgent matters."""

    def term(matter: "Matter") -> Term:
        code = f"incident.{stage}.urgent" if matter.is_urgent else f"incident.{stage}"
        return Term(clocks.rule_limit(code, on=timezone.localtime(matter.changed_at).date()), code)

    return term


def _handling(matter: "Matter") -> Term:
    limit = queries.handling_limit(matter)
    return Term(limit, "item") if limit else _within("handle")(matter)


OWES: dict[str, Owes] = {
    State.TO_VERIFY: Owes("verifier", _station, _within("verify"), _("verify on site")),
    State.TO_REGISTER: Owes("registrar", _centre, _within("register"), _("register")),
    State.TO_CORRECT: Owes("registrar", _centre, _within("register"), _("correct")),
    State.TO_DISPATCH: Owes("dispatcher", _centre, _within("dispatch"), _("dispatch")),
    State.RETURNED: Owes("dispatcher", _centre, _within("dispatch"), _("dispatch again")),
    State.IN_TRANSFER: Owes(
        "dispatcher", _centre, _within("dispatch"), _("wait for the other town")
    ),
    State.OBJECTED: Owes("settler", _above, _within("settle"), _("settle the objection")),
    State.TO_ACCEPT: Owes("handler", _lead, _within("accept"), _("accept")),
    State.HANDLING: Owes("handler", _lead, _handling, _("handle")),
    State.SUSPENDED: Owes("handler", _lead, _handling, _("resume")),
    State.TO_CHECK: Owes("checker", _station, _within("check"), _("check on site")),
    State.TO_CLOSE: Owes("closer", _centre, _within("close"), _("close")),
}
ROLES: dict[str, str] = {
    Can.VERIFY: "verifier",
    Can.REGISTER: "registrar",
    Can.DISPATCH: "dispatcher",
    Can.SETTLE: "settler",
    Can.HANDLE: "handler",
    Can.CHECK: "checker",
    Can.CLOSE: "closer",
}

INCIDENT = Kind(
    code="incident",
    name=_("Grid matter"),
    first=State.TO_VERIFY,
    lifecycle=LIFECYCLE,
    open_states=OPEN,
    settled_states=frozenset({State.CLOSED}),
    returned_states=frozenset({State.RETURNED, State.TO_CORRECT}),
    owes=OWES,
    roles=ROLES,
    effects=EFFECTS,
    inputs=INPUTS,
    facts=queries.facts,
    reasons={"dispatch": queries.why_proposed},
    causes={
        "take_over": queries.may_take_over,
        "accept_transfer": queries.may_answer_transfer,
        "refuse_transfer": queries.may_answer_transfer,
        "object": queries.may_object,
        "send_back": queries.may_object,
    },
)
