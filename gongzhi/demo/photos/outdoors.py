"""Scenes of the street: covers, holes, rubbish, trees, wires, lamps, water."""

import numpy as np

from gongzhi.demo.photos.canvas import Canvas, Colour, blend, shade
from gongzhi.demo.photos.props import (
    GREENS,
    bag,
    bin_,
    car,
    carton,
    cone,
    foliage,
    litter,
    pole,
    tree,
)
from gongzhi.demo.photos.settings import (
    ASPHALT,
    asphalt_below,
    ground,
    paving_below,
    street,
    yard_wall,
)

IRON: Colour = (88, 84, 80)


def manhole(c: Canvas, *, after: bool) -> None:
    c.dice.choice([asphalt_below, paving_below])(c)
    x, z, radius = c.dice.uniform(-0.25, 0.25), c.dice.uniform(2.2, 2.7), c.dice.uniform(0.36, 0.44)
    c.disc(x, 0.002, z, radius * 1.22, (122, 120, 116))
    c.texture(c.disc(x, 0.003, z, radius * 1.2, (132, 130, 126)), (70, 70, 70), 0.6, ground=90)
    c.disc(x, 0.004, z, radius * 1.04, shade(IRON, 0.8))
    if after:
        _cover(c, x, z, radius, 0.005)
        return
    c.disc(x, 0.005, z, radius * 0.96, (40, 38, 36))
    c.disc(x, 0.006, z - radius * 0.1, radius * 0.84, (12, 12, 14))
    slide = c.dice.choice([-1, 1]) * radius * c.dice.uniform(0.75, 1.5)
    c.shadow(x + slide, z + 0.1, radius * 1.05, radius * 0.95, 0.6)
    _cover(c, x + slide, z + 0.14, radius, 0.07)
    litter(c, x - slide, z - 0.3, 0.5, 7)
    if c.dice.random() < 0.5:
        cone(c, x - slide * 1.6, z + 0.5)


def _cover(c: Canvas, x: float, z: float, radius: float, y: float) -> None:
    c.disc(x, y - 0.03 if y > 0.03 else y, z, radius, shade(IRON, 0.6))
    face = c.disc(x, y, z, radius * 0.99, IRON)
    for ring in (0.92, 0.62, 0.3):
        turn = [i / 40 * 2 * np.pi for i in range(41)]
        c.line(
            [
                (x + radius * ring * float(np.cos(a)), y, z + radius * ring * float(np.sin(a)))
                for a in turn
            ],
            shade(IRON, 1.28),
            0.012,
        )
    for ray in range(0, 360, 15):
        a = np.radians(ray)
        near, far = (0.34, 0.58) if ray % 30 else (0.66, 0.88)
        c.line(
            [
                (x + radius * r * float(np.cos(a)), y, z + radius * r * float(np.sin(a)))
                for r in (near, far)
            ],
            shade(IRON, 1.34),
            0.02,
        )
    c.disc(x, y, z, radius * 0.12, shade(IRON, 0.7))
    c.texture(face, (120, 78, 48), 0.4, ground=40)


def pothole(c: Canvas, *, after: bool) -> None:
    asphalt_below(c)
    x, z = c.dice.uniform(-0.3, 0.3), c.dice.uniform(2.3, 2.9)
    if after:
        patch = c.floor(x - 0.75, x + 0.75, z - 0.5, z + 0.6, (60, 61, 64), 0.003)
        c.texture(patch, (24, 24, 26), 0.8, ground=170)
        c.texture(patch, (150, 150, 150), 0.14, ground=320)
        return
    for size, tone in ((1.0, 0.82), (0.86, 0.62), (0.66, 0.46), (0.4, 0.36)):
        turn = [i / 30 * 2 * np.pi for i in range(30)]
        edge = [
            (
                x + size * 0.72 * float(np.cos(a)) * c.dice.uniform(0.84, 1.1),
                0.003,
                z + size * 0.46 * float(np.sin(a)) * c.dice.uniform(0.84, 1.1),
            )
            for a in turn
        ]
        c.texture(c.face(edge, shade((112, 106, 98), tone)), (40, 36, 32), 0.6, ground=140)
    for _crack in range(7):
        angle, out = c.dice.uniform(0, 6.28), 0.6
        path = [(x, 0.004, z)]
        for _step in range(5):
            out += c.dice.uniform(0.06, 0.16)
            angle += c.dice.uniform(-0.25, 0.25)
            path.append(
                (
                    x + out * float(np.cos(angle)),
                    0.004,
                    max(0.6, z + out * 0.7 * float(np.sin(angle))),
                )
            )
        c.line(path[1:], (44, 44, 46), 0.014)
    litter(c, x, z, 0.4, 5)


