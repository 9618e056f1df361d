"""What can be done to places."""

from gongzhi.places.actions.areas import AreaInput, close, load_areas, rename, reshape

__all__ = ["AreaInput", "close", "load_areas", "rename", "reshape"]
