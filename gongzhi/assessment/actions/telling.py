"""Who is told of published results and decided appeals; the words are templates of notices."""

from datetime import datetime

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.assessment.models import Appeal, Publication, Result
from gongzhi.clocks import queries as clocks
from gongzhi.notices import actions as notices

ANSWERING = ("unit_lead", "duty_officer")  # roles that may appeal


def tell_published(*, publication_id: int, at: datetime) -> None:
    """Tell those who answer for the assessed areas and units, with the day appeals end; safe to repeat."""
    row = Publication.objects.select_related("scheme").get(pk=publication_id)
    chains = Result.objects.filter(publication=row).values_list("unit_ids", flat=True)
    units = {chain[-1] for chain in chains if chain}
    people = accounts.people_in_units(*ANSWERING, unit_ids=sorted(units), on=timezone.localdate(at))
    until = clocks.moment(timezone.localtime(row.appeal_until)) if row.appeal_until else ""
    notices.tell(
        people=[person.id for person in people], template="results_published",
        values={"title": row.scheme.name, "number": row.number, "due": until},
        link=f"/assessment/publications/{row.pk}", at=at,
    )  # fmt: skip


def tell_decided(*, appeal_id: int, at: datetime) -> None:
    row = Appeal.objects.select_related("publication").get(pk=appeal_id)
    notices.tell(
        people=[row.filed_by], template="appeal_decided",
        values={
            "title": f"{row.name} {row.number}".strip(), "decision": str(row.get_state_display()),
            "reason": row.second_note,
        },
        link=f"/assessment/appeals/{row.pk}", at=at,
    )  # fmt: skip
