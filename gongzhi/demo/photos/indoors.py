"""Scenes of shops, houses, workshops and building sites."""

import numpy as np

from gongzhi.demo.photos.canvas import Canvas, Colour, blend, shade
from gongzhi.demo.photos.props import (
    bag,
    carton,
    cone,
    ebike,
    extinguisher,
    facade,
    litter,
)
from gongzhi.demo.photos.settings import SKIES, ground, room, street, yard_wall

PLASTER: tuple[Colour, ...] = ((222, 218, 208), (206, 216, 212), (226, 220, 200), (212, 212, 216))
TILES: tuple[Colour, ...] = ((186, 180, 172), (168, 172, 176), (192, 176, 160))
GREEN_SIGN: Colour = (24, 140, 84)


def stairwell(c: Canvas, *, after: bool) -> None:
    wall = c.dice.choice(PLASTER)
    room(c, wall, c.dice.choice(TILES), wide=2.1, deep=5.2)
    for step in range(9):
        z, y = 3.3 + step * 0.24, step * 0.17
        c.wall(0.35, 2.1, y, y + 0.17, z, (168, 164, 158))
        c.floor(0.35, 2.1, z, z + 0.24, (196, 192, 184), y + 0.17)
    c.line([(0.38, 0.9, 3.3), (0.38, 2.3, 5.2)], (126, 78, 46), 0.06)
    for post in range(6):
        z, y = 3.35 + post * 0.36, post * 0.26
        c.line([(0.38, y, z), (0.38, y + 0.92, z)], (90, 92, 96), 0.025)
    if after:
        _notice(c, -1.5, 1.35, 5.18)
        return
    bikes = c.dice.randint(1, 2)
    for i in range(bikes):
        ebike(c, -1.75 + i * 0.3, 3.4 - i * 0.75)
    sag = [
        (-1.2 + 0.3 * t, 2.4 - 1.75 * t + 0.1 * float(np.sin(t * 9)), 3.5 - 0.1 * t)
        for t in np.linspace(0, 1, 16).tolist()
    ]
    c.line(sag, (28, 28, 30), 0.022)
    c.box(-1.42, 2.35, 3.5, (0.36, 0.09, 0.08), (238, 238, 234))
    c.box(-0.95, 0.58, 3.3, (0.2, 0.1, 0.12), (40, 40, 44))


def _notice(c: Canvas, x: float, y: float, z: float) -> None:
    c.wall(x, x + 0.6, y, y + 0.8, z, (246, 246, 242))
    c.wall(x, x + 0.6, y + 0.64, y + 0.8, z - 0.01, (200, 40, 38))
    for row in range(5):
        c.wall(
            x + 0.06,
            x + 0.54 - (row % 2) * 0.1,
            y + 0.08 + row * 0.1,
            y + 0.12 + row * 0.1,
            z - 0.01,
            (120, 122, 126),
        )


def extinguishers(c: Canvas, *, after: bool) -> None:
    room(c, c.dice.choice(PLASTER), c.dice.choice(TILES), wide=2.2, deep=3.4)
    x = c.dice.uniform(-0.6, 0.1)
    c.wall(x - 0.05, x + 0.75, 1.35, 1.75, 3.38, (206, 38, 36))
    c.wall(x, x + 0.7, 1.4, 1.7, 3.37, (246, 246, 242))
    c.wall(x + 0.06, x + 0.2, 1.46, 1.64, 3.36, (206, 38, 36))
    for row in range(3):
        c.wall(x + 0.26, x + 0.64, 1.46 + row * 0.08, 1.5 + row * 0.08, 3.36, (60, 60, 64))
    c.shadow(x + 0.35, 3.1, 0.55, 0.2, 0.4)
    c.box(x, 0, 3.0, (0.7, 0.6, 0.3), (196, 34, 34))
    c.wall(x + 0.04, x + 0.66, 0.05, 0.55, 2.99, (60, 20, 20) if not after else (90, 26, 26))
    if after:
        for i in range(2):
            extinguisher(c, x + 0.2 + i * 0.3, 2.95, 0.05)
    else:
        litter(c, x + 0.3, 2.8, 0.12, 8)
        c.wall(x + 0.08, x + 0.36, 0.06, 0.14, 2.98, (170, 132, 92))
    c.line([(x + 1.2, 2.3, 3.38), (x + 1.2, 2.45, 3.38)], (90, 90, 90), 0.03)
    c.wall(x + 0.95, x + 1.5, 2.2, 2.42, 3.37, GREEN_SIGN)
    c.wall(x + 1.02, x + 1.2, 2.25, 2.37, 3.36, (240, 250, 244))


