"""Where a scene happens: a street, a patch of ground, a wall, a stairwell, a room."""

from gongzhi.demo.photos.camera import HEIGHT, WIDTH
from gongzhi.demo.photos.canvas import Canvas, Colour, blend, shade
from gongzhi.demo.photos.props import WALLS, facade, tree

ASPHALT: Colour = (92, 94, 98)
PAVING: tuple[Colour, ...] = ((178, 170, 160), (166, 168, 168), (186, 158, 140))
SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((132, 176, 216), (222, 232, 238)),
    ((176, 186, 196), (226, 228, 228)),
    ((150, 186, 210), (240, 228, 208)),
)


def street(c: Canvas, *, pavement: bool = True) -> None:
    """A village street: houses on both sides, road in the middle, pavement on the right."""
    top, bottom = c.dice.choice(SKIES)
    c.gradient(top, bottom, 0, c.camera.horizon + 20)
    for far in range(6):
        x = -30 + far * 10 + c.dice.uniform(-2, 2)
        tone = blend(bottom, c.dice.choice(WALLS), 0.35)
        c.wall(x, x + c.dice.uniform(5, 9), 0, c.dice.uniform(8, 17), 60, shade(tone, 0.93))
    ground(c, ASPHALT, 26)
    for left in (True, False):
        _row_of_houses(c, left=left)
    if pavement:
        _pavement(c)
    tree(c, -4.6, 13, 4.4)
    tree(c, 5.2, 19, 4.8)


def ground(c: Canvas, colour: Colour, grain: float) -> None:
    top = max(0.0, c.camera.horizon)
    c.gradient(shade(colour, 1.16), colour, top, HEIGHT)
    field = [(0.0, top), (float(WIDTH), top), (float(WIDTH), float(HEIGHT)), (0.0, float(HEIGHT))]
    c.texture(field, shade(colour, 0.55), 0.85, ground=grain)
    c.texture(field, shade(colour, 1.5), 0.18, ground=grain * 3.7)
    c.texture(field, (40, 40, 40), 0.1, seed=5)


