"""Things that stand about in a city: bags, cartons, trees, vehicles, cones, posts."""

import numpy as np

from gongzhi.demo.photos.canvas import DARK, Canvas, Colour, blend, shade

GREENS: tuple[Colour, ...] = (
    (62, 104, 52),
    (78, 122, 60),
    (96, 140, 70),
    (52, 88, 48),
    (112, 152, 82),
)
BAGS: tuple[Colour, ...] = (
    (34, 36, 40),
    (52, 54, 60),
    (150, 40, 44),
    (222, 224, 228),
    (48, 82, 140),
    (30, 90, 64),
)
CARTON: Colour = (178, 140, 96)
WALLS: tuple[Colour, ...] = (
    (214, 206, 190),
    (198, 200, 202),
    (222, 214, 204),
    (206, 190, 172),
    (190, 202, 204),
)


def bag(c: Canvas, x: float, z: float, size: float) -> None:
    c.shadow(x, z, size * 1.1, size * 0.5, 0.45)
    px, py = c.camera.see((x, size * 0.75, z))
    radius = c.camera.scale(x, size * 0.75, z) * size
    colour = c.dice.choice(BAGS)
    c.blob((px, py), radius, colour, 0.12)
    for _fold in range(5):
        angle = c.dice.uniform(0, 6.28)
        near = (px + np.cos(angle) * radius * 0.25, py - radius * 0.5)
        far = (px + np.cos(angle) * radius * 0.75, py + abs(np.sin(angle)) * radius * 0.6)
        c.pen.line([near, far], fill=shade(colour, 0.72), width=max(2, int(radius * 0.05)))
    c.blob(
        (px - radius * 0.3, py - radius * 0.3),
        radius * 0.24,
        blend(colour, (255, 255, 255), 0.25),
        0.3,
    )
    c.pen.polygon(
        [
            (px - radius * 0.16, py - radius * 0.7),
            (px, py - radius * 1.15),
            (px + radius * 0.22, py - radius * 0.7),
        ],
        fill=shade(colour, 1.2),
    )


def carton(c: Canvas, x: float, z: float, size: tuple[float, float, float], y: float = 0) -> None:
    colour = shade(CARTON, c.dice.uniform(0.88, 1.1))
    wide, high, deep = size
    if y == 0:
        c.shadow(x + wide / 2, z + deep / 2, wide * 0.75, deep * 0.9, 0.4)
    front = c.box(x, y, z, size, colour)
    c.texture(front, (90, 60, 30), 0.16)
    c.wall(x, x + wide, y + high * 0.46, y + high * 0.54, z, blend(colour, (230, 214, 170), 0.5))
    if c.dice.random() < 0.6:
        c.wall(
            x + wide * 0.12,
            x + wide * 0.45,
            y + high * 0.12,
            y + high * 0.34,
            z,
            blend(colour, (250, 246, 236), 0.7),
        )


def litter(c: Canvas, x: float, z: float, spread: float, count: int) -> None:
    for _piece in range(count):
        px = x + c.dice.gauss(0, spread)
        pz = max(0.7, z + c.dice.gauss(0, spread * 0.5))
        colour = c.dice.choice(
            [
                (236, 236, 230),
                (206, 60, 52),
                (70, 130, 190),
                (220, 190, 80),
                CARTON,
                (110, 112, 110),
            ]
        )
        w, d = c.dice.uniform(0.03, 0.12), c.dice.uniform(0.03, 0.1)
        turn = c.dice.uniform(-0.06, 0.06)
        c.face(
            [
                (px, 0.01, pz),
                (px + w, 0.01, pz + turn),
                (px + w, 0.02, pz + d),
                (px + turn, 0.02, pz + d),
            ],
            colour,
        )


def cone(c: Canvas, x: float, z: float, high: float = 0.7) -> None:
    c.shadow(x, z, 0.3, 0.2, 0.4)
    c.box(x - 0.19, 0, z - 0.19, (0.38, 0.05, 0.38), (60, 52, 48))
    for part in range(10):
        low, up = part / 10, (part + 1) / 10
        stripe = (240, 240, 236) if part in {4, 5, 7} else (232, 92, 32)
        wide_low, wide_up = 0.14 * (1 - low * 0.8), 0.14 * (1 - up * 0.8)
        for left, right, light in ((-1.0, 0.1, 1.05), (0.1, 1.0, 0.78)):
            c.face(
                [
                    (x + left * wide_low, 0.05 + low * high, z),
                    (x + right * wide_low, 0.05 + low * high, z),
                    (x + right * wide_up, 0.05 + up * high, z),
                    (x + left * wide_up, 0.05 + up * high, z),
                ],
                shade(stripe, light),
            )


def foliage(c: Canvas, x: float, y: float, z: float, radius: float) -> None:
    px, py = c.camera.see((x, y, z))
    size = c.camera.scale(x, y, z) * radius
    for layer, light in ((0.0, 0.62), (0.12, 0.85), (0.26, 1.06), (0.38, 1.25)):
        for _leafs in range(26):
            angle, out = c.dice.uniform(0, 6.28), size * (1 - layer) * c.dice.random() ** 0.5
            at = (
                px - layer * size * 0.5 + np.cos(angle) * out,
                py - layer * size * 0.6 + np.sin(angle) * out * 0.8,
            )
            c.blob(at, size * c.dice.uniform(0.12, 0.22), shade(c.dice.choice(GREENS), light), 0.35)


