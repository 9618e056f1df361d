"""Files that people send: photos as telephones make them, and files that are not what they say."""

import io
import itertools
import random
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

TAKEN = "2026:11:20 08:15:00"
_scenes = itertools.count()


def a_jpeg(
    *, at: tuple[float, float] | None = None, words: str = "井盖", shade: int = 120
) -> bytes:
    """
    Return a photo, each of another scene; with the place and the moment in its EXIF when `at` (lon, lat) is given.

    Photos that look alike are a sign of a machine: people's never do.
    """
    image = Image.new("RGB", (800, 600), (shade, shade, 135))
    pen = ImageDraw.Draw(image)
    chance = random.Random(next(_scenes))
    for left, top in itertools.product(range(0, 800, 100), range(0, 600, 100)):
        tone = chance.randrange(40, 230)
        pen.rectangle((left, top, left + 99, top + 99), fill=(tone, tone, 135))
    pen.ellipse((200, 150, 600, 480), fill=(60, 60, 62), outline=(30, 30, 30), width=12)
    for step in range(5):
        pen.line((260 + step * 70, 200, 260 + step * 70, 430), fill=(90, 90, 92), width=10)
    exif = Image.Exif()
    exif[Base.Make] = words.encode("ascii", "ignore").decode() or "Phone"
    if at is not None:
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = TAKEN
        exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+08:00"
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", _degrees(at[0])
        gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", _degrees(at[1])
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_busy_jpeg(seed: int = 7) -> bytes:
    """Return a photo full of detail, so that it stays large however it is scaled."""
    image = Image.frombytes("RGB", (1600, 1200), random.Random(seed).randbytes(1600 * 1200 * 3))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value - int(value)) * 60
    return float(int(value)), float(int(minutes)), round((minutes - int(minutes)) * 60, 4)


def a_bomb(side: int = 30_000) -> bytes:
    """Return a small PNG whose head promises a picture that fills the memory."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_program() -> bytes:
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(400)


def upload(name: str, content: bytes, kind: str = "image/jpeg") -> Any:
    """Return a file as the browser's file chooser takes it."""
    return {"name": name, "mimeType": kind, "buffer": content}
