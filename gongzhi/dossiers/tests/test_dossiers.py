"""Papers, the bound file, completeness and the review, on a real dispute."""

import io
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.agreements.tests.builders import a_table, in_force
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions as disputes
from gongzhi.disputes.tests.builders import a_dispute, make_move
from gongzhi.dossiers import actions, queries
from gongzhi.dossiers.models import Document, Dossier
from gongzhi.files import actions as files
from gongzhi.matters import queries as matters
from gongzhi.papers import queries as papers
from tests.cast import MONDAY, VILLAGE, a_photo, a_town
from tests.visits import run_reactions

Attachment = apps.get_model("matters", "Attachment")
StoredFile, Trail = apps.get_model("files", "StoredFile"), apps.get_model("audit", "Entry")
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def table(**said):
    return a_table(a_town().units["station"], at=MONDAY, **said)


def words_of(content):
    document = pypdfium2.PdfDocument(content)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def visited(held):
    make_move(held.dispute, "performed", actor=held.everybody, at=MONDAY + 2 * HOUR)
    make_move(held.dispute, "visit", actor=held.everybody, at=MONDAY + 3 * HOUR, satisfied="3", note="双方满意，无反复。")  # fmt: skip


def settled_orally(held):
    make_move(held.dispute, "settle_orally", actor=held.everybody, at=MONDAY + HOUR, note="李乙当场修好并赔偿 500 元。", is_done="yes")  # fmt: skip
    visited(held)


def archived(held, *, ending=settled_orally):
    ending(held)
    make_move(held.dispute, "archive", actor=held.actor("clerk"), at=MONDAY + 4 * HOUR, note="身份证明由社区核验，未留复印件。")  # fmt: skip
    return actions.bind(matter_id=held.id, actor_id=held.clerk.id, note="身份证明由社区核验，未留复印件。", at=MONDAY + 4 * HOUR)  # fmt: skip


def a_pdf(actor, *, pages):
    blocks = [papers.Paragraph("证据" * 400) for _page in range(pages)]
    content = papers.pdf_of(papers.Paper("证据材料", blocks), at=MONDAY)
    upload = SimpleUploadedFile("evidence.pdf", content)
    return files.receive(upload=upload, actor=actor, at=MONDAY).token, len(pypdfium2.PdfDocument(content))  # fmt: skip


def test_every_paper_is_written_as_pdf_and_word_from_the_one_answer_set():
    held = table()
    in_force(held)
    answers = queries.answers_of(held.id)

    for code in queries.sheets():
        paper = queries.paper_of(code, answers)
        assert papers.pdf_of(paper, at=MONDAY).startswith(b"%PDF-")
        assert zipfile.is_zipfile(io.BytesIO(papers.docx(paper)))


def test_the_agreement_shows_its_clauses_signatures_and_hash():
    held = table()
    row = in_force(held)

    said = "\n".join(words_of(papers.pdf_of(queries.paper_of("agreement", queries.answers_of(held.id)), at=MONDAY)))  # fmt: skip

    assert "叁仟元整" in said
    assert row.receipt in said
    assert row.digest[:24] in said
    assert "被申请人李乙于2026年12月20日前完成卫生间防水修复" in said


def test_the_bound_file_has_its_contents_with_pages_and_every_attachment():
    held = table()
    in_force(held)
    clerk = held.actor("clerk")
    pdf, pages = a_pdf(clerk, pages=4)
    actions.put_in(matter_id=held.id, place="evidence", title="漏水鉴定", uploads=[pdf], actor=clerk, at=MONDAY)  # fmt: skip
    actions.put_in(matter_id=held.id, place="identity", title="身份证", uploads=[a_photo(clerk)], actor=clerk, at=MONDAY)  # fmt: skip

    content = queries.whole_file(held.id, at=MONDAY)
    said = words_of(content)

    assert content == queries.whole_file(held.id, at=MONDAY)
    assert b"pdfaid" in content
    assert "卷宗目录" in said[1]
    assert f"证据材料：漏水鉴定（{pages}/{pages}）" in "".join(said)
    assert f"共计{len(said)}页" in said[-1]


