"""The bound file 卷宗: cover, contents with page numbers, every paper, every attachment, back cover; one PDF/A."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from PIL import Image

from gongzhi.dossiers.queries.answers import Answers, answers_of, day
from gongzhi.dossiers.queries.content import sheets
from gongzhi.dossiers.queries.one import Attached, Contents, Line, contents_of, papers_to_bind
from gongzhi.dossiers.queries.writing import paper_of
from gongzhi.files import queries as files
from gongzhi.papers import queries as papers

TEMPLATE = Path(__file__).resolve().parents[1] / "content" / "bound.typ"
# When a paper was written, by the answer that knows it; the others say it by hand.
WRITTEN_ON = {
    "application": "opened", "registration": "opened", "record": "mediated_on", "agreement": "agreed_on", "oral": "agreed_on",
    "termination": "ended_on", "follow_up": "visited", "referral_reply": "ended_on", "statement": "filed",
}  # fmt: skip
Pictures: TypeAlias = dict[int, dict[str, bytes]]  # pages by name, by the id of the file


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
    lines = papers_to_bind(contents)
    pictures = _pictures_of([one for line in lines for one in line.attached], read)
    entries = [entry for line in lines for entry in _entries(line, answers, pictures)]
    attachments = sum(entry["nature"] == "pages" for entry in entries)
    values = {
        "title": answers.values["file_title"], "number": answers.values["file_number"] or answers.values["number"],
        "body": answers.values["body"], "cover": papers.as_values(paper_of("cover", answers)),
        "entries": entries, "back": papers.as_values(paper_of("back", answers, more={"pages": "@@", "attachments": str(attachments)})),
        "missing": [one.place.name for one in contents.missing], "made": day(at),
    }  # fmt: skip
    drawn = {name: content for pages in pictures.values() for name, content in pages.items()}
    return papers.bound_pdf(TEMPLATE, values, at=at, files=drawn)


def _entries(line: Line, answers: Answers, pictures: Pictures) -> Iterator[Mapping[str, Any]]:  # fmt: skip
    for ready in line.written:
        yield {"nature": "paper", "name": ready.title, "day": day(ready.at), "paper": papers.as_values(ready.paper)}  # fmt: skip
    for code in _papers_of(line, answers):
        paper = paper_of(code, answers)
        yield {"nature": "paper", "name": sheets()[code].name, "day": answers.values.get(WRITTEN_ON.get(code, ""), ""), "paper": papers.as_values(paper)}  # fmt: skip
    for one in line.attached:
        pages = [{"name": name, "wide": one.kind == "pdf" and _is_wide(drawn)} for name, drawn in pictures[one.file_id].items()]  # fmt: skip
        yield {"nature": "pages", "name": _entry_name(line, one), "day": day(one.at), "pages": pages, "problem": "" if pages else _unbound(one)}  # fmt: skip


def _entry_name(line: Line, one: Attached) -> str:
    """Return the name of the line and the title, of which one may be enough."""
    name = "附件" if line.papers else line.standing.place.name
    return name if one.title in {"", name} else f"{name}：{one.title}"


def _is_wide(page: bytes) -> bool:
    with Image.open(io.BytesIO(page)) as picture:
        return picture.width > picture.height


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


def _pictures_of(attached: Sequence[Attached], read: Callable[[int], bytes]) -> Pictures:
    """Return the pages of every attachment by name; none of sound, film and what cannot be drawn."""
    found: Pictures = {one.file_id: {} for one in attached}
    for one in attached:
        if one.kind == "photo":
            content = read(one.file_id)
            found[one.file_id] = {f"a{one.file_id}.{_ending(content)}": content}
    documents = {str(one.file_id): read(one.file_id) for one in attached if one.kind == "pdf"}
    for name, pages in papers.pages_of(documents).items():
        found[int(name)] = {f"a{name}-{n}.jpg": page for n, page in enumerate(pages, 1)}
    return found


def _ending(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "png"
    return "webp" if content[8:12] == b"WEBP" else "jpg"


def _unbound(one: Attached) -> str:
    if one.kind == "pdf":
        return "本文件无法逐页装订，原件以电子形式随卷保存。"
    return "录音录像资料，原件以电子形式随卷保存。"
