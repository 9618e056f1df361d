"""Every odd picture a phone, a scanner or an attacker may send."""

import io
import struct
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image, ImageCms

from gongzhi.files.rules import Kind, Limit, Problem, Unusable, inspect
from gongzhi.files.tests.builders import NOON, a_phone_photo, a_picture

CITY = timezone(timedelta(hours=8))
LIMITS = {
    Kind.PHOTO: Limit(bytes=25 << 20, pixels=50_000_000, side=2560, thumb=480),
    Kind.PDF: Limit(bytes=1 << 20),
    Kind.AUDIO: Limit(bytes=1 << 20, seconds=60),
    Kind.VIDEO: Limit(bytes=1 << 20, seconds=30),
}


def looked_at(content: bytes):
    return inspect(content, limits=LIMITS, zone=CITY, before=NOON)


def refusal(content: bytes) -> Problem:
    with pytest.raises(Unusable) as error:
        looked_at(content)
    return error.value.problem


def pixel(clean) -> tuple[int, ...]:
    picture = Image.open(io.BytesIO(clean.content))
    assert picture.mode == "RGB"
    return picture.getpixel((5, 5))


def a_png_header(width: int, height: int) -> bytes:
    """A file of a few bytes that claims to be enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", zlib.crc32(b"IDAT" + data))
    )  # fmt: skip


@pytest.mark.parametrize(
    "size", [(50_000, 50_000), (60_000, 60_000), (2**31 - 1, 1), (10_000, 5_001)]
)
def test_a_decompression_bomb_is_refused_by_its_header(size):
    assert refusal(a_png_header(*size)) in {Problem.TOO_MANY_PIXELS, Problem.DAMAGED}


def test_a_small_file_that_inflates_to_too_many_pixels_is_never_inflated():
    image = Image.new("1", (20_000, 20_000))
    out = io.BytesIO()
    image.save(out, "PNG")

    assert len(out.getvalue()) < 100_000
    assert refusal(out.getvalue()) == Problem.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"),
        ("P", "GIF"), ("RGB", "WEBP"), ("RGBA", "WEBP"), ("RGB", "BMP"), ("RGB", "AVIF"),
    ],
)  # fmt: skip
def test_every_colour_mode_becomes_an_ordinary_photo(mode, form):
    clean = looked_at(a_picture(mode=mode, form=form))

    assert (clean.width, clean.height, clean.content_type) == (640, 480, "image/jpeg")
    assert len(pixel(clean)) == 3


def test_sixteen_bits_a_channel_keep_their_shade():
    image = Image.new("I;16", (64, 64), 32_768)
    out = io.BytesIO()
    image.save(out, "PNG")

    assert pixel(looked_at(out.getvalue()))[0] in range(125, 131)


def test_what_is_transparent_lies_on_white():
    image = Image.new("RGBA", (64, 64), (200, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")

    assert min(pixel(looked_at(out.getvalue()))) > 250


def test_of_a_moving_picture_the_first_moment_is_kept():
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=[second])

    red, _green, blue = pixel(looked_at(out.getvalue()))
    assert red > 200 > blue


def test_a_colour_profile_is_applied_before_it_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    clean = looked_at(a_picture(icc_profile=profile))
    broken = looked_at(a_picture(icc_profile=b"not a profile"))

    assert "icc_profile" not in Image.open(io.BytesIO(clean.content)).info
    assert pixel(clean) == pixel(broken)


@pytest.mark.parametrize("cut", [3, 20, 200, 1000])
def test_a_truncated_photo_is_refused(cut):
    assert refusal(a_phone_photo()[:cut]) in {Problem.DAMAGED, Problem.UNKNOWN}


def test_a_photo_that_breaks_off_near_its_end_is_refused():
    content = a_picture(size=(800, 800))

    assert refusal(content[: len(content) * 3 // 4]) == Problem.DAMAGED


def test_what_hides_behind_a_photo_does_not_come_along():
    clean = looked_at(a_phone_photo() + b"<script>alert(1)</script>PK\x03\x04")

    assert b"<script>" not in clean.content + clean.thumb


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"MZ\x90\x00" + bytes(500), Problem.PROGRAM),
        (b"\x7fELF" + bytes(500), Problem.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", Problem.PROGRAM),
        (b"PK\x03\x04" + bytes(500), Problem.UNKNOWN),
        (b"<html><script>alert(1)</script></html>", Problem.UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Problem.UNKNOWN),
        (b"II*\x00" + bytes(500), Problem.UNKNOWN),
        (struct.pack(">I4s4s", 24, b"ftyp", b"heic") + bytes(500), Problem.HEIC),
        (b"\xff\xd8\xff" + b"\xff" * 500, Problem.DAMAGED),
        (b"GIF89a" + bytes(500), Problem.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), Problem.DAMAGED),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(500), Problem.DAMAGED),
        (b"BM" + bytes(500), Problem.DAMAGED),
        (struct.pack(">I4s4s", 24, b"ftyp", b"avif") + bytes(500), Problem.DAMAGED),
    ],
)
def test_what_is_not_a_picture_is_told_by_its_content(content, problem):
    assert refusal(content) == problem


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # the decoder speaks of damaged EXIF
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_byte_never_raises_anything_else(seed):
    content = bytearray(a_phone_photo(size=(120, 90)))
    for step in range(40):
        content[(seed * 7919 + step * 104_729) % len(content)] = (seed * 31 + step * 17) % 256
    try:
        clean = looked_at(bytes(content))
    except Unusable:
        return
    assert clean.width > 0


@pytest.mark.parametrize(
    "taken",
    [
        "0000:00:00 00:00:00",
        "9999:12:31 23:59:59",
        "1970:01:01 00:00:00",
        "yesterday",
        "",
        "2026:11:23 12:00:00",
    ],
)
def test_a_clock_that_is_wrong_tells_no_time(taken):
    assert looked_at(a_phone_photo(taken=taken)).taken_at is None


def test_the_hour_is_the_city_s_unless_the_camera_says_otherwise():
    assert looked_at(a_phone_photo(taken="2026:11:20 11:30:00")).taken_at == datetime(
        2026, 11, 20, 3, 30, tzinfo=UTC
    )


def test_a_photo_without_a_place_has_none():
    clean = looked_at(a_phone_photo(gps=False))

    assert (clean.lon, clean.lat) == (None, None)
