"""One dispute: how far its sides are reached, its sittings, its facts, its safety; and one sitting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.talks import actions, clients, forms, queries
from gongzhi.talks.capabilities import Can
from gongzhi.talks.pages.desk import DESK


@dataclass(frozen=True)
class Deed:
    """One form of the page: what it asks, what it does, what is said when it is done."""

    form: Any
    act: Callable[..., Any]
    done: Any


def _record(*, number: str, actor: Any, at: Any, **said: Any) -> Any:
    return actions.record_attempt(number=number, said=actions.Record(**said), actor=actor, at=at)


def _sitting(*, number: str, actor: Any, at: Any, sitting_id: int | None, changes: int | None, **said: Any) -> Any:  # fmt: skip
    plan = actions.Plan(**said)
    if sitting_id is None:
        return actions.plan_sitting(number=number, plan=plan, actor=actor, at=at)
    return actions.change_sitting(
        number=number, sitting_id=sitting_id, changes=changes or 0, plan=plan, actor=actor, at=at
    )


def _minutes(*, number: str, sitting_id: int, version: int, actor: Any, at: Any, **said: Any) -> Any:  # fmt: skip
    return actions.write_minutes(
        number=number, sitting_id=sitting_id, version=version, said=actions.Wording(**said), actor=actor, at=at
    )  # fmt: skip


def _will(*, number: str, party_id: int, invitee_id: int, answer: bool, actor: Any, at: Any) -> Any:
    talk = queries.talk(number, actor, Can.HOLD)
    return actions.say_to_invitee(
        matter_id=talk.matter_id, party_id=party_id, invitee_id=invitee_id, answer=answer, how="desk", actor=actor, at=at
    )  # fmt: skip


def _strike(*, number: str, fact_id: int, digest: str, actor: Any, at: Any) -> Any:
    return actions.strike_fact(number=number, fact_id=fact_id, actor=actor, at=at)


ON_TALK: dict[str, Deed] = {
    "attempt": Deed(forms.AttemptForm, _record, _("The attempt is on record.")),
    "plan": Deed(forms.PlanAttemptForm, actions.plan_attempt, _("The attempt is planned.")),
    "send": Deed(forms.SideForm, actions.send_link, _("The link is on its way; it counts as an attempt.")),
    "write": Deed(forms.SideForm, actions.make_letter, _("The letter is ready to be printed.")),
    "care": Deed(forms.CareForm, actions.set_phone_care, _("Kept.")),
    "look": Deed(forms.LookForm, actions.look_at, _("Looked at.")),
    "sitting": Deed(forms.SittingForm, _sitting, _("The sitting is planned; the sides are told.")),
    "fact": Deed(forms.FactForm, actions.add_fact, _("The fact waits for signatures.")),
    "sign-fact": Deed(forms.FactIdForm, actions.sign_fact_as_mediator, _("Signed.")),
    "strike": Deed(forms.FactIdForm, _strike, _("Struck out.")),
    "signs": Deed(forms.SignsForm, actions.note_signs, _("The safety plan is open. Call first, then go through the steps.")),
    "step": Deed(forms.StepForm, actions.do_step, _("Noted.")),
    "close": Deed(forms.CloseForm, actions.close_plan, _("The safety plan is ended.")),
}  # fmt: skip
ON_SITTING: dict[str, Deed] = {
    "change": Deed(forms.SittingForm, _sitting, _("The sitting is changed; the sides are told.")),
    "begin": Deed(forms.SittingIdForm, actions.begin_sitting, _("The sitting is under way.")),
    "end": Deed(forms.SittingIdForm, actions.end_sitting, _("The sitting is over.")),
    "break-off": Deed(forms.EndForm, actions.break_off, _("The sitting is broken off.")),
    "cancel": Deed(forms.EndForm, actions.cancel_sitting, _("The sitting is cancelled; the sides are told.")),
    "invite": Deed(forms.InviteForm, actions.invite, _("The sides are asked.")),
    "will": Deed(forms.WillForm, _will, _("Kept.")),
    "minutes": Deed(forms.MinutesForm, _minutes, _("The minutes are kept and can be signed.")),
    "sign": Deed(forms.DigestForm, actions.sign_minutes_as_mediator, _("Signed.")),
    "signed-on-paper": Deed(forms.PaperSignedForm, actions.note_paper_signature, _("The signature is noted.")),
}  # fmt: skip


@require_safe
@needs(*DESK)
def show(request: HttpRequest, number: str) -> HttpResponse:
    return _talk_page(request, number)


@require_safe
@needs(*DESK)
def sitting(request: HttpRequest, number: str, sitting_id: int) -> HttpResponse:
    return _sitting_page(request, number, sitting_id)


@require_POST
@needs(*DESK)
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do one deed of the page or of a sitting; what stands against it is shown at its form."""
    deed = ON_TALK.get(name) or ON_SITTING.get(name)
    if deed is None:
        raise OutOfReach
    actor, at = actor_of(request), timezone.now()
    talk = queries.talk(number, actor, Can.VIEW)
    form = deed.form(request.POST, sides=queries.sides(talk.matter_id), on=timezone.localdate(at), rooms=clients.rooms(talk.area_path))  # fmt: skip
    done = attempt(form, lambda **said: deed.act(number=number, actor=actor, at=at, **said))
    sitting_id = request.POST.get("sitting_id", "")[:15]
    is_sitting = name in ON_SITTING and sitting_id.isascii() and sitting_id.isdigit()
    if done is FAILED:
        if is_sitting:
            return _sitting_page(request, number, int(sitting_id), bound=(name, form))
        return _talk_page(request, number, bound=(name, form))
    messages.success(request, deed.done)
    return redirect("talk_sitting", number, int(sitting_id)) if is_sitting else redirect("talk", number)  # fmt: skip


