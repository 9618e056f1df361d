"""The album: which scenes there are, and how one picture of a scene is drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongzhi.demo.photos import indoors, outdoors
from gongzhi.demo.photos.camera import DOWN, HIGH, ROOM, STREET, YARD, Camera
from gongzhi.demo.photos.canvas import Canvas
from gongzhi.demo.seeds import dice

Scene = Callable[..., None]
SCENES: dict[str, tuple[Scene, Camera]] = {
    "manhole": (outdoors.manhole, DOWN),
    "pothole": (outdoors.pothole, DOWN),
    "rubbish": (outdoors.rubbish, YARD),
    "full_bin": (outdoors.full_bin, STREET),
    "fallen_branch": (outdoors.fallen_branch, STREET),
    "wall_ads": (outdoors.wall_ads, YARD),
    "puddle": (outdoors.puddle, STREET),
    "wires": (outdoors.wires, HIGH),
    "lamp": (outdoors.lamp, HIGH),
    "sign": (outdoors.sign, STREET),
    "fire_lane": (outdoors.fire_lane, STREET),
    "river": (outdoors.river, STREET),
    "stairwell": (indoors.stairwell, ROOM),
    "extinguishers": (indoors.extinguishers, ROOM),
    "blocked_exit": (indoors.blocked_exit, ROOM),
    "electric_box": (indoors.electric_box, ROOM),
    "goods_outside": (indoors.goods_outside, YARD),
    "licence": (indoors.licence, ROOM),
    "workshop": (indoors.workshop, STREET),
    "building_site": (indoors.building_site, STREET),
    "bikes": (indoors.bikes, STREET),
    "rental_wall": (indoors.rental_wall, ROOM),
}
BEFORE, AFTER = 3, 2  # pictures of each scene


@dataclass(frozen=True)
class Photo:
    scene: str
    after: bool
    number: int

    @property
    def name(self) -> str:
        return f"{self.scene}-{'after' if self.after else 'before'}-{self.number}.jpg"


def names() -> Iterator[Photo]:
    for scene in SCENES:
        for number in range(1, BEFORE + 1):
            yield Photo(scene, after=False, number=number)
        for number in range(1, AFTER + 1):
            yield Photo(scene, after=True, number=number)


def draw(photo: Photo, *, seed: int) -> bytes:
    """Draw one picture as JPEG; the same seed gives the same bytes."""
    scene, camera = SCENES[photo.scene]
    # Before and after of one number share their surroundings: both start from the same dice.
    chance = dice(seed, "photo", photo.scene, photo.number)
    canvas = Canvas(chance, camera)
    scene(canvas, after=photo.after)
    own = dice(seed, "light", photo.name)
    stamp = f"{own.randint(7, 18):02d}:{own.randint(0, 59):02d}"
    return canvas.finish(warm=own.uniform(-0.8, 0.9), stamp=stamp)
