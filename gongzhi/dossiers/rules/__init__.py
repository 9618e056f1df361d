"""Decisions about the file: what belongs into it, and what it scores."""

from gongzhi.dossiers.rules.completeness import Need, Place, Standing, missing, standings
from gongzhi.dossiers.rules.filling import BLANK, PLACEHOLDER, fill
from gongzhi.dossiers.rules.scores import Point, total

__all__ = [
    "BLANK",
    "PLACEHOLDER",
    "Need",
    "Place",
    "Point",
    "Standing",
    "fill",
    "missing",
    "standings",
    "total",
]
