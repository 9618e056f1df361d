"""Questions about grid matters."""

from typing import Any, cast

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks.queries import Counting, Limit, Unit
from gongzhi.incidents.models import Incident


def proposed_unit(matter_id: int) -> int | None:
    return Incident.objects.filter(pk=matter_id).values_list("proposed_unit_id", flat=True).first()


def facts(matter: Any) -> list[tuple[Any, str]]:
    """Return what the matter's page shows beside the common facts, as label and value."""
    incident = Incident.objects.filter(pk=matter.id).first()
    if incident is None:
        return []
    rows: list[tuple[Any, str]] = []
    if matter.item_id:
        item = catalogue.item(matter.item_id)
        rows.append((_("Item"), f"{item.class_name} · {item.name}"))
    if incident.standard_id:
        standard = catalogue.standard(incident.standard_id)
        rows += [
            (_("Counts when"), standard.when_counts),
            (_("Done when"), standard.when_done),
            (_("Time limit"), standard.limit_words),
        ]
    rows += _unit_facts(incident)
    rows += [(text, answer) for text, answer in _answers(matter, incident)]
    if incident.outside_grid_m:
        rows.append(
            (
                _("Warning"),
                _("The point is {metres} m outside the nearest grid.").format(
                    metres=round(incident.outside_grid_m)
                ),
            )
        )
    return rows


def _unit_facts(incident: Incident) -> list[tuple[Any, str]]:
    rows: list[tuple[Any, str]] = []
    if incident.proposed_unit_id:
        rows.append(
            (
                _("Why this unit"),
                incident.proposed_why or accounts.unit(incident.proposed_unit_id).name,
            )
        )
    if incident.overridden:
        rows.append((_("Another unit because"), incident.overridden))
    if incident.is_true is not None:
        rows.append(
            (_("Verification"), _("As reported") if incident.is_true else _("Not as reported"))
        )
    return rows


def _answers(matter: Any, incident: Incident) -> list[tuple[str, str]]:
    if not (matter.item_id and incident.answers):
        return []
    return [
        (question.text, f"{incident.answers[str(question.id)]}{question.unit}")
        for question in catalogue.questions(matter.item_id)
        if incident.answers.get(str(question.id))
    ]


def handling_limit(matter: Any) -> Limit | None:
    """Return the limit of the standard the matter was registered under; None when it has none."""
    standard_id = matter.rules.get("standard")
    if not standard_id:
        return None
    standard = catalogue.standard(standard_id)
    if standard.amount is None:
        return None
    return Limit(
        standard.amount, cast("Unit", standard.unit), cast("Counting", standard.counting),
        from_next_day=standard.from_next_day,
    )  # fmt: skip