def blocked_exit(c: Canvas, *, after: bool) -> None:
    room(c, c.dice.choice(PLASTER), c.dice.choice(TILES), wide=1.7, deep=5.4)
    c.wall(-0.95, 0.95, 0, 2.15, 5.38, (150, 150, 148))
    for x in (-0.9, 0.03):
        c.wall(x, x + 0.87, 0.02, 2.1, 5.37, (92, 116, 108) if x < 0 else (86, 110, 102))
        c.wall(x + 0.14, x + 0.73, 0.98, 1.08, 5.36, (190, 194, 192))
    c.glow(c.wall(-0.4, 0.4, 2.24, 2.5, 5.3, GREEN_SIGN), (80, 220, 150), 0.4, 26)
    c.wall(-0.3, -0.08, 2.3, 2.44, 5.29, (240, 250, 244))
    c.wall(0.02, 0.3, 2.34, 2.4, 5.29, (240, 250, 244))
    if after:
        return
    for _box in range(c.dice.randint(6, 9)):
        size = (c.dice.uniform(0.4, 0.75), c.dice.uniform(0.35, 0.6), 0.45)
        x, y = c.dice.uniform(-1.35, 0.75), c.dice.choice([0.0, 0.0, 0.45])
        carton(c, x, c.dice.uniform(3.3, 4.3) if not y else 3.7, size, y)
    bag(c, 0.9, 3.0, 0.25)


def electric_box(c: Canvas, *, after: bool) -> None:
    room(c, c.dice.choice(PLASTER), (150, 148, 144), wide=2.4, deep=2.5)
    c.wall(-0.75, 0.75, 0.85, 2.05, 2.48, (160, 164, 166))
    c.box(-0.7, 0.9, 2.3, (1.4, 1.1, 0.18), (196, 200, 202))
    if after:
        c.wall(-0.62, 0.62, 0.98, 1.92, 2.29, (206, 210, 212))
        c.face([(0, 1.62, 2.28), (-0.2, 1.28, 2.28), (0.2, 1.28, 2.28)], (240, 200, 40))
        c.line([(0, 1.36, 2.27), (0, 1.5, 2.27)], (40, 40, 40), 0.03)
        c.wall(0.5, 0.56, 1.36, 1.52, 2.28, (60, 62, 66))
        return
    c.wall(-0.62, 0.62, 0.98, 1.92, 2.29, (70, 74, 78))
    for row in range(2):
        for breaker in range(7):
            x, y = -0.55 + breaker * 0.155, 1.16 + row * 0.4
            c.wall(x, x + 0.13, y, y + 0.24, 2.28, (232, 232, 228))
            c.wall(x + 0.045, x + 0.085, y + 0.08, y + 0.17, 2.27, (40, 44, 60))
    for _wire in range(20):
        colour = c.dice.choice(
            [(190, 40, 40), (40, 70, 160), (36, 110, 60), (220, 180, 50), (30, 30, 32)]
        )
        x0, x1 = c.dice.uniform(-0.6, 0.6), c.dice.uniform(-0.8, 0.8)
        drop = c.dice.uniform(0.3, 1.1)
        path = [
            (
                x0 + (x1 - x0) * t,
                1.75 - drop * t + 0.18 * float(np.sin(t * 6 + x0 * 9)),
                2.2 - 0.2 * t,
            )
            for t in np.linspace(0, 1, 14).tolist()
        ]
        c.line(path, colour, 0.018)
    c.side(-0.72, 0.9, 2.0, 1.7, 2.3, (178, 182, 184))


