"""Changes of shifts: asked for, agreed to, decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import SwapForm
from gongzhi.duty.pages import door

TONES = {"asked": "warn", "agreed": "warn", "approved": "ok", "refused": "late", "withdrawn": ""}


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    box = door.one_asked(request, "box", {"all": 1}, "open")
    actor, at = actor_of(request), timezone.now()
    page, rows = queries.swaps_page(actor, box=box, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "roster"), "page": page, "box": box, "again": query_without(request, "after", "before"),
        "rows": [{"row": row, "tone": TONES.get(row.swap.state, "")} for row in rows],
        "own": [one for one in queries.own_stints(actor, at=at, most=20) if one.starts_at > at],
    }  # fmt: skip
    return render(request, "duty/swaps.html", context)


@require_http_methods(["GET", "POST"])
@needs(Can.VIEW)
def new(request: HttpRequest, row_id: int) -> HttpResponse:
    """Ask to change one of one's own shifts."""
    actor, at = actor_of(request), timezone.now()
    row = queries.stint(actor, row_id)
    if row.user_id != actor.id:
        raise OutOfReach
    others = [
        (one.pk, f"{one.on} {one.pattern.name} · {one.name}")
        for one in queries.exchangeable(row.desk, without=actor.id, at=at)
        if one.post == row.post
    ]
    takers = [
        (one.id, one.name)
        for one in queries.candidates(row.desk, row.post, on=row.on)
        if one.id != actor.id
    ]
    form = SwapForm(request.POST or None, others=others, takers=takers)
    if request.method == "POST":
        done = attempt(form, lambda **said: _asked(row_id, said, actor=actor, at=at))
        if done is not FAILED:
            messages.success(
                request, _("Your colleague is asked; then whoever keeps the roster decides.")
            )
            return redirect("duty:swaps")
    context = {"tabs": door.tabs(request, "roster"), "row": row, "form": form}
    return render(request, "duty/swap_new.html", context, status=422 if form.errors else 200)


def _asked(stint_id: int, said: dict[str, Any], **who: Any) -> object:
    said["taker_id"] = said["taker_id"] or 0
    return actions.ask_swap(stint_id=stint_id, **said, **who)


@require_POST
@needs(Can.VIEW)
def step(request: HttpRequest, row_id: int, name: str) -> HttpResponse:
    """Agree, decline, approve or take back."""
    if name not in DEEDS:
        raise OutOfReach
    said = (
        {"answer": request.POST.get("answer", "").replace("\x00", "")[:200]}
        if name == "decline"
        else {}
    )

    def deed() -> str:
        action, words = DEEDS[name]
        action(swap_id=row_id, **said, actor=actor_of(request), at=timezone.now())
        return str(words)

    return door.done(request, deed, "duty:swaps")


DEEDS: dict[str, tuple[Callable[..., object], Any]] = {
    "agree": (actions.agree, gettext_lazy("Agreed; now whoever keeps the roster decides.")),
    "decline": (actions.decline, gettext_lazy("Refused; your colleague reads the reason.")),
    "approve": (actions.approve_swap, gettext_lazy("Approved: the roster is changed.")),
    "withdraw": (actions.withdraw_swap, gettext_lazy("Taken back.")),
}
