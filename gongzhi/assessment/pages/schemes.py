"""Schemes: the list, one version with its lines, the editor of a draft, the preview on history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.assessment import actions, queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.forms import (
    InForceForm,
    LineForms,
    SchemeForm,
    VariantForm,
    line_forms_for,
)
from gongzhi.assessment.lifecycle import SchemeState
from gongzhi.assessment.pages import door
from gongzhi.assessment.rules import Period, Span
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, blame, needs, query_without

READERS = (Can.VIEW, Can.KEEP, Can.SIGN)
TONES = {SchemeState.DRAFT: "warn", SchemeState.IN_FORCE: "ok"}


@require_safe
@needs(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    rows = list(queries.schemes_now())
    known = {row.code for row in rows}
    context = {
        "tabs": door.tabs(request, "schemes"),
        "rows": [(row, TONES.get(SchemeState(row.state), ""), queries.line_words(row)) for row in rows],
        "posts": queries.posts(), "can_keep": actor_of(request).can(Can.KEEP),
        "shipped": [one for one in queries.shipped_schemes() if one.code not in known],
    }  # fmt: skip
    return render(request, "assessment/schemes.html", context)


@require_POST
@needs(Can.KEEP)
def adopt(request: HttpRequest) -> HttpResponse:
    today = door.today()
    count = actions.adopt_shipped(valid_from=today.replace(month=1, day=1), actor=actor_of(request), at=timezone.now())  # fmt: skip
    messages.success(request, _("{count} schemes are in force from the first of January on.").format(count=count))  # fmt: skip
    return redirect("assessment:schemes")


@require_safe
@needs(*READERS)
def one(request: HttpRequest, scheme_id: int) -> HttpResponse:
    return _page(request, queries.scheme(scheme_id))


def _page(request: HttpRequest, row: Any, **forms: Any) -> HttpResponse:
    actor, is_draft = actor_of(request), row.state == SchemeState.DRAFT
    today = door.today()
    context = {
        "tabs": door.tabs(request, "schemes"), "row": row, "tone": TONES.get(row.state, ""), "lines": queries.line_words(row),
        "grades": queries.grades_of(row), "most": sum((one.line.points for one in queries.line_words(row) if one.gives), 0),
        "post": queries.posts().get(row.post), "versions": queries.versions_of(row.code),
        "can_edit": is_draft and actor.can(Can.KEEP), "can_keep": actor.can(Can.KEEP),
        "can_sign": is_draft and actor.can(Can.SIGN) and row.drafted_by != actor.id,
        "must_leave": is_draft and actor.can(Can.SIGN) and row.drafted_by == actor.id,
        "form": forms.get("form") or SchemeForm(initial=_initial(row)),
        "line_forms": forms.get("line_forms") or line_forms_for(queries.lines_of(row)),
        "sign_form": forms.get("sign_form") or InForceForm(initial={"valid_from": _next_month(today)}),
        "variant_form": forms.get("variant_form") or VariantForm(),
        "periods": door.period_choices(), "others": _others(row),
    }  # fmt: skip
    failed = any(form is not None for form in forms.values())
    return render(request, "assessment/scheme.html", context, status=422 if failed else 200)


def _initial(row: Any) -> dict[str, Any]:
    grades = "，".join(f"{name} {queries.plain(least)}" for name, least in queries.grades_of(row))
    return {
        "name": row.name, "least": row.least, "ahead": queries.plain(row.ahead * 100), "behind": queries.plain(row.behind * 100),
        "grades": grades, "source": row.source,
    }  # fmt: skip


def _next_month(today: Any) -> Any:
    return today.replace(year=today.year + today.month // 12, month=today.month % 12 + 1, day=1)


def _others(row: Any) -> list[Any]:
    """Return the versions a scheme can be compared with: of the same subject, in force or in force before."""
    rows = queries.usable_schemes(on=door.today()).filter(subject=row.subject).exclude(pk=row.pk)
    return sorted(
        rows, key=lambda other: (other.code != row.code, other.state != SchemeState.IN_FORCE)
    )


@require_POST
@needs(Can.KEEP)
def change(request: HttpRequest, scheme_id: int) -> HttpResponse:
    row = queries.scheme(scheme_id)
    form, line_forms = SchemeForm(request.POST), LineForms(request.POST, prefix="lines")
    if not (form.is_valid() and line_forms.is_valid()):
        return _page(request, row, form=form, line_forms=line_forms)
    said = form.cleaned_data
    draft = actions.SchemeDraft(
        said["name"], said["least"], said["ahead"] / 100, said["behind"] / 100, said["source"],
        [line for one in line_forms if (line := one.line())], said["grades"],
    )  # fmt: skip
    try:
        actions.change_draft(scheme_id=row.pk, draft=draft, actor=actor_of(request), at=timezone.now())  # fmt: skip
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _page(request, row, form=form, line_forms=line_forms)
    messages.success(request, _("The draft is kept."))
    return redirect("assessment:scheme", row.pk)


@require_POST
@needs(Can.KEEP)
def draft_next(request: HttpRequest, scheme_id: int) -> HttpResponse:
    made = actions.draft_next(scheme_id=scheme_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The draft of version {version} is a copy of this one.").format(version=made.version))  # fmt: skip
    return redirect("assessment:scheme", made.pk)


@require_POST
@needs(Can.KEEP)
def draft_variant(request: HttpRequest, scheme_id: int) -> HttpResponse:
    form = VariantForm(request.POST)
    made = attempt(form, lambda **said: actions.draft_variant(scheme_id=scheme_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if made is FAILED:
        return _page(request, queries.scheme(scheme_id), variant_form=form)
    return redirect("assessment:scheme", made.pk)


@require_POST
@needs(Can.KEEP)
def drop(request: HttpRequest, scheme_id: int) -> HttpResponse:
    actions.drop_draft(scheme_id=scheme_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The draft is gone."))
    return redirect("assessment:schemes")


@require_POST
@needs(Can.SIGN)
def put_in_force(request: HttpRequest, scheme_id: int) -> HttpResponse:
    form = InForceForm(request.POST)
    made = attempt(form, lambda **said: actions.put_in_force(scheme_id=scheme_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if made is FAILED:
        return _page(request, queries.scheme(scheme_id), sign_form=form)
    messages.success(request, _("Version {version} is in force from {day} on.").format(version=made.version, day=made.valid_from))  # fmt: skip
    return redirect("assessment:scheme", made.pk)


@require_http_methods(["GET", "HEAD"])
@needs(*READERS)
def preview(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Show what this version would have made of a past period, beside another."""
    period = _period(request)
    if door.is_awaited(request, period):
        row = queries.scheme(scheme_id)
        awaited = {"tabs": door.tabs(request, "schemes"), "row": row, "is_awaited": True, "period_words": queries.period_words(period)}  # fmt: skip
        return render(request, "assessment/preview.html", awaited)
    found = _previewed(request, scheme_id)
    context = {
        "tabs": door.tabs(request, "schemes"), "seen": found, "row": found.new, "periods": door.period_choices(),
        "others": _others(found.new), "period_words": queries.period_words(found.period),
        "period": door.period_value(found.period), "again": query_without(request),
        "areas": door.areas_within(actor_of(request), Can.VIEW) , "within": request.GET.get("area", ""),
    }  # fmt: skip
    return render(request, "assessment/preview.html", context)


