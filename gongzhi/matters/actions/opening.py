"""A matter enters the register."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.clocks import actions as clocks
from gongzhi.matters import rules
from gongzhi.matters.actions.entries import Line, write_entry
from gongzhi.matters.actions.owing import keep_clocks, settle_owing
from gongzhi.matters.actions.papers import attach
from gongzhi.matters.events import MatterOpened
from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Matter, Reporter

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read aloud without doubt


@dataclass(frozen=True)
class Contact:
    """How somebody who reports wants to hear of the matter; all may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Opening:
    """What a new matter is made of, whatever its kind."""

    kind: str
    title: str
    text: str
    source: str
    area_path: str
    placed_on: date
    state: str = ""  # empty: the kind's first state
    item_id: int | None = None
    is_urgent: bool = False
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    premises_code: str = ""
    outside_number: str = ""
    level: int = 1
    lead_unit: int | None = None
    rules: dict[str, Any] = field(default_factory=dict)
    reporter: Contact | None = None
    files: Sequence[str] = ()  # tokens of uploads
    sender: str = ""  # the browser they came from, when nobody is signed in
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    extra_words: Sequence[str] = ()  # what else it is found by
    clocks: Sequence[Any] = ()  # further clocks to start: whole, first response


@dataclass(frozen=True)
class Opened:
    matter: Matter
    code: str  # the reporter's; empty when nobody is to be told
    is_new: bool


@transaction.atomic(savepoint=False)
def open_matter(*, opening: Opening, actor: Actor, at: datetime, key: str | None = None) -> Opened:
    """
    Enter a matter in the register: number, clocks, timeline, files, audit and jobs, or nothing.

    A key that was used before breaks the transaction with IntegrityError: then `known_opening`
    gives the matter that it opened.
    """
    matter = _row(opening, at, key)
    started = settle_owing(matter, kind_of(opening.kind), at=at)
    matter.id = _next_id()
    matter.number = rules.number_of(year=at.year, serial=matter.id)
    rows = clocks.change(subject=matter.id, at=at, start=[*started, *opening.clocks])
    keep_clocks(matter, rows)
    line = Line("report", "", matter.state, opening.note, dict(opening.facts))
    entry = write_entry(matter, line, actor=actor, at=at)
    matter.save(force_insert=True)
    entry.save(force_insert=True)
    code = _reporter(matter, opening.reporter, at)
    attach(matter, opening.files, stage="report", actor=actor, at=at, sender=opening.sender)
    audit.record(actor=actor, verb="matters.report", subject=f"matter:{matter.id}", at=at)
    bus.publish(
        MatterOpened(
            matter.id, matter.number, matter.kind, matter.state, matter.title, matter.owing_role,
            matter.owing_unit_id, matter.due_at, matter.is_urgent, at,
        )
    )  # fmt: skip
    return Opened(matter, code, is_new=True)


def known_opening(key: str) -> Opened | None:
    """Return the matter that was opened with this key before, if any."""
    matter = Matter.objects.defer("words").filter(key=key).first()
    if matter is None:
        return None
    reporter = Reporter.objects.filter(matter=matter, is_first=True).first()
    return Opened(matter, reporter.code if reporter else "", is_new=False)


def _row(opening: Opening, at: datetime, key: str | None) -> Matter:
    state = opening.state or kind_of(opening.kind).first
    words = rules.search_words(opening.title, opening.text, opening.address, *opening.extra_words)
    lead = accounts.unit(opening.lead_unit) if opening.lead_unit else None
    return Matter(
        key=key, kind=opening.kind, state=state, title=opening.title, text=opening.text,
        source=opening.source, outside_number=opening.outside_number, item_id=opening.item_id,
        is_urgent=opening.is_urgent, area_path=opening.area_path,
        district=rules.district_of(opening.area_path), placed_on=opening.placed_on,
        address=opening.address, lon=opening.lon, lat=opening.lat,
        premises_code=opening.premises_code, level=opening.level, lead_unit_id=opening.lead_unit,
        unit_ids=list(lead.ancestors) if lead else [], rules=opening.rules, reported_at=at,
        received_at=at, changed_at=at, words=SearchVector(Value(" ".join(words)), config="simple"),
    )  # fmt: skip


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('matters_matter', 'id'))")
        row = cursor.fetchone()
    return int(row[0])


def _reporter(matter: Matter, contact: Contact | None, at: datetime) -> str:
    if contact is None:
        return ""
    code = new_code()
    Reporter.objects.create(
        matter=matter, code=code, name=contact.name, phone=contact.phone, email=contact.email,
        reported_at=at,
    )  # fmt: skip
    return code


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
