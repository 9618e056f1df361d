"""Arithmetic on H3 cells: the address of a coarser cell is made by bits, as every database can do it."""

from typing import Final

KEPT: Final = 9  # resolution of the facts' cells, about 0.1 km²
BLOCK: Final = 8  # about 0.7 km²
_RESOLUTION_AT = 52
_DIGIT = 3


def parent_masks(resolution: int) -> tuple[int, int]:
    """Return what to AND and what to OR a cell of resolution 9 with to get the cell around it."""
    cleared = ~(0xF << _RESOLUTION_AT) & (2**63 - 1)
    unused = (1 << (_DIGIT * (KEPT - resolution))) - 1
    ones = unused << (_DIGIT * (15 - KEPT))
    return cleared & ~ones, (resolution << _RESOLUTION_AT) | ones


def parent(cell: int, resolution: int) -> int:
    kept, added = parent_masks(resolution)
    return cell & kept | added


def text_of(cell: int) -> str:
    return f"{cell:x}"
