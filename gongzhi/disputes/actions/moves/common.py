"""What several moves ask before they are made."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import queries, rules
from gongzhi.disputes.models import Consent
from gongzhi.matters.kind import Step


def need_hand(step: Step) -> None:
    """A mediation is led by its own mediators; the clerk of the body may write down what they did."""
    actor = step.actor
    if actor.id and not (
        queries.may_arrange(actor, step.matter.id) or queries.may_mediate(actor, step.matter.id)
    ):
        raise Refused(_("Only the mediators of this dispute, or the clerk of their body, may do this."))  # fmt: skip


def need_all(matter_id: int, subject: str, *, since: datetime | None = None) -> None:
    """Each side's yes must be on record."""
    wills = queries.wills(matter_id, subject, since=since)
    if refused := rules.against(wills):
        raise Refused(
            _("{sides} refused. Mediation needs everybody's own will; tell the other routes instead.").format(
                sides=told(refused)
            )
        )  # fmt: skip
    if missing := rules.silent(wills):
        raise Refused(_("Not yet on record: the answer of {sides}.").format(sides=told(missing)))


def need_newcomers(matter_id: int) -> None:
    """Who joined later agrees and signs the notice of rights like everybody else: 人民调解法 arts 17, 23."""
    newcomers = {party.pk for party in queries.newcomers(matter_id)}
    if not newcomers:
        return
    need_all(matter_id, Consent.Subject.MEDIATION)
    if unsigned := [one for one in queries.without_notice(matter_id) if one.pk in newcomers]:
        sides = "、".join(queries.side_words(one.side, one.seq) for one in unsigned)
        raise Refused(_("The notice of rights and duties is not signed by {sides}.").format(sides=sides))  # fmt: skip


def told(wills: list[rules.Will]) -> str:
    return "、".join(queries.side_words(will.side, will.seq) for will in wills)


def need_no_appraisal(step: Step) -> None:
    if queries.dispute(step.matter.id).appraisal_since is not None:
        raise Refused(_("An appraisal is under way: record first that it is back."))


def routes_of(step: Step) -> list[str]:
    """Return the other routes that are told; a suit is among them whatever was ticked: 人民调解法 arts 3, 26."""
    known = queries.routes()
    asked = step.values.get("routes")
    if asked is None:
        asked = queries.kind_of(queries.dispute(step.matter.id)).routes
    unknown = [code for code in asked if code not in known]
    if unknown:
        raise Invalid({"routes": _("Choose among the routes the rules know.")})
    return list(dict.fromkeys(["suit", *asked]))


def route_names(codes: list[str]) -> list[str]:
    return [route.name for route in queries.routes_named(codes)]
