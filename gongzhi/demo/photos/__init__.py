"""Draws the demonstration's photographs: scenes before and after, none of a real place or person."""

from gongzhi.demo.photos.album import SCENES, Photo, draw, names

__all__ = ["SCENES", "Photo", "draw", "names"]
