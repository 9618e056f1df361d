"""A policy suggestion: raised from enough like matters, answered by the department within its clock."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.oversight import queries
from gongzhi.oversight.actions.ledger import write
from gongzhi.oversight.actions.telling import people_of, tell_suggestion
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.events import SuggestionAnswered
from gongzhi.oversight.lifecycle import BatchState, Deed, SuggestionState
from gongzhi.oversight.models import Batch, Record, Suggestion

SUGGESTION = Record.Subject.SUGGESTION
ANSWERS = (SuggestionState.ADOPTED, SuggestionState.PARTLY, SuggestionState.REFUSED)
LONGEST = 5000
SHORTEST = 10


@transaction.atomic
def suggest(
    *, batch_id: int, title: str, text: str, unit_id: int, actor: Actor, at: datetime
) -> Suggestion:
    """Raise a suggestion to the department that could remove what causes a batch of like matters."""
    batch = Batch.objects.within_reach_of(actor, Can.SUGGEST).filter(pk=batch_id).first()
    if batch is None:
        raise OutOfReach
    count = batch.members.filter(removed_at__isnull=True).count()
    _check_grounds(batch, count, at)
    _check_words(batch, title, text, unit_id)
    unit = accounts.unit(unit_id)
    units = [*unit.ancestors, *[u for u in batch.unit_ids if u not in unit.ancestors]]
    limit = clocks.rule_limit("oversight.suggestion", on=timezone.localdate(at))
    due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert due is not None
    row = Suggestion.objects.create(
        batch=batch, title=title.strip()[:80], text=text.strip()[:LONGEST], count=count, unit_id=unit.id,
        area_path=batch.area_path, unit_ids=units, raised_at=at, raised_by_name=actor.name[:80], raised_by=actor.id,
        due_at=due,
    )  # fmt: skip
    write(SUGGESTION, row.pk, Deed.SUGGEST, actor=actor, at=at, note=row.text)
    tell_suggestion(row, "suggestion_raised", people_of(unit.id, at), at=at)
    return row


def _check_grounds(batch: Batch, count: int, at: datetime) -> None:
    if batch.state == BatchState.DISSOLVED:
        raise Refused(_("The batch was dissolved."))
    least = queries.norm("suggestion.least", on=timezone.localdate(at))
    if count < least:
        raise Refused(_("A suggestion rests on at least {n} like matters; this batch has {count}.").format(n=least, count=count))  # fmt: skip


def _check_words(batch: Batch, title: str, text: str, unit_id: int) -> None:
    problems = {}
    if len(title.strip()) < 2:
        problems["title"] = _("Give it a title.")
    if len(text.strip()) < SHORTEST:
        problems["text"] = _("Say what should change, and why these matters show it.")
    if unit_id not in dict(queries.departments_for(batch.area_path)):
        problems["unit"] = _("Choose the department responsible.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def answer_suggestion(
    *, suggestion_id: int, decision: str, text: str, actor: Actor, at: datetime
) -> Suggestion:
    """Say for the department whether the suggestion is adopted, in part or not; always with the reason."""
    rows = Suggestion.objects.within_reach_of(actor, Can.ANSWER).select_for_update(of=("self",))
    row = rows.filter(pk=suggestion_id).first()
    if row is None:
        raise OutOfReach
    if row.state != SuggestionState.RAISED:
        raise Refused(_("This suggestion has been answered: {state}.").format(state=row.get_state_display()))  # fmt: skip
    if not queries.may_answer(row, actor):
        raise Refused(_("{unit} answers this suggestion.").format(unit=accounts.unit_name(row.unit_id)))  # fmt: skip
    problems = {}
    if decision not in ANSWERS:
        problems["decision"] = _("Say whether it is adopted.")
    if len(text.strip()) < SHORTEST:
        problems["text"] = _("Give the reason, and what will be done by when.")
    if problems:
        raise Invalid(problems)
    row.state, row.answer = decision, text.strip()[:LONGEST]
    row.answered_at, row.answered_by_name = at, actor.name[:80]
    row.save()
    write(SUGGESTION, row.pk, Deed.ANSWER, actor=actor, at=at, note=f"{row.get_state_display()}：{row.answer}")  # fmt: skip
    told = [row.raised_by] if row.raised_by else []
    tell_suggestion(row, "suggestion_answered", told, at=at, decision=str(row.get_state_display()), reason=row.answer)  # fmt: skip
    bus.publish(SuggestionAnswered(row.pk, row.unit_id, row.state, at))
    return row
