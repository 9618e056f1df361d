"""The register for other programs: the same lists, details and moves as the workbench."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from ninja import Field, Router, Schema

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of
from gongzhi.matters import actions, forms, queries
from gongzhi.matters.queries import Box

router = Router(tags=["matters"])


class ClockOut(Schema):
    state: str
    words: str
    percent: int


class MatterOut(Schema):
    number: str
    kind: str
    title: str
    state: str
    state_label: str
    item: str
    place: str
    address: str
    source: str
    owing: str
    urgent: bool
    open: bool
    version: int
    reported_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    lon: float | None
    lat: float | None
    clock: ClockOut


class PageOut(Schema):
    matters: list[MatterOut]
    next: str = Field(description="give it as `after` to get the next page; empty at the end")
    previous: str


class LineOut(Schema):
    at: datetime
    move: str
    label: str
    unit: str
    who: str
    note: str
    facts: list[str]


class FileOut(Schema):
    kind: str
    stage: str
    url: str
    at: datetime


class MoveOut(Schema):
    name: str
    label: str
    says: str
    needs_input: bool


class DetailOut(MatterOut):
    text: str
    due_at: datetime | None
    whole_due_at: datetime | None
    facts: dict[str, str]
    lines: list[LineOut]
    files: list[FileOut]
    moves: list[MoveOut]
    explanation: list[str]


class MoveIn(Schema):
    version: int | None = Field(
        None, description="of the matter as you saw it; another one is a 409"
    )
    values: dict[str, Any] = Field(
        default_factory=dict, description="the fields of the move's form"
    )


@router.get("", response=PageOut)
def listing(request: HttpRequest, box: str = "todo", after: str = "", sort: str = "") -> PageOut:
    """List a box. Narrow with q, area, item, unit, state, source, clock, urgent, since, until."""
    if box not in set(Box):
        raise OutOfReach
    by = queries.filter_from(request.GET)
    if problem := by.problem or queries.number_problem(by.q):
        raise Invalid({"since" if by.problem else "q": problem})
    page = queries.matters_in(
        Box(box), actor_of(request), by=by, at=timezone.now(), cursor=after, sort=sort
    )
    return PageOut(
        matters=[_matter(row) for row in page.rows], next=page.next, previous=page.previous
    )


@router.get("/{number}", response=DetailOut)
def detail(request: HttpRequest, number: str) -> DetailOut:
    seen = queries.detail(_number(number), actor_of(request), at=timezone.now())
    return DetailOut(
        **_columns(seen.row), text=seen.matter.text, due_at=seen.matter.due_at, whole_due_at=seen.matter.whole_due_at,
        facts={str(label): str(value) for label, value in seen.facts},
        lines=[
            LineOut(at=li.at, move=li.move, label=li.label, unit=li.unit, who=li.who, note=li.note, facts=li.facts)
            for li in seen.lines
        ],
        files=[FileOut(kind=f.link.kind, stage=f.stage, url=f.link.url, at=f.at) for f in seen.files],
        moves=[MoveOut(name=m.name, label=m.label, says=m.says, needs_input=m.needs_input) for m in seen.moves],
        explanation=seen.explanation,
    )  # fmt: skip


@router.post("/{number}/moves/{name}", response=MatterOut)
def move(request: HttpRequest, number: str, name: str, given: MoveIn) -> MatterOut:
    """Make a move. Its inputs are checked by the same form as on the page."""
    actor, at = actor_of(request), timezone.now()
    seen = queries.movable(_number(number), name, actor)
    form = forms.shape_of(seen.kind, seen.move)(_posted(given.values), matter=seen.matter)
    if not form.is_valid():
        raise Invalid({field: " ".join(map(str, errors)) for field, errors in form.errors.items()})
    matter = actions.move(
        matter_id=seen.matter.id,
        move=name,
        values=form.cleaned_data,
        actor=actor,
        at=at,
        version=given.version,
    )
    return _matter(queries.row_of(matter, at=at))


def _number(text: str) -> str:
    if problem := queries.number_problem(text):
        raise Invalid({"number": problem})
    return queries.whole_number(text) or text[:30]


def _posted(values: Mapping[str, Any]) -> QueryDict:
    """Return JSON values as a form reads them: lists are several choices; uploads are joined by commas."""
    posted = QueryDict(mutable=True)
    for name, value in values.items():
        many = value if isinstance(value, list) else [value]
        texts = [_text(one) for one in many if one is not None]
        posted.setlist(name, [",".join(texts)] if name == "uploads" else texts)
    return posted


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _matter(row: queries.Row) -> MatterOut:
    return MatterOut(**_columns(row))


def _columns(row: queries.Row) -> dict[str, Any]:
    return {
        "number": row.number, "kind": row.kind_name, "title": row.title, "state": row.state,
        "state_label": row.state_label, "item": row.item, "place": row.place, "address": row.address,
        "source": row.source, "owing": row.party, "urgent": row.is_urgent, "open": row.is_open,
        "version": row.version, "reported_at": row.reported_at, "changed_at": row.changed_at,
        "closed_at": row.closed_at, "lon": row.lon, "lat": row.lat,
        "clock": ClockOut(state=row.face.state, words=row.face.words, percent=row.face.percent),
    }  # fmt: skip
