"""A month is assessed: results prepared, signed, appealed, corrected and told in a bulletin, all by the pages."""

import io
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.assessment import actions, queries
from gongzhi.assessment.models import Appeal, Publication, Scheme
from gongzhi.assessment.rules import Span
from gongzhi.assessment.tests.builders import CITY, TOWNS, a_city, facts_in, in_register, the_office
from gongzhi.notices.models import Notice
from tests.doors import signed_in

pytestmark = pytest.mark.django_db
LAST = TOWNS[4]


class Office:
    """The assessment office, the one who signs, two who review, and the head of a town's centre."""

    def __init__(self) -> None:
        units = a_city()
        posts = {
            "keeper": ("assessor", CITY, CITY), "signer": ("supervisor", CITY, CITY), "reviewer": ("assessor", CITY, CITY),
            "head": ("unit_lead", LAST, LAST), "other": ("unit_lead", TOWNS[0], TOWNS[0]),
        }  # fmt: skip
        self.people = {
            name: a_posting(user=a_user(username=name, name=name), role=role, unit=units[unit], area_path=area).user
            for name, (role, unit, area) in posts.items()
        }  # fmt: skip
        accounts.forget()
        self.today = timezone.localdate()
        self.month = queries.ended_periods(Span.MONTH, today=self.today)[0]
        at = timezone.make_aware(timezone.datetime(self.month.since.year, self.month.since.month, 10, 9))  # fmt: skip
        for place, town in enumerate(TOWNS):
            facts_in(town, 20 - place, reported_at=at)
            late = facts_in(town, place, reported_at=at, handled_in_time=False)
        self.numbers = {fact.pk: in_register(fact) for fact in late}
        since = date(self.month.since.year - 1, 1, 1)
        actions.adopt_shipped(valid_from=since, actor=the_office(), at=timezone.now())

    def as_(self, name: str) -> Client:
        return signed_in(self.people[name])


@pytest.fixture
def office() -> Office:
    return Office()


def said(answer) -> str:
    return answer.content.decode()


def prepared(office: Office, code: str = "jinniu") -> Publication:
    scheme = Scheme.objects.get(code=code)
    period = f"month:{office.month.since}"
    answer = office.as_("keeper").post("/assessment/publications/new", {"scheme": scheme.pk, "area": CITY, "period": period})  # fmt: skip
    row = Publication.objects.get(scheme=scheme)
    assert answer.headers["Location"] == f"/assessment/publications/{row.pk}"
    waiting = said(office.as_("keeper").get(answer.headers["Location"]))
    assert 'hx-trigger="every 2s"' in waiting
    actions.freeze(publication_id=row.pk, at=timezone.now())
    return row


