"""The bound file 卷宗: cover, contents with page numbers, every paper, every attachment, back cover; one PDF/A."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gongzhi.dossiers.queries.answers import Answers, answers_of, day
from gongzhi.dossiers.queries.content import sheets
from gongzhi.dossiers.queries.one import Attached, Contents, Line, contents_of, papers_to_bind
from gongzhi.dossiers.queries.writing import paper_of
from gongzhi.files import queries as files
from gongzhi.papers import queries as papers

TEMPLATE = Path(__file__).resolve().parents[1] / "content" / "bound.typ"


def whole_file(matter_id: int, *, at: datetime) -> bytes:
    """
    Return the bound file as it stands now; names in full.

    `at` is the moment written into it: the same file at the same moment gives the same bytes.
    """
    return bound(contents_of(matter_id, at=at), answers_of(matter_id), at=at)


def bound(
    contents: Contents, answers: Answers, *, at: datetime, read: Callable[[int], bytes] = files.content_of
) -> bytes:  # fmt: skip
    """Bind contents and answers; `read` gives the content of an attachment by its file's id."""
    pictures: dict[str, bytes] = {}
    entries = [entry for line in papers_to_bind(contents) for entry in _entries(line, answers, pictures, read)]  # fmt: skip
    attachments = sum(entry["nature"] == "pages" for entry in entries)
    values = {
        "title": answers.values["file_title"], "number": answers.values["file_number"] or answers.values["number"],
        "body": answers.values["body"], "cover": papers.as_values(paper_of("cover", answers)),
        "entries": entries, "back": papers.as_values(paper_of("back", answers, more={"pages": "@@", "attachments": str(attachments)})),
        "missing": [one.place.name for one in contents.missing], "made": day(at),
    }  # fmt: skip
    return papers.pdf(TEMPLATE, values, at=at, files=pictures)


def _entries(line: Line, answers: Answers, pictures: dict[str, bytes], read: Callable[[int], bytes]) -> Iterator[Mapping[str, Any]]:  # fmt: skip
    for ready in line.written:
        yield {"nature": "paper", "name": ready.title, "day": day(ready.at), "paper": papers.as_values(ready.paper)}  # fmt: skip
    for code in _papers_of(line, answers):
        paper = paper_of(code, answers)
        yield {"nature": "paper", "name": sheets()[code].name, "day": answers.values["opened"], "paper": papers.as_values(paper)}  # fmt: skip
    for place, one in enumerate(line.attached):
        names = _pictures_of(one, pictures, read)
        name = line.standing.place.name if place == 0 and not line.papers else "附件"
        yield {"nature": "pages", "name": f"{name}：{one.title}", "day": day(one.at), "pages": names, "problem": "" if names else _unbound(one)}  # fmt: skip


def _papers_of(line: Line, answers: Answers) -> list[str]:
    codes = [code for code, _name in line.papers]
    if line.written:
        return []  # the minutes were written where the talks were: they stand for the form
    if line.standing.place.code == "application":
        basis = "application" if answers.values["source"] == "当事人申请" else "registration"
        return [basis]
    if line.attached and line.standing.place.code == "agreement" and not answers.agreement:
        return []  # the agreement is the scan: nothing was written here
    return codes


def _pictures_of(
    one: Attached, pictures: dict[str, bytes], read: Callable[[int], bytes]
) -> list[str]:
    """Put the pages of an attachment among the pictures and return their names; none for sound and film."""
    if one.kind == "photo":
        name = f"a{one.file_id}.{_ending(content := read(one.file_id))}"
        pictures[name] = content
        return [name]
    if one.kind != "pdf":
        return []
    try:
        pages = papers.pdf_pages(read(one.file_id))
    except ValueError:
        return []
    names = [f"a{one.file_id}-{number}.jpg" for number in range(1, len(pages) + 1)]
    pictures.update(zip(names, pages, strict=True))
    return names


def _ending(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "png"
    return "webp" if content[8:12] == b"WEBP" else "jpg"


def _unbound(one: Attached) -> str:
    if one.kind == "pdf":
        return "本文件无法逐页装订，原件以电子形式随卷保存。"
    return "录音录像资料，原件以电子形式随卷保存。"