def _period(request: HttpRequest) -> Period:
    newest = queries.ended_periods(Span.MONTH, today=door.today())[0]
    return door.period_from(request.GET.get("period", "")) or newest


def _previewed(request: HttpRequest, scheme_id: int) -> Any:
    new = queries.scheme(scheme_id)
    others = _others(new)
    asked = door.number_asked(request, "with")
    old = next((row for row in others if row.pk == asked), others[0] if others else None)
    if old is None:
        raise Refused(_("There is no scheme in force to compare this one with."))
    period = _period(request)
    return queries.preview(
        actor_of(request), old=old, new=new, within=door.area_asked(request), period=period, at=timezone.now()
    )  # fmt: skip


@require_safe
@needs(*READERS)
def preview_export(request: HttpRequest, scheme_id: int, form: str) -> HttpResponseBase:
    found = _previewed(request, scheme_id)
    headings = [
        pgettext("column", "name"), pgettext("column", "matters"), str(found.old), str(found.new), pgettext("column", "difference"),
        pgettext("column", "place before"), pgettext("column", "place after"), pgettext("column", "places gained"),
    ]  # fmt: skip
    rows = (
        [
            row.name, row.matters, *(None if score is None else float(score) for score in (row.old.score, row.new.score, row.by)),
            *((row.moved.before, row.moved.after, row.moved.by) if row.moved else (None, None, None)),
        ]
        for row in found.rows
    )  # fmt: skip
    return table_download(headings, rows, name=f"preview-{found.new.code}", form=form)
