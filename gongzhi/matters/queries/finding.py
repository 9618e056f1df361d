"""Narrowing a list: by area, item, state, source, clock, days and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.search import SearchQuery
from django.core.cache import cache
from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.texts import as_number
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import rules
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.vocabulary import search_terms

CLASS = "class:"  # before a class's code, where an item's id may stand too


LEVELS = ("0", "1", "2")
FEW_DAYS = timedelta(days=100)
HOUR = 3600
BEING_FILED = 1000  # newest ids that a slower writer may still fill


@dataclass(frozen=True)
class Filter:
    q: str = ""
    area: str = ""
    item: int | None = None  # any version of it
    item_class: str = ""
    unit: int | None = None
    state: str = ""
    source: str = ""
    clock: str = ""  # late | soon | paused
    level: int | None = None  # of command: 0 city, 1 town, 2 village
    urgent: bool = False
    since: date | None = None
    until: date | None = None
    problem: str = ""  # a sentence when what was asked for cannot be

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def filter_from(asked: Mapping[str, str]) -> Filter:
    """Read a filter from query parameters; what cannot be read is left out and said in `problem`."""
    found = Filter(
        q=asked.get("q", "").replace("\x00", "").strip()[:100],
        area=asked.get("area", "")[:60],
        item=_number(asked.get("item")),
        item_class=asked.get("item", "")[len(CLASS) :][:20]
        if asked.get("item", "").startswith(CLASS)
        else "",
        unit=_number(asked.get("unit")),
        state=asked.get("state", "")[:20],
        source=asked.get("source", "") if asked.get("source") in Source.values else "",
        clock=asked.get("clock", "") if asked.get("clock") in {"late", "soon", "paused"} else "",
        level=int(asked["level"]) if asked.get("level") in LEVELS else None,
        urgent=asked.get("urgent") == "1",
    )
    try:
        return replace(found, since=_day(asked.get("since")), until=_day(asked.get("until")))
    except ValueError:
        return replace(found, problem=_("Write days as 2026-11-22."))


def _number(text: str | None) -> int | None:
    return as_number(text or "", digits=11)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day = date.fromisoformat(text)
    if not 2000 <= day.year <= 2100:
        raise ValueError(text)
    return day


def narrowed(rows: QuerySet[Matter], by: Filter, *, at: datetime) -> QuerySet[Matter]:
    """Keep the rows the filter asks for."""
    rows = _by_columns(rows, by)
    rows = _by_clock(rows, by, at)
    rows = _by_days(rows, by)
    return _by_words(rows, by.q, at)


def _by_columns(rows: QuerySet[Matter], by: Filter) -> QuerySet[Matter]:
    columns = {"state": by.state, "source": by.source, "is_urgent": by.urgent}
    rows = rows.filter(**{name: value for name, value in columns.items() if value})
    if by.level is not None:
        rows = rows.filter(level=by.level)
    if by.item or by.item_class:
        rows = rows.filter(_of_items(catalogue.all_versions(by.item, by.item_class)))
    if by.unit:
        rows = rows.filter(unit_ids__contains=[by.unit])
    return rows.filter(Matter.scoped_by.rows_in(by.area)) if by.area else rows


def _of_items(ids: Sequence[int]) -> Q:
    return Q(item_id=ids[0]) if len(ids) == 1 else Q(item_id__in=ids)


def _by_clock(rows: QuerySet[Matter], by: Filter, at: datetime) -> QuerySet[Matter]:
    if by.clock == "late":
        return rows.filter(is_open=True, due_at__lt=at, paused_for="")
    if by.clock == "soon":
        return rows.filter(is_open=True, due_at__gte=at, warn_at__lte=at, paused_for="")
    if by.clock == "paused":
        return rows.filter(is_open=True).exclude(paused_for="")
    return rows


def _by_days(rows: QuerySet[Matter], by: Filter) -> QuerySet[Matter]:
    days = Q()
    if by.since:
        days &= Q(reported_at__gte=_midnight(by.since))
    if by.until:
        days &= Q(reported_at__lt=_midnight(by.until + timedelta(days=1)))
    rows = rows.filter(days)
    if not (by.since and by.until) or by.until - by.since > FEW_DAYS:
        return rows
    return rows.filter(_within_ids(by.since, by.until, days))


def _within_ids(since: date, until: date, days: Q) -> Q:
    """
    Return bounds of the ids reported on some days: lists run by id, else the database would walk there from today.

    They are looked up once an hour, and each time among what has been filed since then or was just being filed.
    """
    plain_id = F("id") + 0  # an expression: else the database would look for an end along all ids
    rows = Matter.objects.filter(days).order_by()
    newest = Matter.objects.order_by("-id").values_list("id", flat=True).first() or 0
    key = f"ids-of-days:{since}:{until}"
    found: tuple[int, int, int] | None = cache.get(key)
    if found is None or found[2] > newest:
        ends = rows.aggregate(first=Min(plain_id), last=Max(plain_id))
        found = (ends["first"] or newest, ends["last"] or 0, newest)
        cache.set(key, found, HOUR)
    first, last, known = found
    late = rows.filter(id__gt=known - BEING_FILED).aggregate(
        first=Min(plain_id), last=Max(plain_id)
    )
    return Q(id__gte=min(first, late["first"] or first), id__lte=max(last, late["last"] or 0))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_words(rows: QuerySet[Matter], text: str, at: datetime) -> QuerySet[Matter]:
    if not text:
        return rows
    if rules.looks_like_number(text):
        try:
            return rows.filter(number=rules.read_number(text))
        except rules.WrongNumber:
            return rows.none()
    asked = words_asked(text, at=at)
    return rows.none() if asked is None else rows.filter(words=asked)


def words_asked(text: str, *, at: datetime) -> SearchQuery | None:
    """Return what a searcher's text asks of a matter's words; None when it holds no word."""
    words = rules.query_words(text)
    asked = search_terms(words, at=at)
    return SearchQuery(asked, search_type="raw", config="simple") if words else None


def number_problem(text: str) -> str:
    """Return a sentence when the text is meant as a matter number but has a wrong digit, else ""."""
    if not rules.looks_like_number(text):
        return ""
    try:
        rules.read_number(text)
    except rules.WrongNumber as wrong:
        if wrong.reason == "check_digit":
            return _(
                "One digit of this number is wrong: the check digit does not fit. Compare it with the receipt."
            )
        return _("A matter number has eleven digits, for example 26-0001-8427-7.")
    return ""


def whole_number(text: str) -> str:
    """Return the stored form of a matter number somebody typed, or "" when it is none."""
    try:
        return rules.read_number(text) if rules.looks_like_number(text) else ""
    except rules.WrongNumber:
        return ""
