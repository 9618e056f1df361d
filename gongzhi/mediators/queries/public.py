"""The public directory: bodies by their office, mediators as far as each of them agreed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.mediators.models import Body, Mediator
from gongzhi.mediators.queries.choosing import days_of, words_of
from gongzhi.mediators.queries.defined import fields, grades, languages
from gongzhi.places import queries as places

SIZE = 24


@dataclass(frozen=True)
class PublicFilter:
    text: str = ""
    field: str = ""
    language: str = ""
    area: str = ""


@dataclass(frozen=True)
class PublicFace:
    """What everybody may read of a mediator; what they did not agree to is empty."""

    code: str
    name: str
    body: str
    body_id: int
    place: str
    phone: str  # of the body's office
    address: str
    expertise: tuple[str, ...]
    languages: str
    grade: str
    about: str
    weekdays: tuple[int, ...]
    next_free_on: date | None


def _public() -> QuerySet[Mediator]:
    rows = Mediator.objects.filter(is_public=True, left_on__isnull=True, body__is_active=True)
    return rows.select_related("body")


def public_page(by: PublicFilter, *, on: date, after: str = "", before: str = "") -> tuple[Page[Mediator], list[PublicFace]]:  # fmt: skip
    """Return a page of the directory. A field or language finds only whoever agreed to show it."""
    rows = _public()
    if by.field:
        rows = rows.filter(expertise__contains=[by.field], shows__contains=["expertise"])
    if by.language:
        rows = rows.filter(languages__contains=[by.language], shows__contains=["languages"])
    if by.area:
        rows = rows.filter(area_path__startswith=by.area)
    if by.text:
        rows = rows.filter(Q(name__icontains=by.text) | Q(body__name__icontains=by.text))
    page = page_of(rows, "name", "id", after=after, before=before, size=SIZE)
    days = days_of(page.rows, since=on)
    return page, [_face(row, days[row.pk].next_free(on)) for row in page.rows]


def _face(row: Mediator, next_free: date | None) -> PublicFace:
    shows = set(row.shows)
    return PublicFace(
        code=row.code, name=row.name, body=row.body.name, body_id=row.body_id, place=places.full_name(row.area_path) if row.area_path else "",
        phone=row.body.phone, address=row.body.address,
        expertise=tuple(fields().get(code, code) for code in row.expertise) if "expertise" in shows else (),
        languages=words_of(row.languages, languages()) if "languages" in shows else "",
        grade=grades().get(row.grade, row.grade) if "grade" in shows else "",
        about=row.about if "about" in shows else "", weekdays=tuple(row.weekdays) if "days" in shows else (),
        next_free_on=next_free if "days" in shows else None,
    )  # fmt: skip


def public_face(code: str, *, on: date) -> PublicFace:
    """Return one mediator of the directory; whoever does not stand there is as good as absent."""
    row = _public().filter(code=code).first()
    if row is None:
        raise OutOfReach
    return _face(row, days_of([row], since=on)[row.pk].next_free(on))


def chosen_publicly(code: str) -> Mediator | None:
    """Return the mediator somebody chose in the directory, while they still stand in it."""
    return _public().filter(code=code).first() if code else None


def public_bodies(area: str, *, field: str = "") -> list[Body]:
    """Return the bodies of a place by their office, the nearest first."""
    parts = area.rstrip("/").split("/") if area else []
    around = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    rows = Body.objects.filter(is_active=True)
    rows = rows.filter(Q(area_path__in=around) | Q(area_path__startswith=area)) if area else rows.none()  # fmt: skip
    if field:
        rows = rows.filter(Q(expertise__contains=[field]) | Q(expertise=[]))
    return sorted(rows[:200], key=lambda row: (-row.area_path.count("/"), row.kind, row.name))[:60]
