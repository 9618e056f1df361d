"""Likeness of photos: sixty-four bits that stay nearly the same when a photo is saved again, cut or sent on."""

from PIL import Image

BITS = 64
BANDS = (11, 11, 11, 11, 10, 10)  # bits of each; photos within NEAR share at least one band whole
NEAR = len(BANDS) - 1  # so many bits may differ
FLAT = 6  # fewer edges than this tell nothing: a black or a white picture is like every other one


def likeness_of(picture: Image.Image) -> int | None:
    """
    Return the difference hash: for 8 x 8 spots, whether the one to the right is darker.

    As a signed number, for a bigint column; None for a picture without edges to tell it by.
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    spots = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            here = row * 9 + column
            bits = bits << 1 | (spots[here] > spots[here + 1])
    if not FLAT <= bits.bit_count() <= BITS - FLAT:
        return None
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def bands_of(likeness: int) -> list[int]:
    """Return the hash cut in bands, each with its place, for an index to find near ones by."""
    bits, bands = likeness % (1 << BITS), []
    for place, width in enumerate(BANDS):
        bands.append(place << 11 | bits & ((1 << width) - 1))
        bits >>= width
    return bands


def apart(one: int, other: int) -> int:
    """Return how many bits differ."""
    return ((one ^ other) % (1 << BITS)).bit_count()