def rubbish(c: Canvas, *, after: bool) -> None:
    yard_wall(c, 3.9)
    if after:
        c.texture(
            c.floor(-1.6, 1.6, 2.6, 3.7, (150, 146, 140), 0.001), (90, 90, 90), 0.4, ground=40
        )
        if c.dice.random() < 0.6:
            bin_(c, c.dice.uniform(-2.2, 1.4), 3.2, (42, 112, 76))
        return
    middle = c.dice.uniform(-0.4, 0.4)
    for _box in range(c.dice.randint(1, 3)):
        carton(
            c,
            middle + c.dice.uniform(-1.5, 0.9),
            3.3,
            (c.dice.uniform(0.4, 0.7), c.dice.uniform(0.3, 0.6), 0.35),
        )
    for row, z in enumerate((3.5, 3.2, 2.9)):
        for _bag in range(5 - row):
            bag(c, middle + c.dice.gauss(0, 0.75), z, c.dice.uniform(0.17, 0.3))
    litter(c, middle, 2.5, 0.9, 40)


def full_bin(c: Canvas, *, after: bool) -> None:
    street(c)
    colours: list[Colour] = [(42, 112, 76), (36, 84, 150), (92, 94, 98)]
    for i, colour in enumerate(colours[: c.dice.choice([2, 3])]):
        bin_(c, 2.75 + i * 0.75 - 2.6, 3.6, colour, lid=after)
        if not after:
            for _bag in range(3):
                bag_x = 0.3 + i * 0.75 + c.dice.uniform(-0.12, 0.12)
                at = c.camera.see((bag_x + 0.13, 1.0 + c.dice.uniform(0, 0.14), 3.7))
                c.blob(
                    at,
                    c.camera.scale(0, 1, 3.7) * 0.2,
                    c.dice.choice([(40, 42, 46), (222, 222, 220), (160, 44, 44)]),
                    0.2,
                )
    if not after:
        for _bag in range(5):
            bag(c, c.dice.uniform(-0.5, 2.2), c.dice.uniform(3.0, 3.3), c.dice.uniform(0.15, 0.24))
        litter(c, 0.8, 2.8, 0.6, 24)


def fallen_branch(c: Canvas, *, after: bool) -> None:
    street(c)
    if after:
        tree(c, 1.9, 6.5, 4.6)
        for x in (1.62, 2.18):
            c.line([(x, 0, 6.3), (1.9, 1.5, 6.5)], (150, 118, 80), 0.07)
        return
    bark: Colour = (96, 78, 60)
    c.shadow(0.2, 4.6, 2.4, 0.5, 0.55)
    c.line([(-2.0, 0.12, 4.3), (0.4, 0.34, 4.8), (2.4, 0.5, 5.2)], bark, 0.24)
    c.line([(-2.0, 0.17, 4.3), (0.4, 0.4, 4.8), (2.4, 0.56, 5.2)], shade(bark, 1.3), 0.05)
    for _twig in range(7):
        x = c.dice.uniform(-1.8, 0.6)
        c.line(
            [(x, 0.25, 4.4), (x - c.dice.uniform(0.2, 0.9), c.dice.uniform(0.4, 1.1), 4.2)],
            shade(bark, 0.8),
            0.05,
        )
        foliage(c, x - 0.5, c.dice.uniform(0.35, 0.8), 4.2, c.dice.uniform(0.3, 0.5))
    for _leaf in range(60):
        x, z = c.dice.gauss(-0.4, 1.3), c.dice.uniform(2.8, 5)
        c.disc(x, 0.01, z, c.dice.uniform(0.03, 0.06), c.dice.choice(GREENS))
    cone(c, 2.2, 3.6)


def wall_ads(c: Canvas, *, after: bool) -> None:
    colour = yard_wall(c, 3.2, bricks=c.dice.random() < 0.4)
    papers = [
        (c.dice.uniform(-2.0, 1.6), c.dice.uniform(0.6, 1.9)) for _n in range(c.dice.randint(8, 14))
    ]
    for x, y in papers:
        w, h = c.dice.uniform(0.22, 0.36), c.dice.uniform(0.3, 0.46)
        if after:
            c.wall(
                x - 0.06,
                x + w + 0.06,
                y - 0.05,
                y + h + 0.05,
                3.19,
                blend(colour, (240, 238, 232), 0.42),
            )
            continue
        skew = c.dice.uniform(-0.03, 0.03)
        paper = c.dice.choice([(246, 244, 236), (250, 226, 120), (242, 184, 190), (184, 216, 240)])
        c.face(
            [
                (x, y, 3.18),
                (x + w, y + skew, 3.18),
                (x + w - skew, y + h, 3.18),
                (x - skew, y + h - skew, 3.18),
            ],
            paper,
        )
        c.wall(
            x + 0.03,
            x + w * 0.86,
            y + h * 0.72,
            y + h * 0.88,
            3.17,
            c.dice.choice([(200, 40, 40), (30, 60, 140), (30, 30, 30)]),
        )
        for row in range(4):
            end = x + w * c.dice.uniform(0.5, 0.88)
            c.wall(
                x + 0.04,
                end,
                y + h * (0.13 + row * 0.13),
                y + h * (0.19 + row * 0.13),
                3.17,
                (92, 92, 96),
            )
    if not after:
        litter(c, 0, 2.7, 0.9, 10)


