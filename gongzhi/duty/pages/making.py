"""Making a roster: shifts, rotations, generating, importing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, blame, needs
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import GenerateForm, ImportForm, RotationForm, ShiftForm
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.pages import door
from gongzhi.duty.pages.roster import choices_of


def _desk(request: HttpRequest) -> Any:
    desk = door.desk_asked(request, Can.ROSTER)
    if desk is None:
        raise OutOfReach
    return queries.desk(actor_of(request), desk.unit_id, Can.ROSTER)


def _back(name: str, desk: Any) -> HttpResponse:
    answer = redirect(name)
    answer["Location"] += f"?unit={desk.unit_id}"
    return answer


def _frame(request: HttpRequest, desk: Any) -> dict[str, Any]:
    return {
        "tabs": door.tabs(request, "roster"), "desk": desk, "unit_name": accounts.unit_name(desk.unit_id),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Can.ROSTER)
def shifts(request: HttpRequest) -> HttpResponse:
    desk, actor, at = _desk(request), actor_of(request), timezone.now()
    today = timezone.localdate(at)
    form = ShiftForm(
        request.POST or None,
        initial={"valid_from": today, "leaders": 1, "dispatchers": 1, "partners": 0},
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.set_shift(
                unit_id=desk.unit_id, draft=actions.ShiftDraft(**said), actor=actor, at=at
            ),
        )
        if done is not FAILED:
            messages.success(request, _("The shift is kept."))
            return _back("duty:shifts", desk)
    context = _frame(request, desk) | {
        "form": form, "rows": queries.patterns(desk), "today": today,
    }  # fmt: skip
    return render(request, "duty/shifts.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Can.ROSTER)
def end_shift(request: HttpRequest, row_id: int) -> HttpResponse:
    desk = _desk(request)

    def deed() -> str:
        on = timezone.localdate()
        actions.end_shift(
            unit_id=desk.unit_id,
            pattern_id=row_id,
            on=on,
            actor=actor_of(request),
            at=timezone.now(),
        )
        return _("The shift holds no longer.")

    door.done(request, deed, "duty:shifts")
    return _back("duty:shifts", desk)


@require_http_methods(["GET", "POST"])
@needs(Can.ROSTER)
def generate(request: HttpRequest) -> HttpResponse:
    """Rotations of a desk, and filling the days by one of them."""
    desk, actor, at = _desk(request), actor_of(request), timezone.now()
    rows = queries.rotations(desk)
    today = timezone.localdate(at)
    first = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    initial = {"since": first, "until": last, "rotation_id": rows[0].pk if rows else None}
    form = GenerateForm(request.POST or None, rotations=choices_of(rows), initial=initial)
    if request.method == "POST":
        done = attempt(form, lambda **said: _generated(desk, rows, said, actor=actor, at=at))
        if done is not FAILED:
            _tell(request, done)
            answer = _back("duty:roster", desk)
            answer["Location"] += f"&month={form.cleaned_data['since']:%Y-%m-%d}&batch={done.batch}"
            return answer
    return _rotations_page(request, desk, form=form)


def _generated(desk: Any, rows: list[Any], said: dict[str, Any], **who: Any) -> Any:
    row = next((row for row in rows if row.pk == said["rotation_id"]), None)
    if row is None:
        raise OutOfReach
    begin = said.pop("begin_with").strip()
    return actions.generate(
        unit_id=desk.unit_id, **said, begin_with=_member(desk, row, begin) if begin else None, **who
    )


def _member(desk: Any, row: Any, name: str) -> int:
    found = [
        one.id
        for one in queries.candidates(desk, row.post, on=timezone.localdate())
        if one.name == name
    ]
    if not found:
        raise Invalid({"begin_with": _("Nobody of this rotation has this name.")})
    return found[0]


def _tell(request: HttpRequest, made: Any) -> None:
    words = _("{n} places were filled.").format(n=made.written)
    if made.passed_over:
        words += " " + _(
            "{n} times somebody was passed over: absent, or on duty elsewhere."
        ).format(n=made.passed_over)
    messages.success(request, words)
    if made.gaps:
        messages.warning(
            request,
            _("{n} places stay free: nobody of the rotation could take them.").format(n=made.gaps),
        )


@require_http_methods(["GET", "POST"])
@needs(Can.ROSTER)
def rotations(request: HttpRequest) -> HttpResponse:
    desk, actor, at = _desk(request), actor_of(request), timezone.now()
    form = _rotation_form(request, desk)
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.keep_rotation(
                unit_id=desk.unit_id, draft=actions.RotationDraft(**said), actor=actor, at=at
            ),
        )
        if done is not FAILED:
            messages.success(request, _("The rotation is kept; now fill the days with it."))
            return _back("duty:generate", desk)
    return _rotations_page(request, desk, rotation_form=form)


def _known(desk: Any) -> dict[str, list[tuple[int, str]]]:
    today = timezone.localdate()
    return {
        post: [(one.id, one.name) for one in queries.candidates(desk, post, on=today)]
        for post in Post.values
    }


def _rotation_form(request: HttpRequest, desk: Any) -> RotationForm:
    known = _known(desk)
    shifts = [
        (row.pk, f"{row.name} {row.starts:%H:%M}–{row.ends:%H:%M}")
        for row in queries.patterns(desk)
        if row.valid_to is None
    ]
    row = queries.rotation(desk, door.number_asked(request, "edit") or 0)
    initial: dict[str, Any] = {"patterns": [pk for pk, _name in shifts]}
    if row is not None:
        names = dict(known[row.post])
        initial = {
            "name": row.name, "post": row.post, "patterns": row.patterns, "days": row.days, "every": row.every,
            "members": "\n".join(names[pk] for pk in row.members if pk in names),
        }  # fmt: skip
    return RotationForm(
        request.POST if request.method == "POST" else None,
        shifts=shifts,
        known=known,
        initial=initial,
    )


def _rotations_page(
    request: HttpRequest, desk: Any, *, form: Any = None, rotation_form: Any = None
) -> HttpResponse:
    rows = queries.rotations(desk)
    own = {**dict(pair for pairs in _known(desk).values() for pair in pairs)}
    shown = [{"row": row, "names": [own.get(pk, "—") for pk in row.members]} for row in rows]
    if rotation_form is None:
        rotation_form = RotationForm(
            shifts=[(row.pk, f"{row.name} {row.starts:%H:%M}–{row.ends:%H:%M}") for row in queries.patterns(desk) if row.valid_to is None],
            known=_known(desk), initial={"patterns": [row.pk for row in queries.patterns(desk) if row.valid_to is None]},
        )  # fmt: skip
    if form is None:
        form = GenerateForm(rotations=choices_of(rows))
    context = _frame(request, desk) | {
        "rows": shown, "form": form, "rotation_form": rotation_form,
        "known": [(Post(post).label, names) for post, names in _known(desk).items()],
    }  # fmt: skip
    status = 422 if form.errors or rotation_form.errors else 200
    return render(request, "duty/generate.html", context, status=status)


@require_POST
@needs(Can.ROSTER)
def drop_rotation(request: HttpRequest, row_id: int) -> HttpResponse:
    desk = _desk(request)

    def deed() -> str:
        actions.drop_rotation(
            unit_id=desk.unit_id, rotation_id=row_id, actor=actor_of(request), at=timezone.now()
        )
        return _("The rotation is gone; the roster it wrote stays.")

    door.done(request, deed, "duty:generate")
    return _back("duty:generate", desk)


@require_http_methods(["GET", "POST"])
@needs(Can.ROSTER)
def import_roster(request: HttpRequest) -> HttpResponse:
    desk, actor, at = _desk(request), actor_of(request), timezone.now()
    form = ImportForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            result = actions.import_roster(
                unit_id=desk.unit_id, content=content, actor=actor, at=at
            )
        except Invalid as trouble:
            blame(form, trouble)
    if result is not None and not result.problems:
        messages.success(
            request,
            _("{n} places were written, {known} stood there already.").format(
                n=result.written, known=result.known
            ),
        )
        answer = _back("duty:roster", desk)
        answer["Location"] += f"&batch={result.batch}" if result.batch else ""
        return answer
    context = _frame(request, desk) | {"form": form, "result": result}
    return render(
        request, "duty/import.html", context, status=422 if form.errors or result else 200
    )
