"""What a form about a dispute offers: kinds, bodies, mediators, sides, grounds and routes."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.clocks import queries as clocks
from gongzhi.disputes.models import Appointment, Dispute
from gongzhi.disputes.queries.defined import all_routes
from gongzhi.disputes.queries.one import dispute, kind_in_force
from gongzhi.disputes.queries.sides import masked_name, principals, side_words
from gongzhi.disputes.queries.table import kinds
from gongzhi.mediators import queries as mediators

if TYPE_CHECKING:
    from gongzhi.matters.models import Matter

Choices = list[tuple[Any, str]]


def kind_choices(on: date, *, with_routed: bool = False) -> list[Any]:
    """Return the kinds in groups; what is not for mediation is offered only where its route is told."""
    rows = [row for row in kinds(on=on) if with_routed or not row.route]
    names = {row.code: row.name for row in rows if not row.parent_code}
    grouped: dict[str, Choices] = {}
    for row in rows:
        group = names.get(row.parent_code or row.code, row.name)
        grouped.setdefault(group, []).append((row.code, row.name))
    return list(grouped.items())


def body_choices(matter: "Matter", kind_code: str, *, on: date) -> Choices:
    """Return the bodies that serve the place, the fitting ones first, each with why it stands there."""
    kind = kind_in_force(kind_code, on=on)
    body_kind = kind.body_kind if kind else ""
    found = mediators.bodies_for(kind_code, matter.area_path, body_kind=body_kind)
    return [(body.id, f"{body.name} · {body.why}") for body in found]


def mediator_choices(matter_id: int, *, on: date) -> Choices:
    """Return the body's mediators, then those of the place whom the sides may choose; not those who withdrew."""
    row = dispute(matter_id)
    if row.body_id is None:
        return []
    withdrew = Appointment.objects.filter(dispute=row).exclude(ended_for="")
    gone = set(withdrew.values_list("mediator_id", flat=True))
    load, at = _open_disputes(), timezone.make_aware(datetime.combine(on, time(12)))
    own = mediators.candidates(
        row.kind_code, row.area_path, at, body_id=row.body_id, load=load, without=gone
    )
    known = gone | {one.id for one in own}
    others = mediators.candidates(row.kind_code, row.area_path, at, load=load, without=known)
    found = [(one.id, _of_candidate(one)) for one in [*own, *others]]
    wish = wished_mediator(row)
    if wish is None or wish.pk in gone:
        return found
    words = dict(found).get(wish.pk, f"{wish.name} · {wish.body.name}")
    first = (wish.pk, " · ".join([words, _("the applicant asks for them")]))
    return [first, *(one for one in found if one[0] != wish.pk)]


def wished_mediator(row: Dispute) -> Any:
    """Return whom the applicant chose in the public directory; the other side has yet to agree."""
    return mediators.chosen_publicly(str(row.answers.get("mediator") or ""))


def _open_disputes() -> dict[int, int]:
    """Return how many disputes each mediator has now."""
    now = Appointment.objects.filter(ended_at__isnull=True, dispute__is_under_way=True)
    rows = now.order_by().values_list("mediator_id").annotate(count=Count("id"))
    return dict(rows)


def _of_candidate(one: mediators.Candidate) -> str:
    told = [one.name, one.body, one.expertise, _("{n} open").format(n=one.load)]
    if not one.is_free:
        told.append(_("away"))
    return " · ".join(word for word in told if word)


def at_work_choices(matter_id: int) -> Choices:
    """Return the mediators who are at work in the dispute."""
    rows = Appointment.objects.filter(dispute_id=matter_id, ended_at__isnull=True)
    return [(row.mediator_id, row.mediator.name) for row in rows.select_related("mediator")]


def side_choices(matter_id: int) -> Choices:
    """Return the sides by their place and masked name."""
    return [
        (party.pk, f"{side_words(party.side, party.seq)} {masked_name(party.name, party.nature)}")
        for party in principals(matter_id)
    ]


def route_choices() -> Choices:
    return [(route.code, route.name) for route in all_routes()]


def why_this_body(matter: "Matter") -> str:
    """Say why the triage form proposes what it does: the kind's specialist body and its period."""
    row = Dispute.objects.filter(pk=matter.id).first()
    if row is None:
        return ""
    on = timezone.localtime(matter.changed_at).date()
    kind = kind_in_force(row.kind_code, on=on)
    if kind is None:
        return ""
    if kind.route:
        return _("Not for mediation: {route}").format(route=kind.route)
    rule = clocks.rule(kind.period_rule, on)
    limit = clocks.limit_words(rule.limit) if rule.limit else ""
    return _("{kind}: mediated within {limit} ({source}). Any side may go to court or arbitration at any time.").format(
        kind=kind.name, limit=limit, source=rule.source
    )  # fmt: skip


def level_choices() -> Choices:
    """Return the levels of settlement."""
    return [(code, str(words)) for code, words in Dispute.Level.choices]