def test_what_is_missing_is_named_and_archiving_waits_for_a_reason():
    held = table()
    settled_orally(held)

    contents = queries.contents_of(held.id, at=MONDAY)
    assert [one.place.code for one in contents.missing] == ["identity"]
    with pytest.raises(Refused, match="身份证明"):
        make_move(held.dispute, "archive", actor=held.everybody, at=MONDAY + 4 * HOUR)
    clerk = held.actor("clerk")
    actions.put_in(matter_id=held.id, place="identity", title="", uploads=[a_photo(clerk)], actor=clerk, at=MONDAY)  # fmt: skip
    make_move(held.dispute, "archive", actor=held.everybody, at=MONDAY + 4 * HOUR)

    assert held.dispute.matter.state == "archived"


def test_an_archived_file_has_its_number_and_keeps_what_is_in_it():
    held = table()

    row = archived(held)

    assert (row.state, row.missing, row.number) == ("bound", ["identity"], "〔2026〕胜和社区人民调解委员会人调卷第0001号")  # fmt: skip
    assert row.statement.startswith("身份证明")
    with pytest.raises(Refused):
        actions.state_why(matter_id=held.id, statement="改", actor=held.actor("clerk"), at=MONDAY)
    assert "李乙当场修好" in "".join(words_of(queries.whole_file(held.id, at=MONDAY)))


def test_into_an_archived_file_nothing_more_is_put():
    held = table()
    archived(held)
    clerk = held.actor("clerk")

    with pytest.raises(Refused):
        actions.put_in(matter_id=held.id, place="evidence", title="", uploads=[a_photo(clerk)], actor=clerk, at=MONDAY)  # fmt: skip

    assert not Document.objects.exists()


def test_the_contents_name_no_document_that_was_not_taken_in():
    held = table()
    clerk, photo = held.actor("clerk"), a_photo(held.actor("clerk"))
    many = [f"token-{n:04}" for n in range(21)]

    with pytest.raises(Invalid, match="20"):
        actions.put_in(matter_id=held.id, place="evidence", title="", uploads=many, actor=clerk, at=MONDAY)  # fmt: skip
    kept = actions.put_in(matter_id=held.id, place="evidence", title="", uploads=[photo, photo], actor=clerk, at=MONDAY)  # fmt: skip

    assert [one.token for one in kept] == [photo]


def test_scans_of_a_dispute_are_closed_to_whoever_may_not_read_its_file():
    held = table()
    clerk = held.actor("clerk")
    (one,) = actions.put_in(matter_id=held.id, place="identity", title="身份证", uploads=[a_photo(clerk)], actor=clerk, at=MONDAY)  # fmt: skip

    assert not queries.hides(one.token, clerk, MONDAY)
    assert queries.hides(one.token, Actor(99, "x"), MONDAY)


def test_a_document_taken_out_leaves_the_contents_only():
    held = table()
    clerk = held.actor("clerk")
    (one,) = actions.put_in(matter_id=held.id, place="evidence", title="照片", uploads=[a_photo(clerk)], actor=clerk, at=MONDAY)  # fmt: skip

    actions.take_out(matter_id=held.id, document_id=one.pk, actor=clerk, at=MONDAY)

    lines = queries.contents_of(held.id, at=MONDAY).lines
    assert not any(line.attached for line in lines)
    assert Document.objects.get(pk=one.pk).removed_at == MONDAY
    with pytest.raises(Invalid):
        actions.put_in(matter_id=held.id, place="evidence", title="", uploads=[], actor=clerk, at=MONDAY)  # fmt: skip


def test_somebody_else_than_the_keeper_scores_the_file():
    held = table()
    archived(held)
    points = {point.code: "full" for point in queries.points(MONDAY.date())} | {"form": "half"}
    said = {"matter_id": held.id, "points": points, "note": "缺身份证复印件", "at": MONDAY}

    with pytest.raises(Refused):
        actions.review(actor=held.actor("clerk"), **said)
    with pytest.raises(OutOfReach):
        actions.review(actor=held.actor("mediator"), **said)
    second = a_user(username="second", name="复核")
    unit = held.dispute.body.unit
    a_posting(user=second, role="body_clerk", unit=unit, area_path=unit.area_path)
    held.clerk = second
    kept = actions.review(actor=held.actor("clerk"), **said)

    assert kept.score == queries.score_of(held.id)
    assert float(kept.score) == 6.5
    _page, rows = queries.dossiers_page(held.actor("clerk"), box="reviewed", text="", order="score", on=MONDAY.date())  # fmt: skip
    assert [one.row.pk for one in rows] == [held.id]


