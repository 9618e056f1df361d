"""The app's frame: the same bytes for everybody, so that a device may keep them."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from gongzhi.base.pages import actor_of
from gongzhi.field.pages import built

HOME = "/field"
BLUE = "#1f5fbf"


@require_safe
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    answer = render(request, "field/shell.html", _context())
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@ensure_csrf_cookie
def token(request: HttpRequest) -> HttpResponse:
    """Renew the cookie with the CSRF token for an app that opened from the device; say whether anybody is signed in."""
    said = {"signed_in": bool(actor_of(request).id)}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Answer with the service worker and the list of exactly the files of this build."""
    build = built.current()
    said = {
        "version": _version(build),
        "shell": [HOME, *build.shell],
        "later": build.later,
    }
    return HttpResponse(
        f"self.BUILD = {json.dumps(said)};\n{build.worker}",
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": HOME},
    )


@require_safe
def card(_request: HttpRequest) -> HttpResponse:
    """Answer with what a home screen needs to hold the app: name, icons, short ways in."""
    words = {
        "id": HOME,
        "name": _("Gongzhi for officers"),
        "short_name": _("Gongzhi"),
        "description": _("A grid officer's shift, with or without a network."),
        "lang": "zh-Hans",
        "start_url": HOME,
        "scope": HOME,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f5f7fa",
        "theme_color": BLUE,
        "icons": [
            {"src": "/static/logo.svg", "sizes": "any", "type": "image/svg+xml"},
            *(_icon(side, purpose) for side in (192, 512) for purpose in ("any", "maskable")),
        ],
        "shortcuts": [
            _shortcut(_("Report"), "report"),
            _shortcut(_("Scan a door"), "scan"),
            _shortcut(_("Today"), ""),
        ],
    }
    return JsonResponse(words, content_type="application/manifest+json")


def _icon(side: int, purpose: str) -> dict[str, str]:
    name = "field-icon" if purpose == "any" else "field-icon-maskable"
    return {
        "src": f"/static/{name}-{side}.png",
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


def _shortcut(name: str, screen: str) -> dict[str, object]:
    return {"name": name, "url": f"{HOME}#/{screen}", "icons": [_icon(192, "any")]}


def _context() -> dict[str, object]:
    build = built.current()
    return {"sprite": build.sprite, "version": build.version, "zone": settings.TIME_ZONE}


def _version(build: built.Build) -> str:
    """Name the whole: a changed word of the page itself is a new version, too."""
    with override(settings.LANGUAGE_CODE):
        page = render_to_string("field/shell.html", _context())
    return f"{build.version}-{hashlib.sha256(page.encode()).hexdigest()[:8]}"
