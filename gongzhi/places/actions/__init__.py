"""What can be done to places."""

from gongzhi.places.actions.areas import AreaInput, close, load_areas, rename, reshape
from gongzhi.places.actions.correct import Clash, Conflict, correct_premises
from gongzhi.places.actions.imports import (
    check_import,
    confirm_import,
    opened_report,
    receive_import,
    write_import,
)
from gongzhi.places.actions.register import register

__all__ = [
    "AreaInput",
    "Clash",
    "Conflict",
    "check_import",
    "close",
    "confirm_import",
    "correct_premises",
    "load_areas",
    "opened_report",
    "receive_import",
    "register",
    "rename",
    "reshape",
    "write_import",
]
