"""A canvas with a camera: planes, boxes and rounds in metres, light, grain and the stamp."""

import io
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from gongzhi.demo.photos.camera import (
    HEIGHT,
    WIDTH,
    Camera,
    Point,
    Point3,
    flat_noise,
    ground_noise,
)

Colour = tuple[int, int, int]
FINAL = (960, 720)
DARK: Colour = (38, 40, 44)
# The characters 演示 as strokes on a 20 x 20 field: no font with Chinese is needed to draw the mark.
_MARK: tuple[tuple[Point, ...], ...] = (
    ((2, 3), (4, 5)),
    ((1, 8), (3.5, 10)),
    ((1.5, 18), (4.5, 12)),
    ((12, 1), (12.5, 3)),
    ((6.5, 6), (6.5, 4), (18, 4), (17.5, 6)),
    ((8, 7.5), (16.5, 7.5)),
    ((8, 10), (16.5, 10), (16.5, 15), (8, 15), (8, 10)),
    ((8, 12.5), (16.5, 12.5)),
    ((12.2, 7.5), (12.2, 15)),
    ((10.5, 16), (7.5, 18.8)),
    ((14, 16), (17, 18.8)),
    ((27, 3), (37, 3)),
    ((24, 8), (40, 8)),
    ((32, 8), (32, 18), (30, 16.5)),
    ((28, 11), (25, 16)),
    ((35.5, 11), (39, 16)),
)


def shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def blend(a: Colour, b: Colour, part: float) -> Colour:
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return red, green, blue


