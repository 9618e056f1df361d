"""Who may see a file of a matter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Attachment, Matter, Reporter

OFFICE_STAGES = frozenset(
    {"verify", "hand_in", "pass_check"}
)  # every reporter of the matter sees them
OWN_STAGES = frozenset({"report", "add"})  # what one reporter sent is not shown to another
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
    known = followed(request)
    theirs = attached.filter(matter__number__in=list(known))
    return bool(known) and theirs.filter(_shown_to(list(known.values()))).exists()


@dataclass(frozen=True)
class FileOf:
    """A file of a matter, whatever its kind."""

    file_id: int
    token: str
    kind: str  # photo, pdf, audio, video
    name: str
    stage: str  # the move it came with
    at: datetime


def files_of(matter_id: int) -> list[FileOf]:
    """Return the files of a matter, oldest first; it has no reach: for modules that have opened its file."""
    rows = Attachment.objects.filter(matter_id=matter_id).order_by("id")
    columns = ("file_id", "file__token", "file__kind", "file__name", "stage", "at")
    return [FileOf(*row) for row in rows.values_list(*columns)]


def sealed_matters(*, most: int) -> list[int]:
    """Return the ids of matters with sealed files, the oldest first."""
    sealed = Attachment.everything.filter(sealed_at__isnull=False)
    return list(sealed.order_by("matter_id").values_list("matter_id", flat=True).distinct()[:most])


def owners_of_file(token: str, *, kind: str) -> list[int]:
    """Return the ids of the matters of one kind a file belongs to, sealed too; it has no reach: for a gate that narrows."""
    return list(
        Attachment.everything.filter(file__token=token, matter__kind=kind).values_list(
            "matter_id", flat=True
        )
    )


def has_file(token: str, *, matter_ids: list[int]) -> bool:
    """Tell whether a file belongs to one of the matters; for modules that open a matter to somebody else."""
    return Attachment.objects.filter(file__token=token, matter_id__in=matter_ids).exists()


def _shown_to(codes: list[str]) -> Q:
    """Return the condition for files that whoever holds one of the codes may see."""
    reporters = Reporter.objects.filter(matter=OuterRef("matter_id"))
    sent_it = Exists(reporters.filter(code__in=codes, reported_at=OuterRef("at")))
    is_alone = ~Exists(reporters.exclude(code__in=codes))
    return Q(stage__in=OFFICE_STAGES) | Q(stage__in=OWN_STAGES) & (Q(sent_it) | Q(is_alone))


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
