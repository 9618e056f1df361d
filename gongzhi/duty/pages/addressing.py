"""Whom a bulletin or an instruction goes to, and what hangs on it, as forms send them."""

from typing import Any

from django.http import HttpRequest

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.duty import queries


def mine_of(actor: Actor, capability: str) -> tuple[list[tuple[int, str]], queries.Addressees]:
    """Return the units the actor may speak for, and whom they may address."""
    mine = [(unit, accounts.unit_name(unit)) for unit in queries.homes(actor, capability)]
    return mine, queries.addressees(actor, capability, without=mine[0][0] if mine else 0)


def addressed(actor: Actor, capability: str, said: dict[str, Any]) -> list[int]:
    """Take groups and units out of what was said and return the units they name together."""
    groups, units = said.pop("groups", []), said.pop("units", [])
    found = [*queries.units_of_groups(actor, capability, groups), *units]
    return [unit for unit in dict.fromkeys(found) if unit != said["unit_id"]]


def uploads_of(request: HttpRequest) -> list[str]:
    """Return the tokens of what was uploaded: each file brings a hidden input of its own."""
    sent = request.POST.getlist("uploads")
    return [token[:64] for part in sent for token in part.split(",") if token][:20]
