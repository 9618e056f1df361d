import io
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings

from gongzhi.audit import queries as audit
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tables.cells import guarded, unguarded
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.queries.tables.exports import catalogue_csv, catalogue_workbook
from gongzhi.catalogue.queries.tables.plan import WITHOUT_LIMIT, Choices, plan_import
from gongzhi.catalogue.rules.limits import TimeLimit, limit_in_words, parse_limit
from gongzhi.catalogue.tests.builders import MANAGER, MONDAY, TODAY, VIEWER, an_actor, an_item

pytestmark = pytest.mark.django_db
PUBLISHED = Path(settings.ROOT).parent / "shared" / "data" / "standards_yuncheng.tsv"
HEADER = "类别\t大类代码\t大类名称\t小类代码\t小类名称\t处置单位\t主管部门\t立案条件\t结案条件\t处置时限\n"
SAMPLE = HEADER + (
    "部件\t1\t公用设施\t1\t供水井盖\t供水公司\t城管局\t盖子没了\t盖好\t2紧急工作时\n"
    "部件\t1\t公用设施\t1\t供水井盖\t供水公司\t城管局\t盖子裂了\t换好\t4小时\n"
    "事件\t01\t市容环境\t07\t堆物\t镇街\t城管局\t门口堆物\t清走\t1天\n"
    "事件\t01\t市容环境\t08\t违建\t镇街\t城管局\t正在搭建\t停工\t1紧急工作时制止\n"
)
ITEMS = "编码,类型,大类代码,大类名称,小类代码,名称,层级,上报照片数\n"
STANDARDS = "编码,立案条件,结案条件,处置时限\n"


def plan(text, *, name="t.csv", **choices):
    content = text if isinstance(text, bytes) else text.encode()
    return plan_import(name=name, content=content, choices=Choices(valid_from=TODAY, **choices))


def bring_in(text, **choices):
    return actions.import_catalogue(
        name="t.csv", content=text.encode() if isinstance(text, str) else text,
        choices=Choices(valid_from=TODAY, **choices), actor=MANAGER, at=MONDAY,
    )  # fmt: skip


def published(capsys):
    """Return the published table of a city, or our own sample when it is not at hand, and say so."""
    if PUBLISHED.exists():
        return PUBLISHED.read_bytes(), 519, 190
    with capsys.disabled():
        sys.stdout.write(f"\n{PUBLISHED} is absent: a sample of four rows is imported instead\n")
    return SAMPLE.encode(), 4, 3


def test_a_citys_published_table_imports_whole_and_its_odd_cell_is_reported(capsys):
    content, rows, items = published(capsys)

    done = bring_in(content, odd_limits=WITHOUT_LIMIT)

    assert (done.row_count, len(done.new)) == (rows, items)
    [odd] = done.problems
    assert (odd.column, odd.value) == ("处置时限", "1紧急工作时制止")
    assert odd.row == (5 if rows == 4 else odd.row)
    kept = [s for i in queries.items_in_force(TODAY) for s in i.standards]
    assert len(kept) == rows
    assert [s.original for s in kept if s.amount is None] == ["1紧急工作时制止"]
    assert sum(s.limit is None for s in kept) == 1
    assert plan(content, odd_limits=WITHOUT_LIMIT).same == items


def test_the_odd_row_is_left_out_when_the_sender_says_so(capsys):
    content, rows, items = published(capsys)

    done = bring_in(content)

    kept = [s for draft in done.new for s in draft.standards]
    assert len(kept) == rows - 1
    assert all(s.amount for s in kept)
    # An item whose only standard is odd cannot be reported, so it stays out too, and that is said.
    assert len(done.new) == items - sum(problem.column == "编码" for problem in done.problems)


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("2紧急工作时", TimeLimit(2, "hour", "continuous")),
        ("3紧急工作日", TimeLimit(3, "day", "continuous")),
        ("4小时", TimeLimit(4, "hour", "service")),
        ("1天", TimeLimit(1, "day", "service")),
        ("15工作日", TimeLimit(15, "day", "service")),
        (" ３０ 分钟 ", TimeLimit(30, "minute", "service")),
        ("10自然日", TimeLimit(10, "day", "calendar")),
        ("1紧急工作时制止", None),
        ("尽快", None),
        ("0天", None),
        ("1.5天", None),
        ("-1天", None),
        ("99999天", None),
        ("", None),
    ],
)
def test_limits_are_read_exactly_or_not_at_all(words, limit):
    assert parse_limit(words) == limit
    if limit:
        assert parse_limit(limit_in_words(**vars(limit))) == limit


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_every_encoding_offices_use(encoding):
    assert len(plan(SAMPLE.encode(encoding)).new) == 2


