"""What every page shares: the guard at its door, who acts, and what stood against a form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypedDict
from urllib.parse import quote, urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.texts import plain

Page = Callable[..., HttpResponseBase]


def needs(*capabilities: str) -> Callable[[Page], Page]:
    """
    Let only signed-in people pass who hold one of the capabilities somewhere.

    Anonymous visitors go to the sign-in page and come back; others see 404, as if the page were absent.
    Without capabilities, everybody who is signed in may pass.
    """

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if not actor.id:
                return _to_sign_in(request)
            if capabilities and not any(actor.can(capability) for capability in capabilities):
                raise OutOfReach
            return page(request, *args, **kwargs)

        guarded.needs = capabilities  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def actor_of(request: HttpRequest) -> Actor:
    """Return who is acting; nobody when no one is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def page_of_ours(address: str, fallback: str) -> str:
    """Return the address a form asks to go back to, when it is a page of this application; else the fallback."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and address.isprintable() else fallback


class Failed:
    """The deed was not done; the form says why."""


FAILED = Failed()


def attempt(form: forms.Form, deed: Callable[..., Any]) -> Any:
    """Do the deed with the form's values; FAILED when something stands against it, told by the form."""
    if not form.is_valid():
        return FAILED
    try:
        return deed(**form.cleaned_data)
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
    return FAILED


def blame(form: forms.Form, trouble: Invalid | Refused) -> None:
    """Put what an action said beside the fields it is about, or above the form."""
    problems = trouble.problems if isinstance(trouble, Invalid) else {"": str(trouble)}
    for field, sentence in problems.items():
        form.add_error(field if field in form.fields else None, sentence)


class Edges(TypedDict):
    """Tokens of paging.Page: which page of a list is asked for."""

    after: str
    before: str


def page_asked(request: HttpRequest) -> Edges:
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}


def text_asked(request: HttpRequest, name: str = "q", *, most: int) -> str:
    """Return the words a list is searched for."""
    return plain(request.GET.get(name, "")).strip()[:most]


def query_without(request: HttpRequest, *names: str) -> str:
    """Return the address's query without some names, to build links on."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{settings.LOGIN_URL}?next={quote(_page_to_return_to(request))}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_to_return_to(request: HttpRequest) -> str:
    """Return the page the visitor is looking at: for a form that was sent, the one it stands on."""
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    parts = urlsplit(seen)
    if parts.netloc == request.get_host() and (
        request.method != "GET" or "HX-Request" in request.headers
    ):
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
