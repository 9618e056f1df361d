"""The kind table: what can be mediated, by whom, in what time, and what goes another way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.disputes import actions, queries
from gongzhi.disputes.forms import KindForm


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:40]


@require_safe
@needs(Catalogue.VIEW)
def index(request: HttpRequest) -> HttpResponse:
    text = _text(request)
    lines = queries.kind_lines(on=timezone.localdate(), text=text)
    context = {
        "mediated": [line for line in lines if not line.kind.route], "routed": [line for line in lines if line.kind.route],
        "text": text, "routes": queries.all_routes(), "can_change": actor_of(request).can(Catalogue.MANAGE),
    }  # fmt: skip
    return render(request, "disputes/kinds.html", context)


@require_safe
@needs(Catalogue.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    headings = (
        pgettext("column", "code"), pgettext("column", "name"), pgettext("column", "family"), pgettext("column", "ministry's kind"),
        pgettext("column", "cause of action"), pgettext("column", "hotline class"), pgettext("column", "body"),
        pgettext("column", "period"), pgettext("column", "routes"), pgettext("column", "not for mediation"),
        pgettext("column", "source"), pgettext("column", "in force since"),
    )  # fmt: skip
    rows = (
        [
            line.kind.code, line.kind.name, line.kind.parent_code, line.kind.ministry, line.kind.cause, line.kind.hotline,
            line.body, line.period, "、".join(route.name for route in line.routes), line.kind.route, line.kind.source,
            line.kind.valid_from,
        ]
        for line in queries.kind_lines(on=timezone.localdate(), text=_text(request))
    )  # fmt: skip
    name = f"{_('Kinds of dispute')}-{timezone.localdate():%Y%m%d}"
    return table_download(headings, rows, name=name, form="xlsx" if form == "xlsx" else "csv")


@needs(Catalogue.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kind with all its versions; whoever keeps the catalogue may write the next one."""
    versions = queries.versions_of(code)
    if not versions:
        raise OutOfReach
    last = versions[0]
    names = ("name", "body_kind", "period_rule", "routes", "is_sealed", "route", "source")
    form = KindForm(request.POST or None, initial={name: getattr(last, name) for name in names})
    if request.method == "POST":
        return _revised(request, code, form)
    return _page(request, code, form)


def _page(request: HttpRequest, code: str, form: KindForm, *, status: int = 200) -> HttpResponse:
    versions = queries.versions_of(code)
    context = {
        "versions": versions, "last": versions[0], "form": form, "used": queries.used(code),
        "can_change": actor_of(request).can(Catalogue.MANAGE),
    }  # fmt: skip
    return render(request, "disputes/kind.html", context, status=status)


def _revised(request: HttpRequest, code: str, form: KindForm) -> HttpResponse:
    actor = actor_of(request)
    if not actor.can(Catalogue.MANAGE):
        raise OutOfReach
    done = attempt(
        form,
        lambda **_said: actions.revise_kind(
            code=code, draft=form.draft, actor=actor, at=timezone.now()
        ),
    )
    if done is FAILED:
        return _page(request, code, form, status=422)
    messages.success(request, _("The new version holds from its day on; disputes taken before keep theirs."))  # fmt: skip
    return redirect("disputes:kind", code)
