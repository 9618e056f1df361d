"""Named owners of long-pending matters: list, name, progress, hand on, settle with evidence."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.matters import queries as matters
from gongzhi.oversight import actions, queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.forms import AdvanceForm, HandOnForm, NameOwnerForm, SettleForm
from gongzhi.oversight.pages.door import send_table, tabs, text_asked


def _state(request: HttpRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in queries.STATES else "active"


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, at, state, text = actor_of(request), timezone.now(), _state(request), text_asked(request)
    page, rows = queries.owners_page(actor, state=state, text=text, at=at, **page_asked(request))
    count = queries.owner_counts(actor, at=at)
    labels = {"active": _("Owned"), "due": _("Next step due"), "settled": _("Settled with evidence"), "released": _("Handed on")}  # fmt: skip
    context = {
        "tabs": tabs("owners"), "page": page, "rows": rows, "state": state, "text": text,
        "states": [(name, label, count[name]) for name, label in labels.items()],
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "oversight/owners.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.owners_table(
        actor_of(request), state=_state(request), text=text_asked(request), at=timezone.now()
    )
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "days open"),
        pgettext("column", "owner"), pgettext("column", "office"), pgettext("column", "stage"), pgettext("column", "state"),
        pgettext("column", "next step by"), pgettext("column", "named at"), pgettext("column", "way of settlement"),
        pgettext("column", "evidence"), pgettext("column", "ended at"),
    )  # fmt: skip
    return send_table(request, form, name="owners", title=_("Named owners"), columns=columns, rows=rows)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.NAME_OWNER)
def new(request: HttpRequest) -> HttpResponse:
    """Name an owner for the matter whose number stands in the address."""
    actor, at = actor_of(request), timezone.now()
    on = timezone.localdate(at)
    number = matters.whole_number(request.GET.get("matter", "")[:20])
    found = matters.ids_by_number([number], actor) if number else {}
    if not found:
        return render(request, "oversight/owner_which.html", {"tabs": tabs("owners"), "asked": number})  # fmt: skip
    standing = matters.standing(found[number])
    people = queries.may_be_named(standing.area_path, on=on)
    form = NameOwnerForm(request.POST or None, people=people)
    if request.method == "POST":
        done = attempt(form, lambda **said: actions.name_owner(matter_number=number, actor=actor, at=at, **said))  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("{owner} is named as the owner and told.").format(owner=done.owner_name))  # fmt: skip
            return redirect("oversight:owner", done.pk)
    context = {"tabs": tabs("owners"), "form": form, "standing": standing, "days": (on - timezone.localdate(standing.reported_at)).days}  # fmt: skip
    return render(request, "oversight/owner_new.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, owned_id: int) -> HttpResponse:
    return _page(request, owned_id)


def _page(
    request: HttpRequest, owned_id: int, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    on = timezone.localdate(at)
    seen = queries.owner_detail(actor_of(request), owned_id, at=at)
    owned = seen.row.owned
    people = queries.may_be_named(owned.area_path, on=on) if seen.can_name else []
    context = {
        "tabs": tabs("owners"), "seen": seen, "row": seen.row, "owned": owned, "is_open": owned.state == "active" and (seen.is_own or seen.can_name),
        "advance": AdvanceForm(on=on, initial={"stage": owned.stage}), "settle": SettleForm(on=on),
        "hand_on": HandOnForm(people=people), **(forms or {}),
    }  # fmt: skip
    return render(request, "oversight/owner.html", context, status=status)


@require_POST
@needs(Can.OWN, Can.NAME_OWNER)
def act(request: HttpRequest, owned_id: int, deed: str) -> HttpResponse:
    """Record progress, hand the matter to another owner, or settle it with evidence."""
    actor, at = actor_of(request), timezone.now()
    form = _form(request, owned_id, deed)
    doing: dict[str, Any] = {"advance": actions.advance, "hand_on": actions.hand_on, "settle": _settle}  # fmt: skip
    done = attempt(form, lambda **said: doing[deed](owned_id=owned_id, actor=actor, at=at, **said))
    if done is FAILED:
        return _page(request, owned_id, forms={deed: form}, status=422)
    messages.success(request, _("Kept: {number} {owner}").format(number=done.matter_number, owner=done.owner_name))  # fmt: skip
    return redirect("oversight:owner", done.pk)


def _settle(*, uploads: list[str], **said: Any) -> Any:
    return actions.settle(files=uploads, **said)


def _form(request: HttpRequest, owned_id: int, deed: str) -> Any:
    on = timezone.localdate()
    if deed == "advance":
        return AdvanceForm(request.POST, on=on)
    if deed == "settle":
        return SettleForm(request.POST, on=on)
    if deed != "hand_on":
        raise Http404
    owned = queries.owner_detail(actor_of(request), owned_id, at=timezone.now()).row.owned
    return HandOnForm(request.POST, people=queries.may_be_named(owned.area_path, on=on))
