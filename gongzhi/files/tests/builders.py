"""Photos, sounds and films, drawn and written by code."""

import io
import struct
import wave
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, TiffImagePlugin

from gongzhi.base.actor import Actor
from gongzhi.files import actions

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
MEI = Actor(id=7, name="Mei")
OMAR = Actor(id=8, name="Omar")


def a_picture(*, size=(640, 480), mode="RGB", form="JPEG", **options) -> bytes:
    image = Image.new("RGB", size, (120, 160, 90)).convert(mode)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def a_phone_photo(
    *, size=(800, 600), orientation=1, taken="2026:11:20 11:30:00", gps=True
) -> bytes:
    """A photo as a phone writes it: turned, with place and time."""
    image = Image.new("RGB", size, "navy")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretPhone"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if gps:
        degrees = TiffImagePlugin.IFDRational
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N"
        place[ExifTags.GPS.GPSLatitude] = (degrees(23), degrees(1), degrees(1530, 100))
        place[ExifTags.GPS.GPSLongitudeRef] = "E"
        place[ExifTags.GPS.GPSLongitude] = (degrees(113), degrees(45), degrees(0))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_pdf(body: bytes = b"<< /Type /Catalog /Pages 2 0 R >>") -> bytes:
    head = b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\n"
    return (
        head + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )


def a_wave(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(8000 * seconds)))
    return out.getvalue()


def a_box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def a_film(
    seconds: float, *, handler: bytes = b"vide", brand: bytes = b"isom", place: bytes = b""
) -> bytes:
    header = bytes(12) + struct.pack(">II", 1000, int(seconds * 1000)) + bytes(80)
    track = a_box(b"trak", a_box(b"mdia", a_box(b"hdlr", bytes(8) + handler + bytes(13))))
    moov = a_box(b"moov", a_box(b"mvhd", header) + track + a_box(b"udta", place))
    return a_box(b"ftyp", brand + bytes(4)) + moov + a_box(b"mdat", bytes(64))


def a_webm(seconds: float, *, track: int = 1) -> bytes:
    """A recording as browsers write it: unknown sizes, no length in the header."""

    def element(name: str, body: bytes) -> bytes:
        return bytes.fromhex(name) + bytes([len(body) | 0x80]) + body

    unknown = b"\x01" + b"\xff" * 7
    head = element("1a45dfa3", element("4282", b"webm"))
    tracks = element("1654ae6b", element("ae", element("83", bytes([track]))))
    block = b"\x81" + struct.pack(">h", 500) + b"\x80data"
    time = struct.pack(">I", int(seconds * 1000) - 500)
    cluster = bytes.fromhex("1f43b675") + unknown + element("e7", time) + element("a3", block)
    return head + bytes.fromhex("18538067") + unknown + tracks + cluster


def an_upload(content: bytes | None = None, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_phone_photo() if content is None else content)


def a_file(content: bytes | None = None, *, actor=MEI, at=NOON, **given):
    return actions.receive(upload=an_upload(content), actor=actor, at=at, **given)


def an_mp3(seconds: float) -> bytes:
    """Silence, in frames of 26 milliseconds."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return frame * int(seconds / 0.026122)
