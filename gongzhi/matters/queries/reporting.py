"""What other modules may know of a report: its matter's facts, and whether somebody left a way to be told."""

from dataclasses import dataclass
from datetime import datetime

from gongzhi.matters.models import Matter, Reporter


@dataclass(frozen=True)
class FirstReport:
    """The report that opened a matter."""

    matter_id: int
    number: str
    kind: str
    source: str
    item_id: int | None
    title: str
    text: str
    area_path: str
    state: str
    is_open: bool
    reported_at: datetime
    closed_at: datetime | None
    reporter_id: int | None  # None: nobody asked to hear of it
    phone: str
    email: str


def first_report(matter_id: int) -> FirstReport | None:
    matter = Matter.objects.defer("words").filter(pk=matter_id).first()
    if matter is None:
        return None
    reporter = Reporter.objects.filter(matter=matter, is_first=True).order_by("id").first()
    return FirstReport(
        matter.id, matter.number, matter.kind, matter.source, matter.item_id, matter.title, matter.text,
        matter.area_path, matter.state, matter.is_open, matter.reported_at, matter.closed_at,
        reporter.pk if reporter else None, reporter.phone if reporter else "",
        reporter.email if reporter else "",
    )  # fmt: skip
