"""The kind table as it stands on a day, for forms that offer it and for the page that shows it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from gongzhi.clocks import queries as clocks
from gongzhi.disputes.models import Dispute, DisputeKind
from gongzhi.disputes.queries.defined import Route, routes_named
from gongzhi.mediators import queries as mediators


def kinds(*, on: date) -> list[DisputeKind]:
    """Return the newest version of every kind in force on the day, families before their members."""
    in_force = DisputeKind.objects.filter(valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    newest = {row.code: row for row in in_force.order_by("version")}
    return sorted(newest.values(), key=lambda row: row.code)


@dataclass(frozen=True)
class KindLine:
    """A kind as its page shows it."""

    kind: DisputeKind
    body: str
    period: str
    period_source: str
    routes: list[Route]


def kind_lines(*, on: date, text: str = "") -> list[KindLine]:
    """Return the kind table of a day; one statement."""
    names = dict(mediators.body_kinds())
    rules = {rule.code: rule for rule in clocks.rules_in_force() if rule.valid_from <= on}
    return [
        _line(row, names, rules.get(row.period_rule)) for row in kinds(on=on) if _fits(row, text)
    ]


def _fits(row: DisputeKind, text: str) -> bool:
    told = (row.code, row.name, row.ministry, row.cause, row.hotline, row.source)
    return not text or any(text in words for words in told)


def _line(row: DisputeKind, names: dict[str, str], rule: "clocks.Rule | None") -> KindLine:
    limit = clocks.limit_words(rule.limit) if rule and rule.limit else ""
    return KindLine(
        row, names.get(row.body_kind, ""), limit, rule.source if rule else "", routes_named(tuple(row.routes)),
    )  # fmt: skip


def used(code: str) -> str:
    """Say how many disputes of a kind there are."""
    return _told_count(Dispute.objects.filter(kind_code=code).count())


def _told_count(count: int) -> str:
    """Say a count; one so small that it could point at somebody is said as “fewer than”."""
    least = settings.SMALLEST_PUBLIC_FIGURE
    return str(count) if count == 0 or count >= least else f"<{least}"


def versions_of(code: str) -> list[DisputeKind]:
    """Return every version of a kind, the newest first."""
    return list(DisputeKind.objects.filter(code=code).order_by("-version"))


def body_kinds() -> list[tuple[str, str]]:
    return mediators.body_kinds()


def period_rules() -> list[tuple[str, str]]:
    """Return the time rules of mediation that set a limit, each in words."""
    found: dict[str, str] = {}
    for rule in clocks.rules_in_force():
        if rule.limit and rule.code.endswith((".period", ".mediation", "before_docket", "after_docket.ordinary", "after_docket.summary")):  # fmt: skip
            found.setdefault(rule.code, f"{rule.name} · {clocks.limit_words(rule.limit)}")
    return list(found.items())
