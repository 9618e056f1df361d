"""A studio of one's own: asked for, looked at on site, decided by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators.actions.reaching import note, own_office
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Application, Body, Mediator
from gongzhi.mediators.queries.defined import fields as fields_of_work

S = Application.State
UNDECIDED = (S.HANDED_IN, S.SEEN)


@dataclass(frozen=True)
class StudioDraft:
    name: str
    expertise: Sequence[str]
    address: str
    words: str


@transaction.atomic
def apply_for_studio(*, mediator_id: int, draft: StudioDraft, actor: Actor, at: datetime) -> Application:  # fmt: skip
    """Ask for a studio; one application at a time."""
    row = own_office(mediator_id, actor)
    problems = {}
    if len(draft.name.strip()) < 4:
        problems["name"] = _("Write the name.")
    if len(draft.words.strip()) < 10:
        problems["words"] = _("Say what you want to work on, and with what experience.")
    if not draft.expertise or any(code not in fields_of_work() for code in draft.expertise):
        problems["expertise"] = _("Choose one of the list.")
    if len(draft.address.strip()) < 2:
        problems["address"] = _("Say where the studio is.")
    if problems:
        raise Invalid(problems)
    if Application.objects.filter(mediator=row, state__in=UNDECIDED).exists():
        raise Refused(_("An application of yours waits already."))
    made = Application.objects.create(
        mediator=row, name=draft.name.strip(), expertise=list(draft.expertise), address=draft.address.strip(),
        words=draft.words.strip()[:1000], handed_in_at=at, unit_ids=row.unit_ids, area_path=row.area_path,
    )  # fmt: skip
    note("apply_for_studio", row, actor, at, name=made.name)
    return made


@transaction.atomic
def look_at_studio(*, application_id: int, words: str, actor: Actor, at: datetime) -> Application:
    """Note what was seen on site: room, files, experience."""
    made = _locked(application_id, actor, Can.JUDGE)
    _must_be(made, S.HANDED_IN)
    if len(words.strip()) < 4:
        raise Invalid({"words": _("Say what you saw.")})
    made.state, made.seen_at, made.seen_by = S.SEEN, at, actor.id
    made.seen_by_name, made.seen_note = actor.name[:150], words.strip()[:500]
    made.save()
    note("look_at_studio", made.mediator, actor, at, reason=made.seen_note)
    return made


@transaction.atomic
def decide_studio(*, application_id: int, is_approved: bool, reason: str, actor: Actor, at: datetime) -> Application:  # fmt: skip
    """Approve or refuse; whoever looked at it does not decide. Approved, the studio stands in the registry."""
    made = _locked(application_id, actor, Can.DECIDE)
    _must_be(made, S.SEEN)
    if actor.id in {made.seen_by, made.mediator.user_id}:
        raise Refused(_("You had a hand in this; somebody else decides."))
    if len(reason.strip()) < 4:
        raise Invalid({"reason": _("Say why; the mediator reads it.")})
    made.state = S.APPROVED if is_approved else S.REFUSED
    made.decided_at, made.decided_by_name, made.reason = at, actor.name[:150], reason.strip()[:500]
    if is_approved:
        made.studio = _studio(made, at)
    made.save()
    note("decide_studio", made.mediator, actor, at, reason=made.reason, state=made.state)
    return made


def _studio(made: Application, at: datetime) -> Body:
    row = made.mediator
    count = Body.objects.filter(kind=Body.Kind.STUDIO, under=row.body).count()
    return Body.objects.create(
        code=f"{row.body.code}-S{count + 1}", name=made.name, kind=Body.Kind.STUDIO, under=row.body, unit_id=row.body.unit_id,
        unit_ids=row.unit_ids, area_path=row.area_path, expertise=made.expertise, address=made.address,
        founder=row.body.name, founded_on=timezone.localtime(at).date(), phone=row.body.phone, about=made.words[:300],
    )  # fmt: skip


@transaction.atomic
def withdraw_studio(*, application_id: int, actor: Actor, at: datetime) -> Application:
    """Take one's own application back before it is decided."""
    made = Application.objects.select_for_update(of=("self",)).filter(pk=application_id).first()
    if made is None or not Mediator.objects.filter(pk=made.mediator_id, user_id=actor.id).exists():
        raise OutOfReach
    if made.state not in UNDECIDED:
        raise Refused(_("It has been decided already."))
    made.state, made.decided_at = S.WITHDRAWN, at
    made.save(update_fields=["state", "decided_at"])
    note("withdraw_studio", made.mediator, actor, at)
    return made


def _locked(application_id: int, actor: Actor, capability: str) -> Application:
    rows = Application.objects.within_reach_of(actor, capability)
    made = rows.select_for_update(of=("self",)).filter(pk=application_id).first()
    if made is None:
        raise OutOfReach
    return made


def _must_be(made: Application, state: str) -> None:
    if made.state != state:
        words = _("This application is in the state “{state}” meanwhile.")
        raise Refused(words.format(state=made.get_state_display()))
