"""What a dispute shows on its matter's page: sides, their wills, the mediators, the period, the other ways."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.actor import Actor
from gongzhi.clocks import queries as clocks
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Consent, Dispute, RightsNotice
from gongzhi.disputes.queries.choices import wished_mediator
from gongzhi.disputes.queries.defined import Route, all_routes, ground_row, routes_named
from gongzhi.disputes.queries.faces import MediatorFace, face_of, may_read
from gongzhi.disputes.queries.one import PERIOD, kind_of
from gongzhi.disputes.queries.sides import SideFace, left_words
from gongzhi.matters.kind import Block

SAYING = (str(Can.TRIAGE), str(Can.ARRANGE), str(Can.MEDIATE))


@dataclass(frozen=True)
class SideLine:
    """A side with what it said and signed."""

    face: SideFace
    will: bool | None
    said: str  # how and when
    others: tuple[tuple[str, bool], ...]  # further subjects and the newest answer
    signed_at: datetime | None


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return the dispute's part of its matter's page; ten statements, whatever the number of sides."""
    if matter.kind != "dispute":
        return None
    row = Dispute.objects.select_related("matter", "body").filter(pk=matter.pk).first()
    if row is None:
        return None
    face, kind = face_of(row, actor), kind_of(row)
    period = clocks.running_of([row.pk], PERIOD).get(row.pk)
    ground = ground_row(row.outcome_reason)
    values = {
        "matter": matter, "dispute": row, "face": face, "kind": kind, "sides": side_lines(row.pk, face.sides), "gone": left_words(row.pk),
        "mediators": [(one, _chosen(one)) for one in face.mediators], "period": period,
        "period_words": clocks.explanation(period, at) if period else [],
        "wished": wished_mediator(row) if row.body_id is None or not face.mediators else None,
        "rule": clocks.rule(kind.period_rule, timezone.localdate(matter.reported_at)),
        "ground": ground, "told": routes_named(tuple(row.routes_told)), "routes": _ways(row, kind.routes),
        "can_say": matter.is_open and any(actor.can(one) for one in SAYING) and may_read(actor, row.pk, at),
        "may_read": may_read(actor, row.pk, at), "may_open": face.may_open,
    }  # fmt: skip
    return Block("disputes/_matter.html", values)


def _chosen(one: MediatorFace) -> str:
    return {
        "body": _("named by the body"),
        "sides": _("chosen by the sides"),
        "court": _("named by the court"),
    }.get(one.chosen_by, one.chosen_by)


def _ways(row: Dispute, of_kind: list[str]) -> list[Route]:
    """Return the other ways that are open at any time: a suit, and those of the kind."""
    wanted = {"suit", *of_kind, *row.routes_told}
    return [route for route in all_routes() if route.code in wanted]


def side_lines(matter_id: int, sides: tuple[SideFace, ...]) -> list[SideLine]:
    said = Consent.objects.filter(party__dispute_id=matter_id).order_by("at", "id")
    newest: dict[tuple[int, str], Consent] = {(row.party_id, row.subject): row for row in said}
    signed = RightsNotice.objects.filter(party__dispute_id=matter_id, signed_at__isnull=False)
    signatures = dict(signed.order_by("signed_at").values_list("party_id", "signed_at"))
    return [_line(side, newest, signatures) for side in sides]


def _line(
    side: SideFace, newest: dict[tuple[int, str], Consent], signatures: dict[int, datetime | None]
) -> SideLine:
    main = newest.get((side.id, Consent.Subject.MEDIATION))
    others = tuple(
        (str(Consent.Subject(subject).label), row.answer)
        for (party_id, subject), row in newest.items()
        if party_id == side.id and subject != Consent.Subject.MEDIATION
    )
    how = f"{way_words(main.how)} · {clocks.moment(timezone.localtime(main.at))}" if main else ""
    return SideLine(side, main.answer if main else None, how, others, signatures.get(side.id))


def way_words(how: str) -> str:
    return {
        "counter": pgettext("way", "At the counter"),
        "paper": pgettext("way", "On paper"),
        "phone": pgettext("way", "By telephone"),
        "link": pgettext("way", "By the answer page"),
        "court": pgettext("way", "By the court"),
    }.get(how, how)
