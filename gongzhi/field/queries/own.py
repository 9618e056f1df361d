"""Parts of the data package that are an officer's own: who they are, their grids, what is there, what is to do."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.field.capabilities import Can
from gongzhi.field.queries.shared import shipped
from gongzhi.matters import queries as matters
from gongzhi.patrol import queries as patrol
from gongzhi.places import queries as places

GRID = 3
MOST_NEAR = 400
MOST_PREMISES = 12_000  # about 2 MB; an officer's rounds are far smaller
PHOTO = {"longest_px": 1600, "quality": 0.72, "most": 9}


def me(actor: Actor, at: datetime) -> dict[str, Any]:
    roles = accounts.roles()
    grants = actor.grants_for(Can.USE)
    absent = actor.on_behalf_of
    return {
        "user": {"id": actor.id, "name": actor.name},
        "posting": "；".join(
            f"{accounts.unit_name(grant.home)} · {roles[grant.role].name}"
            for grant in grants
            if grant.role in roles
        ),
        "city": settings.CITY,
        "grids": [{"path": row.path, "name": row.name} for row in grids_of(actor, at)],
        "language": get_language(),
        "wipe_after_days": settings.FIELD_WIPE_DAYS,
        "photo": PHOTO,
        "emergency": [
            {"words": row["words"], "phone": row["phone"]} for row in shipped("emergency.csv")
        ],
        "shift": _shift(actor, at),
        "substitutes_for": sorted(accounts.names([absent]).values()) if absent else [],
        **_figures(actor, at),
    }


def _shift(actor: Actor, at: datetime) -> dict[str, Any] | None:
    row = patrol.shift_of(user_id=actor.id, at=at)
    return (
        {"state": row.state, "started_at": row.started_at, "ended_at": row.ended_at}
        if row
        else None
    )


def _figures(actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the officer's own figures of the month, how each was computed, and what became of objections."""
    until = timezone.localdate(at)
    since = until.replace(day=1)
    found = patrol.statistics(user_id=actor.id, since=since, until=until)
    return {
        "statistics": [
            {
                "code": one.code, "label": one.label, "value": one.value, "how": one.how,
                "period": f"{since}/{until}", "appeal": one.appeal,
            }
            for one in found
        ],
        "appeals": [
            {
                "figure": one.figure, "period": f"{one.since}/{one.until}", "state": one.state, "reason": one.reason,
                "answer": one.answer, "asked_at": one.asked_at,
            }
            for one in patrol.appeals_of(user_id=actor.id)
        ],
    }  # fmt: skip


def areas(actor: Actor, at: datetime) -> dict[str, Any]:
    rows = grids_of(actor, at)
    shapes = places.outlines_of([row.path for row in rows], on=timezone.localdate(at))
    return {
        "areas": [
            {"path": row.path, "name": row.name, "geometry": shapes.get(row.path)} for row in rows
        ]
    }


def premises(actor: Actor, at: datetime) -> dict[str, Any]:
    paths = [row.path for row in grids_of(actor, at)]
    rows = patrol.premises_of(area_paths=paths, on=timezone.localdate(at))[:MOST_PREMISES]
    return {"columns": patrol.PREMISES_COLUMNS, "rows": [_rounded(row) for row in rows]}


def _rounded(row: tuple[Any, ...]) -> list[Any]:
    """Say a point to the decimetre: more digits would only weigh."""
    return [round(value, 6) if isinstance(value, float) else value for value in row]


def work(actor: Actor, at: datetime) -> dict[str, Any]:
    paths = [row.path for row in grids_of(actor, at)]
    on = timezone.localdate(at)
    return {
        "tasks": [_task(row) for row in patrol.tasks_of(user_id=actor.id, on=on)],
        "calls": [_call(row) for row in patrol.calls_of(user_id=actor.id, at=at)],
        "near": [_near(row) for row in matters.open_in(paths, most=MOST_NEAR)],
    }


def _task(row: patrol.TaskRow) -> dict[str, Any]:
    return {
        "id": row.id, "kind": row.kind, "premises": row.premises, "list": row.list, "due_on": row.due_on,
        "planned_on": row.planned_on, "urgent": row.urgent, "why": row.why,
    }  # fmt: skip


def _call(row: patrol.CallRow) -> dict[str, Any]:
    return {
        "id": row.id, "kind": row.kind, "state": row.state, "words": row.words, "due_at": row.due_at,
        "sent_at": row.sent_at, "premises": row.premises or None,
        "matter": _matter(row.matter) if row.matter else None,
    }  # fmt: skip


def _matter(row: matters.Carried) -> dict[str, Any]:
    return {
        "number": row.number, "version": row.version, "state": row.state, "state_label": row.state_label,
        "title": row.title, "text": row.text, "item_id": row.item_id, "address": row.address,
        "lon": row.lon, "lat": row.lat, "premises": row.premises_code or None,
        "reported_at": row.reported_at, "due_at": row.due_at, "moves": row.moves,
        "photos": [
            {"url": one.url, "thumb": one.thumb_url, "stage": one.stage} for one in row.photos
        ],
    }  # fmt: skip


def _near(row: matters.Carried) -> dict[str, Any]:
    return {
        "number": row.number, "item_id": row.item_id, "title": row.title,
        "state_label": row.state_label, "lon": row.lon, "lat": row.lat,
        "reported_at": row.reported_at,
    }  # fmt: skip


def grids_of(actor: Actor, at: datetime) -> list[places.AreaRow]:
    """Return the grids the officer works in, those of whom they stand in for included."""
    found: dict[str, places.AreaRow] = {}
    on = timezone.localdate(at)
    for grant in actor.grants_for(Can.USE):
        for row in places.areas_below(grant.area) if grant.area else places.areas_at_level(GRID):
            if row.is_open(on):
                found[row.path] = row
    finest = {row.parent_path for row in found.values()}
    return [row for path, row in sorted(found.items()) if path not in finest]
