"""A small pinhole camera: where a point of the street lands on the picture."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 1440, 1080  # drawn large, shrunk at the end: smooth edges at no cost
Point = tuple[float, float]
Point3 = tuple[float, float, float]  # metres: right, up, away


@dataclass(frozen=True)
class Camera:
    height: float = 1.6
    pitch: float = 0.12  # radians, downwards
    focal: float = 1250.0

    def see(self, point: Point3) -> Point:
        x, y, z = point
        up = (y - self.height) * np.cos(self.pitch) + z * np.sin(self.pitch)
        away = max(float(z * np.cos(self.pitch) - (y - self.height) * np.sin(self.pitch)), 0.05)
        return (
            float(WIDTH / 2 + self.focal * x / away),
            float(HEIGHT / 2 - self.focal * up / away),
        )

    def scale(self, x: float, y: float, z: float) -> float:
        """Return how many pixels a metre has there."""
        del x
        away = z * np.cos(self.pitch) - (y - self.height) * np.sin(self.pitch)
        return float(self.focal / max(float(away), 0.05))

    @property
    def horizon(self) -> float:
        return float(HEIGHT / 2 - self.focal * np.tan(self.pitch))


STREET = Camera()
DOWN = Camera(height=1.7, pitch=0.62, focal=1150)
YARD = Camera(height=1.6, pitch=0.24, focal=1150)
ROOM = Camera(height=1.45, pitch=0.06, focal=1050)
HIGH = Camera(height=1.6, pitch=-0.16, focal=1150)


@lru_cache(maxsize=8)
def noise(seed: int, octaves: int = 5) -> NDArray[np.float64]:
    """Return 1024 x 1024 cloudy values between 0 and 1."""
    rng = np.random.default_rng(seed)
    total: NDArray[np.float64] = np.zeros((1024, 1024))
    for octave in range(octaves):
        size = 2 ** (10 - octave)
        small = Image.fromarray((rng.random((size, size)) * 255).astype(np.uint8))
        total += np.asarray(small.resize((1024, 1024), Image.Resampling.BICUBIC)) * 1.25**octave
    total -= total.min()
    total /= total.max()
    return total


@lru_cache(maxsize=8)
def flat_noise(seed: int) -> Image.Image:
    """Return noise that faces the camera, for walls and skies."""
    values = np.tile(noise(seed), (2, 2))[:HEIGHT, :WIDTH]
    return Image.fromarray((values * 255).astype(np.uint8))


@lru_cache(maxsize=8)
def ground_noise(camera: Camera, grain: float) -> Image.Image:
    """Return noise that lies on the ground and shrinks with distance, as asphalt does."""
    across, down = np.meshgrid(np.arange(WIDTH) - WIDTH / 2, HEIGHT / 2 - np.arange(HEIGHT))
    fall = -camera.focal * np.sin(camera.pitch) + down * np.cos(camera.pitch)
    reach = camera.height / np.maximum(-fall, 1e-3)
    far = reach * (camera.focal * np.cos(camera.pitch) + down * np.sin(camera.pitch))
    x = (reach * across * grain).astype(np.int64) % 1024
    z = (far * grain).astype(np.int64) % 1024
    values = noise(11, 3)[z, x] * np.clip(1.3 - far / 30, 0.15, 1)
    values[fall > -1] = 0
    return Image.fromarray((np.clip(values, 0, 1) * 255).astype(np.uint8))