def test_a_dispute_that_ends_without_agreement_has_its_notice_with_routes():
    held = table()
    make_move(held.dispute, "terminate", actor=held.everybody, at=MONDAY + HOUR, ground="divergence", reason="分歧过大", routes=["suit"])  # fmt: skip
    actions.open_file(matter_id=held.id, at=MONDAY)

    said = "".join(words_of(papers.pdf_of(queries.paper_of("termination", queries.answers_of(held.id)), at=MONDAY)))  # fmt: skip

    assert "向人民法院提起诉讼" in said
    assert "termination" in {line.standing.place.code for line in queries.contents_of(held.id, at=MONDAY).lines}  # fmt: skip
    assert Dossier.objects.get(pk=held.id).state == "open"


def with_scans(held):
    """Put a photo and a PDF into the file of a dispute; return their rows."""
    clerk = held.actor("clerk")
    scans = {"identity": a_photo(clerk), "evidence": a_pdf(clerk, pages=1)[0]}
    for place, token in scans.items():
        actions.put_in(matter_id=held.id, place=place, title="", uploads=[token], actor=clerk, at=MONDAY)  # fmt: skip
    return list(StoredFile.objects.filter(token__in=scans.values()))


def forgotten(held, *, years):
    """Let the time of keeping pass, as the night's work and its reactions do."""
    at = MONDAY.replace(year=MONDAY.year + years)
    assert disputes.forget_old(at=at) == 1
    run_reactions()
    return at


def test_scans_of_a_forgotten_dispute_are_deleted_where_its_class_says_so():
    held = table()
    scans = with_scans(held)
    archived(held)  # an oral agreement: five years

    forgotten(held, years=6)

    assert not StoredFile.objects.filter(pk__in=[one.pk for one in scans]).exists()
    assert not any(default_storage.exists(key) for one in scans for key in (one.key, one.thumb_key) if key)  # fmt: skip
    assert not any(line.attached for line in queries.contents_of(held.id, at=MONDAY).lines)
    noted = [one.detail for one in Trail.objects.filter(verb="disputes.delete_scans")]
    assert noted == [{"sha256": [one.sha256 for one in scans]}]


def test_a_scan_that_another_matter_shows_too_stays_there():
    held = table()
    shared, own = with_scans(held)
    archived(held)
    other = a_dispute(actor=held.everybody, at=MONDAY, area_path=VILLAGE)
    Attachment.objects.create(matter=other.matter, file=shared, stage="evidence", at=MONDAY)

    forgotten(held, years=6)

    assert list(StoredFile.objects.filter(pk__in=[shared.pk, own.pk])) == [shared]
    assert not Attachment.everything.filter(matter_id=held.id).exists()


def test_scans_of_a_class_kept_for_the_archive_are_sealed_and_destroyed_once_it_decides(
    monkeypatch,
):
    held = table()
    scans = with_scans(held)
    in_force(held)  # a written one: ten years
    held.dispute.refresh_from_db()
    archived(held, ending=visited)
    clerk = held.actor("clerk")

    at = forgotten(held, years=11)

    assert [one.pk for one in StoredFile.objects.filter(pk__in=[s.pk for s in scans])] == [one.pk for one in scans]  # fmt: skip
    assert not any(line.attached for line in queries.contents_of(held.id, at=at).lines)
    assert not any(matters.may_see_file(one.token, clerk, RequestFactory().get("/")) for one in scans)  # fmt: skip
    assert queries.hides(scans[0].token, Actor(99, "x"), at)
    assert disputes.destroy_sealed(at=at) == 0
    monkeypatch.setattr("gongzhi.disputes.queries.deletes_scans", lambda _code: True)
    assert disputes.destroy_sealed(at=at) == 1
    assert not StoredFile.objects.filter(pk__in=[one.pk for one in scans]).exists()
