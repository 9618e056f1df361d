"""Policy suggestions: ledger, one suggestion, the department's answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.oversight import actions, queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.forms import AnswerSuggestionForm
from gongzhi.oversight.pages.door import send_table, tabs


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, at, state = actor_of(request), timezone.now(), request.GET.get("state", "")
    page, rows = queries.suggestions_page(actor, state=state, at=at, **page_asked(request))
    count = queries.suggestion_counts(actor, at=at)
    states = [
        ("", _("All"), 0), ("raised", _("To answer"), count["raised"]), ("late", _("Overdue"), count["late"]),
        ("adopted", _("Adopted"), count["adopted"]), ("partly", _("Partly adopted"), count["partly"]),
        ("refused", _("Not adopted"), count["refused"]),
    ]  # fmt: skip
    context = {
        "tabs": tabs("suggestions"), "page": page, "rows": rows, "state": state, "states": states,
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "oversight/suggestions.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.suggestions_table(
        actor_of(request), state=request.GET.get("state", ""), at=timezone.now()
    )
    columns = (
        pgettext("column", "title"), pgettext("column", "department"), pgettext("column", "place"),
        pgettext("column", "like matters"), pgettext("column", "suggestion"), pgettext("column", "raised by"),
        pgettext("column", "raised at"), pgettext("column", "answer due"), pgettext("column", "state"),
        pgettext("column", "answer"), pgettext("column", "answered by"), pgettext("column", "answered at"),
    )  # fmt: skip
    return send_table(request, form, name="suggestions", title=_("Policy suggestions"), columns=columns, rows=rows)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.VIEW)
def show(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Show a suggestion with its ledger; the department answers it here."""
    actor, at = actor_of(request), timezone.now()
    seen = queries.suggestion_detail(actor, suggestion_id, at=at)
    form = AnswerSuggestionForm(request.POST or None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.answer_suggestion(suggestion_id=suggestion_id, actor=actor, at=at, **said),
        )  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("Answered: {state}").format(state=done.get_state_display()))
            return redirect("oversight:suggestion", suggestion_id)
    context = {"tabs": tabs("suggestions"), "seen": seen, "row": seen.row, "one": seen.row.suggestion, "form": form}  # fmt: skip
    return render(request, "oversight/suggestion.html", context, status=422 if form.errors else 200)
