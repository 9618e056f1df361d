"""Builds the demonstration city."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.demo import (
    agreements,
    allowances,
    assessments,
    centres,
    disputes,
    dockings,
    duty,
    foundation,
    insights,
    labour,
    lessons,
    matters,
    mediation,
    oversight,
    patrols,
    photos,
    publications,
    residents,
    rewards,
    rhythm,
    screens,
    story,
    tables,
    talks,
)
from gongzhi.demo.annals import ledger, whole
from gongzhi.demo.city import City, build
from gongzhi.figures import actions as figures
from gongzhi.patrol import actions as patrol
from gongzhi.places import queries as places
from gongzhi.places.capabilities import Can as Places

SEED = 1
MOST = 20_000_000
CHUNK = 1000
MANY = 100_000  # from here on indexes are built afterwards
CITY_MATTERS, CITY_PREMISES = 15_300_000, 5_000_000
MOST_PREMISES = 60_000_000
ALONE = 3000  # up to here a second process costs more than it brings
STAGED_FROM = 1000  # fewer may leave the story's town without a matter to work on
BUILDER = system("演示城市", Places.MANAGE, Catalogue.MANAGE)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    matters: int
    areas: int
    people: int
    premises: int


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def load(
    *,
    matters: int = 20_000,
    seed: int = SEED,
    full: bool = False,
    at: datetime | None = None,
    report: Progress = _silent,
    actor: Actor = BUILDER,
    processes: int | None = None,
) -> Loaded:
    """
    Build the city and its history up to an instant; the same seed and instant give the same rows.

    `full` employs all 10,291 grid officers. Refused when the database holds a city or a register
    of its own; a history that was interrupted is written anew. `report` is told what is done, how
    far it is, and of how much.
    """
    if not 0 <= matters <= MOST:
        raise Refused(_("Choose between 0 and {most} matters.").format(most=MOST))
    at = (at or timezone.now()).replace(microsecond=0)  # noqa: TID251 - the command line may leave it out
    _refuse_real_work()
    count = processes or (1 if matters <= ALONE else min(4, os.cpu_count() or 1))
    with labour.workers(count) as spread:
        kept = spread(labour.keep_photo, [(seed, at, photo) for photo in photos.names()])
        _lay_foundation(seed, full=full, actor=actor, at=at, report=report)
        pictures = _photos_by_scene(kept, report)
        _write_history(seed, matters, spread, pictures, at=at, report=report)
        _tell_stories(matters, seed=seed, at=at, actor=actor, report=report)
        if matters >= STAGED_FROM:
            for done, _part in enumerate(
                spread(labour.learn, [(part, at) for part in lessons.LESSONS]), start=1
            ):
                report(lessons.words(), done, len(lessons.LESSONS))
            lessons.compare(at=at)
    return _counted(matters)


def load_city(
    *,
    matters: int = CITY_MATTERS,
    premises: int = CITY_PREMISES,
    seed: int = SEED,
    at: datetime | None = None,
    report: Progress = _silent,
    actor: Actor = BUILDER,
    processes: int | None = None,
) -> Loaded:
    """
    Build the whole city: four years of matters, all officers, millions of premises; what was interrupted goes on.

    The newest matters are lived through one by one, the long settled ones are made by columns and keep the first
    and the last entry of their file. Refused as `load` is, and when another load is under way.
    """
    for count, most in ((matters, MOST), (premises, MOST_PREMISES)):
        if not 0 <= count <= most:
            raise Refused(_("Choose between 0 and {most}.").format(most=most))
    at = (at or timezone.now()).replace(microsecond=0)  # noqa: TID251 - the command line may leave it out
    if not ledger.is_begun():
        _refuse_real_work()
    plan = whole.begin(whole.Plan(matters, premises, seed, at))
    with labour.workers(processes or os.cpu_count() or 1) as spread:
        tasks = [(seed, plan.at, photo) for photo in photos.names()]
        pictures = whole.pictures(
            lambda: _photos_by_scene(spread(labour.keep_photo, tasks), report)
        )
        _lay_foundation(seed, full=True, actor=actor, at=plan.at, report=report)
        whole.write(plan, spread, pictures, report)
        ledger.once(
            "stories",
            lambda: _tell_stories(matters, seed=seed, at=plan.at, actor=actor, report=report),
        )
        if matters >= STAGED_FROM:
            whole.learn(plan, spread, report)
        whole.end(plan, spread, report)
    return _counted(matters)


def _tell_stories(matters: int, *, seed: int, at: datetime, actor: Actor, report: Progress) -> None:
    """Give the walk-through its parts, once the register is full."""
    if matters >= STAGED_FROM:
        story.stage(at=at)
        rewards.lay(at=at)
        report(_("Duty"), 0, 1)
        duty.lay(seed=seed, at=at)
        report(_("Duty"), 1, 1)
        oversight.stage(seed=seed, at=at)
    _mediate(matters, seed=seed, at=at, report=report)
    publications.show(seed=seed, at=at)
    report(_("Patrols"), 0, 1)
    patrols.load(seed=seed, at=at, story=matters >= STAGED_FROM)
    report(_("Patrols"), 1, 1)
    residents.settle(at=at)
    screens.hang(at=at)
    patrol.count_presence(at=at)
    insights.keep(at=at)
    figures.rebuild(at=at, report=lambda done, of: report(_("Figures"), done, of))
    if matters >= STAGED_FROM:
        assessments.lay(at=at)
    audit.record(
        actor=actor, verb="demo.load", subject="demonstration", at=at,
        detail={"matters": matters, "seed": seed},
    )  # fmt: skip


def _mediate(matters: int, *, seed: int, at: datetime, report: Progress) -> None:
    """Give the city its quarrels, and who settles them."""
    report(_("Disputes"), 0, 1)
    centres.open_all(at=at)
    disputes.load(matters=matters, seed=seed, at=at)
    centres.live(seed=seed, at=at)
    agreements.lay(seed=seed, at=at)
    talks.hold(at=at)
    mediation.lay(seed=seed, at=at)
    dockings.lay(seed=seed, at=at)
    allowances.lay(at=at)
    report(_("Disputes"), 1, 1)


def _refuse_real_work() -> None:
    if tables.has_rows("matters_matter"):
        if tables.comment("matters_matter") != tables.BEING_WRITTEN:
            raise Refused(
                _(
                    "The register holds matters already. A demonstration city needs an empty database: `gongzhi reset` makes one."
                )
            )
        tables.empty(tables.HISTORY_TABLES)
    if tables.has_rows("places_area") and accounts.person_by_username("grid") is None:
        raise Refused(
            _(
                "This database holds a city already. A demonstration city needs an empty database: `gongzhi reset` makes one."
            )
        )


def _lay_foundation(seed: int, *, full: bool, actor: Actor, at: datetime, report: Progress) -> None:
    if tables.has_rows("places_area"):
        return
    report(_("City, people, premises"), 0, 1)
    city: City = build(seed)
    foundation.lay(seed=seed, city=city, full=full, actor=actor, at=at)
    for forget in (places.forget, accounts.forget, catalogue.forget):
        forget()
    tables.analyze(("places_premises", "accounts_user", "accounts_posting", "accounts_unit"))
    report(_("City, people, premises"), 1, 1)


def _photos_by_scene(kept: Any, report: Progress) -> dict[tuple[str, bool], list[int]]:
    wanted = list(photos.names())
    ids: dict[tuple[str, bool], list[int]] = {}
    for done, (photo, file) in enumerate(zip(wanted, kept, strict=True), start=1):
        ids.setdefault((photo.scene, photo.after), []).append(file)
        report(_("Photographs"), done, len(wanted))
    return ids


def _write_history(
    seed: int, count: int, spread: Any, pictures: Any, *, at: datetime, report: Progress
) -> None:
    now = int(at.timestamp())
    moments, forced = matters.stage_moments(
        rhythm.moments(seed=seed, count=count, until=at), now=now
    )
    plans = matters.plans(
        seed=seed, seconds=moments.seconds, sources=moments.source, now=now, first_id=1, size=CHUNK,
        forced=forced,
    )  # fmt: skip
    tables.set_comment("matters_matter", tables.BEING_WRITTEN)
    try:
        with tables.without_indexes(tables.HISTORY_TABLES if count >= MANY else ()):
            done = 0
            for written in spread(
                labour.write_chunk, [(seed, at, plan, pictures) for plan in plans]
            ):
                done += written
                report(_("Matters"), done, count)
            if count >= MANY:
                report(_("Indexes"), 0, 1)
    except BaseException:
        tables.empty(tables.HISTORY_TABLES)
        raise
    tables.set_sequence("matters_matter")
    tables.analyze(tables.HISTORY_TABLES)
    tables.set_comment("matters_matter", f"{tables.MARK}{count} matters, seed {seed}")


def _counted(count: int) -> Loaded:
    sizes = [tables.count(name) for name in ("places_area", "accounts_user", "places_premises")]
    return Loaded(count, *sizes)