def _glyph(c: Canvas, x: float) -> None:
    """Letter a sign with something that reads as writing from afar and as nothing from near."""
    white: Colour = (252, 246, 226)
    for bar in range(c.dice.randint(2, 3)):
        y = 2.98 + bar * 0.19
        c.line(
            [(x + c.dice.uniform(0, 0.1), y, 6.19), (x + c.dice.uniform(0.4, 0.5), y, 6.19)],
            white,
            0.05,
        )
    for post in c.dice.sample((0.08, 0.25, 0.42), 2):
        c.line([(x + post, 2.94, 6.19), (x + post, 3.42, 6.19)], white, 0.05)
    c.line([(x + 0.25, 3.36, 6.19), (x + 0.25, 3.48, 6.19)], white, 0.05)


def goods_outside(c: Canvas, *, after: bool) -> None:
    top, bottom = c.dice.choice(SKIES)
    c.gradient(top, bottom)
    facade(c, -7, 7, 10, 6.4)
    ground(c, (176, 168, 158), 40)
    c.wall(-4.4, 4.4, 0, 3.5, 6.3, (150, 150, 150))
    banner = c.dice.choice([(190, 46, 42), (32, 96, 160), (36, 126, 84), (216, 140, 36)])
    c.wall(-4.4, 4.4, 2.75, 3.6, 6.2, banner)
    for mark in range(4):
        _glyph(c, -1.5 + mark * 0.85)
    for x in (-4.2, -1.35, 1.5):
        c.wall(x, x + 2.7, 0, 2.7, 6.25, (62, 64, 66))
        c.glow(
            c.see(
                [(x + 0.4, 1.9, 6.2), (x + 2.3, 1.9, 6.2), (x + 2.3, 2.5, 6.2), (x + 0.4, 2.5, 6.2)]
            ),
            (255, 240, 206),
            0.7,
            30,
        )
        for shelf in range(3):
            for item in range(9):
                c.wall(
                    x + 0.2 + item * 0.26,
                    x + 0.4 + item * 0.26,
                    0.4 + shelf * 0.6,
                    0.72 + shelf * 0.6,
                    6.24,
                    c.dice.choice(
                        [
                            (190, 60, 50),
                            (70, 120, 170),
                            (210, 180, 90),
                            (90, 140, 90),
                            (222, 222, 216),
                        ]
                    ),
                )
    c.line([(-7, 0.006, 5.6), (7, 0.006, 5.6)], (220, 190, 60), 0.1)
    if after:
        return
    for _stall in range(c.dice.randint(6, 9)):
        carton(
            c,
            c.dice.uniform(-2.6, 2.0),
            c.dice.uniform(3.4, 4.8),
            (c.dice.uniform(0.45, 0.8), c.dice.uniform(0.35, 0.8), 0.5),
        )
    for leg in (-1.4, 1.0):
        c.line([(leg, 0, 4.2), (leg, 2.3, 4.2)], (170, 174, 178), 0.05)
    c.face([(-1.9, 2.2, 3.8), (1.5, 2.2, 3.8), (1.1, 2.75, 4.6), (-1.5, 2.75, 4.6)], (44, 96, 168))
    c.face(
        [(-0.8, 2.2, 3.8), (0.4, 2.2, 3.8), (0.25, 2.75, 4.6), (-0.65, 2.75, 4.6)], (226, 228, 230)
    )


