"""Reports from other programs: 12345, 110, a patrol app."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of
from gongzhi.base.texts import plain
from gongzhi.files import queries as files
from gongzhi.incidents import actions, queries
from gongzhi.incidents.capabilities import Can
from gongzhi.matters import actions as matters

router = Router(tags=["reports"])


class ContactIn(Schema):
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=100)


class ReportIn(Schema):
    item: str = Field(description="code of the catalogue's item, e.g. P0101", max_length=24)
    text: str = ""
    source: str = Field("patrol", description="patrol, 12345, 110, counter or inspection")
    lon: float | None = None
    lat: float | None = None
    system: str = "WGS-84"
    area_path: str = Field("", max_length=60)
    address: str = Field("", max_length=200)
    premises_code: str = Field("", max_length=40)
    outside_number: str = Field("", max_length=60)
    answers: dict[str, str] = Field(default_factory=dict)
    files: list[str] = Field(default_factory=list, max_length=20)
    after_files: list[str] = Field(default_factory=list, max_length=20)
    contact: ContactIn | None = None
    self_handled: bool = False
    is_new: bool = False
    key: str = Field(
        "", description="sent again with the same key, the same matter answers", max_length=40
    )


class ReportOut(Schema):
    number: str
    code: str = Field(
        description="with the number opens the reporter's progress page; empty without a contact"
    )
    state: str
    place: str
    due_at: datetime | None
    is_new: bool


@router.post("", response={201: ReportOut})
def report(request: HttpRequest, given: ReportIn) -> Status[ReportOut]:
    """File a matter. 409 with the numbers of likely duplicates: send it again with is_new when it is another."""
    actor, at = actor_of(request), timezone.now()
    if not actor.can(Can.REPORT):
        raise OutOfReach
    opened = actions.report(
        said=_said(request, given), actor=actor, at=at, key=f"api:{actor.id}:{plain(given.key)}"[:64] if given.key else None
    )  # fmt: skip
    matter = opened.matter
    answer = ReportOut(
        number=matter.number, code=opened.code, state=matter.state, place=queries.place_name(matter.area_path),
        due_at=matter.due_at, is_new=opened.is_new,
    )  # fmt: skip
    return Status(201, answer)


def _said(request: HttpRequest, given: ReportIn) -> actions.Report:
    if given.source not in queries.STAFF_SOURCES:
        raise Invalid({"source": queries.sources_sentence()})
    values: dict[str, Any] = given.model_dump(exclude={"item", "key", "contact"})
    contact = given.contact
    return actions.Report(
        item_id=queries.item_id_of(plain(given.item), on=timezone.localdate()), sender=files.sender_of(request),
        contact=matters.Contact(contact.name, contact.phone, contact.email) if contact else None, **values,
    )  # fmt: skip
