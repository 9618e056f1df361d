"""Receipt, progress, rating: all that number and code open."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.errors import Invalid, Refused
from gongzhi.files import queries as files
from gongzhi.matters import actions
from gongzhi.matters import queries as matters
from gongzhi.portal import queries
from gongzhi.portal.forms import TOKEN, AddForm, ProgressForm, RatingForm, ReopenForm
from gongzhi.portal.pages import door
from gongzhi.publishing import actions as publishing_actions
from gongzhi.publishing import queries as publishing
from gongzhi.rewards import queries as rewards


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and code."""
    if request.method != "POST":
        number = request.GET.get("number", "")[:30]
        return _asked(request, ProgressForm(initial={"number": number}))
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, status=422)
    return _look(request, form.cleaned_data["number"], form.cleaned_data["code"], form)


def _look(request: HttpRequest, number: str, code: str, form: ProgressForm) -> HttpResponse:
    if problem := matters.number_problem(number) or _not_a_number(number):
        form.add_error("number", problem)
        return _asked(request, form, status=422)
    if not door.may_look(request, at=timezone.now()):
        form.add_error(None, door.too_often())
        return _asked(request, form, status=429)
    whole = matters.whole_number(number)
    try:
        matters.reporter_of(whole, code)
    except ObjectDoesNotExist:
        form.add_error(None, _unknown())
        return _asked(request, form, status=404)
    return HttpResponseRedirect(_address(whole, code))


def _not_a_number(number: str) -> str:
    return (
        ""
        if matters.whole_number(number)
        else _("A matter number has eleven digits, for example 26-0001-8427-7.")
    )


def _unknown() -> str:
    return _("This number and this code do not belong together. Compare both with your receipt.")


def _asked(request: HttpRequest, form: ProgressForm, *, status: int = 200) -> HttpResponse:
    return render(request, "portal/track.html", {"form": form}, status=status)


def _address(number: str, code: str) -> str:
    return f"/progress/{number}?{urlencode({'code': code.strip().upper()})}"


