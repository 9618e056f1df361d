"""The builder: obligations as rows, checks beside them, versions that nobody overwrites unseen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.agreements import actions, queries, rules
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.forms import (
    DrawForm,
    DueForm,
    FrameForm,
    PaperSignForm,
    TakeBackForm,
    UploadsForm,
    obligations_in,
)
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, needs
from gongzhi.base.texts import as_number
from gongzhi.disputes import actions as disputes
from gongzhi.matters import queries as matters

EMPTY: dict[str, Any] = {"kind": "pay", "debtors": [], "creditors": [], "what": "", "amount": "", "due_on": "", "manner": "", "instalments": []}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.DRAFT, Can.SEAL, Can.FOLLOW)
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the agreement in whatever state it is; a POST keeps the terms as the next version."""
    matter_id = opened(request, number)
    if request.method == "POST":
        return _save(request, number, matter_id)
    return page(request, number, matter_id)


def opened(request: HttpRequest, number: str) -> int:
    """Return the dispute's id; opening its file is noted in the trail, or refused as absent."""
    actor = actor_of(request)
    matter_id = queries.door(number, actor)
    disputes.open_file(matter_id=matter_id, actor=actor, at=timezone.now())
    return matter_id


def page(
    request: HttpRequest, number: str, matter_id: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the page of the agreement; `more` replaces what stands there with what was sent."""
    actor, at = actor_of(request), timezone.now()
    seen = queries.seen(matter_id, at=at)
    state = seen.row.state if seen.row else "draft"
    standing = matters.standing(matter_id)
    is_entering = queries.may_take_in(matter_id)
    may_write = actor.can(Can.DRAFT) and state == "draft" and (is_entering or standing.state in {"mediating", "to_sign"})  # fmt: skip
    on = timezone.localdate(at)
    context = {
        "number": number, "seen": seen, "row": seen.row, "state": state, "standing": standing, "may_write": may_write, "is_entering": is_entering,
        "kinds": queries.kinds(on), "clause_words": [(c, r["words"], r["source"]) for c, r in queries.default_clauses(on).items()],
        "form": _frame_form(seen, on), "rows": _rows(seen.terms), "version": seen.row.version if seen.row else 0,
        "writing": actions.announce_editing(matter_id=matter_id, actor=actor, at=at) if may_write else "",
        "paper_form": PaperSignForm(), "draw_form": DrawForm(), "take_back": TakeBackForm(), "seal_form": UploadsForm(),
        "due_form": DueForm(initial={"on": on}), "today": on,
        "can_sign": actor.can(Can.SIGN), "can_seal": actor.can(Can.SEAL), "can_follow": actor.can(Can.FOLLOW), "can_draft": actor.can(Can.DRAFT),
        "has_stops": bool(seen.stops), "may_offer": queries.may_offer(actor, standing.state), **more,
    }  # fmt: skip
    return render(request, "agreements/agreement.html", context, status=status)


def _frame_form(seen: queries.Seen, on: Any) -> FrameForm:
    terms = seen.terms
    is_new = seen.row is None or not seen.row.version
    initial = {
        "base": seen.row.version if seen.row else 0, "facts": terms.facts or (seen.answers["story"] if is_new else ""),
        "issues": terms.issues, "default_code": terms.default_code, "default_words": terms.default_words,
        "is_partial": terms.is_partial, "rest": terms.rest, "copies": max(terms.copies, len(seen.sides) + 1) if is_new else terms.copies,
        "closing": queries.text("closing", on) if is_new else terms.closing,
    }  # fmt: skip
    return FrameForm(initial=initial, clauses=queries.default_clauses(on))


def _rows(terms: rules.Terms) -> list[tuple[dict[str, Any], str]]:
    return [(one.plain(), "") for one in terms.obligations] or [(dict(EMPTY), "")]


def _save(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    at = timezone.now()
    on = timezone.localdate(at)
    form = FrameForm(request.POST, clauses=queries.default_clauses(on))
    rows, problems = obligations_in(request.POST)
    shown = [(one, problems.get(place, "")) for place, one in enumerate(rows, 1)]
    sent: dict[str, Any] = {"form": form, "rows": shown or [(dict(EMPTY), "")]}
    if not form.is_valid() or problems:
        return page(request, number, matter_id, status=422, **sent)
    terms = {**form.cleaned_data, "obligations": rows}
    try:
        _keep(request, matter_id, terms, base=form.cleaned_data["base"])
    except actions.Outdated as trouble:
        return _outdated(request, number, matter_id, trouble, sent)
    except (Refused, Invalid) as trouble:
        form.add_error(None, str(trouble))
        return page(request, number, matter_id, status=409, **sent)
    return redirect("agreements:one", number)


def _keep(request: HttpRequest, matter_id: int, terms: dict[str, Any], *, base: int) -> None:
    """Keep a version; for what was signed on paper already, enter it as it is in force."""
    actor, at = actor_of(request), timezone.now()
    if queries.may_take_in(matter_id):
        uploads = UploadsForm(request.POST).tokens
        actions.take_in(matter_id=matter_id, terms=terms, uploads=uploads, actor=actor, at=at)
        messages.success(request, _("Entered: its performance is followed now."))
        return
    kept = actions.save(matter_id=matter_id, terms=terms, base=base, actor=actor, at=at)
    messages.success(request, _("Kept as version {number}.").format(number=kept.number))


def _outdated(
    request: HttpRequest, number: str, matter_id: int, trouble: actions.Outdated, sent: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """Show what the other person changed beside what was written here; saving again takes the newest as its base."""
    data = request.POST.copy()
    data["base"] = str(trouble.newest.number)
    on = timezone.localdate(timezone.now())
    form = FrameForm(data, clauses=queries.default_clauses(on))
    form.is_valid()
    told = [_change_words(one, matter_id, on) for one in trouble.changed]
    more = {**sent, "form": form, "outdated": trouble, "changed": told}
    return page(request, number, matter_id, status=409, **more)


FIELDS = {
    "facts": gettext_noop("Main facts of the dispute"),
    "issues": gettext_noop("What is in dispute, and each side's responsibility"),
    "default_words": gettext_noop("Words of the clause"),
    "is_partial": gettext_noop("Only a part is settled"),
    "rest": gettext_noop("What is not settled, and where it goes"),
    "closing": gettext_noop("Other words"),
    "copies": gettext_noop("Copies"),
}


def _change_words(one: rules.Change, matter_id: int, on: Any) -> dict[str, str]:
    if one.place != "obligation":
        return {"place": _(FIELDS[one.place]), "before": str(one.before), "after": str(one.after)}
    sides, known = queries.sides_of(matter_id), queries.sentences(on)
    before, after = (
        rules.clause(value, sides, known) if value and value.kind in known else "—"
        for value in (one.before, one.after)
    )
    return {"place": _("Obligation {n}").format(n=one.number), "before": before, "after": after}


@require_safe
@needs(Can.DRAFT)
def row(request: HttpRequest, number: str) -> HttpResponse:
    """Return one more empty row of the builder."""
    matter_id = queries.door(number, actor_of(request))
    disputes.open_file(matter_id=matter_id, actor=actor_of(request), at=timezone.now())
    place = request.GET.get("place", "0")
    index = as_number(place, digits=3) or 0
    context = {
        "index": index, "one": dict(EMPTY), "kinds": queries.kinds(timezone.localdate()), "sides": queries.sides_of(matter_id),
        "number": number,
    }  # fmt: skip
    return render(request, "agreements/_obligation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.DRAFT)
def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Show an older version and what the newest changed; a POST makes it the newest again."""
    matter_id, at = opened(request, number), timezone.now()
    if request.method == "POST":
        try:
            kept = actions.restore(matter_id=matter_id, number=version, actor=actor_of(request), at=at)  # fmt: skip
            messages.success(request, _("Kept as version {number}.").format(number=kept.number))
        except Refused as trouble:
            messages.error(request, str(trouble))
        return redirect("agreements:one", number)
    held = queries.version_page(matter_id, version, on=timezone.localdate(at))
    changed = [_change_words(one, matter_id, timezone.localdate(at)) for one in held.changed]
    context = {"number": number, "held": held, "changed": changed}
    return render(request, "agreements/version.html", context)
