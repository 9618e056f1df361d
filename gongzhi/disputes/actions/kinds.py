"""The kind table from its file, and the versions the city adds."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries
from gongzhi.disputes.models import DisputeKind

FILE = Path(__file__).resolve().parents[1] / "content" / "kinds.csv"
COLUMNS = ("parent_code", "name", "ministry", "cause", "hotline", "body_kind", "period_rule", "route", "source")  # fmt: skip


def load_kinds() -> int:
    """Add the shipped kinds that are not there yet; return how many were added. Safe to repeat."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [DisputeKind(**_read(line)) for line in csv.DictReader(lines)]
    there = set(DisputeKind.objects.values_list("code", "version"))
    new = [row for row in rows if (row.code, row.version) not in there]
    DisputeKind.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _read(line: dict[str, str]) -> dict[str, Any]:
    return {
        "code": line["code"], "version": int(line["version"]), "valid_from": date.fromisoformat(line["valid_from"]),
        "routes": [code for code in line["routes"].split(";") if code], "is_sealed": line["is_sealed"] == "yes",
        **{column: line[column] for column in COLUMNS},
    }  # fmt: skip


@dataclass(frozen=True)
class KindDraft:
    """What a new version of a kind says; the code and its family stay."""

    name: str
    body_kind: str
    period_rule: str
    routes: list[str]
    is_sealed: bool
    route: str
    source: str
    valid_from: date


@transaction.atomic
def revise_kind(*, code: str, draft: KindDraft, actor: Actor, at: datetime) -> DisputeKind:
    """
    Give a kind a new version from a day on; disputes taken before keep theirs.

    The day is today or later: no dispute that is under way changes its rules.
    """
    on = timezone.localdate(at)
    last = DisputeKind.objects.select_for_update().filter(code=code).order_by("version").last()
    if last is None:
        raise Invalid({"code": _("There is no such kind.")})
    if draft.valid_from < max(on, last.valid_from + timedelta(days=1)):
        raise Invalid({"valid_from": _("A version begins today or later, and after the one before.")})  # fmt: skip
    _check_draft(draft)
    last.valid_to = draft.valid_from
    last.save(update_fields=["valid_to"])
    row = DisputeKind.objects.create(
        code=code, version=last.version + 1, parent_code=last.parent_code, ministry=last.ministry, cause=last.cause,
        hotline=last.hotline, name=draft.name, body_kind=draft.body_kind, period_rule=draft.period_rule,
        routes=draft.routes, is_sealed=draft.is_sealed, route=draft.route, source=draft.source, valid_from=draft.valid_from,
    )  # fmt: skip
    audit.record(actor=actor, verb="disputes.revise_kind", subject=f"kind:{code}", at=at, detail={"version": row.version})  # fmt: skip
    return row


def _check_draft(draft: KindDraft) -> None:
    if not draft.source.strip():
        raise Invalid({"source": _("Name the article or decision it rests on.")})
    if draft.period_rule not in {rule.code for rule in clocks.rules_in_force() if rule.limit}:
        raise Invalid({"period_rule": _("Choose a time rule that sets a limit.")})
    if set(draft.routes) - queries.routes().keys():
        raise Invalid({"routes": _("Choose among the routes the rules know.")})
