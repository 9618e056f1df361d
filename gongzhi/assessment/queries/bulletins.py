"""The bulletin 通报 of a publication: sentences and tables, once, for PDF, Word and Excel alike."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.assessment.lifecycle import PUBLIC
from gongzhi.assessment.models import Publication
from gongzhi.assessment.queries.content import sentences, standings
from gongzhi.assessment.queries.periods import period_words, range_words
from gongzhi.assessment.queries.published import ResultRow, result_rows
from gongzhi.assessment.queries.ruling import plain
from gongzhi.assessment.rules import Counted, Period, Span, Standing, share
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.papers.queries import Block, Heading, Paper, Paragraph, Table
from gongzhi.places import queries as places

TOLD = 3  # rates told in sentences
NOTHING = "—"
# The bulletin is an official paper of the city and is written in its language, whoever prints it.
NUMBERS = ("一", "二", "三", "四", "五", "六")


def bulletin(actor: Actor, row: Publication) -> Paper:
    """Write the bulletin from what was frozen: the same publication always gives the same words."""
    rows = result_rows(actor, row)
    period = Period(Span(row.span), row.since, row.until)
    area = places.area(row.area_path).name
    changes: list[Block] = [Paragraph(_correction(row, rows)), _changes(rows)]
    parts: list[tuple[str, Sequence[Block]]] = [
        ("总体情况", _opening(row, rows, area, period)),
        ("考核结果", [_ranking(row, rows), *_named(rows)]),
        ("更正情况", changes if row.corrects_id else []),
        ("申诉", [Paragraph(_appeals(row))]),
        ("统计口径", [_definitions(row)]),
    ]
    told = [part for part in parts if part[1]]
    issuer = _issuer(row.area_path)
    signed_on = timezone.localtime(row.signed_at).date() if row.signed_at else None
    return Paper(
        title=f"{area}{period_words(period)}考核通报", subtitle=f"{row.scheme.name} · {range_words(period)}",
        issuer=issuer, number=f"考核通报 {row.number}" + (f"（第{row.version}版 更正）" if row.corrects_id else ""),
        blocks=[
            block
            for place, (heading, blocks) in enumerate(told)
            for block in (Heading(f"{NUMBERS[place]}、{heading}"), *blocks)
        ],
        signed=issuer, day=f"{signed_on.year}年{signed_on.month}月{signed_on.day}日" if signed_on else "（未签发）",
        foot=sentences()["cutoff"].format(as_of=f"{timezone.localtime(row.as_of):%Y-%m-%d %H:%M}"),
    )  # fmt: skip


def _issuer(area_path: str) -> str:
    try:
        return accounts.centre_for(area_path, area_path.count("/") - 1).name
    except Refused:
        return places.area(area_path).name


def _opening(row: Publication, rows: Sequence[ResultRow], area: str, period: Period) -> list[Block]:
    words = sentences()["opening"].format(
        scheme=row.scheme.name, version=row.scheme.version, valid_from=row.scheme.valid_from, area=area,
        period=period_words(period), matters=f"{row.matter_count:,}", subjects=len(rows),
        ranked=sum(1 for one in rows if one.result.rank),
    )  # fmt: skip
    before = _before(row)
    told = [one["code"] for one in row.inputs if one["nature"] == "rate"][:TOLD]
    names = {one["code"]: one["name"] for one in row.inputs}
    rates = [_rate_sentence(row, before, code, names[code], area) for code in told]
    return [Paragraph(words + "".join(rates))]


def _before(row: Publication) -> Publication | None:
    """Return what was published of the period before under the same scheme, whatever its version."""
    rows = Publication.objects.filter(
        scheme__code=row.scheme.code, area_path=row.area_path, span=row.span, until=row.since, state__in=PUBLIC
    )  # fmt: skip
    return rows.order_by("-version").first()


def _rate_sentence(
    row: Publication, before: Publication | None, code: str, name: str, area: str
) -> str:
    asked, kept = row.totals.get(code, [0, 0])
    now = share(Counted(asked, kept))
    if now is None:
        return ""
    values = {"area": area, "rate": name, "value": f"{now:.1f}%", "kept": f"{kept:,}", "asked": f"{asked:,}"}  # fmt: skip
    then = share(Counted(*before.totals.get(code, [0, 0]))) if before else None
    if then is None:
        return sentences()["rates_first"].format(**values)
    by = now - then
    change = "持平" if abs(by) < Decimal("0.05") else f"{'上升' if by > 0 else '下降'}{abs(by):.1f}个百分点"  # fmt: skip
    return sentences()["rates"].format(**values, change=change)


def _ranking(row: Publication, rows: Sequence[ResultRow]) -> Table:
    has_grades = any(one.result.grade for one in rows)
    codes = list(dict.fromkeys(line.input for line in rows[0].lines)) if rows else []
    names = {one["code"]: one["name"] for one in row.inputs}
    headings = ["位次", "名称", "件数", "得分", *(["等级"] if has_grades else []), *(names[code] for code in codes)]  # fmt: skip
    figures = frozenset(range(len(headings))) - {1}
    return Table(
        title=f"得分与位次（满分 {plain(rows[0].result.most) if rows else NOTHING} 分）", headings=headings,
        rows=[_ranked(one, codes, has_grades=has_grades) for one in rows], figures=figures,
        widths=[1, 3.2, 1.3, 1.4, *([1.0] if has_grades else []), *([1.5] * len(codes))],
        note=f"位次为“{NOTHING}”的，本期件数少于 {row.scheme.least} 件，不参与排名。扣分项列为件数。",
        empty="本期没有参评单位。",
    )  # fmt: skip


def _ranked(one: ResultRow, codes: Sequence[str], *, has_grades: bool) -> list[str]:
    result = one.result
    lines = {line.input: line for line in one.lines}
    told = [
        str(lines[code].asked) if lines[code].takes else _rate(lines[code].share) for code in codes
    ]
    grade = [result.grade or NOTHING] if has_grades else []
    return [
        str(result.rank or NOTHING), result.name, f"{result.matters:,}", _points(result.points), *grade, *told
    ]  # fmt: skip


def _rate(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:.1f}%"


def _points(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _named(rows: Sequence[ResultRow]) -> list[Paragraph]:
    found = []
    for standing in (Standing.AHEAD, Standing.BEHIND):
        names = [one.result.name for one in rows if one.result.standing == standing]
        if names:
            found.append(Paragraph(sentences()[standing.value].format(names="、".join(names), word=standings()[standing.value].name_zh)))  # fmt: skip
    return found


def _correction(row: Publication, rows: Sequence[ResultRow]) -> str:
    count = sum(1 for one in rows if one.before)
    before = row.corrects.version if row.corrects else row.version
    return sentences()["correction"].format(version=row.version, before=before, count=count)


def _changes(rows: Sequence[ResultRow]) -> Table:
    return Table(
        title="更正表", headings=["名称", "原得分", "现得分", "变化", "原位次", "现位次"],
        rows=[
            [
                one.result.name, _points(one.before.score), _points(one.result.points), f"{one.before.by:+.2f}" if one.before.by else NOTHING,
                str(one.before.rank or NOTHING), str(one.result.rank or NOTHING),
            ]
            for one in rows
            if one.before
        ],
        figures=frozenset({1, 2, 3, 4, 5}), widths=[3, 1, 1, 1, 1, 1], empty="更正后得分与位次没有变化。",
    )  # fmt: skip


def _appeals(row: Publication) -> str:
    until = (
        f"{timezone.localtime(row.appeal_until):%Y-%m-%d %H:%M}"
        if row.appeal_until
        else "（签发后起算）"
    )
    return sentences()["appeals"].format(until=until)


def _definitions(row: Publication) -> Table:
    return Table(
        title="指标定义", headings=["指标", "定义", "来源"],
        rows=[[one["name"], one["definition"], one["source"]] for one in row.inputs], widths=[1.4, 4.2, 2.6],
    )  # fmt: skip
