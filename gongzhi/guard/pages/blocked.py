"""What a blocked visitor sees: what, why, until when, where else to go, and an appeal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.pages import FAILED, attempt
from gongzhi.guard import actions, queries
from gongzhi.guard.forms import AppealForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def blocked(request: HttpRequest) -> HttpResponse:
    at, sender = timezone.now(), queries.sender_of(request)
    form = AppealForm(request.POST or None)
    if request.method == "POST":
        made = attempt(
            form,
            lambda **said: actions.appeal(
                reference=request.POST.get("reference", "")[:12], sender=sender, at=at, **said
            ),
        )
        if made is not FAILED:
            messages.success(
                request, _("Your appeal has arrived. The answer will stand on this page.")
            )
            return redirect("blocked")
    context = {"blocks": queries.blocks_of(sender, at=at), "form": form}
    return render(request, "guard/blocked.html", context, status=422 if form.errors else 200)