def puddle(c: Canvas, *, after: bool) -> None:
    street(c)
    if after:
        c.texture(c.floor(-2.2, 2.3, 2.6, 8, ASPHALT, 0.002), (40, 42, 46), 0.5, ground=40)
        for slot in range(7):
            c.floor(1.75 + slot * 0.06, 1.78 + slot * 0.06, 3.4, 3.9, (36, 36, 38), 0.01)
        return
    turn = [i / 40 * 2 * np.pi for i in range(40)]
    edge = [
        (
            0.1 + 2.2 * float(np.cos(a)) * c.dice.uniform(0.93, 1.05),
            0.004,
            4.6 + 2.1 * float(np.sin(a)) * c.dice.uniform(0.93, 1.04),
        )
        for a in turn
    ]
    shape = c.face(edge, (122, 134, 142))
    c.glow(
        c.see([(-1.4, 0, 6.4), (1.0, 0, 6.4), (0.8, 0, 4.4), (-1.2, 0, 4.2)]),
        (206, 216, 222),
        0.7,
        60,
    )
    c.glow(
        c.see([(1.0, 0, 6.2), (2.0, 0, 5.6), (2.0, 0, 4.2), (1.3, 0, 4.0)]), (84, 92, 92), 0.6, 40
    )
    c.texture(shape, (60, 68, 72), 0.35, ground=6)
    for ring in range(5):
        x, z = c.dice.uniform(-1.2, 1.2), c.dice.uniform(3.4, 5.6)
        for radius in (0.1, 0.2, 0.32):
            c.line(
                [
                    (x + radius * float(np.cos(a)), 0.006, z + radius * float(np.sin(a)))
                    for a in turn
                ],
                (178 + ring * 6, 190, 198),
                0.008,
            )
    litter(c, 0.3, 4.0, 0.8, 8)


def wires(c: Canvas, *, after: bool) -> None:
    street(c)
    pole(c, -1.9, 5.2, 6.5)
    pole(c, 3.4, 11, 6.5)
    c.box(-2.2, 2.4, 5.0, (0.55, 0.7, 0.25), (196, 198, 196))
    for wire in range(5 if after else 12):
        sag = 0.18 if after else c.dice.uniform(0.3, 1.6)
        top = 5.6 + (wire * 0.09 if after else c.dice.uniform(-1.1, 0.5))
        path = [
            (-1.9 + 5.3 * t, top - sag * 4 * t * (1 - t), 5.2 + 5.8 * t)
            for t in np.linspace(0, 1, 18).tolist()
        ]
        c.line(path, (26, 27, 30), 0.03)
    if not after:
        for _end in range(4):
            x = c.dice.uniform(-1.8, 0.9)
            path = [
                (x + 0.14 * float(np.sin(t * 5)) * t, 4.3 - 3.4 * t, 5.4)
                for t in np.linspace(0, 1, 14).tolist()
            ]
            c.line(path, (24, 25, 28), 0.03)
        turn = [i / 30 * 12 * np.pi for i in range(90)]
        c.line(
            [
                (
                    -1.72 + 0.26 * float(np.cos(a)) * (1 + i / 300),
                    1.7 + 0.3 * float(np.sin(a * 0.97)),
                    5.1,
                )
                for i, a in enumerate(turn)
            ],
            (26, 27, 30),
            0.022,
        )


