"""Puts the Actor on every request."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from gongzhi.accounts.middleware.sessions import SessionStore
from gongzhi.base.actor import Actor

Answer = Callable[[HttpRequest], HttpResponse]
DUTY_PAGES = {"password": "/me/password", "second-factor": "/me/second-factor"}
ALWAYS_OPEN = (
    "/me/password",
    "/me/second-factor",
    "/sign-in",
    "/sign-out",
    "/language",
    "/static/",
)


def sign_in(get_response: Answer) -> Answer:
    """
    Set `request.actor`: from the session when there is one, else nobody, with the network address.

    One statement brings session, person, postings and substitution; a second one, at most once a
    minute, notes that the session is in use. A request without the cookie costs nothing.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        store = _session_of(request)
        request.actor = Actor(id=0, name="", address=store.address)  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        store.get(SESSION_KEY)  # loads
        if store.found is None or store.found.ended:
            return _saying_why(get_response(request), store.found.ended if store.found else "ended")
        if not store.found.actor.id:
            return get_response(request)
        request.actor = store.found.actor  # type: ignore[attr-defined]
        store.touch(timezone.now())
        if store.found.obligation and not request.path.startswith(ALWAYS_OPEN):
            return _to_duty(request, DUTY_PAGES[store.found.obligation])
        return get_response(request)

    return answer


def address_of(request: HttpRequest) -> str:
    """Return the visitor's network address; what a proxy says counts only for the proxies we know of."""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part]
    if settings.PROXY_COUNT and len(chain) >= settings.PROXY_COUNT:
        return chain[-settings.PROXY_COUNT][:64]
    return str(request.META.get("REMOTE_ADDR") or "")[:64]


def _session_of(request: HttpRequest) -> SessionStore:
    store: SessionStore = request.session  # type: ignore[assignment]
    store.address = address_of(request)
    store.device = request.headers.get("User-Agent", "")
    return store


def _saying_why(response: HttpResponse, why: str) -> HttpResponse:
    """Let the sign-in page say that the session ended, and how."""
    for header in ("Location", "HX-Redirect"):
        target = response.headers.get(header, "")
        if target.startswith(f"{settings.LOGIN_URL}?"):
            response.headers[header] = f"{target}&why={why}"
    return response


def _to_duty(request: HttpRequest, page: str) -> HttpResponse:
    address = f"{page}?next={quote(request.get_full_path())}" if request.method == "GET" else page
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
