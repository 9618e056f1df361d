"""Makes regions of a photo unreadable for good: a coarse mosaic, then a blur over its edges."""

import io
from collections.abc import Sequence

from PIL import Image, ImageFilter, UnidentifiedImageError

from gongzhi.publishing.rules.regions import Region

CELLS = 6  # a region is left with so many colours a side at the most
BROKEN = (OSError, ValueError, SyntaxError, UnidentifiedImageError)


class UnreadablePhoto(Exception):
    """The picture cannot be decoded, so it cannot be shown either."""


def blurred(content: bytes, regions: Sequence[Region]) -> bytes:
    """Return a JPEG without metadata in which nothing inside the regions can be made out again."""
    picture = opened(content)
    for region in regions:
        _cover(picture, region)
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=84, progressive=True, optimize=True)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """Decode a photo; UnreadablePhoto when it cannot be."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.convert("RGB")
    except BROKEN as error:
        raise UnreadablePhoto from error


def _cover(picture: Image.Image, region: Region) -> None:
    box = (
        int(region.left * picture.width),
        int(region.top * picture.height),
        min(picture.width, round(region.right * picture.width) + 1),
        min(picture.height, round(region.bottom * picture.height) + 1),
    )
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide < 1 or high < 1:
        return
    part = picture.crop(box)
    # Averaging whole cells throws the detail away; colours in steps of 32 leave nothing to compute it back from.
    cells = (max(1, min(CELLS, wide // 6)), max(1, min(CELLS, high // 6)))
    coarse = part.resize(cells, Image.Resampling.BOX).point(lambda value: value // 32 * 32 + 16)
    covered = coarse.resize((wide, high), Image.Resampling.NEAREST)
    radius = max(2.0, min(wide, high) / CELLS / 2)
    picture.paste(covered.filter(ImageFilter.GaussianBlur(radius)), box[:2])