class _Unknown(Exception):
    """Carries the page for whoever holds no such number and code."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def _seen(request: HttpRequest, number: str, at: datetime) -> matters.Progress:
    """Return the matter; without a code in the address, the one this browser remembers serves."""
    whole = matters.whole_number(number) or number[:30]
    code = (
        request.POST.get("code")
        or request.GET.get("code")
        or matters.followed(request).get(whole, "")
    )[:12]
    form = ProgressForm({"number": number[:30], "code": code})
    form.is_valid()
    if problem := matters.number_problem(number) or _not_a_number(number):
        form.errors.clear()
        form.add_error("number", problem)
        raise _Unknown(_asked(request, form, status=404))
    if matters.followed(request).get(whole) != code and not door.may_look(request, at=at):
        form.add_error(None, door.too_often())
        raise _Unknown(_asked(request, form, status=429))
    try:
        return matters.public_progress(whole, code, at=at)
    except ObjectDoesNotExist:
        form.errors.clear()
        form.add_error(None, _unknown())
        raise _Unknown(_asked(request, form, status=404)) from None


@require_safe
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    at = timezone.now()
    try:
        seen = _seen(request, number, at)
    except _Unknown as unknown:
        return unknown.answer
    address = _address(seen.matter.number, seen.reporter.code)
    context = {
        "number": seen.matter.number, "code": seen.reporter.code, "qr": _qr(settings.PUBLIC_ADDRESS + address),
        "progress_url": address, "clock": queries.clock_of(seen, at=at), "seen": seen,
        "steps": [s for s in queries.steps_of(seen, ) if s.state != "done"][:3], "how": request.GET.get("how", ""),
    }  # fmt: skip
    return _following(request, render(request, "portal/receipt.html", context), seen)


def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        omitsize=True, border=0, dark="#17202e", svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn here from an address of our own


def _following(request: HttpRequest, answer: HttpResponse, seen: matters.Progress) -> HttpResponse:
    door.follow(request, answer, number=seen.matter.number, code=seen.reporter.code)
    return answer


@require_safe
@never_cache
def progress(request: HttpRequest, number: str) -> HttpResponse:
    try:
        seen = _seen(request, number, timezone.now())
    except _Unknown as unknown:
        return unknown.answer
    if seen.matter.number != matters.whole_number(number):  # it was merged: the other one goes on
        return _following(
            request, HttpResponseRedirect(_address(seen.matter.number, seen.reporter.code)), seen
        )
    return _following(request, _shown(request, seen), seen)


def _shown(
    request: HttpRequest, seen: matters.Progress, *, status: int = 200, **forms: Form
) -> HttpResponse:
    at = timezone.now()
    context: dict[str, Any] = {
        "seen": seen, "number": seen.matter.number, "code": seen.reporter.code, "row": seen.row,
        "title": seen.row.item or seen.row.title, "clock": queries.clock_of(seen, at=at), "steps": queries.steps_of(seen),
        "before": _photos(seen, {"report", "add", "verify"}), "after": _photos(seen, {"hand_in", "pass_check"}),
        "rated": queries.rating_words(seen.reporter.rating) if seen.reporter.rating and not seen.can_rate else "",
        "rating_form": RatingForm(on=timezone.localdate()), "add_form": AddForm(), "reopen_form": ReopenForm(), "tokens": _tokens(request),
        "is_private": publishing.is_kept_private(seen.matter.id),
        "award": rewards.own_award(seen.matter.id, seen.reporter.pk, at=at),
    }  # fmt: skip
    return render(request, "portal/progress.html", context | forms, status=status)


def _photos(seen: matters.Progress, stages: set[str]) -> list[dict[str, Any]]:
    phases = {
        "report": _("Reported"), "add": _("Added"), "verify": _("Looked at on site"), "hand_in": _("After the work"),
        "pass_check": _("Checked"),
    }  # fmt: skip
    return [
        {
            "url": paper.link.url, "thumb_url": paper.link.thumb_url, "kind": paper.link.kind, "phase": phases[paper.stage],
            "words": f"{timezone.localtime(paper.at):%m-%d %H:%M}",
        }
        for paper in seen.files
        if paper.stage in stages
    ]  # fmt: skip


def _tokens(request: HttpRequest) -> list[str]:
    return [token for token in request.POST.getlist("uploads") if TOKEN.fullmatch(token)][:6]


@require_http_methods(["POST"])
def rate(request: HttpRequest, number: str) -> HttpResponse:
    def act(form: RatingForm, seen: matters.Progress, at: datetime) -> None:
        actions.rate(
            number=seen.matter.number, code=seen.reporter.code, rating=form.cleaned_data["rating"],
            text=form.cleaned_data["text"], reasons=form.cleaned_data["reasons"], at=at,
        )  # fmt: skip

    return _act(
        request, number, RatingForm(request.POST, on=timezone.localdate()), act, "rating_form"
    )


@require_http_methods(["POST"])
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    def act(form: ReopenForm, seen: matters.Progress, at: datetime) -> None:
        actions.reopen_by_reporter(
            number=seen.matter.number,
            code=seen.reporter.code,
            reason=form.cleaned_data["reason"],
            at=at,
        )

    return _act(request, number, ReopenForm(request.POST), act, "reopen_form")


@require_http_methods(["POST"])
def publication(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the matter off the public pages, or allow it again, as its reporter wishes."""

    def act(_form: Form, seen: matters.Progress, at: datetime) -> None:
        deed = (
            publishing_actions.keep_private if "keep" in request.POST else publishing_actions.allow
        )
        deed(number=seen.matter.number, code=seen.reporter.code, at=at)

    return _act(request, number, Form(request.POST), act, "publication_form")


@require_http_methods(["POST"])
def add(request: HttpRequest, number: str) -> HttpResponse:
    def act(form: AddForm, seen: matters.Progress, at: datetime) -> None:
        actions.add_by_reporter(
            number=seen.matter.number, code=seen.reporter.code, text=form.cleaned_data["text"],
            files=_tokens(request), at=at, sender=files.sender_of(request),
        )  # fmt: skip

    return _act(request, number, AddForm(request.POST), act, "add_form")


def _act(request: HttpRequest, number: str, form: Any, act: Any, name: str) -> HttpResponse:
    """Do what the form asks, or show the page again with the reason beside the field."""
    at = timezone.now()
    try:
        seen = _seen(request, number, at)
    except _Unknown as unknown:
        return unknown.answer
    status = 422
    if form.is_valid():
        try:
            act(form, seen, at)
        except Invalid as invalid:
            for field, sentence in invalid.problems.items():
                form.add_error(field if field in form.fields else None, sentence)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
    if form.errors:
        return _shown(request, seen, status=status, **{name: form})
    return HttpResponseRedirect(_address(seen.matter.number, seen.reporter.code))
