"""Who may see a file of a matter."""

from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Attachment, Matter

PUBLIC_STAGES = frozenset({"report", "add", "verify", "hand_in", "pass_check"})
FOLLOWED_COOKIE = "gz_followed"
FOLLOWED_DAYS = 90
MOST_FOLLOWED = 20


def may_see_file(token: str, actor: Actor, request: Any) -> bool:
    """
    Tell whether the actor or the browser may see a file; one statement.

    Staff see every file of the matters within their reach. Whoever has opened a progress page with
    number and code sees what that page shows.
    """
    attached = Attachment.objects.filter(file__token=token)
    if actor.can(Can.VIEW):
        reach = Matter.objects.within_reach_of(actor, Can.VIEW).values("pk")
        if attached.filter(matter__in=reach).exists():
            return True
    numbers = list(followed(request))
    return bool(numbers) and (
        attached.filter(stage__in=PUBLIC_STAGES, matter__number__in=numbers).exists()
    )


def followed(request: Any) -> dict[str, str]:
    """Return the number and code of each matter this browser has followed; a signed cookie keeps them."""
    signed = str(
        request.get_signed_cookie(FOLLOWED_COOKIE, default="", max_age=FOLLOWED_DAYS * 86400)
    )
    pairs = (part.partition("_") for part in signed.split(".") if part)
    return {number: code for number, _bar, code in pairs}


def followed_text(known: dict[str, str], number: str, code: str) -> str:
    """Return what the cookie says once one more matter is followed; the oldest are forgotten."""
    pairs = {n: c for n, c in known.items() if n != number} | {number: code}
    newest = list(pairs.items())[-MOST_FOLLOWED:]
    return ".".join(f"{n}_{c}" for n, c in newest)
