"""PDF: whole, readable without a password, and nothing in it that acts by itself."""

import re
import zlib

from gongzhi.files.rules.kinds import Clean, Kind, Problem, Unusable

_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE)"
    rb"(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_LARGEST_INFLATED = 16 * 1024 * 1024  # object streams are small; more is a bomb


def clean_pdf(content: bytes) -> Clean:
    if not re.match(rb"%PDF-[12]\.\d", content):
        raise Unusable(Problem.DAMAGED, kind=Kind.PDF)
    end = content[-2048:]
    if (
        b"%%EOF" not in end
        or b"startxref" not in end
        or not re.search(rb"\d+\s+\d+\s+obj\b", content)
    ):
        raise Unusable(Problem.DAMAGED, kind=Kind.PDF)
    for part in (content, *_object_streams(content)):
        words = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)  # /J#53 is /JS
        if re.search(rb"/Encrypt\b", words):
            raise Unusable(Problem.ENCRYPTED, kind=Kind.PDF)
        if _ACTIVE.search(words):
            raise Unusable(Problem.ACTIVE, kind=Kind.PDF)
    return Clean(kind=Kind.PDF, content_type="application/pdf", suffix="pdf", content=content)


def _object_streams(content: bytes) -> list[bytes]:
    """Unpack the streams in which newer PDFs hide their objects, up to a bound."""
    unpacked: list[bytes] = []
    left = _LARGEST_INFLATED
    for found in _STREAM.finditer(content):
        try:
            part = zlib.decompressobj().decompress(content[found.end() :], left)
        except zlib.error:
            continue  # not deflated: its text was searched as it stands
        left -= len(part)
        if left <= 0:
            raise Unusable(Problem.ACTIVE, kind=Kind.PDF)
        unpacked.append(part)
    return unpacked
