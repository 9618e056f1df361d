"""Questions about files people brought in."""

from django.db.models import QuerySet

from gongzhi.base.actor import Actor
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Import
from gongzhi.places.queries.sentences import sentence
from gongzhi.places.rules.problems import Problem


def visible_imports(actor: Actor, subject: str) -> "QuerySet[Import]":
    """Return whose files the actor may see: their own, and all of them when they manage the city."""
    if not actor.can(Can.MANAGE):
        return Import.objects.none()
    rows = Import.objects.filter(subject=subject).order_by("-pk")
    if any(grant.area == "" for grant in actor.grants_for(Can.MANAGE)):
        return rows
    return rows.filter(actor_id=actor.id)


def import_found(actor: Actor, subject: str, import_id: int) -> Import:
    return visible_imports(actor, subject).get(pk=import_id)


def failure_of(row: Import) -> str:
    """Return why the file cannot be used, in words."""
    return (
        sentence(Problem(0, "", row.failure["flaw"], row.failure["values"])) if row.failure else ""
    )


def told(row: Import) -> list[tuple[int, str, str, bool]]:
    """Return the first problems as (line, code, sentence, is grave)."""
    return [
        (
            p["line"],
            p["code"],
            sentence(Problem(p["line"], p["code"], p["flaw"], p["values"])),
            p["grave"],
        )
        for p in row.problems
    ]
