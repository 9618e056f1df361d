"""What was performed: noted with proofs, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.agreements import actions
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.forms import DueForm
from gongzhi.agreements.pages.builder import opened, page
from gongzhi.base.errors import Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs


@require_POST
@needs(Can.FOLLOW)
def note(request: HttpRequest, number: str, due_id: int) -> HttpResponse:
    matter_id = opened(request, number)
    data = request.POST.copy()
    data["due_id"] = str(due_id)
    form = DueForm(data)
    at, actor = timezone.now(), actor_of(request)
    done = attempt(form, lambda **said: actions.note_due(matter_id=matter_id, actor=actor, at=at, **said))  # fmt: skip
    if done is FAILED:
        return page(request, number, matter_id, status=422, due_form=form, wrong_due=due_id)
    messages.success(request, _("Noted."))
    return redirect("agreements:one", number)


@require_POST
@needs(Can.FOLLOW)
def reopen(request: HttpRequest, number: str, due_id: int) -> HttpResponse:
    matter_id = opened(request, number)
    try:
        actions.reopen_due(matter_id=matter_id, due_id=due_id, actor=actor_of(request), at=timezone.now())  # fmt: skip
    except Refused as trouble:
        messages.error(request, str(trouble))
    return redirect("agreements:one", number)