def tree(c: Canvas, x: float, z: float, high: float, lean: float = 0.0) -> None:
    c.shadow(x + 0.3, z + 0.2, high * 0.35, high * 0.12, 0.35)
    trunk = (98, 82, 66)
    thick = high * 0.03
    top = (x + lean * high, high * 0.62, z)
    c.face(
        [
            (x - thick * 1.4, 0, z),
            (x + thick * 1.4, 0, z),
            (top[0] + thick, top[1], z),
            (top[0] - thick, top[1], z),
        ],
        trunk,
    )
    c.face(
        [
            (x + thick * 0.3, 0, z),
            (x + thick * 1.4, 0, z),
            (top[0] + thick, top[1], z),
            (top[0] + thick * 0.3, top[1], z),
        ],
        shade(trunk, 0.7),
    )
    foliage(c, top[0] + lean * high * 0.2, high * 0.78, z, high * 0.27)


def wheel(c: Canvas, x: float, y: float, z: float, radius: float) -> None:
    turn = [i / 36 * 2 * np.pi for i in range(37)]
    rim = [(x + radius * float(np.cos(a)), y + radius * float(np.sin(a)), z) for a in turn]
    c.line(rim, (30, 31, 33), radius * 0.24)
    c.line(
        [(x + (px - x) * 0.82, y + (py - y) * 0.82, z) for px, py, _z in rim],
        (150, 154, 158),
        radius * 0.06,
    )
    for spoke in range(0, 36, 6):
        c.line([(x, y, z), rim[spoke]], (140, 144, 148), radius * 0.05)


def ebike(c: Canvas, x: float, z: float, colour: Colour | None = None) -> None:
    """Draw a light electric bicycle from the side, 1.5 m long, from its rear wheel at x."""
    body = colour or c.dice.choice(
        [(196, 44, 44), (40, 92, 168), (236, 236, 234), (58, 60, 64), (232, 178, 44)]
    )
    c.shadow(x + 0.6, z, 0.95, 0.16, 0.5)
    wheel(c, x, 0.23, z, 0.23)
    wheel(c, x + 1.18, 0.23, z, 0.23)
    c.line([(x, 0.23, z), (x + 0.42, 0.3, z)], (60, 62, 66), 0.06)
    c.face(
        [(x + 0.3, 0.24, z), (x + 0.86, 0.24, z), (x + 0.9, 0.33, z), (x + 0.3, 0.36, z)],
        shade(body, 0.75),
    )
    c.face(
        [
            (x - 0.2, 0.62, z),
            (x + 0.05, 0.42, z),
            (x + 0.42, 0.36, z),
            (x + 0.46, 0.66, z),
            (x + 0.1, 0.7, z),
        ],
        body,
    )
    c.face(
        [(x - 0.12, 0.68, z), (x + 0.5, 0.66, z), (x + 0.52, 0.74, z), (x - 0.1, 0.79, z)],
        (34, 34, 36),
    )
    c.face(
        [(x + 0.84, 0.3, z), (x + 0.96, 0.34, z), (x + 1.08, 0.78, z), (x + 0.98, 0.86, z)], body
    )
    c.line([(x + 1.18, 0.23, z), (x + 1.02, 0.84, z), (x + 0.98, 1.02, z)], (70, 72, 76), 0.05)
    c.line([(x + 0.84, 1.06, z), (x + 1.04, 1.0, z)], (36, 36, 38), 0.045)
    c.face(
        [(x + 1.02, 0.78, z), (x + 1.14, 0.76, z), (x + 1.12, 0.9, z), (x + 1.03, 0.9, z)],
        (246, 240, 206),
    )
    c.line([(x + 0.98, 0.44, z), (x + 1.34, 0.42, z)], shade(body, 0.85), 0.06)


