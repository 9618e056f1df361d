"""Big screens: the list, the screen itself, its composer, its versions."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    query_without,
    text_asked,
)
from gongzhi.command import actions, queries
from gongzhi.command.capabilities import Can
from gongzhi.command.forms import DescribeForm, NewScreenForm
from gongzhi.command.pages.board import board_of, page_settings
from gongzhi.command.pages.door import fresh_json


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    removed = request.GET.get("removed", "")
    text = text_asked(request, most=60)
    page = queries.screens_page(
        actor, text=text, sort=request.GET.get("sort", ""), removed=removed, **page_asked(request)
    )
    context = {
        "page": page,
        "rows": [queries.row_of(row, actor) for row in page.rows],
        "text": text,
        "sort": request.GET.get("sort", ""),
        "removed": removed,
        "again": query_without(request, "after", "before"),
        "can_compose": bool(queries.homes(actor)),
    }
    return render(request, "command/screens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.COMPOSE)
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    units = [(unit, accounts.unit_name(unit)) for unit in queries.homes(actor)]
    starts = queries.starts(actor)
    form = NewScreenForm(request.POST or None, units=units, starts=starts)
    if request.method == "POST":
        made = attempt(form, lambda **said: actions.compose(actor=actor, at=timezone.now(), **said))
        if made is not FAILED:
            return redirect("command-screen-edit", made.pk)
    context = {"form": form, "starts": starts, "chosen": request.POST.get("start", "")}
    status = 422 if form.errors else 200
    return render(request, "command/screen_new.html", context, status=status)


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, screen_id: int) -> HttpResponse:
    """Draw the screen over the whole window: no rail, no search, nothing that is not information."""
    actor, at = actor_of(request), timezone.now()
    screen = queries.screen(actor, screen_id)
    row = queries.area_asked(actor, screen.area_path)
    context = {
        "screen": queries.row_of(screen, actor),
        "layout": queries.layout_of(screen),
        "area": queries.place_of(row),
        "board": board_of(actor, row, at),
        "names": queries.names_below(row),
        "settings_of_page": page_settings(request, row, row.path)
        | {"columns": queries.COLUMNS[screen.ratio], "rows": queries.ROWS, "title": screen.name},
    }
    return render(request, "command/screen.html", context)


@require_safe
@needs(Can.COMPOSE)
def edit(request: HttpRequest, screen_id: int) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    screen = queries.own_screens(actor).get(pk=screen_id, removed_at__isnull=True)
    row = queries.area_asked(actor, screen.area_path)
    definitions = queries.definitions(on=timezone.localdate(at))
    context = {
        "screen": queries.row_of(screen, actor),
        "form": DescribeForm(initial={"name": screen.name, "share": screen.share}),
        "layout": queries.layout_of(screen),
        "offered": list(definitions.values()),
        "board": board_of(actor, row, at),
        "versions": queries.versions(screen),
        "settings_of_page": page_settings(request, row, row.path)
        | {"columns": queries.COLUMNS[screen.ratio], "rows": queries.ROWS, "version": screen.version,
           "title": screen.name, "ratio": screen.ratio, "save": f"/command/screens/{screen.pk}/save"},
    }  # fmt: skip
    return render(request, "command/screen_edit.html", context)


@require_POST
@needs(Can.COMPOSE)
def save(request: HttpRequest, screen_id: int) -> JsonResponse:
    said = _json(request)
    screen = actions.save(
        screen_id=screen_id,
        layout=said.get("layout"),
        seen=said["version"] if isinstance(said.get("version"), int) else 0,
        actor=actor_of(request),
        at=timezone.now(),
        note=str(said.get("note", ""))[:120],
    )
    return fresh_json({"version": screen.version, "at": screen.changed_at.isoformat()})


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise Invalid({"layout": _("This cannot be read.")}) from error
    if not isinstance(said, dict):
        raise Invalid({"layout": _("This cannot be read.")})
    return said


@require_POST
@needs(Can.COMPOSE)
def describe(request: HttpRequest, screen_id: int) -> HttpResponse:
    actor = actor_of(request)
    form = DescribeForm(request.POST)
    done = attempt(
        form,
        lambda **said: actions.describe(
            screen_id=screen_id, actor=actor, at=timezone.now(), **said
        ),
    )
    if done is FAILED:
        for sentence in form.errors.values():
            messages.error(request, " ".join(map(str, sentence)))
    else:
        messages.success(request, _("Saved."))
    return _to_edit(screen_id)


@require_POST
@needs(Can.COMPOSE)
def restore(request: HttpRequest, screen_id: int, version: int) -> HttpResponse:
    actions.restore(screen_id=screen_id, number=version, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("Version {number} is shown again; no version was lost.").format(number=version)
    )
    return _to_edit(screen_id)


def _to_edit(screen_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/command/screens/{screen_id}/edit")


@require_POST
@needs(Can.COMPOSE)
def remove(request: HttpRequest, screen_id: int) -> HttpResponse:
    screen = actions.remove(screen_id=screen_id, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("“{name}” was removed. It stands under Removed and can be brought back.").format(name=screen.name)
    )  # fmt: skip
    return HttpResponseRedirect("/command/screens")


@require_POST
@needs(Can.COMPOSE)
def bring_back(request: HttpRequest, screen_id: int) -> HttpResponse:
    screen = actions.bring_back(screen_id=screen_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("“{name}” is back.").format(name=screen.name))
    return HttpResponseRedirect("/command/screens")
