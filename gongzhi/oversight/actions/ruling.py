"""Sets the rules for automatic orders and the numbers oversight works by: always the next version, from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.oversight import queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.models import Norm, Rule
from gongzhi.places import queries as places


@transaction.atomic
def set_norm(
    *, code: str, amount: int, valid_from: date, source: str, actor: Actor, at: datetime
) -> Norm:
    """Put another number in force from a day on; the versions before it stay."""
    _must_set_rules(actor)
    _check(valid_from, source, at)
    known = {row.code: row for row in queries.norms()}
    if code not in known:
        raise Invalid({"code": _("Choose a number.")})
    if amount < 1:
        raise Invalid({"amount": _("Choose a number above zero.")})
    last = Norm.objects.filter(code=code).aggregate(v=Max("version"))["v"] or 1
    made = Norm.objects.create(
        code=code, version=last + 1, name=known[code].name, amount=amount, unit=known[code].unit, valid_from=valid_from,
        source=source.strip()[:200], set_by_name=actor.name[:80],
    )  # fmt: skip
    _record(actor, f"norm:{code}", source, amount, at)
    return made


@transaction.atomic
def set_rule(
    *, code: str, amount: int, is_on: str, valid_from: date, source: str, actor: Actor, at: datetime
) -> Rule:
    """Put another threshold of a rule in force from a day on, or switch the rule off (`is_on`: "no")."""
    _must_set_rules(actor)
    _check(valid_from, source, at)
    known = {row.code: row for row in queries.order_rules()}
    if code not in known:
        raise Invalid({"code": _("Choose a rule.")})
    if amount < 1:
        raise Invalid({"amount": _("Choose a number above zero.")})
    row = known[code]
    last = Rule.objects.filter(code=code).aggregate(v=Max("version"))["v"] or 1
    made = Rule.objects.create(
        code=code, version=last + 1, name=_name(row, amount), measure=row.measure, urgent=row.urgent, amount=amount,
        unit=row.unit, counting=row.counting, level=row.level, reason=row.reason, valid_from=valid_from,
        valid_to=valid_from if is_on == "no" else None, source=source.strip()[:200], set_by_name=actor.name[:80],
    )  # fmt: skip
    _record(actor, f"rule:{code}", source, amount, at)
    return made


def _name(row: queries.RuleRow, amount: int) -> str:
    """Name a version by what it says, since the shipped name has the shipped number in words."""
    if amount == row.amount:
        return row.name
    units = {"day": _("working days"), "hour": _("hours"), "times": _("times")}
    colour = _("red") if row.level == 2 else _("yellow")
    return f"{row.measure_label} {amount} {units.get(row.unit, row.unit)}：{colour}"


def _check(valid_from: date, source: str, at: datetime) -> None:
    problems = {}
    if valid_from < timezone.localdate(at):
        problems["valid_from"] = _("Choose today or a later day: the past is not rewritten.")
    if len(source.strip()) < 2:
        problems["source"] = _("Name the decision this rests on, for example a document number.")
    if problems:
        raise Invalid(problems)


def _record(actor: Actor, subject: str, source: str, amount: int, at: datetime) -> None:
    audit.record(
        actor=actor, verb="oversight.set_rule", subject=f"oversight_{subject}", at=at, reason=source[:500],
        detail={"amount": amount},
    )  # fmt: skip


def _must_set_rules(actor: Actor) -> None:
    """Rules hold for the whole city: whoever sets them must reach all of it."""
    city = places.city()
    path = city.path if city else ""
    if not any(path.startswith(grant.area) for grant in actor.grants_for(Can.SET_RULES)):
        raise OutOfReach