def car(c: Canvas, x: float, z: float, colour: Colour) -> None:
    """Draw a car from behind, 1.8 m wide, its middle at x."""
    c.shadow(x, z + 0.6, 1.25, 0.9, 0.6)
    for wheel_x in (-0.78, 0.56):
        c.box(x + wheel_x, 0, z + 0.05, (0.22, 0.5, 0.3), (28, 29, 31))
    c.face(
        [
            (x - 0.9, 0.25, z),
            (x + 0.9, 0.25, z),
            (x + 0.92, 0.72, z),
            (x + 0.86, 0.98, z),
            (x - 0.86, 0.98, z),
            (x - 0.92, 0.72, z),
        ],
        colour,
    )
    c.face(
        [
            (x - 0.86, 0.98, z),
            (x + 0.86, 0.98, z),
            (x + 0.68, 1.46, z + 0.5),
            (x - 0.68, 1.46, z + 0.5),
        ],
        shade(colour, 1.12),
    )
    c.face(
        [
            (x - 0.74, 1.02, z),
            (x + 0.74, 1.02, z),
            (x + 0.6, 1.4, z + 0.4),
            (x - 0.6, 1.4, z + 0.4),
        ],
        (58, 70, 80),
    )
    c.face(
        [
            (x - 0.7, 1.06, z),
            (x - 0.2, 1.06, z),
            (x - 0.34, 1.36, z + 0.36),
            (x - 0.58, 1.36, z + 0.36),
        ],
        (108, 124, 136),
    )
    c.wall(x - 0.9, x + 0.9, 0.25, 0.42, z, shade(colour, 0.6))
    for lamp in (-0.88, 0.62):
        c.wall(x + lamp, x + lamp + 0.26, 0.74, 0.88, z, (178, 32, 34))
    c.wall(x - 0.26, x + 0.26, 0.56, 0.69, z, (64, 96, 168))
    c.wall(x - 0.22, x + 0.22, 0.6, 0.65, z, (214, 222, 236))


def extinguisher(c: Canvas, x: float, z: float, y: float = 0.0) -> None:
    c.column(x, z, y, y + 0.44, 0.085, (206, 38, 36))
    c.wall(x - 0.06, x + 0.05, y + 0.14, y + 0.3, z - 0.06, (242, 232, 214))
    c.wall(x - 0.05, x + 0.04, y + 0.24, y + 0.275, z - 0.065, (206, 38, 36))
    c.column(x, z, y + 0.44, y + 0.5, 0.04, (70, 70, 72))
    c.line([(x - 0.06, y + 0.55, z), (x + 0.1, y + 0.53, z)], DARK, 0.03)
    c.line([(x - 0.05, y + 0.5, z), (x + 0.1, y + 0.5, z)], DARK, 0.025)
    c.line(
        [(x + 0.04, y + 0.5, z), (x + 0.14, y + 0.4, z), (x + 0.12, y + 0.16, z)],
        (30, 30, 32),
        0.03,
    )


def pole(c: Canvas, x: float, z: float, high: float, lean: float = 0) -> None:
    c.shadow(x, z, 0.25, 0.15, 0.4)
    thick = 0.07
    steel = (128, 132, 136)
    for left, right, light in ((-1.0, -0.2, 1.2), (-0.2, 0.4, 1.0), (0.4, 1.0, 0.65)):
        c.face(
            [
                (x + left * thick, 0, z),
                (x + right * thick, 0, z),
                (x + right * thick * 0.7 + lean * high, high, z),
                (x + left * thick * 0.7 + lean * high, high, z),
            ],
            shade(steel, light),
        )


def facade(c: Canvas, x0: float, x1: float, high: float, z: float) -> None:
    """Draw the front of a house with rows of windows, cages and air conditioners."""
    colour = c.dice.choice(WALLS)
    c.texture(
        c.wall(x0, x1, 0, high, z, colour), shade(colour, 0.62), 0.5, seed=c.dice.randrange(1, 4)
    )
    step = 2.1
    floor = 3.1
    while floor + 1.6 < high:
        x = x0 + 0.45
        while x + 1.3 < x1:
            glass = c.dice.choice([(74, 92, 104), (96, 116, 128), (56, 70, 82), (124, 140, 146)])
            c.wall(x - 0.07, x + 1.27, floor - 0.07, floor + 1.4, z, shade(colour, 1.12))
            c.wall(x, x + 1.2, floor, floor + 1.33, z, glass)
            c.face(
                [
                    (x, floor + 0.5, z),
                    (x + 0.7, floor + 1.33, z),
                    (x + 0.35, floor + 1.33, z),
                    (x, floor + 0.9, z),
                ],
                shade(glass, 1.3),
            )
            c.wall(x + 0.58, x + 0.63, floor, floor + 1.33, z, (210, 212, 212))
            if c.dice.random() < 0.35:
                c.wall(x + 0.2, x + 1.0, floor - 0.75, floor - 0.2, z - 0.02, (222, 224, 222))
                c.wall(x + 0.28, x + 0.7, floor - 0.68, floor - 0.27, z - 0.03, (150, 154, 156))
            x += step
        floor += 3.0


def bin_(c: Canvas, x: float, z: float, colour: Colour, *, lid: bool = True) -> None:
    c.shadow(x + 0.28, z + 0.25, 0.5, 0.35, 0.45)
    c.box(x, 0.08, z, (0.56, 0.82, 0.5), colour)
    c.wall(x + 0.06, x + 0.5, 0.4, 0.72, z, shade(colour, 1.25))
    c.wall(x + 0.2, x + 0.36, 0.46, 0.66, z, (240, 244, 240))
    if lid:
        c.box(x - 0.03, 0.9, z - 0.03, (0.62, 0.07, 0.56), shade(colour, 0.8))
    else:
        c.face(
            [
                (x, 0.9, z + 0.5),
                (x + 0.56, 0.9, z + 0.5),
                (x + 0.56, 1.42, z + 0.62),
                (x, 1.42, z + 0.62),
            ],
            shade(colour, 0.8),
        )
