"""Results of periods: the list, one with its ranking, one office's sheet with its matters, the bulletin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from gongzhi.assessment import actions, queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.forms import AppealForm, AskForm, ReasonForm
from gongzhi.assessment.lifecycle import PublicationState
from gongzhi.assessment.pages import door
from gongzhi.assessment.rules import Period, Span
from gongzhi.base.downloads import download, table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, blame, needs, page_asked, query_without
from gongzhi.papers import queries as papers
from gongzhi.places import queries as places

READERS = (Can.VIEW, Can.PUBLISH, Can.SIGN)
S = PublicationState
TONES = {S.FREEZING: "warn", S.TO_SIGN: "warn", S.PUBLISHED: "ok", S.FAILED: "late"}


@require_safe
@needs(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    return _list(request, None)


def _list(request: HttpRequest, form: AskForm | None) -> HttpResponse:
    actor, text = actor_of(request), door.text_asked(request)
    page = queries.publications_page(actor, text=text, **page_asked(request))
    can_ask = actor.can(Can.PUBLISH)
    context = {
        "tabs": door.tabs(request, "publications"), "page": page, "rows": [_shown(row) for row in page.rows],
        "text": text, "again": query_without(request, "after", "before"),
        "form": (form or _ask_form(request)) if can_ask else None, "failed": form is not None,
    }  # fmt: skip
    return render(request, "assessment/publications.html", context, status=422 if form else 200)


def _shown(row: Any) -> dict[str, Any]:
    period = Period(Span(row.span), row.since, row.until)
    return {
        "row": row, "period": queries.period_words(period), "range": queries.range_words(period),
        "tone": TONES.get(S(row.state), ""), "area": places.area(row.area_path).name,
    }  # fmt: skip


def _ask_form(request: HttpRequest, said: Any = None) -> AskForm:
    version = _("version {n}")
    schemes = [
        (row.pk, f"{row.name} · {version.format(n=row.version)}")
        for row in queries.usable_schemes(on=door.today())
    ]
    areas = door.areas_within(actor_of(request), Can.PUBLISH)
    return AskForm(said, schemes=schemes, areas=areas, periods=door.period_choices())


@require_POST
@needs(Can.PUBLISH)
def ask(request: HttpRequest) -> HttpResponse:
    form = _ask_form(request, request.POST)
    if not form.is_valid():
        return _list(request, form)
    said = form.cleaned_data
    period = door.period_from(said["period"])
    assert period is not None  # one of the choices
    try:
        made = actions.ask(
            scheme_id=int(said["scheme"]), area_path=said["area"], period=period, actor=actor_of(request), at=timezone.now()
        )  # fmt: skip
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _list(request, form)
    return redirect("assessment:publication", made.pk)


@require_safe
@needs(*READERS)
def one(request: HttpRequest, publication_id: int) -> HttpResponse:
    return _page(request, publication_id)


def _page(request: HttpRequest, publication_id: int, form: ReasonForm | None = None) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    row = queries.publication(actor, publication_id)
    text, sort = door.text_asked(request), request.GET.get("sort", "rank")
    rows = queries.result_rows(actor, row, text=text, sort=sort)
    waiting = queries.appeals_waiting(row)
    context = {
        "tabs": door.tabs(request, "publications"), **_shown(row), "rows": rows, "text": text, "sort": sort,
        "lines": queries.line_words(row.scheme), "waiting": waiting, "under_review": waiting.get("filed", 0) + waiting.get("reviewed", 0), "versions": queries.versions(row, actor),
        "has_grades": any(one.result.grade for one in rows), "changed": [one for one in rows if one.before],
        "can_sign": row.state == S.TO_SIGN and actor.can(Can.SIGN) and row.asked_by != actor.id,
        "must_leave": row.state == S.TO_SIGN and actor.can(Can.SIGN) and row.asked_by == actor.id,
        "can_drop": row.state in {S.TO_SIGN, S.FAILED} and actor.can(Can.PUBLISH),
        "can_correct": row.state == S.PUBLISHED and actor.can(Can.PUBLISH) and bool(waiting.get("upheld")),
        "drop_form": form or ReasonForm(), "unsorted": query_without(request, "sort"),
        "is_freezing": row.state == S.FREEZING, "is_told": row.state in {S.TO_SIGN, S.PUBLISHED, S.CORRECTED},
        "may_appeal": bool(row.appeal_until and row.appeal_until > timezone.now()),
    }  # fmt: skip
    return render(request, "assessment/publication.html", context, status=422 if form else 200)


@require_POST
@needs(Can.SIGN)
def sign(request: HttpRequest, publication_id: int) -> HttpResponse:
    actions.sign(publication_id=publication_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Published. The offices are told, and may appeal from now on."))
    return redirect("assessment:publication", publication_id)


@require_POST
@needs(Can.PUBLISH)
def drop(request: HttpRequest, publication_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda **said: actions.drop(publication_id=publication_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, publication_id, form)
    messages.success(request, _("Taken back; it was never published."))
    return redirect("assessment:publications")


@require_POST
@needs(Can.PUBLISH)
def correct(request: HttpRequest, publication_id: int) -> HttpResponse:
    made = actions.correct(publication_id=publication_id, actor=actor_of(request), at=timezone.now())  # fmt: skip
    return redirect("assessment:publication", made.pk)


@require_safe
@needs(*READERS)
def bulletin(request: HttpRequest, publication_id: int, form: str) -> HttpResponseBase:
    actor = actor_of(request)
    row = queries.publication(actor, publication_id)
    paper, word = queries.bulletin(actor, row), _("bulletin")
    name = f"{word}-{row.number}-v{row.version}"
    if form == "pdf":
        at = row.signed_at or row.asked_at
        return download(papers.pdf_of(paper, at=at), name=f"{name}.pdf", kind=papers.PDF)
    if form == "docx":
        return download(papers.docx(paper), name=f"{name}.docx", kind=papers.DOCX)
    return download(papers.xlsx(paper), name=f"{name}.xlsx", kind=papers.XLSX)


@require_safe
@needs(*READERS)
def export(request: HttpRequest, publication_id: int, form: str) -> HttpResponseBase:
    actor = actor_of(request)
    row = queries.publication(actor, publication_id)
    lines, rows = queries.result_table(actor, row)
    headings = [
        pgettext("column", "position"), pgettext("column", "name"), pgettext("column", "matters"), pgettext("column", "score"),
        pgettext("column", "grade"), pgettext("column", "standing"),
    ]  # fmt: skip
    kept, of = pgettext("column", "numerator"), pgettext("column", "denominator")
    points = pgettext("column", "points")
    for line in lines:
        headings += [f"{line} {words}" for words in (kept, of, "%", points)]
    return table_download(headings, rows, name=f"results-{row.number}-v{row.version}", form=form)


@require_safe
@needs(Can.VIEW)
def result(request: HttpRequest, result_id: int) -> HttpResponse:
    return sheet(request, result_id)


def sheet(request: HttpRequest, result_id: int, form: AppealForm | None = None) -> HttpResponse:
    """Show one office's sheet, and behind a chosen line the matters it was counted from."""
    actor = actor_of(request)
    one = queries.one_result(actor, result_id)
    row, lines = one.publication, queries.result_lines(one, one.publication)
    code, part = request.GET.get("input", ""), request.GET.get("part", "costs")
    listed = next((line for line in lines if line.input == code), None)
    context: dict[str, Any] = {
        "tabs": door.tabs(request, "publications"), **_shown(row), "result": one, "lines": lines, "listed": listed,
        "part": part, "findings": queries.findings_for(one), "form": form or AppealForm(),
        "may_appeal": row.state == S.PUBLISHED and actor.can(Can.APPEAL) and bool(row.appeal_until and row.appeal_until > timezone.now()),
        "standing": queries.standings()[one.standing].name if one.standing else "",
        "again": query_without(request, "after", "before"), "unparted": query_without(request, "after", "before", "part"),
    }  # fmt: skip
    if listed is not None and listed.input not in queries.finding_natures():
        context["page"], context["matters"] = queries.frozen_page(
            actor, one, code=code, part=part, **page_asked(request)
        )
    return render(request, "assessment/result.html", context, status=422 if form else 200)