def licence(c: Canvas, *, after: bool) -> None:
    wall = c.dice.choice(PLASTER)
    room(c, wall, c.dice.choice(TILES), wide=2.3, deep=3.6)
    for tile_row in range(9):
        c.line([(-2.3, tile_row * 0.3, 3.58), (2.3, tile_row * 0.3, 3.58)], shade(wall, 0.9), 0.008)
    c.wall(
        -1.5, 1.5, 1.3, 2.2, 3.57, (36, 100, 160) if after else blend(wall, (150, 160, 170), 0.3)
    )
    for place in range(4):
        x = -1.38 + place * 0.7
        shown = after or place == c.dice.randrange(4)
        c.wall(x, x + 0.62, 1.38, 2.0, 3.56, (206, 172, 96) if shown else shade(wall, 0.84))
        c.wall(
            x + 0.04, x + 0.58, 1.42, 1.96, 3.55, (250, 248, 238) if shown else shade(wall, 0.92)
        )
        if shown:
            c.disc(x + 0.31, 1.85, 3.54, 0.05, (200, 44, 40), tilt=np.pi / 2)
            for row in range(4):
                c.wall(
                    x + 0.12, x + 0.5, 1.48 + row * 0.075, 1.51 + row * 0.075, 3.54, (126, 128, 130)
                )
    c.shadow(0, 2.9, 1.7, 0.3, 0.4)
    c.box(-1.5, 0, 2.75, (3.0, 0.95, 0.5), (168, 124, 84))
    c.box(-1.55, 0.95, 2.7, (3.1, 0.06, 0.6), (226, 226, 222))
    c.box(0.5, 1.01, 2.85, (0.5, 0.34, 0.2), (48, 50, 54))
    for jar in range(5):
        c.column(
            -1.2 + jar * 0.24,
            2.9,
            1.01,
            1.24,
            0.08,
            c.dice.choice([(190, 70, 50), (206, 170, 90), (110, 140, 90)]),
        )