def test_a_dry_run_writes_nothing():
    plan(SAMPLE)

    assert queries.items_in_force(TODAY) == []


def test_every_bad_cell_is_reported_with_its_row_column_and_reason():
    text = ITEMS + "P0101,东西,01,类,01,井盖,县,两张\nE01,事件,01,类,01,,镇,1\n"

    found = [(p.row, p.column) for p in plan(text).problems]

    assert found == [(2, "类型"), (2, "层级"), (2, "上报照片数"), (3, "名称")]


def test_missing_columns_are_named():
    with pytest.raises(Invalid) as refusal:
        plan("编码,立案条件,处置时限\nP0101,甲,1天\n")

    assert "结案条件" in refusal.value.problems["file"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff",
        b"PK\x03\x04broken",
        b"\n\n",
        "好".encode("utf-16"),
        b"\xff\xd8\xff\xe0jpg",
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content):
    with pytest.raises(Invalid):
        plan(content)


def test_a_table_of_standards_alone_revises_items_that_exist():
    an_item()

    done = bring_in(STANDARDS + "P0101,井盖没了,装好,1紧急工作时\nP9999,甲,乙,1天\n")

    assert [change.after.code for change in done.changed] == ["P0101"]
    assert [d.field for d in done.changed[0].lines] == ["standards"]
    assert [p.value for p in done.problems] == ["P9999"]
    row = queries.item_by_code("P0101", TODAY)
    assert (row.version, row.name, len(row.standards), len(row.questions)) == (2, "排水井盖", 1, 1)


def test_a_published_code_that_belongs_to_another_item_is_never_overwritten():
    an_item()

    clash = plan(SAMPLE)
    apart = plan(SAMPLE, prefix="YC-")

    assert "P0101" in [problem.value for problem in clash.problems]
    assert [draft.code for draft in apart.new] == ["YC-P0101", "YC-E0107"]


def test_formulas_stay_text_and_leave_guarded():
    bring_in(ITEMS + 'E0101,事件,01,类,01,"=HYPERLINK(""http://x"")",镇,1\n' + "")
    text = ITEMS + "E0102,事件,01,类,02,=1+1,镇,1\n"
    both = zipped({"事项.csv": text, "标准.csv": STANDARDS + "E0102,+甲,@乙,1天\n"})

    bring_in(both)

    row = queries.item_by_code("E0102", TODAY)
    assert (row.name, row.standards[0].when_counts) == ("=1+1", "+甲")
    exported = zipfile.ZipFile(io.BytesIO(catalogue_csv(on=TODAY))).read("事项.csv").decode()
    assert "'=1+1" in exported
    assert [unguarded(guarded(text)) for text in ("=x", "'=x", "x")] == ["=x", "'=x", "x"]


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_what_is_exported_imports_again_unchanged():
    actions.load_content(actor=MANAGER, at=MONDAY)

    for content in (catalogue_workbook(on=TODAY), catalogue_csv(on=TODAY)):
        again = plan(content)

        assert again.problems == []
        assert (len(again.new), len(again.changed), again.same) == (0, 0, 481)
        assert (again.responsibilities, again.no_reports) == ([], [])


def test_numbers_dates_and_formulas_of_a_workbook_are_read_as_people_see_them():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("权责")
        sheet.write_row(0, 0, ["范围", "主办", "优先级", "生效", "来源"])
        sheet.write_row(1, 0, ["*", "item", 3])
        sheet.write_datetime(
            1, 3, MONDAY.replace(tzinfo=None, hour=0), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_formula(1, 4, "=1+1", None, 2)

    [row] = plan(stream.getvalue()).responsibilities

    assert (row["priority"], row["valid_from"], row["source"]) == (3, TODAY, "2")


def test_a_checked_draft_is_confirmed_only_by_its_sender():
    choices = Choices(valid_from=TODAY)
    draft_id, checked = actions.keep_draft(
        name="t.tsv", content=SAMPLE.encode(), choices=choices, actor=MANAGER, at=MONDAY
    )
    assert len(checked.new) == 2

    with pytest.raises(OutOfReach):
        actions.confirm_draft(draft_id=draft_id, choices=choices, actor=VIEWER, at=MONDAY)
    actions.confirm_draft(draft_id=draft_id, choices=choices, actor=MANAGER, at=MONDAY)

    assert len(queries.items_in_force(TODAY)) == 2
    assert audit.entries(an_actor(Audit.READ)).filter(verb="catalogue.import").count() == 1
    with pytest.raises(OutOfReach):
        actions.confirm_draft(draft_id=draft_id, choices=choices, actor=MANAGER, at=MONDAY)
