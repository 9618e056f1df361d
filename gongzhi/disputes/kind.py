"""The dispute as a kind of matter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries
from gongzhi.disputes.actions.moves import EFFECTS
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.forms import INPUTS
from gongzhi.disputes.lifecycle import LIFECYCLE, OPEN, State
from gongzhi.matters.kind import Kind, Owes, Term

if TYPE_CHECKING:
    from gongzhi.base.actor import Actor
    from gongzhi.matters.models import Matter


def _centre(matter: "Matter") -> int | None:
    return accounts.centre_for(matter.area_path, matter.level).id


def _body(matter: "Matter") -> int | None:
    """The body's unit; of what was withdrawn before a body was chosen, the centre completes the file."""
    return matter.lead_unit_id or _centre(matter)


def _rule(matter: "Matter", code: str) -> Term:
    on = timezone.localtime(matter.changed_at).date()
    return Term(clocks.rule_limit(code, on=on), code)


def _triage(matter: "Matter") -> Term:
    return _rule(matter, "dispute.triage")


def _consent(matter: "Matter") -> Term:
    return _rule(matter, "dispute.consent")


def _appoint(matter: "Matter") -> Term:
    return _rule(matter, "dispute.appoint")


def _period(matter: "Matter") -> Term:
    """The period is the kind's own: 30 days, 30 working days, 15 days …; once begun, what is left of it."""
    on = timezone.localtime(matter.changed_at).date()
    rule = queries.period_rule(matter.id)
    left = queries.period_left(matter.id, on=on)
    return Term(left or clocks.rule_limit(rule, on=on), rule)


def _sign(matter: "Matter") -> Term:
    return _rule(matter, "dispute.sign")


def _perform(matter: "Matter") -> Term:
    return _rule(matter, "dispute.perform")


def _visit(matter: "Matter") -> Term:
    return _rule(matter, "dispute.follow_up")


def _archive(matter: "Matter") -> Term:
    return _rule(matter, "dispute.archive")


OWES: dict[str, Owes] = {
    State.TO_TRIAGE: Owes("triager", _centre, _triage, _("triage")),
    State.TO_CONSENT: Owes("arranger", _body, _consent, _("ask the sides")),
    State.TO_APPOINT: Owes("arranger", _body, _appoint, _("appoint a mediator")),
    State.MEDIATING: Owes("mediator", _body, _period, _("mediate")),
    State.SUSPENDED: Owes("mediator", _body, _period, _("resume")),
    State.TO_SIGN: Owes("mediator", _body, _sign, _("have it signed")),
    State.PERFORMING: Owes("arranger", _body, _perform, _("follow the performance")),
    State.TO_VISIT: Owes("arranger", _body, _visit, _("follow up")),
    State.TO_ARCHIVE: Owes("arranger", _body, _archive, _("complete the file")),
}
ROLES: dict[str, str] = {
    Can.TRIAGE: "triager",
    Can.ARRANGE: "arranger",
    Can.MEDIATE: "mediator",
}


def _is_appraised(matter: "Matter", _actor: "Actor") -> bool:
    return queries.dispute(matter.id).appraisal_since is not None


def _on_the_files_page(_matter: "Matter", _actor: "Actor") -> bool:
    """The parties are put right where their names stand: in the file, once it is open."""
    return False


def _is_not_appraised(matter: "Matter", actor: "Actor") -> bool:
    return not _is_appraised(matter, actor)


CAUSES: dict[str, Callable[["Matter", "Actor"], bool]] = {
    "begin_appraisal": _is_not_appraised,
    "end_appraisal": _is_appraised,
    "settle": _is_not_appraised,
    "settle_orally": _is_not_appraised,
    "add_party": _on_the_files_page,
    "put_right_party": _on_the_files_page,
    "party_leaves": _on_the_files_page,
}

LEADING = frozenset({
    "triage", "consent", "appoint", "settle", "settle_orally", "end_appraisal", "take_effect", "performed",
    "not_performed", "visit", "archive", "resume", "reopen",
})  # fmt: skip

DISPUTE = Kind(
    code="dispute",
    name=_("Dispute"),
    first=State.TO_TRIAGE,
    lifecycle=LIFECYCLE,
    open_states=OPEN,
    settled_states=frozenset({State.ARCHIVED}),
    returned_states=frozenset(),
    owes=OWES,
    roles=ROLES,
    effects=EFFECTS,
    inputs=INPUTS,
    facts=queries.facts,
    reasons={"triage": queries.why_this_body},
    causes=CAUSES,
    leading=LEADING,
)
