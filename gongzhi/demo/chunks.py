"""Writes one chunk of the history."""

from collections.abc import Mapping

from gongzhi.clocks import actions as clocks
from gongzhi.demo import tables
from gongzhi.demo.matters import Plan, chunk_rows
from gongzhi.demo.world import World
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as register


def write(known: World, plan: Plan, photos: Mapping[tuple[str, bool], list[int]]) -> None:
    # A city that is lost with the power is built again; waiting for the disk gains nothing.
    tables.run("SET LOCAL synchronous_commit = off")
    rows = chunk_rows(known, plan, photos)
    for name in register.HISTORY:
        register.copy_history(name, rows[name])
    incidents.copy_history(rows["incidents"])
    clocks.copy_in(rows=rows["clocks"])
