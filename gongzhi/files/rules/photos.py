"""Photos: read where and when, turn upright, bring to one colour space and size, drop all metadata."""

import io
import math
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from gongzhi.files.rules.kinds import Clean, Kind, Limit, Problem, Unusable
from gongzhi.files.rules.likeness import likeness_of

# Pillow's own guard only warns up to twice its limit; ours refuses, and before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None
# Phones write some JPEGs as MPO (several pictures in one); the JPEG reader opens those too.
_READERS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"]
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, OverflowError, MemoryError,
           IndexError, KeyError, UnidentifiedImageError, ZeroDivisionError)  # fmt: skip
_DEEP = {"I;16", "I;16B", "I;16L", "I", "F"}
_RESIZABLE = {"RGB", "RGBA", "CMYK", "L"}
_SRGB = ImageCms.createProfile("sRGB")


def clean_photo(content: bytes, *, limit: Limit, zone: tzinfo, before: datetime) -> Clean:
    """Return an upright sRGB JPEG without metadata and its thumbnail, with place and time as facts."""
    try:
        with Image.open(io.BytesIO(content), formats=_READERS) as image:
            if image.width * image.height > limit.pixels:
                raise Unusable(Problem.TOO_MANY_PIXELS, kind=Kind.PHOTO, limit=limit.pixels)
            facts = _facts(image, zone=zone, before=before)
            image.draft("RGB", (limit.side, limit.side))  # JPEG only: decode no larger than needed
            return _encoded(_prepared(image, side=limit.side), limit=limit, facts=facts)
    except _BROKEN as error:
        raise Unusable(Problem.DAMAGED, kind=Kind.PHOTO) from error


def _encoded(picture: Image.Image, *, limit: Limit, facts: dict[str, Any]) -> Clean:
    small = picture.copy()
    small.thumbnail((limit.thumb, limit.thumb), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Clean(
        kind=Kind.PHOTO, content_type="image/jpeg", suffix="jpg",
        content=_bytes(picture, "JPEG", quality=85, progressive=True, optimize=True),
        thumb=_bytes(small, "WEBP", quality=72, method=3),
        width=picture.width, height=picture.height, likeness=likeness_of(small), **facts,
    )  # fmt: skip


def _prepared(image: Image.Image, *, side: int) -> Image.Image:
    image.load()
    if image.mode in _RESIZABLE:  # smaller first: turning and converting cost by the pixel
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture = _flat(ImageOps.exif_transpose(image) or image)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return picture


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, what is transparent on white."""
    profile = image.info.get("icc_profile")
    if image.mode in _DEEP:
        image = _eight_bits(image)
    elif profile and image.mode in {"RGB", "CMYK", "L"}:
        image = _in_srgb(image, profile)
    if image.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        image = Image.new("RGB", layered.size, "white")
        image.paste(layered, mask=layered.getchannel("A"))
    flat = image.convert("RGB")
    flat.info = {}  # what is saved is pixels alone
    return flat


def _eight_bits(image: Image.Image) -> Image.Image:
    low, high = image.getextrema()
    top = float(high)  # type: ignore[arg-type]  # one band: two numbers
    if not math.isfinite(top) or not math.isfinite(float(low)):  # type: ignore[arg-type]
        raise Unusable(Problem.DAMAGED, kind=Kind.PHOTO)
    scale = 255 / (65535 if top > 255 else 255)
    return image.convert("F").point(lambda value: value * scale).convert("L")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        converted = ImageCms.profileToProfile(image, io.BytesIO(profile), _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile costs a shade of colour, not the photo
    return converted or image


def _bytes(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _facts(image: Image.Image, *, zone: tzinfo, before: datetime) -> dict[str, Any]:
    """Read place and time; EXIF that cannot be read is as good as none."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except _BROKEN:
        return {}
    lon, lat = _position(place)
    return {"taken_at": _taken_at(details, exif, zone=zone, before=before), "lon": lon, "lat": lat}


def _position(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None, None
    if abs(lat) < 1e-6 and abs(lon) < 1e-6:
        return None, None  # what cameras write while they have no fix
    return round(lon, 6), round(lat, 6)


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or min(degrees, minutes, seconds) < 0:
        return None
    return -value if _text(side).upper() == negative else value


def _taken_at(details: Any, exif: Any, *, zone: tzinfo, before: datetime) -> datetime | None:
    written = _text(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime))
    try:
        plain = datetime.strptime(written[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - zone set below
        taken = plain.replace(
            tzinfo=_offset(_text(details.get(ExifTags.Base.OffsetTimeOriginal))) or zone
        )
        too_late = taken > before + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    # Cameras without a set clock write 1970 or 2000; a photo from the future has a wrong clock too.
    return None if too_late or taken.year < 2001 else taken


def _offset(text: str) -> tzinfo | None:
    try:
        hours, minutes = int(text[:3]), int(text[4:6])
        return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
    except ValueError:
        return None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "ignore")
    return str(value or "").strip("\0 ")
