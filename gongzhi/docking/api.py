"""The door for partners' machines: one signed POST, answered in JSON with a sentence."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongzhi.docking import actions, queries
from gongzhi.docking.clients import SIGNATURE


@csrf_exempt  # a machine without a session; its signature is checked instead
@require_POST
def messages(request: HttpRequest, code: str) -> JsonResponse:
    body = request.read(queries.LARGEST + 1)
    taken = actions.take(
        partner_code=code, body=body, signature=request.headers.get(SIGNATURE, "")[:200],
        at=timezone.now(),
    )  # fmt: skip
    said = {name: value for name, value in asdict(taken).items() if name != "status"}
    return JsonResponse(said, status=taken.status, json_dumps_params={"ensure_ascii": False})


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """Answer with the schema of the messages, for whoever builds the other end."""
    return JsonResponse(queries.schema(), json_dumps_params={"ensure_ascii": False})
