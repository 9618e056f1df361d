import struct

import pytest

from gongzhi.files.rules import Kind, Problem
from gongzhi.files.tests.builders import a_box, a_film, a_wave, a_webm, an_mp3
from gongzhi.files.tests.test_photos import looked_at, refusal


def a_fragmented_film(seconds: int) -> bytes:
    """A film as some browsers record it: the header states no length."""
    header = bytes(12) + struct.pack(">II", 1000, 0) + bytes(80)
    media = a_box(b"mdhd", header) + a_box(b"hdlr", bytes(8) + b"vide" + bytes(13))
    extends = a_box(b"mvex", a_box(b"trex", struct.pack(">6I", 0, 1, 1, 1000, 0, 0)))
    moov = a_box(b"moov", a_box(b"mvhd", header) + a_box(b"trak", a_box(b"mdia", media)) + extends)
    fragment = a_box(b"tfhd", struct.pack(">II", 0, 1)) + a_box(b"trun", struct.pack(">II", 0, 1))
    part = a_box(b"moof", a_box(b"traf", fragment)) + a_box(b"mdat", bytes(16))
    return a_box(b"ftyp", b"iso5" + bytes(4)) + moov + part * seconds


@pytest.mark.parametrize(
    ("content", "kind", "content_type", "seconds"),
    [
        (a_film(12.5), Kind.VIDEO, "video/mp4", 12.5),
        (a_film(30.4), Kind.VIDEO, "video/mp4", 30.4),
        (a_film(5, brand=b"qt  "), Kind.VIDEO, "video/quicktime", 5),
        (a_film(5, brand=b"3gp4"), Kind.VIDEO, "video/mp4", 5),
        (a_film(55, handler=b"soun"), Kind.AUDIO, "audio/mp4", 55),
        (a_film(55, handler=b"soun", brand=b"M4A "), Kind.AUDIO, "audio/mp4", 55),
        (a_fragmented_film(9), Kind.VIDEO, "video/mp4", 9),
        (an_mp3(10), Kind.AUDIO, "audio/mpeg", 10),
        (a_wave(3), Kind.AUDIO, "audio/x-wav", 3),
        (a_webm(7), Kind.VIDEO, "video/webm", 7),
        (a_webm(45, track=2), Kind.AUDIO, "audio/webm", 45),
    ],
)
def test_a_recording_tells_its_length(content, kind, content_type, seconds):
    clean = looked_at(content)

    assert (clean.kind, clean.content_type) == (kind, content_type)
    assert clean.duration == pytest.approx(seconds, abs=0.03)


@pytest.mark.parametrize(
    "content",
    [
        a_film(32),
        a_film(61, handler=b"vide"),
        a_wave(62),
        a_film(62, handler=b"soun"),
        a_fragmented_film(40),
        a_webm(40),
    ],
)
def test_what_is_too_long_is_refused(content):
    assert refusal(content) == Problem.TOO_LONG


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (a_film(0), Problem.NO_LENGTH),
        (a_film(10)[:-20], Problem.DAMAGED),
        (a_film(10)[:60], Problem.DAMAGED),
        (a_box(b"ftyp", b"isom" + bytes(4)) + a_box(b"mdat", bytes(99)), Problem.DAMAGED),
        (a_webm(10)[:-3], Problem.DAMAGED),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(200), Problem.NO_LENGTH),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(400), Problem.NO_LENGTH),
        (b"OggS" + bytes(400), Problem.NO_LENGTH),
        (b"fLaC" + bytes(400), Problem.NO_LENGTH),
    ],
)
def test_half_a_recording_is_refused(content, problem):
    assert refusal(content) in {problem, Problem.DAMAGED}


def test_a_film_forgets_where_it_was_taken_and_keeps_its_offsets():
    content = a_film(10, place=a_box(b"\xa9xyz", b"+23.0209+113.7518/"))

    clean = looked_at(content)

    assert b"+23.0209" not in clean.content
    assert len(clean.content) == len(content)
    assert looked_at(clean.content).duration == 10


@pytest.mark.parametrize(
    "build", [lambda: a_film(5), lambda: a_webm(5), lambda: a_wave(1), lambda: a_fragmented_film(3)]
)
def test_damaged_bytes_never_raise_anything_else(build):
    whole = build()
    for seed in range(150):
        content = bytearray(whole)
        for step in range(6):
            content[(seed * 7919 + step * 104_729) % len(content)] = (seed * 31 + step * 17) % 256
        try:
            looked_at(bytes(content))
        except Exception as error:
            assert type(error).__name__ == "Unusable", (seed, error)  # noqa: PT017


def test_boxes_within_boxes_without_end_are_refused():
    nested = a_box(b"moov")
    for _depth in range(200):
        nested = a_box(b"moov", nested)

    assert refusal(a_box(b"ftyp", b"isom" + bytes(4)) + nested) == Problem.DAMAGED
