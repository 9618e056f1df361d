"""The registry as tables that can be taken away, changed and imported again."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.mediators.models import Body, Filing, Mediator
from gongzhi.mediators.queries.choosing import words_of
from gongzhi.mediators.queries.defined import fields, grades, languages
from gongzhi.places import queries as places

# Heading, in Chinese or English and in lower case → our name of the column.
BODY_COLUMNS = {
    "编号": "code", "code": "code", "名称": "name", "name": "name", "类别": "kind", "kind": "kind",
    "所属单位代码": "unit", "unit code": "unit", "区划代码": "area", "area code": "area",
    "专业领域": "expertise", "fields": "expertise", "设立单位": "founder", "founded by": "founder",
    "设立日期": "founded_on", "founded on": "founded_on", "任期届满": "term_ends_on", "term ends on": "term_ends_on",
    "地址": "address", "address": "address", "电话": "phone", "telephone": "phone", "简介": "about", "about": "about",
}  # fmt: skip
MEDIATOR_COLUMNS = {
    "编号": "code", "code": "code", "姓名": "name", "person's name": "name", "name": "name", "调解组织编号": "body_code", "body code": "body_code",
    "聘用形式": "employment", "employment": "employment", "席位": "seat", "seat": "seat", "女": "is_woman", "woman": "is_woman",
    "任职日期": "appointed_on", "in office since": "appointed_on", "任期届满": "term_ends_on", "term ends on": "term_ends_on",
    "专业领域": "expertise", "fields": "expertise", "语言": "languages", "languages": "languages",
    "用户名": "username", "user name": "username", "同时办理上限": "most_open", "disputes at a time": "most_open",
}  # fmt: skip


def body_headings() -> list[str]:
    """Return the headings of the table of bodies; an import reads the same ones."""
    return [
        pgettext("registry", "code"), pgettext("registry", "name"), pgettext("registry", "kind"),
        pgettext("registry", "unit code"), pgettext("registry", "area code"), pgettext("registry", "fields"),
        pgettext("registry", "founded by"), pgettext("registry", "founded on"), pgettext("registry", "term ends on"),
        pgettext("registry", "address"), pgettext("registry", "telephone"), pgettext("registry", "about"),
        pgettext("registry", "filed on"), pgettext("registry", "filing number"), pgettext("registry", "members"),
        pgettext("registry", "women among them"), pgettext("registry", "mediators"),
    ]  # fmt: skip


def body_table(rows: QuerySet[Body]) -> Iterator[tuple[Any, ...]]:
    """Write bodies that were annotated with their counts (`bodies.with_counts`)."""
    for row in rows.iterator(chunk_size=500):
        yield (
            row.code, row.name, str(row.get_kind_display()), _unit_code(row.unit_id), _area_code(row.area_path),
            words_of(row.expertise, fields()), row.founder, row.founded_on, row.term_ends_on, row.address, row.phone,
            row.about, row.filed_on, row.filing_number, getattr(row, "members", ""), getattr(row, "women", ""),
            getattr(row, "people", ""),
        )  # fmt: skip


def _unit_code(unit_id: int) -> str:
    return accounts.unit(unit_id).code


def _area_code(path: str) -> str:
    return places.area(path).code if path else ""


def mediator_headings() -> list[str]:
    """Return the headings of the table of mediators; an import reads the same ones."""
    return [
        pgettext("registry", "code"), pgettext("registry", "person's name"), pgettext("registry", "body code"),
        pgettext("registry", "body"), pgettext("registry", "employment"), pgettext("registry", "seat"),
        pgettext("registry", "woman"), pgettext("registry", "in office since"), pgettext("registry", "term ends on"),
        pgettext("registry", "fields"), pgettext("registry", "languages"), pgettext("registry", "grade"),
        pgettext("registry", "user name"), pgettext("registry", "disputes at a time"),
        pgettext("registry", "training hours this year"), pgettext("registry", "left on"),
    ]  # fmt: skip


def mediator_table(rows: QuerySet[Mediator]) -> Iterator[tuple[Any, ...]]:
    """Write mediators by their office; conduct is in nobody's table."""
    for row in rows.iterator(chunk_size=500):
        yield (
            row.code, row.name, row.body.code, row.body.name, str(row.get_employment_display()),
            str(row.get_seat_display()), pgettext("registry", "yes") if row.is_woman else "", row.appointed_on,
            row.term_ends_on, words_of(row.expertise, fields()), words_of(row.languages, languages()),
            grades().get(row.grade, row.grade), row.user.username if row.user else "", row.most_open,
            getattr(row, "hours", ""), row.left_on,
        )  # fmt: skip


def filing_headings() -> list[str]:
    return [
        pgettext("registry", "body"), pgettext("registry", "code"), pgettext("registry", "change"),
        pgettext("registry", "content"), pgettext("registry", "on"), pgettext("registry", "to be filed by"),
        pgettext("registry", "filed on"), pgettext("registry", "filing number"), pgettext("registry", "address"),
        pgettext("registry", "telephone"),
    ]  # fmt: skip


def filing_table(rows: QuerySet[Filing]) -> Iterator[tuple[Any, ...]]:
    """Write what the court is told: 《人民调解法》第十条."""
    for row in rows.iterator(chunk_size=500):
        yield (
            row.body.name, row.body.code, str(row.get_what_display()), row.note, row.happened_on, row.due_on, row.filed_on,
            row.number, row.body.address, row.body.phone,
        )  # fmt: skip
