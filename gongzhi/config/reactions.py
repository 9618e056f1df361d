"""What follows from what. Read a row as: when this happens, these things happen next."""

from gongzhi.base.bus import Reaction

REACTIONS: dict[type, tuple[Reaction, ...]] = {}
