"""
The door for other programs at /api/: the same actions and queries as the pages, in JSON.

Who calls is whoever is signed in, with the session cookie and the CSRF token. Every refusal is
{message, problems}, in the caller's language.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import actor_of
from gongzhi.centres.api import router as centres
from gongzhi.duty.api import router as duty
from gongzhi.field import actions as field_actions
from gongzhi.field import api as field
from gongzhi.incidents.api import router as incidents
from gongzhi.matters.api import router as matters
from gongzhi.places.api import router as places


class SignedIn(APIKeyCookie):
    """The session that the sign-in page opened; unsafe methods need the CSRF token as well."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = actor_of(request)
        return actor if key and actor.id else None


api = NinjaAPI(
    title="Gongzhi",
    version="1",
    auth=SignedIn(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/matters", matters)
api.add_router("/reports", incidents)
api.add_router("/places", places)
api.add_router("/field", field.router)
api.add_router("/duty", duty)
api.add_router("/centre", centres)


def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description of the whole API, for programs that read it."""
    if not actor_of(request).id:
        return _anonymous(request, None)
    schema = api.get_openapi_schema(path_prefix="/api/")
    return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})


def _said(status: int, message: str, problems: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse({"message": message, "problems": problems or {}}, status=status)


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    candidates = getattr(error, "candidates", ())
    problems = {candidate.number: f"{candidate.metres} m" for candidate in candidates}
    return _said(409, str(error), problems)


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    return _said(422, str(error), error.problems)


def _absent(_request: HttpRequest, _error: Any) -> HttpResponse:
    return _said(404, _("This is not here, or not yours to see."))


def _anonymous(_request: HttpRequest, _error: Any) -> HttpResponse:
    words = _("Sign in first.")
    return JsonResponse({"message": words, "problems": {}, "signed_out": True}, status=401)


def _forbidden(_request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == 403:
        return _said(403, _("The CSRF token is missing or old: send it as X-CSRFToken."))
    return _said(error.status_code, _("This cannot be read. Send JSON as the description says."))


def _unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    problems = {str(one["loc"][-1]): _problem(one["type"]) for one in error.errors}
    return _said(422, _("Some fields are missing or not readable."), problems)


def _problem(kind: str) -> str:
    if kind == "missing":
        return _("This field is missing.")
    if kind.startswith(("string_too", "too_")):
        return _("This is too long or too short.")
    return _("This is not of the kind that the description asks for.")


for _kind, _answer in (
    (Refused, _refused), (Invalid, _invalid), (OutOfReach, _absent), (ObjectDoesNotExist, _absent), (Http404, _absent),
    (AuthenticationError, _anonymous), (HttpError, _forbidden), (ValidationError, _unreadable),
    (field_actions.Revoked, field.revoked),
):  # fmt: skip
    api.add_exception_handler(_kind, _answer)
urls = api.urls
for _door in (*(pattern.callback for pattern in urls[0]), openapi):
    # What guards each of these is that somebody is signed in: `auth` above, or the page's own look.
    setattr(_door, "needs", ())  # noqa: B010 - a function has no such attribute by its type