def _row_of_houses(c: Canvas, *, left: bool) -> None:
    sign = -1 if left else 1
    z = 40.0
    while z > 7:
        deep = c.dice.uniform(5, 8)
        near = z - deep
        high = c.dice.uniform(7, 12)
        colour = c.dice.choice(WALLS)
        x = sign * 6.6
        c.texture(c.side(x, 0, high, max(near, 5), z, shade(colour, 0.8)), shade(colour, 0.5), 0.5)
        for floor in range(int(high // 3)):
            for pane in range(int(deep // 1.8)):
                zz = near + 0.5 + pane * 1.8
                if zz > 5.2:
                    c.side(
                        x - sign * 0.02,
                        floor * 3 + 1.0,
                        floor * 3 + 2.4,
                        zz,
                        zz + 1.1,
                        (74, 88, 98),
                    )
        c.side(
            x - sign * 0.03,
            0.1,
            2.6,
            max(near, 5.2) + 0.4,
            z - 0.6,
            c.dice.choice([(90, 98, 110), (120, 60, 52), (64, 98, 88)]),
        )
        c.side(
            x - sign * 0.5,
            2.65,
            3.25,
            max(near, 5.2),
            z - 0.3,
            c.dice.choice([(186, 52, 46), (38, 92, 150), (36, 120, 92), (214, 156, 48)]),
        )
        z = near


def _pavement(c: Canvas) -> None:
    colour = c.dice.choice(PAVING)
    path = c.floor(2.6, 6.6, 1.2, 45, colour, 0.0)
    c.texture(path, shade(colour, 0.5), 0.6, ground=18)
    for line in range(1, 9):
        c.line(
            [(2.6 + line * 0.5, 0.01, 2.0), (2.6 + line * 0.5, 0.01, 40)],
            shade(colour, 0.86),
            0.012,
        )
    for row in range(44):
        z = 1.6 + row * 0.6
        c.line([(2.6, 0.01, z), (6.6, 0.01, z)], shade(colour, 0.86), 0.012)
    c.floor(2.36, 2.6, 1.2, 45, (204, 202, 198), 0.01)
    c.side(2.36, -0.01, 0.02, 1.2, 45, (120, 118, 116))


def asphalt_below(c: Canvas) -> None:
    """Looking down at a road, as a patrol does."""
    ground(c, shade(ASPHALT, c.dice.uniform(0.95, 1.15)), c.dice.choice([150.0, 190.0]))
    if c.dice.random() < 0.6:
        x = c.dice.choice([-1.5, 1.35])
        paint = c.floor(x, x + 0.16, 0.5, 14, (222, 222, 214), 0.002)
        c.texture(paint, (110, 110, 108), 0.7, ground=120)


def paving_below(c: Canvas) -> None:
    """Looking down at a pavement with its kerb."""
    colour = c.dice.choice(PAVING)
    ground(c, colour, 120)
    for column in range(-14, 15):
        c.line([(column * 0.3, 0.001, 0.4), (column * 0.3, 0.001, 9)], shade(colour, 0.74), 0.014)
    for row in range(30):
        z = 0.5 + row * 0.3
        c.line([(-5, 0.001, z), (5, 0.001, z)], shade(colour, 0.74), 0.014)
    for _tile in range(26):
        x, z = c.dice.randrange(-9, 9) * 0.3, 0.5 + c.dice.randrange(0, 16) * 0.3
        tone = shade(colour, c.dice.uniform(0.9, 1.07))
        c.floor(x + 0.015, x + 0.285, z + 0.015, z + 0.285, tone, 0.002)


def yard_wall(c: Canvas, z: float = 4.2, *, bricks: bool = True) -> Colour:
    """A wall across the picture behind a strip of ground; return its colour."""
    top, bottom = c.dice.choice(SKIES)
    c.gradient(top, bottom)
    facade(c, -7, 7, 9, z + 3)
    ground(c, c.dice.choice(PAVING), 60)
    colour = c.dice.choice([(196, 186, 170), (178, 110, 88), (188, 190, 188), (214, 200, 168)])
    face = c.wall(-8, 8, 0, 2.5, z, colour)
    if bricks:
        for row in range(1, 21):
            c.line([(-8, row * 0.12, z), (8, row * 0.12, z)], shade(colour, 0.84), 0.012)
            for brick in range(-32, 32):
                x = brick * 0.25 + (0.125 if row % 2 else 0)
                c.line([(x, row * 0.12, z), (x, row * 0.12 + 0.12, z)], shade(colour, 0.84), 0.01)
    c.texture(face, shade(colour, 0.45), 0.45, seed=c.dice.randrange(1, 5))
    c.wall(-8, 8, 2.45, 2.62, z - 0.05, shade(colour, 1.12))
    foot = [(x, y) for x, y in c.see([(-8, 0, z), (8, 0, z), (8, 0, z - 0.5), (-8, 0, z - 0.5)])]
    c.glow(foot, (20, 20, 22), 0.45, 16)
    return colour


def room(
    c: Canvas,
    wall: Colour,
    floor: Colour,
    *,
    wide: float = 1.9,
    deep: float = 6.0,
    high: float = 2.8,
) -> None:
    """A corridor or hall seen along its length."""
    c.gradient((226, 226, 222), (226, 226, 222))
    c.face(
        [(-wide, high, 0.4), (wide, high, 0.4), (wide, high, deep), (-wide, high, deep)],
        (232, 232, 228),
    )
    path = c.floor(-wide, wide, 0.4, deep, floor)
    c.texture(path, shade(floor, 0.5), 0.4, ground=30)
    for row in range(1, int(deep / 0.6)):
        c.line(
            [(-wide, 0.001, row * 0.6 + 0.4), (wide, 0.001, row * 0.6 + 0.4)],
            shade(floor, 0.85),
            0.012,
        )
    for column in range(int(-wide / 0.6), int(wide / 0.6) + 1):
        c.line([(column * 0.6, 0.001, 0.8), (column * 0.6, 0.001, deep)], shade(floor, 0.85), 0.012)
    for x, light in ((-wide, 0.9), (wide, 0.8)):
        c.texture(c.side(x, 0, high, 0.4, deep, shade(wall, light)), shade(wall, 0.5), 0.3)
        c.side(x, 0, 0.12, 0.4, deep, shade(wall, 0.45))
    c.texture(c.wall(-wide, wide, 0, high, deep, shade(wall, 0.98)), shade(wall, 0.6), 0.3)
    c.wall(-wide, wide, 0, 0.12, deep, shade(wall, 0.5))
    for z in (1.6, 3.8):
        lamp = c.face(
            [
                (-0.5, high - 0.01, z),
                (0.5, high - 0.01, z),
                (0.5, high - 0.01, z + 0.3),
                (-0.5, high - 0.01, z + 0.3),
            ],
            (255, 255, 248),
        )
        c.glow(lamp, (255, 252, 236), 0.6, 40)
    c.glow(
        c.see([(-wide, 0, deep), (wide, 0, deep), (wide, 0, deep - 0.8), (-wide, 0, deep - 0.8)]),
        (30, 30, 32),
        0.3,
        30,
    )
