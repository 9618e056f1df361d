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
from gongzhi.places import queries as places

GRID = 3
MOST_NEAR = 400
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
        "grids": [{"path": row.path, "name": row.name} for row in grids_of(actor)],
        "language": get_language(),
        "wipe_after_days": settings.FIELD_WIPE_DAYS,
        "photo": PHOTO,
        "emergency": [
            {"words": row["words"], "phone": row["phone"]} for row in shipped("emergency.csv")
        ],
        "shift": None,
        "substitutes_for": sorted(accounts.names([absent]).values()) if absent else [],
        "statistics": [],
        "appeals": [],
    }


def areas(actor: Actor, at: datetime) -> dict[str, Any]:
    rows = grids_of(actor)
    shapes = places.outlines_of([row.path for row in rows], on=timezone.localdate(at))
    return {
        "areas": [
            {"path": row.path, "name": row.name, "geometry": shapes.get(row.path)} for row in rows
        ]
    }


def premises(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"columns": [], "rows": []}


def work(actor: Actor, at: datetime) -> dict[str, Any]:
    paths = [row.path for row in grids_of(actor)]
    return {
        "tasks": [],
        "calls": [],
        "near": [_near(row) for row in matters.open_in(paths, most=MOST_NEAR)],
    }


def _near(row: matters.Carried) -> dict[str, Any]:
    return {
        "number": row.number, "item_id": row.item_id, "title": row.title,
        "state_label": row.state_label, "lon": row.lon, "lat": row.lat,
        "reported_at": row.reported_at,
    }  # fmt: skip


def grids_of(actor: Actor) -> list[places.AreaRow]:
    """Return the grids the officer works in, those of whom they stand in for included."""
    found: dict[str, places.AreaRow] = {}
    for grant in actor.grants_for(Can.USE):
        for row in places.areas_below(grant.area) if grant.area else places.areas_at_level(GRID):
            found[row.path] = row
    finest = {row.parent_path for row in found.values()}
    return [row for path, row in sorted(found.items()) if path not in finest]
