"""What papers cost: every paper of a dispute with twelve sides, and a bound file of two hundred pages."""

import io
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SIDES, PHOTOS, PDF_PAGES, DOCUMENTS = 12, 70, 56, 4
PAPER, WHOLE, PAGES = 1.5, 6.0, 200  # seconds, seconds, pages


def run(record: Callable[..., None]) -> None:
    from gongzhi.dossiers import queries  # noqa: PLC0415 - Django must be set up first
    from gongzhi.papers import queries as papers  # noqa: PLC0415

    answers = _answers()
    papers.pdf_of(queries.paper_of("cover", answers), at=AT)  # the fonts are read once a process
    times: dict[str, float] = {}
    for code in queries.sheets():
        begun = time.perf_counter()
        paper = queries.paper_of(code, answers)
        papers.pdf_of(paper, at=AT)
        papers.docx(paper)
        times[code] = time.perf_counter() - begun
    slowest = max(times, key=times.__getitem__)
    record(
        name="dossiers.paper", value=times[slowest], unit="s", better="lower", target=PAPER,
        how=f"the slowest of {len(times)} papers as PDF and Word, {SIDES} sides: {slowest}", ok=times[slowest] <= PAPER,
    )  # fmt: skip
    seconds, pages, size = _bound(answers)
    record(
        name="dossiers.file", value=seconds, unit="s", better="lower", target=WHOLE,
        how=f"{pages} pages, {PHOTOS} photos, {DOCUMENTS} attached PDFs, {size / 1e6:.1f} MB, PDF/A-3b", ok=seconds <= WHOLE and pages >= PAGES,
    )  # fmt: skip


def _answers() -> Any:
    from gongzhi.agreements import rules  # noqa: PLC0415
    from gongzhi.agreements.queries import content  # noqa: PLC0415
    from gongzhi.dossiers.queries.answers import Answers, Note  # noqa: PLC0415

    who = [
        rules.Who(n, "applicant" if n < SIDES - 1 else "respondent", f"当事人{n}", id_number="441900199001010000", address="东莞市南城街道胜和一路 1 号")
        for n in range(SIDES)
    ]  # fmt: skip
    words = "经调解员主持，各方就付款数额、期限、方式逐项协商，" * 12
    names = ["number", "opened", "kind", "source", "referrer", "outside_number", "body", "people", "amount", "mediators", "address", "story", "wish", "openness", "mediated_from", "mediated_on", "agreed", "outcome_words", "outcome", "ground", "visited", "visitor", "satisfied", "performed", "performed_words", "agreement_number", "facts", "issues", "effect", "default", "closing", "rest", "effective", "confirm_until", "file_number", "statement", "keeper", "filed", "retention", "remark", "checker", "score", "pages", "attachments", "names", "file_title", "taken_up", "agreed_on", "ended_on"]  # fmt: skip
    values = dict.fromkeys(names, "某某") | {"story": words, "facts": words, "source": "当事人申请"}
    obligation = rules.Obligation("pay", (SIDES - 1,), tuple(range(SIDES - 1)), "工资", None, AT.date(), "银行转账")  # fmt: skip
    clauses = [rules.clause(obligation, who, content.sentences(AT.date()))] * 20
    notes = {name: [Note(AT, words, "何静")] * 8 for name in ("talks", "oral", "visit", "inquiry")}
    agreement = {"clauses": clauses, "signatures": [], "number": "〔2026〕1号", "digest": "0" * 64}
    return Answers(0, AT.date(), values, who, ["何静"], "written", agreement, notes, [words] * 4)


def _bound(answers: Any) -> tuple[float, int, int]:
    from gongzhi.dossiers import queries, rules  # noqa: PLC0415
    from gongzhi.dossiers.queries.one import Attached, Contents, Line  # noqa: PLC0415
    from gongzhi.dossiers.queries.whole import bound  # noqa: PLC0415

    contents: dict[int, bytes] = {n: _photo(n) for n in range(PHOTOS)}
    contents |= {1000 + n: _document() for n in range(DOCUMENTS)}
    attached = [Attached(f"证据 {n}", "", n, "pdf" if n >= 1000 else "photo", AT) for n in contents]
    lines = [
        Line(
            rules.Standing(place, rules.Need.MUST, is_there=True), [(code, "") for code in place.papers],
            attached if place.code == "evidence" else [],
        )
        for place in queries.places(AT.date())
    ]  # fmt: skip
    begun = time.perf_counter()
    content = bound(Contents(None, lines, [], "written"), answers, at=AT, read=contents.__getitem__)
    return time.perf_counter() - begun, _pages(content), len(content)  # fmt: skip


def _pages(content: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - only for counting

    return len(pypdfium2.PdfDocument(content))


def _photo(seed: int) -> bytes:
    """Return a photo of the size the register keeps: 1600 × 1200, with grain as a camera has it."""
    from PIL import Image  # noqa: PLC0415

    noise = random.Random(seed).randbytes(400 * 300 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (400, 300), noise).resize((1600, 1200)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _document() -> bytes:
    from gongzhi.papers import queries as papers  # noqa: PLC0415

    blocks = [papers.Paragraph("证据材料，一页约五百字。" * 42) for _page in range(PDF_PAGES)]
    return papers.pdf_of(papers.Paper("证据材料", blocks), at=AT)
