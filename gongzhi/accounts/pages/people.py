"""Administration of people and their postings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.accounts import actions, queries
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.forms import (
    NewPersonForm,
    PersonForm,
    PostingForm,
    ReasonForm,
    SubstituteForm,
)
from gongzhi.accounts.queries import people, units
from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, attempt, needs, page_asked, query_without
from gongzhi.base.paging import page_of

ORDERS = {"name": ("name", "pk"), "username": ("username",), "newest": ("-pk",)}


@needs(Can.EMPLOY)
def people_list(request: Any) -> HttpResponse:
    text, role = request.GET.get("q", "").strip()[:100], request.GET.get("role", "")
    order = request.GET.get("order", "username")
    rows = people.search_people(request.actor, text, role=role, on=timezone.localdate())
    page = page_of(rows, *ORDERS.get(order, ORDERS["username"]), **page_asked(request))
    ids = [person.pk for person in page.rows]
    postings = people.postings_by_user(ids, on=timezone.localdate())
    words = {
        "page": page,
        "people": [(p, queries.masked(p.phone), postings.get(p.pk, [])) for p in page.rows],
        "text": text,
        "role": role,
        "order": order,
        "roles": queries.roles(),
        "again": query_without(request, "after", "before"),
    }
    return render(request, "accounts/people.html", words)


@needs(Can.EMPLOY)
def export_people(request: Any, form: str) -> Any:
    """Write people with their postings, one posting a row; telephone numbers stay masked."""
    audit.record(
        actor=request.actor, verb="export_people", subject="user:all", at=timezone.now(), detail={"form": form}
    )  # fmt: skip
    headings = (
        pgettext("column", "username"),
        pgettext("column", "full name"),
        pgettext("column", "phone"),
        pgettext("column", "role"),
        pgettext("column", "unit"),
        pgettext("column", "area"),
        pgettext("column", "from"),
        pgettext("column", "until"),
    )
    return table_download(headings, people.people_table(request.actor), name="people", form=form)


@never_cache
@needs(Can.EMPLOY)
def person(request: Any, user_id: int) -> HttpResponse:
    return _person_page(request, user_id)


def _person_page(request: Any, user_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    row = people.visible_people(request.actor).get(pk=user_id)
    words = {
        "person": row,
        "phone": queries.masked(row.phone),
        "postings": people.with_words(people.postings_of(user_id)[:100]),
        "substitutions": people.substitutions_of(user_id)[:20],
        "today": timezone.localdate(),
        "posting_form": PostingForm(initial={"starts_on": timezone.localdate()}),
        "substitute_form": SubstituteForm(),
        "choices": units.choices(),
        **more,
    }
    return render(request, "accounts/person.html", words, status=status)


@never_cache
@needs(Can.EMPLOY)
def add_person(request: Any) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    posting = PostingForm(
        request.POST or None, prefix="posting", initial={"starts_on": timezone.localdate()}
    )

    def deed(**values: Any) -> Any:
        return actions.employ(
            person=values, posting=posting.cleaned_data, actor=request.actor, at=timezone.now()
        )

    if request.method == "POST" and posting.is_valid():
        done = attempt(form, deed)
        if done is not FAILED:
            return _show_password(request, *done)
    words = {
        "form": form,
        "posting_form": posting,
        "choices": units.choices(),
    }
    return render(
        request,
        "accounts/add_person.html",
        words,
        status=422 if form.errors or posting.errors else 200,
    )


def _show_password(request: Any, user_id: int, password: str) -> HttpResponse:
    row = people.visible_people(request.actor).get(pk=user_id)
    return render(request, "accounts/one_time.html", {"person": row, "password": password})


@needs(Can.EMPLOY)
def change_person(request: Any, user_id: int) -> HttpResponse:
    row = people.visible_people(request.actor).get(pk=user_id)
    form = PersonForm(request.POST or None, initial={"name": row.name, "email": row.email})
    form.fields["phone"].help_text = _("Now {masked}. Leave empty to keep it.").format(
        masked=queries.masked(row.phone) or "—"
    )

    def deed(**values: Any) -> None:
        actions.change_person(user_id=user_id, actor=request.actor, at=timezone.now(), **values)

    if request.method == "POST" and attempt(form, deed) is not FAILED:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(f"/setup/people/{user_id}")
    title = _("Change {name}").format(name=row.name)
    words = {"form": form, "title": title, "back": f"/setup/people/{user_id}"}
    return render(request, "accounts/form.html", words, status=422 if form.errors else 200)


@needs(Can.EMPLOY)
@require_POST
def post(request: Any, user_id: int) -> HttpResponse:
    form = PostingForm(request.POST)

    def deed(unit: int | None, **values: Any) -> int:
        return actions.post(
            user_id=user_id, unit_id=unit, actor=request.actor, at=timezone.now(), **values
        )

    if attempt(form, deed) is FAILED:
        return _person_page(request, user_id, posting_form=form, status=422)
    messages.success(request, _("The posting is added; it counts from the next click on."))
    return HttpResponseRedirect(f"/setup/people/{user_id}")


@needs(Can.EMPLOY)
@require_POST
def end_posting(request: Any, user_id: int, posting_id: int) -> HttpResponse:
    actions.end_posting(
        posting_id=posting_id, on=timezone.localdate(), actor=request.actor, at=timezone.now()
    )
    messages.success(request, _("The posting ends today."))
    return HttpResponseRedirect(f"/setup/people/{user_id}")


@needs(Can.EMPLOY)
@require_POST
def close_account(request: Any, user_id: int) -> HttpResponse:
    actions.close_account(
        user_id=user_id,
        reason=request.POST.get("reason", "")[:500],
        actor=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The account is closed."))
    return HttpResponseRedirect(f"/setup/people/{user_id}")


@needs(Can.EMPLOY)
@require_POST
def reopen_account(request: Any, user_id: int) -> HttpResponse:
    actions.reopen_account(user_id=user_id, actor=request.actor, at=timezone.now())
    messages.success(request, _("The account is open again."))
    return HttpResponseRedirect(f"/setup/people/{user_id}")


@never_cache
@needs(Can.EMPLOY)
@require_POST
def reset_password(request: Any, user_id: int) -> HttpResponse:
    password = actions.reset_password(user_id=user_id, actor=request.actor, at=timezone.now())
    return _show_password(request, user_id, password)


@never_cache
@needs(Can.EMPLOY)
@require_POST
def contact(request: Any, user_id: int) -> HttpResponse:
    """Show telephone and e-mail in full, for a reason that is kept."""
    form = ReasonForm(request.POST)

    def deed(reason: str) -> tuple[str, str]:
        return actions.open_contact(
            user_id=user_id, reason=reason, actor=request.actor, at=timezone.now()
        )

    opened = attempt(form, deed)
    if opened is FAILED:
        return _person_page(request, user_id, contact_form=form, status=422)
    return _person_page(request, user_id, opened=opened)


@needs(Can.EMPLOY)
@require_POST
def add_substitute(request: Any, user_id: int) -> HttpResponse:
    form = SubstituteForm(request.POST)

    def deed(substitute: int, **values: Any) -> None:
        actions.ask_for_substitute(
            absent_id=user_id,
            substitute_id=substitute,
            actor=request.actor,
            at=timezone.now(),
            **values,
        )

    if attempt(form, deed) is FAILED:
        return _person_page(request, user_id, substitute_form=form, status=422)
    messages.success(request, _("The substitute is named."))
    return HttpResponseRedirect(f"/setup/people/{user_id}")


@needs(Can.APPROVE_SUBSTITUTION)
def substitutions(request: Any) -> HttpResponse:
    words = {
        "rows": people.substitutions_to_decide(request.actor)[:200],
        "today": timezone.localdate(),
    }
    return render(request, "accounts/substitutions.html", words)


@needs(Can.APPROVE_SUBSTITUTION)
@require_POST
def approve_substitute(request: Any, substitution_id: int) -> HttpResponse:
    actions.approve_substitute(
        substitution_id=substitution_id, actor=request.actor, at=timezone.now()
    )
    messages.success(request, _("The substitution is approved."))
    return HttpResponseRedirect("/setup/substitutions")