def test_results_are_prepared_signed_appealed_and_corrected(office: Office):
    row = prepared(office)
    here = f"/assessment/publications/{row.pk}"
    keeper, signer, head = office.as_("keeper"), office.as_("signer"), office.as_("head")
    assert keeper.post(f"{here}/sign").status_code == 409
    assert head.get(here).status_code == 404
    assert signer.post(f"{here}/sign").status_code == 302
    actions.tell_published(publication_id=row.pk, at=timezone.now())
    assert {notice.person.username for notice in Notice.objects.select_related("person")} == {"head", "other"}  # fmt: skip

    page = said(head.get(here))
    assert "位次靠后" in page
    result = next(one.result for one in queries.result_rows(the_office(), row) if one.result.key == LAST)  # fmt: skip
    assert f"/assessment/results/{result.pk}" in page
    sheet = f"/assessment/results/{result.pk}"
    assert office.as_("other").get(sheet).status_code == 404
    listed = said(head.get(sheet, {"input": "handled_in_time"}))
    assert all(number in listed for number in office.numbers.values())

    matter = next(iter(office.numbers))
    assert head.post(f"{sheet}/appeal/{matter}", {"reason": ""}).status_code == 422
    assert head.post(f"{sheet}/appeal/{matter}", {"reason": "台风停工"}).status_code == 302
    appeal = Appeal.objects.get()
    there = f"/assessment/appeals/{appeal.pk}"
    assert office.as_("other").get(there).status_code == 404
    opinion = {"is_for": "1", "note": "佐证齐全"}
    assert keeper.post(f"{there}/review", opinion).status_code == 302
    assert keeper.post(f"{there}/review", opinion).status_code == 422
    assert office.as_("reviewer").post(f"{there}/review", opinion).status_code == 302
    assert "申诉成立" in said(head.get(there))

    corrected = keeper.post(f"{here}/correct").headers["Location"]
    new = Publication.objects.get(version=2)
    actions.freeze(publication_id=new.pk, at=timezone.now())
    assert signer.post(f"{corrected}/sign").status_code == 302
    page = said(head.get(corrected))
    assert "更正内容" in page
    assert "96.00" in page  # what it was
    assert "96.84" in page  # 16 of 19 in time: 16.84 of twenty

    pdf = signer.get(f"{corrected}/bulletin.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.content == signer.get(f"{corrected}/bulletin.pdf").content
    word = Document(io.BytesIO(signer.get(f"{corrected}/bulletin.docx").content))
    assert any("更正第1版" in line.text for line in word.paragraphs)
    assert signer.get(f"{corrected}/bulletin.xlsx").content.startswith(b"PK")
    assert b"96.84" in b"".join(signer.get(f"{corrected}/results.csv").streaming_content)
    league = said(head.get("/assessment/league"))
    assert "戊镇" in league and "<svg" in league  # noqa: PT018 - one page


def test_a_draft_is_edited_tried_on_history_and_put_in_force(office: Office):
    keeper = office.as_("keeper")
    row = queries.in_force("jinniu")
    draft = keeper.post(f"/assessment/schemes/{row.pk}/next").headers["Location"]
    lines = {
        "lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0", "lines-0-input": "handled_in_time", "lines-0-nature": "share",
        "lines-0-points": "100", "lines-1-input": "", "lines-1-nature": "share",
    }  # fmt: skip
    form = {"name": "新方案", "least": "20", "ahead": "20", "behind": "20", "grades": "A 90，B 75", "source": "征求意见稿", **lines}  # fmt: skip

    refused = keeper.post(f"{draft}/change", {**form, "lines-0-input": "registered"})
    assert refused.status_code == 422
    assert "数量本身不计分" in said(refused)
    assert keeper.post(f"{draft}/change", {**form, "grades": "很好"}).status_code == 422
    assert keeper.post(f"{draft}/change", form).status_code == 302

    tried = said(keeper.get(f"{draft}/preview"))
    assert "80.00" in tried  # 戊镇: 16 of 20 in time
    assert "96.00" in tried
    assert keeper.get(f"{draft}/preview.xlsx").content.startswith(b"PK")
    day = {"valid_from": date(office.today.year + 1, 1, 1).isoformat()}
    assert keeper.post(f"{draft}/in-force", day).status_code == 422
    assert office.as_("signer").post(f"{draft}/in-force", day).status_code == 302
    assert (queries.in_force("jinniu").version, queries.in_force("jinniu").name) == (2, "新方案")


def test_a_finding_is_noted_by_name_and_cancelled(office: Office):
    keeper = office.as_("keeper")
    form = {"nature": "falsified", "subject": "town", "about": "不存在镇", "found_on": office.today.isoformat(), "evidence": "照片不符"}  # fmt: skip

    assert keeper.post("/assessment/findings/new", form).status_code == 422
    assert keeper.post("/assessment/findings/new", {**form, "about": "戊镇"}).status_code == 302
    assert "照片不符" in said(office.as_("head").get("/assessment/findings"))
    assert "照片不符" not in said(office.as_("other").get("/assessment/findings"))
    found = queries.findings_page(the_office()).rows[0]
    assert keeper.post(f"/assessment/findings/{found.pk}/cancel", {"reason": ""}).status_code == 422
    assert keeper.post(f"/assessment/findings/{found.pk}/cancel", {"reason": "核对无误"}).status_code == 302  # fmt: skip


def test_the_table_of_rates_opens_the_matters_of_each_figure(office: Office):
    keeper = office.as_("keeper")

    page = said(keeper.get("/assessment"))
    assert "80.0%" in page
    assert "rate=handled_in_time&amp;key=441900/005/&amp;part=missed" in page or "key=441900%2F005%2F" in page  # fmt: skip
    asked = {"rate": "handled_in_time", "key": LAST, "part": "missed"}
    behind = said(keeper.get("/assessment/matters", asked))
    assert all(number in behind for number in office.numbers.values())
    table = b"".join(keeper.get("/assessment/matters.csv", asked).streaming_content).decode()
    assert table.count("排水井盖破损") == 4
    assert f"{office.month.since:%Y-%m}-10 09:00" in table
    assert "戊镇" not in said(office.as_("other").get("/assessment", {"by": "town"}))
    shell = keeper.get("/assessment", {"span": "year"})
    assert 'hx-trigger="load"' in said(shell)  # a year is counted when the page is there
    for by in queries.DIMENSIONS:
        asked_for = {"by": by, "span": "year", "family": "intake"}
        answer = keeper.get("/assessment", asked_for, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert 'hx-trigger="load"' not in said(answer)
    odd = {"span": "custom", "since": "2026-13-40", "area": "x/", "by": "person", "page": "99", "sort": "';--"}  # fmt: skip
    assert keeper.get("/assessment", odd).status_code == 200
    assert keeper.get("/assessment/matters", {"rate": "reporter"}).status_code == 404
    assert keeper.get("/assessment/matters", {**asked, "by": "unit", "key": "x"}).status_code == 200