Bound = tuple[str, Any] | None


def _talk_page(request: HttpRequest, number: str, bound: Bound = None) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    talk, on = queries.talk(number, actor, Can.VIEW), timezone.localdate(at)
    sides = queries.sides(talk.matter_id)
    rooms = clients.rooms(talk.area_path)
    made = {name: deed.form(sides=sides, on=on, rooms=rooms, auto_id=f"{name}_%s") for name, deed in ON_TALK.items()}  # fmt: skip
    plans = queries.plans(talk.matter_id, at=at)
    context: dict[str, Any] = {
        "talk": talk, "now": at, "sides": sides, "contact": queries.contact(talk.matter_id, on=on),
        "sittings": queries.sittings(talk.matter_id), "facts": queries.facts(talk.matter_id), "plans": plans,
        "has_plan": any(plan.row.closed_at is None for plan in plans), "forms": made, "bound": bound,
        "rooms": queries.rooms(talk.matter_id) if talk.may_mediate else [], "can_hold": actor.can(Can.HOLD),
        "can_contact": actor.can(Can.CONTACT) and talk.is_contacting, "can_protect": actor.can(Can.PROTECT),
        "all_calls": queries.calls(["police", "ambulance", "mind"], on=on),
    }  # fmt: skip
    if bound:
        made[bound[0].replace("-", "_")] = bound[1]
    made.update({name.replace("-", "_"): form for name, form in made.items()})
    return render(request, "talks/talk.html", context, status=422 if bound else 200)


def _sitting_page(
    request: HttpRequest, number: str, sitting_id: int, bound: Bound = None
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    talk, on = queries.talk(number, actor, Can.VIEW), timezone.localdate(at)
    seen, sides = queries.sitting(talk.matter_id, sitting_id), queries.sides(talk.matter_id)
    rooms = clients.rooms(talk.area_path)
    made = {
        name: deed.form(
            sides=sides,
            on=on,
            rooms=rooms,
            auto_id=f"{name}_%s",
            initial=_initial(name, seen, sides),
        )
        for name, deed in ON_SITTING.items()
    }
    if bound:
        made[bound[0]] = bound[1]
    context = {
        "talk": talk, "seen": seen, "row": seen.row, "sides": sides, "now": at, "can_hold": actor.can(Can.HOLD),
        "forms": {name.replace("-", "_"): form for name, form in made.items()}, "bound": bound,
    }  # fmt: skip
    return render(request, "talks/sitting.html", context, status=422 if bound else 200)


def _initial(name: str, seen: queries.SittingView, sides: list[queries.Side]) -> dict[str, Any]:
    row, minutes = seen.row, seen.minutes
    first: dict[str, Any] = {"sitting_id": row.pk}
    if name == "change":
        columns = (
            "purpose",
            "mode",
            "starts_at",
            "ends_at",
            "place",
            "room_id",
            "link",
            "is_open",
            "changes",
        )
        return first | {column: getattr(row, column) for column in columns}
    if name != "minutes":
        return first | ({"digest": minutes.digest} if minutes else {})
    if minutes is None:
        return first | {"version": 0, "present": "、".join(side.words for side in sides)}
    parts = ("version", "present", "facts", "course", "wording")
    return first | {part: getattr(minutes, part) for part in parts}
