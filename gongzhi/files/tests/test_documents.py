import zlib

import pytest

from gongzhi.files.rules import Kind, Problem
from gongzhi.files.tests.builders import a_pdf
from gongzhi.files.tests.test_photos import looked_at, refusal


def an_object_stream(objects: bytes) -> bytes:
    packed = zlib.compress(objects)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
        packed
    )
    return head + packed + b"\nendstream"


def test_an_ordinary_pdf_is_kept_as_it_is():
    clean = looked_at(a_pdf())

    assert (clean.kind, clean.content) == (Kind.PDF, a_pdf())


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", Problem.ACTIVE),
        (b"<< /S /J#61vaScript >>", Problem.ACTIVE),
        (b"<< /S /Launch /F (cmd.exe) >>", Problem.ACTIVE),
        (b"<< /Names << /EmbeddedFiles 3 0 R >> >>", Problem.ACTIVE),
        (b"<< /Encrypt 5 0 R >>", Problem.ENCRYPTED),
        (an_object_stream(b"1 0 << /S /JavaScript /JS (x) >>"), Problem.ACTIVE),
        (an_object_stream(b"\0" * (20 << 20)), Problem.ACTIVE),
    ],
)
def test_a_pdf_that_acts_or_hides_is_refused(body, problem):
    assert refusal(a_pdf(body)) == problem


def test_a_pdf_with_object_streams_is_kept():
    assert looked_at(a_pdf(an_object_stream(b"1 0 << /Type /Catalog >>"))).kind == Kind.PDF


@pytest.mark.parametrize(
    "content", [a_pdf()[:40], b"%PDF-9.9\n" + a_pdf()[9:], b"%PDF-1.7\n%%EOF startxref"]
)
def test_half_a_pdf_is_refused(content):
    assert refusal(content) == Problem.DAMAGED