class Canvas:
    def __init__(self, dice: random.Random, camera: Camera) -> None:
        self.dice = dice
        self.camera = camera
        self.image = Image.new("RGB", (WIDTH, HEIGHT), (200, 205, 210))
        self.pen = ImageDraw.Draw(self.image)

    # Flat drawing, in pixels

    def gradient(self, top: Colour, bottom: Colour, start: float = 0, end: float = HEIGHT) -> None:
        start, end = round(start), round(end)
        if end <= start:
            return
        column = np.linspace(top, bottom, end - start).astype(np.uint8)[:, None, :]
        strip = Image.fromarray(np.broadcast_to(column, (end - start, 1, 3)).copy())
        self.image.paste(strip.resize((WIDTH, end - start)), (0, start))

    def blob(self, middle: Point, radius: float, colour: Colour, rough: float = 0.2) -> list[Point]:
        """Draw a lumpy round and return its outline."""
        turn = [i / 22 * 2 * np.pi for i in range(22)]
        outline = [
            (
                middle[0] + float(np.cos(a)) * radius * (1 + self.dice.uniform(-rough, rough)),
                middle[1]
                + float(np.sin(a)) * radius * (1 + self.dice.uniform(-rough, rough)) * 0.8,
            )
            for a in turn
        ]
        self.pen.polygon(outline, fill=colour)
        return outline

    def glow(self, shape: Sequence[Point], colour: Colour, alpha: float, blur: float) -> None:
        """Lay soft light or shadow over an outline; worked at a quarter of the size, for speed."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4))
        points = [(x / 4, y / 4) for x, y in shape]
        ImageDraw.Draw(small).polygon(points, fill=round(255 * alpha))
        mask = small.filter(ImageFilter.GaussianBlur(blur / 4)).resize((WIDTH, HEIGHT))
        self.image.paste(colour, mask=mask)

    def texture(
        self,
        shape: Sequence[Point],
        colour: Colour,
        alpha: float,
        *,
        ground: float = 0,
        seed: int = 3,
    ) -> None:
        """Weather a surface with noise; `ground` is the grain per metre when the surface lies flat."""
        mask = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(mask).polygon(list(shape), fill=round(255 * alpha))
        tile = ground_noise(self.camera, ground) if ground else flat_noise(seed)
        self.image.paste(colour, mask=ImageChops.multiply(mask, tile))

    # Drawing in metres

    def see(self, points: Iterable[Point3]) -> list[Point]:
        return [self.camera.see(point) for point in points]

    def face(self, points: Iterable[Point3], colour: Colour) -> list[Point]:
        outline = self.see(points)
        self.pen.polygon(outline, fill=colour)
        return outline

    def line(self, points: Iterable[Point3], colour: Colour, metres: float) -> None:
        points = list(points)
        x, y, z = points[len(points) // 2]
        width = max(1, round(self.camera.scale(x, y, z) * metres))
        self.pen.line(self.see(points), fill=colour, width=width, joint="curve")

    def floor(
        self, x0: float, x1: float, z0: float, z1: float, colour: Colour, y: float = 0
    ) -> list[Point]:
        return self.face([(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)], colour)

    def wall(
        self, x0: float, x1: float, y0: float, y1: float, z: float, colour: Colour
    ) -> list[Point]:
        return self.face([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], colour)

    def side(
        self, x: float, y0: float, y1: float, z0: float, z1: float, colour: Colour
    ) -> list[Point]:
        return self.face([(x, y0, z0), (x, y0, z1), (x, y1, z1), (x, y1, z0)], colour)

    def box(self, x: float, y: float, z: float, size: Point3, colour: Colour) -> list[Point]:
        """Draw a box from its near lower left corner; return its front."""
        wide, high, deep = size
        if x + wide < 0:
            self.side(x + wide, y, y + high, z, z + deep, shade(colour, 0.72))
        if x > 0:
            self.side(x, y, y + high, z, z + deep, shade(colour, 0.72))
        if y + high < self.camera.height:
            self.floor(x, x + wide, z, z + deep, shade(colour, 1.14), y + high)
        return self.wall(x, x + wide, y, y + high, z, colour)

    def disc(
        self, x: float, y: float, z: float, radius: float, colour: Colour, tilt: float = 0
    ) -> list[Point]:
        turn = [i / 48 * 2 * np.pi for i in range(48)]
        return self.face(
            [
                (
                    x + radius * float(np.cos(a)),
                    y + radius * float(np.sin(a)) * float(np.sin(tilt)),
                    z + radius * float(np.sin(a)) * float(np.cos(tilt)),
                )
                for a in turn
            ],
            colour,
        )

    def column(
        self, x: float, z: float, y0: float, y1: float, radius: float, colour: Colour
    ) -> None:
        """Draw an upright cylinder, lit from the left."""
        slices = 14
        for part in range(slices):
            left, right = (-1 + 2 * part / slices), (-1 + 2 * (part + 1) / slices)
            light = 0.55 + 0.62 * float(np.exp(-(((part / slices - 0.33) / 0.28) ** 2)))
            bulge = [radius * float(np.sqrt(max(0.0, 1 - e * e))) * 0.5 for e in (left, right)]
            self.face(
                [
                    (x + left * radius, y0, z - bulge[0]),
                    (x + right * radius, y0, z - bulge[1]),
                    (x + right * radius, y1, z - bulge[1]),
                    (x + left * radius, y1, z - bulge[0]),
                ],
                shade(colour, light),
            )

    def shadow(self, x: float, z: float, wide: float, deep: float, alpha: float = 0.5) -> None:
        turn = [i / 24 * 2 * np.pi for i in range(24)]
        outline = self.see(
            (x + wide * float(np.cos(a)), 0.0, max(0.2, z + deep * float(np.sin(a)))) for a in turn
        )
        blur = max(6.0, self.camera.scale(x, 0, max(z, 0.3)) * 0.05)
        self.glow(outline, (14, 16, 20), alpha, blur)

    # The finished photograph

    def finish(self, *, warm: float, stamp: str) -> bytes:
        """Add light, vignette, grain and the mark; return a JPEG."""
        small = self.image.resize(FINAL, Image.Resampling.BOX)
        pixels = np.asarray(small, dtype=np.float32)
        rng = np.random.default_rng(self.dice.randrange(2**31))
        grain = rng.standard_normal((FINAL[1] // 2, FINAL[0] // 2, 1)).astype(np.float32)
        grain = grain.repeat(2, axis=0).repeat(2, axis=1) * 2.2
        grain += rng.standard_normal((FINAL[1], FINAL[0], 1), dtype=np.float32) * 3.2
        cast = np.array([1 + 0.05 * warm, 1.0, 1 - 0.06 * warm], dtype=np.float32)
        done = np.clip(pixels * _vignette() * cast + grain, 0, 255).astype(np.uint8)
        picture = Image.fromarray(done)
        _mark(picture, stamp)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=82, optimize=False)
        return out.getvalue()


@lru_cache(maxsize=1)
def _vignette() -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    x = np.linspace(-1, 1, FINAL[0], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, FINAL[1], dtype=np.float32)[:, None]
    light = 1.05 - 0.2 * (x * x + y * y) ** 1.3 / 2 - 0.05 * (x - 0.1)
    return light[:, :, None].astype(np.float32)


def _mark(picture: Image.Image, stamp: str) -> None:
    """Write 演示 and the hour into the corner, so that no copy can pass for a real photograph."""
    layer = Image.new("L", (FINAL[0] * 2, 120))
    pen = ImageDraw.Draw(layer)
    for stroke in _MARK:
        pen.line(
            [(50 + x * 3.1, 34 + y * 3.1) for x, y in stroke], fill=235, width=6, joint="curve"
        )
    font = ImageFont.load_default(46)
    pen.text((FINAL[0] * 2 - 50, 62), stamp, fill=235, font=font, anchor="rm")
    layer = layer.resize((FINAL[0], 60), Image.Resampling.BOX)
    picture.paste((20, 22, 26), (1, FINAL[1] - 63), layer.filter(ImageFilter.GaussianBlur(2)))
    picture.paste((255, 252, 240), (0, FINAL[1] - 64), layer)
