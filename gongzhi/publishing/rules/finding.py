"""
Finds regions that look like a face or a number plate, and forgets the picture.

OpenCV's own cascades, run at several scales, turned and mirrored, and a look for the colours and proportions
of Chinese plates. It would rather find too much: a person takes wrong boxes away. It recognises nobody.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gongzhi.publishing.rules.blurring import opened
from gongzhi.publishing.rules.regions import Region, merged

Pixels = NDArray[np.uint8]

CASCADES = Path(cv2.__file__).parent / "data"
SIDE = 1024  # pixels of the longer side the detector looks at
SMALLEST_FACE, SMALLEST_PLATE = 20, (40, 12)
TURNS = (-25.0, 25.0)  # degrees: heads are tilted, phones are held askew
FACES = ("haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml")
PROFILE = "haarcascade_profileface.xml"
PLATES = ("haarcascade_russian_plate_number.xml", "haarcascade_license_plate_rus_16stages.xml")
MARGIN = {"face": 0.28, "plate": 0.15}  # hair and ears tell much; frames of plates tell little
# Hue, saturation and value of plates: blue, green of electric cars, yellow of lorries.
PLATE_COLOURS = (
    ((100, 90, 50), (128, 255, 255)),
    ((38, 45, 90), (88, 255, 255)),
    ((16, 110, 110), (34, 255, 255)),
)


def find(content: bytes) -> list[Region]:
    """Return the regions to cover, in shares of the picture's sides; UnreadablePhoto when it is none."""
    picture = opened(content)
    picture.thumbnail((SIDE, SIDE))
    colour: Pixels = np.asarray(picture, dtype=np.uint8)
    grey: Pixels = cv2.equalizeHist(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY))  # type: ignore[assignment]
    high, wide = grey.shape
    found = [
        _region(box, wide, high).grown(MARGIN[kind])
        for kind, box in (*_faces(grey), *_plates(grey), *_coloured_plates(colour))
    ]
    return [replace(region, by="found") for region in merged(found, at=0.4)]


Box = tuple[float, float, float, float]


def _region(box: Box, wide: int, high: int) -> Region:
    x, y, w, h = box
    left, top = max(0.0, x / wide), max(0.0, y / high)
    return Region(left, top, min(1 - left, w / wide), min(1 - top, h / high))


@cache
def _cascade(name: str) -> Any:
    """Read a cascade once in the life of a worker."""
    return cv2.CascadeClassifier(str(CASCADES / name))


def _faces(grey: Pixels) -> Iterator[tuple[str, Box]]:
    for name in FACES:
        yield from (("face", box) for box in _seen(name, grey, SMALLEST_FACE, neighbours=4))
    for mirrored in (False, True):
        view = cv2.flip(grey, 1) if mirrored else grey
        for x, y, w, h in _seen(PROFILE, view, SMALLEST_FACE, neighbours=4):
            yield "face", ((grey.shape[1] - x - w if mirrored else x), y, w, h)
    for degrees in TURNS:
        yield from (("face", box) for box in _seen_turned(grey, degrees))


def _seen(name: str, view: Any, smallest: int, *, neighbours: int) -> Iterator[Box]:
    found = _cascade(name).detectMultiScale(
        view, scaleFactor=1.1, minNeighbors=neighbours, minSize=(smallest, smallest)
    )
    yield from ((float(x), float(y), float(w), float(h)) for x, y, w, h in found)


def _seen_turned(grey: Pixels, degrees: float) -> Iterator[Box]:
    """Look at the picture turned, and turn what is found back."""
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    back = cv2.invertAffineTransform(turn)
    view = cv2.warpAffine(grey, turn, (wide, high))
    for x, y, w, h in _seen(FACES[1], view, SMALLEST_FACE * 2, neighbours=4):
        middle = back @ np.array([x + w / 2, y + h / 2, 1.0])
        yield float(middle[0] - w / 2), float(middle[1] - h / 2), w, h


def _plates(grey: Pixels) -> Iterator[tuple[str, Box]]:
    for name in PLATES:
        found = _cascade(name).detectMultiScale(
            grey, scaleFactor=1.08, minNeighbors=3, minSize=SMALLEST_PLATE
        )
        yield from (("plate", (float(x), float(y), float(w), float(h))) for x, y, w, h in found)


def _coloured_plates(colour: Pixels) -> Iterator[tuple[str, Box]]:
    """Find patches of a plate's colour with a plate's proportions and as many edges as letters give."""
    tones = cv2.cvtColor(colour, cv2.COLOR_RGB2HSV)
    edges = cv2.Canny(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), 80, 200)
    for low, high in PLATE_COLOURS:
        mask = cv2.inRange(tones, np.array(low), np.array(high))
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 15), np.uint8))
        outlines, _tree = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            x, y, w, h = cv2.boundingRect(outline)
            if _looks_like_plate(outline, edges[y : y + h, x : x + w]):
                yield "plate", (float(x), float(y), float(w), float(h))


def _looks_like_plate(outline: Any, edges: Any) -> bool:
    (_x, _y), (one, other), _angle = cv2.minAreaRect(outline)
    wide, high = max(one, other), min(one, other)
    if high < 10 or not 1.9 <= wide / high <= 5.2:
        return False
    filled = cv2.contourArea(outline) / (wide * high)
    letters = float(np.count_nonzero(edges)) / (wide * high)
    return filled > 0.6 and 0.06 < letters < 0.6
