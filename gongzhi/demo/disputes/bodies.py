"""The few mediation bodies and mediators that the disputes of the demonstration need."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.queries import UnitRow
from gongzhi.demo import tables
from gongzhi.places import queries as places

COMMITTEE, OTHERS = "committee", ("specialist", "arbitration")
TERM = timedelta(days=3 * 365)  # 人民调解法 art. 10: three years
SPECIAL = (  # code, name, kind, expertise: in the story's town alone
    ("labour", "{town}劳动争议调解中心", "arbitration", ("labour",)),
    ("medical", "东莞市医疗纠纷人民调解委员会{town}工作站", "specialist", ("medical",)),
    ("traffic", "{town}道路交通事故纠纷人民调解委员会", "specialist", ("traffic",)),
    ("court", "{town}人民法庭诉前调解工作室", "court_room", ()),
)


@dataclass(frozen=True)
class Hand:
    """Somebody who writes into a file."""

    id: int
    name: str
    role: str
    unit: int


@dataclass(frozen=True)
class DemoBody:
    id: int
    name: str
    kind: str
    unit: UnitRow
    town: str
    expertise: frozenset[str]
    mediators: tuple[tuple[int, Hand], ...]  # id in the registry, and who that is
    clerk: Hand
    counter: Hand = field(hash=False)


def found(town_paths: list[str], *, on: date) -> dict[str, list[DemoBody]]:
    """Return the bodies of these towns, the committee first; what is not there yet is made, by its code."""
    hands = _hands()
    return {path: _of_town(path, hands, on, is_story=n == 0) for n, path in enumerate(town_paths)}


def _hands() -> dict[tuple[str, str], list[Hand]]:
    """Return who works in mediation, by role and place."""
    by_place: dict[tuple[str, str], list[Hand]] = {}
    for user, name, role, unit, area in tables.postings():
        if role in {"centre_clerk", "body_clerk", "mediator"}:
            by_place.setdefault((role, area), []).append(Hand(user, name, role, unit))
    return by_place


def _of_town(
    path: str, hands: dict[tuple[str, str], list[Hand]], on: date, *, is_story: bool
) -> list[DemoBody]:
    clerk, counter = hands["body_clerk", path][0], hands["centre_clerk", path][0]
    mediators, town = hands["mediator", path], places.area(path).name
    unit, short = accounts.unit(clerk.unit), path.split("/")[1]
    wanted: list[tuple[str, str, str, tuple[str, ...]]] = [
        (f"tj-{short}", f"{town}人民调解委员会", COMMITTEE, ())
    ]
    if is_story:
        wanted += [(f"tj-{short}-{code}", name.format(town=town), kind, knows) for code, name, kind, knows in SPECIAL]  # fmt: skip
    made = []
    for place, (code, name, kind, knows) in enumerate(wanted):
        body = _body(code, unit, path, on, name=name, kind=kind, expertise=list(knows))
        # The committee has all of them; a special body has the first, who leads it, and one more.
        some = mediators if place == 0 else mediators[:: 1 + (place + 1) % 2][:2]
        rows = tuple((_mediator(f"{code}-{n}", body, hand, on, n), hand) for n, hand in enumerate(some, start=1))  # fmt: skip
        made.append(DemoBody(body.pk, name, kind, unit, path, frozenset(knows), rows, clerk, counter))  # fmt: skip
    return made


def _body(code: str, unit: UnitRow, path: str, on: date, **said: Any) -> Any:
    # The registry fills the columns that nothing is said of.
    model: Any = apps.get_model("mediators", "Body")
    row, _is_new = model.objects.get_or_create(
        code=code,
        defaults={
            "unit_id": unit.id, "unit_ids": list(unit.ancestors), "area_path": path, "filed_on": on - TERM / 2,
            "filing_number": f"备案〔{(on - TERM / 2).year}〕{code.removeprefix('tj-')}", "term_ends_on": on + TERM / 2, **said,
        },
    )  # fmt: skip
    return row


def _mediator(code: str, body: Any, hand: Hand, on: date, place: int) -> int:
    model: Any = apps.get_model("mediators", "Mediator")
    row, _is_new = model.objects.get_or_create(
        code=code,
        defaults={
            "user_id": hand.id, "name": hand.name, "body": body, "employment": "full" if place % 2 else "part",
            "is_woman": place % 2 == 1, "expertise": body.expertise, "languages": ["yue", "cmn"],
            "appointed_on": on - TERM / 2, "term_ends_on": on + TERM / 2, "unit_ids": body.unit_ids, "area_path": body.area_path,
        },
    )  # fmt: skip
    return int(row.pk)
