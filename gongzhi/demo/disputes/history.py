"""Rows of the register and of disputes, from their courses; equal seeds give equal rows."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.secrets import blind_index
from gongzhi.clocks import queries as clocks
from gongzhi.demo.city import CONTENT
from gongzhi.demo.disputes.bodies import DemoBody, Hand
from gongzhi.demo.disputes.courses import SHARES, Done, run
from gongzhi.demo.people import name_of
from gongzhi.demo.rows import CODE_LETTERS
from gongzhi.demo.seeds import dice
from gongzhi.disputes import queries as disputes
from gongzhi.matters import actions as register
from gongzhi.matters.kind import kind_of
from gongzhi.places import queries as places

RULES: Mapping[str, str] = {
    "to_triage": "dispute.triage", "to_consent": "dispute.consent", "to_appoint": "dispute.appoint", "to_sign": "dispute.sign",
    "performing": "dispute.perform", "to_visit": "dispute.follow_up", "to_archive": "dispute.archive",
}  # fmt: skip
SOURCES = {"counter": 52, "portal": 10, "12345": 14, "110": 12, "petition": 4, "patrol": 8}
STREETS = ("宏图路", "鸿福路", "元美路", "西平路", "体育路", "绿色路", "新城路", "簪花路")
AGREED = {"settle": "written", "settle_orally": "oral"}
ENDED = {"terminate": "none", "stop_refused": "refused", "withdraw": "withdrawn"}
PERIOD_ENDS = ("take_effect", "settle_orally", *ENDED)
FIRMS = {
    "labour.contract",
    "labour.wages",
    "medical.treatment",
    "property.fees",
    "consumer.prepaid",
    "contract.works",
}
Rows = dict[str, list[Any]]


@dataclass(frozen=True)
class Theme:
    """A sort of quarrel: where it happens, what is said and wanted, about how much."""

    kind: str
    weight: int
    place: str
    story: str
    wish: str
    least: int
    most: int
    people: int
    basis: str


@dataclass(slots=True)
class Quarrel:
    id: int
    theme: Theme
    version: int
    period_rule: str
    is_sealed: bool
    title: str
    address: str
    body: DemoBody
    village: str
    source: str
    mediator: tuple[int, Hand]
    amount: int
    lines: list[Done]
    runs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.lines[-1].target

    def at(self, *moves: str) -> datetime | None:
        return next((line.at for line in self.lines if line.move in moves), None)


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    with (CONTENT / "disputes.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Theme(row["kind"], int(row["weight"]), row["place"], row["story"], row["wish"], int(row["least"]), int(row["most"]), int(row["people"]), row["basis"])
            for row in csv.DictReader(lines)
        )  # fmt: skip


def quarrel(
    seed: int, bodies: Sequence[DemoBody], *, id: int, opened: datetime, until: datetime
) -> Quarrel:
    """Invent a dispute of a town and live through it up to now."""
    chance = dice(seed, "dispute", id)
    theme = chance.choices(themes(), [theme.weight for theme in themes()])[0]
    kind = _kind(theme.kind, timezone.localdate(opened).year)
    body = _body_for(chance, theme.kind, bodies)
    village = chance.choice(places.children(body.town))
    where = f"{village.name}{chance.choice(STREETS)} {chance.randrange(1, 180)} 号{theme.place}"
    # Of a sealed file a list shows the area only.
    title, address = (kind.name, "") if kind.is_sealed else (f"{kind.name}（{where}）", where)
    outcome = chance.choices(list(SHARES), list(SHARES.values()))[0]
    if theme.kind in {"labour.wages", "medical.treatment"} and outcome == "oral":
        outcome = "written"  # not performed on the spot: in writing
    return Quarrel(
        id, theme, kind.version, kind.period_rule, kind.is_sealed, title, address, body, village.path,
        chance.choices(list(SOURCES), list(SOURCES.values()))[0], chance.choice(body.mediators),
        int(chance.triangular(theme.least, theme.most, theme.least)) // 100 * 100, run(chance, outcome=outcome, at=opened, until=until),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _kind(code: str, year: int) -> Any:
    """Return the row of the kind table in force when a year begins."""
    return disputes.kind_at(code, on=date(year, 1, 1))


def _body_for(chance: random.Random, kind: str, bodies: Sequence[DemoBody]) -> DemoBody:
    """Choose the body that knows the kind, where a town has one; now and then all the same the committee."""
    able = [body for body in bodies if kind.split(".", maxsplit=1)[0] in body.expertise]
    return able[0] if able and chance.random() < 0.85 else bodies[0]


def write(seed: int, q: Quarrel, rows: Rows) -> None:
    """Append the rows of one dispute to those of every table."""
    head = _entries(q, rows["entries"])
    _clocks(q)
    rows["clocks"] += q.runs
    rows["matters"].append(_matter(q, head))
    rows["disputes"].append(_dispute(q))
    _sides(dice(seed, "sides", q.id), q, rows)


def _hand(q: Quarrel, who: str) -> Hand:
    return {"counter": q.body.counter, "clerk": q.body.clerk, "mediator": q.mediator[1]}[who]


def _entries(q: Quarrel, rows: list[Any]) -> str:
    head = ""
    for seq, line in enumerate(q.lines, start=1):
        hand = _hand(q, line.who)
        content = {
            "matter_id": q.id, "seq": seq, "at": line.at, "actor_id": hand.id, "actor_name": hand.name, "move": line.move,
            "source": line.source, "target": line.target, "note": line.note, "values": line.facts,
        }  # fmt: skip
        head = register.entry_hash(head, content)
        rows.append(
            (
                q.id, seq, line.at, line.at, hand.id, hand.name, hand.role, hand.unit, line.move, line.source, line.target,
                line.note, json.dumps(line.facts, ensure_ascii=False), head,
            )
        )  # fmt: skip
    return head


def _clocks(q: Quarrel) -> None:
    """One clock a stage, and one for the mediation as a whole from the appointment on."""
    ends: list[Done | None] = [*q.lines[1:], None]
    owes = kind_of("dispute").owes
    for line, after in zip(q.lines, ends, strict=True):
        if line.target in owes:
            rule = RULES.get(line.target, q.period_rule)
            q.runs.append(_run(q, "stage", rule, line.at, after.at if after else None))
    if began := q.at("appoint"):
        q.runs.append(_run(q, "period", q.period_rule, began, q.at(*PERIOD_ENDS)))


def _run(
    q: Quarrel, name: str, rule: str, since: datetime, until: datetime | None
) -> dict[str, Any]:
    limit = _limit(rule, timezone.localdate(since))
    start = clocks.Start(name, limit, party=_owing(q).name, rule=rule)
    return clocks.row_values(subject=q.id, start=start, started_at=since, stopped_at=until)


@lru_cache(maxsize=4096)
def _limit(rule: str, on: date) -> Any:
    return clocks.rule_limit(rule, on=on)


def _owing(q: Quarrel) -> accounts.UnitRow:
    return accounts.centre_for(q.village, 1) if q.state == "to_triage" else q.body.unit


def _matter(q: Quarrel, head: str) -> list[Any]:
    """Return the columns of the register's row, in the register's own order."""
    owes = kind_of("dispute").owes.get(q.state)
    owing, stage = _owing(q), next((run for run in q.runs if run["stopped_at"] is None and run["name"] == "stage"), None)  # fmt: skip
    first, last, is_led = q.lines[0].at, q.lines[-1].at, q.at("triage") is not None
    units = [*accounts.centre_for(q.village, 1).ancestors, *(q.body.unit.ancestors if is_led else ())]  # fmt: skip
    values: dict[str, Any] = {
        "id": q.id, "number": register.number_of(year=first.year, serial=q.id), "kind": "dispute", "state": q.state,
        "is_open": owes is not None, "title": q.title[:120], "source": q.source, "outside_number": _outside_number(q), "is_urgent": False,
        "area_path": q.village, "district": register.district_of(q.village), "placed_on": timezone.localdate(first),
        "address": q.address, "level": 1, "owing_role": owes.role if owes else "", "owing_unit_id": owing.id if owes else None,
        "lead_unit_id": q.body.unit.id if is_led else None, "unit_ids": list(dict.fromkeys(units)),
        "started_at": stage["started_at"] if stage else None, "warn_at": stage["warn_at"] if stage else None,
        "due_at": stage["due_at"] if stage else None, "counting": str(json.loads(stage["limit"])["counting"]) if stage else "",
        "supervised": 0, "reported_at": first, "received_at": first, "changed_at": last,
        "closed_at": None if owes else last, "version": len(q.lines) - 1, "entry_count": len(q.lines), "head": head,
        "report_count": 1, "rework_count": 0, "reopen_count": 0, "extension_count": 0, "urge_count": 0, "exempt": False,
        "rules": json.dumps({"dispute_kind": q.theme.kind, "version": q.version}),
        "words": " ".join(register.search_words(q.title, q.address)), "text": "", "premises_code": "", "paused_for": "",
    }  # fmt: skip
    return [values.get(column) for column in register.HISTORY["matters"]]


def _outside_number(q: Quarrel) -> str:
    letters = {"12345": "RX", "110": "JJ", "petition": "XF"}.get(q.source)
    return f"{letters}{timezone.localdate(q.lines[0].at):%Y%m%d}{q.id % 100_000:05d}" if letters else ""  # fmt: skip


def _dispute(q: Quarrel) -> dict[str, Any]:
    agreed = next((line for line in q.lines if line.move in AGREED), None)
    ended = next((line for line in q.lines if line.move in ENDED), None)
    visited = next((line for line in q.lines if line.move == "visit"), None)
    outcome = agreed.facts.get("outcome", AGREED[agreed.move]) if agreed else ""
    performed = q.at("performed")
    return {
        "matter_id": q.id, "kind_code": q.theme.kind, "kind_version": q.version, "basis": q.theme.basis,
        "referred_by": "police" if q.theme.basis == "referral" else "", "story": q.theme.story, "wish": q.theme.wish,
        "amount": q.amount or None, "people_count": q.theme.people, "body_id": q.body.id if q.at("triage") else None,
        "settle_level": _level(q) if q.at("triage") else "", "grade": "major" if q.amount >= 100_000 else "ordinary" if q.amount >= 10_000 else "simple",
        "is_sealed": q.is_sealed, "area_path": q.village, "district": register.district_of(q.village), "opened_at": q.lines[0].at, "outcome": outcome or (ENDED[ended.move] if ended else ""),
        "outcome_reason": ended.facts["ground"] if ended else "", "routes_told": ["suit"] if ended else [],
        "agreed_at": agreed.at if agreed else None, "effective_at": q.at("take_effect", "settle_orally"),
        "performed_on": timezone.localdate(performed) if performed else None,
        "satisfied": int(visited.facts["satisfied"]) if visited else None,
    }  # fmt: skip


def _identity(q: Quarrel, seq: int, agreed: datetime | None, *, is_firm: bool) -> dict[str, Any]:
    """
    Of most files the identity was compared with a document, of some the number is kept; the rest lack it.

    No place of residence has six zeros: such a number is nobody's.
    """
    if agreed is None or q.id % 10 > 6:
        return {}
    proved: dict[str, Any] = {"verified_at": agreed - timedelta(hours=1)}
    if q.id % 3 or is_firm:
        return proved
    year = 1955 + (q.id * 7 + seq * 13) % 45
    number = (
        f"000000{year}{1 + q.id % 12:02}{1 + (q.id + seq) % 28:02}{(q.id * 11 + seq) % 1000:03}X"
    )
    return proved | {
        "id_number": number,
        "id_index": blind_index(number, purpose="party"),
        "birth_year": year,
    }


def _level(q: Quarrel) -> str:
    """Small disputes are mostly settled in the village, larger ones in the town."""
    return "village" if q.amount < 10_000 and q.id % 3 else "town"


def _sides(chance: random.Random, q: Quarrel, rows: Rows) -> None:
    """Two to nine sides with their will, their signed notice and the mediator, as far as the course went."""
    agreed, appointed = q.at("consent"), q.at("appoint")
    for seq in range(max(2, q.theme.people)):
        is_firm = seq == q.theme.people - 1 and q.theme.kind in FIRMS
        name = f"东莞市{name_of(chance)[1:]}{'医院' if q.is_sealed else '有限公司'}" if is_firm else name_of(chance)  # fmt: skip
        rows["parties"].append(
            {
                "dispute_id": q.id, "seq": seq, "side": "respondent" if seq == max(2, q.theme.people) - 1 else "applicant",
                "nature": "organisation" if is_firm else "person", "name": name, "phone": f"1000000{chance.randrange(10**4):04d}",
                "address": q.address, "code": "".join(chance.choices(CODE_LETTERS, k=10)),
            } | _identity(q, seq, agreed, is_firm=is_firm)
        )  # fmt: skip
        if agreed:
            rows["consents"].append((q.id, seq, agreed - timedelta(hours=1)))
        if appointed:
            rows["notices"].append((q.id, seq, appointed - timedelta(minutes=20)))
    if appointed:
        ended = next((line.at for line in q.lines if line.move in ENDED), None)
        rows["appointments"].append((q.id, q.mediator[0], appointed, ended))