def workshop(c: Canvas, *, after: bool) -> None:
    room(c, (190, 196, 200), (120, 134, 126), wide=3.4, deep=9, high=3.8)
    for edge in (-1.3, 1.3):
        c.floor(edge - 0.05, edge + 0.05, 1.5, 9, (226, 196, 60), 0.003)
    for side in (-1, 1):
        for machine in range(3):
            z = 7.2 - machine * 2.0
            x = side * 2.6 - 0.6
            c.shadow(x + 0.6, z, 0.9, 0.5, 0.5)
            c.box(x, 0, z, (1.2, 1.1, 1.1), (62, 120, 128))
            c.box(x + 0.2, 1.1, z + 0.2, (0.7, 0.6, 0.6), (214, 218, 216))
            c.wall(x + 0.3, x + 0.6, 1.25, 1.5, z + 0.19, (40, 60, 80))
    if after:
        for drum in range(2):
            extinguisher(c, 1.75 + drum * 0.25, 3.4)
        return
    for drum in range(c.dice.randint(4, 6)):
        x, z = -0.9 + (drum % 3) * 0.62, 4.6 - (drum // 3) * 0.7
        c.shadow(x, z, 0.4, 0.25, 0.4)
        c.column(x, z, 0, 0.88, 0.29, c.dice.choice([(38, 90, 160), (196, 120, 36), (60, 62, 66)]))
        c.disc(x, 0.88, z, 0.28, (120, 124, 128))
        c.wall(x - 0.13, x + 0.13, 0.34, 0.58, z - 0.16, (246, 200, 48))
    carton(c, 0.5, 3.2, (0.7, 0.5, 0.5))
    litter(c, 0, 3.0, 0.7, 16)


def _shell(c: Canvas) -> None:
    """A house without windows, behind its scaffold."""
    c.wall(-4, 3, 0, 10, 12, (176, 172, 164))
    for row in range(5):
        for hole in range(4):
            c.wall(
                -3.6 + hole * 1.7,
                -2.6 + hole * 1.7,
                0.9 + row * 2,
                2.2 + row * 2,
                11.9,
                (96, 94, 92),
            )
    for stand in range(9):
        c.line([(-4.4 + stand, 0, 11), (-4.4 + stand, 10, 11)], (150, 120, 60), 0.05)
    for level in range(7):
        c.line([(-4.6, level * 1.5, 11), (3.8, level * 1.5, 11)], (150, 120, 60), 0.05)


def building_site(c: Canvas, *, after: bool) -> None:
    top, bottom = c.dice.choice(SKIES)
    c.gradient(top, bottom)
    _shell(c)
    ground(c, (166, 146, 118), 18)
    for panel in range(-5, 6):
        x = panel * 1.8
        gap = not after and panel == 0
        tone: Colour = (46, 104, 168) if panel % 2 else (226, 230, 232)
        if not gap:
            c.texture(c.wall(x, x + 1.78, 0, 1.9, 7, tone), (40, 40, 40), 0.3)
    heap = [(-2.4 + i * 0.25, 0.0, 4.6) for i in range(20)]
    ridge = [
        (x, max(0.0, 0.95 - abs(i - 9.5) * 0.1 + c.dice.uniform(-0.07, 0.07)), z)
        for i, (x, _y, z) in enumerate(heap)
    ]
    c.shadow(0, 4.6, 2.8, 0.5, 0.4)
    pile = c.face([*heap, *reversed(ridge)], (154, 120, 84))
    c.texture(pile, (84, 62, 40), 0.8, seed=2)
    if after:
        net = c.face([*heap, *reversed(ridge)], (48, 110, 72))
        c.texture(net, (20, 60, 36), 0.7, seed=4)
        return
    for _stone in range(40):
        x, z = c.dice.gauss(0, 1.6), c.dice.uniform(3, 4.5)
        c.disc(
            x, 0.03, z, c.dice.uniform(0.03, 0.09), shade((150, 130, 108), c.dice.uniform(0.7, 1.1))
        )
    c.glow(
        c.see([(-3, 0.2, 6), (3, 0.2, 6), (3.4, 2.8, 6), (-2.6, 2.2, 6)]), (214, 200, 176), 0.55, 90
    )
    cone(c, 2.0, 3.6)


def bikes(c: Canvas, *, after: bool) -> None:
    street(c)
    tones: list[Colour] = [(240, 196, 40), (60, 150, 210), (60, 168, 110)]
    if after:
        c.floor(-1.9, 2.2, 4.0, 5.6, (212, 214, 212), 0.003)
        c.texture(
            c.floor(-1.84, 2.14, 4.06, 5.54, (168, 168, 166), 0.004), (90, 90, 90), 0.5, ground=30
        )
    count = 4 if after else 6
    for i in range(count):
        if after:
            ebike(c, -1.75 + i * 0.2, 5.3 - i * 0.34, tones[i % 3])
        else:
            ebike(c, c.dice.uniform(-1.9, 0.9), 5.8 - i * 0.5, c.dice.choice(tones))


def rental_wall(c: Canvas, *, after: bool) -> None:
    """Barred windows of a rental house: without and with a way out."""
    yard_wall(c, 4.4)
    colour: Colour = (206, 196, 180)
    c.texture(c.wall(-4, 4, 0, 4.2, 4.2, colour), shade(colour, 0.6), 0.5)
    for place in range(3):
        x = -2.1 + place * 1.5
        c.wall(x, x + 1.1, 1.1, 2.3, 4.19, (70, 86, 96))
        c.face(
            [(x, 1.6, 4.18), (x + 0.6, 2.3, 4.18), (x + 0.25, 2.3, 4.18), (x, 2.0, 4.18)],
            (112, 130, 140),
        )
        c.wall(x + 0.52, x + 0.57, 1.1, 2.3, 4.18, (220, 220, 218))
        opened = after and place == 1
        for bar in range(9):
            bx = x + 0.02 + bar * 0.132
            if opened and bx > x + 0.5:
                continue
            c.line([(bx, 1.05, 4.05), (bx, 2.35, 4.05)], (160, 164, 168), 0.022)
        for y in (1.07, 1.7, 2.33):
            c.line([(x, y, 4.04), (x + (0.5 if opened else 1.1), y, 4.04)], (146, 150, 154), 0.026)
        if opened:
            c.side(x + 0.55, 1.08, 2.32, 3.5, 4.05, (176, 150, 60))
    c.wall(1.9, 2.8, 0, 2.1, 4.18, (116, 70, 50))
    c.wall(2.0, 2.7, 0.1, 2.0, 4.17, (132, 82, 60))