def lamp(c: Canvas, *, after: bool) -> None:
    street(c)
    dusk: Colour = (24, 32, 58)
    c.image.paste(dusk, mask=c.image.convert("L").point(lambda _v: 150))
    for z, x in ((20, 3.6), (12, 3.1), (6, 2.5)):
        pole(c, x, z, 4.6)
        c.line([(x, 4.55, z), (x - 1.0, 4.75, z)], (110, 114, 118), 0.07)
        lit = after or z != 6
        head = c.face(
            [(x - 1.25, 4.68, z), (x - 0.7, 4.72, z), (x - 0.7, 4.82, z), (x - 1.25, 4.82, z)],
            (255, 236, 180) if lit else (60, 62, 66),
        )
        if lit:
            c.glow(head, (255, 224, 150), 1.0, 46)
            c.glow(
                c.see(
                    [
                        (x - 2.6, 0, z - 1),
                        (x + 0.6, 0, z - 1),
                        (x + 0.6, 0, z + 2),
                        (x - 2.6, 0, z + 2),
                    ]
                ),
                (255, 214, 140),
                0.36,
                70,
            )


def sign(c: Canvas, *, after: bool) -> None:
    street(c)
    lean = 0.0 if after else c.dice.choice([-0.32, 0.28, 0.4])
    x = 1.6
    pole(c, x, 4.2, 2.3, lean)
    middle = (x + lean * 2.25, 2.25, 4.15)
    if c.dice.random() < 0.5:
        for radius, tone in ((0.36, (206, 40, 40)), (0.29, (246, 246, 242))):
            c.disc(middle[0], middle[1], middle[2], radius, tone, tilt=np.pi / 2)
        c.wall(
            middle[0] - 0.2,
            middle[0] + 0.2,
            middle[1] - 0.05,
            middle[1] + 0.05,
            4.14,
            (206, 40, 40),
        )
    else:
        px, py, pz = middle
        c.face(
            [
                (px - 0.42, py - 0.3, pz),
                (px + 0.42, py - 0.3 - lean * 0.3, pz),
                (px, py + 0.44, pz),
            ],
            (34, 34, 34),
        )
        c.face(
            [
                (px - 0.35, py - 0.26, pz),
                (px + 0.35, py - 0.26 - lean * 0.25, pz),
                (px, py + 0.36, pz),
            ],
            (246, 204, 40),
        )
        c.line([(px, py - 0.1, pz), (px, py + 0.16, pz)], (34, 34, 34), 0.06)
    if not after:
        litter(c, x, 4.0, 0.3, 6)


def fire_lane(c: Canvas, *, after: bool) -> None:
    street(c, pavement=False)
    c.floor(-1.7, 1.7, 2.4, 11, (210, 184, 60), 0.003)
    c.texture(c.floor(-1.55, 1.55, 2.55, 10.8, ASPHALT, 0.004), (50, 50, 52), 0.7, ground=40)
    for bar in range(-5, 9):
        z = 2.6 + bar * 0.9
        c.line(
            [(-1.55, 0.006, max(2.55, z)), (1.55, 0.006, max(2.55, min(10.6, z + 2.2)))],
            (204, 178, 62),
            0.09,
        )
    if after:
        return
    car(
        c,
        -0.1,
        4.9,
        c.dice.choice(
            [(236, 236, 234), (52, 56, 62), (150, 32, 36), (58, 84, 130), (176, 180, 184)]
        ),
    )


def river(c: Canvas, *, after: bool) -> None:
    c.gradient((156, 190, 216), (228, 234, 236), 0, c.camera.horizon + 10)
    for metre in range(-26, 27, 4):
        foliage(c, metre + c.dice.uniform(-1, 1), 1.4, 30, 2.6)
    ground(c, (92, 112, 104), 3)
    for x0, x1 in ((-30, -4.4), (4.4, 30)):
        bank = c.floor(x0, x1, 2, 60, (120, 132, 92), 0.02)
        c.texture(bank, (60, 84, 44), 0.9, ground=16)
    for sign_ in (-1, 1):
        c.side(sign_ * 4.4, -0.1, 0.55, 2, 55, (178, 176, 170))
    c.glow(c.see([(-2, 0, 30), (2.4, 0, 30), (1.6, 0, 6), (-1, 0, 5)]), (206, 220, 222), 0.4, 70)
    for _ripple in range(46):
        x, z = c.dice.uniform(-4, 3.4), c.dice.uniform(3, 26)
        c.line([(x, 0.0, z), (x + c.dice.uniform(0.2, 0.8), 0.0, z)], (142, 164, 158), 0.02)
    if after:
        return
    for _patch in range(9):
        c.disc(
            c.dice.uniform(-2.6, 2.6),
            0.01,
            c.dice.uniform(4, 11),
            c.dice.uniform(0.2, 0.6),
            c.dice.choice(GREENS),
        )
    litter(c, 0.2, 5.4, 1.3, 60)
    for _bag in range(4):
        bag(c, c.dice.uniform(-1.6, 1.6), c.dice.uniform(4.6, 7), 0.16)
