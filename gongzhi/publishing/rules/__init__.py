"""Decisions about what the public may read. Plain values in, plain values out."""

from gongzhi.publishing.rules.deciding import (
    Pace,
    Place,
    Verdict,
    class_of,
    is_due,
    scopes_of,
    strictest,
)
from gongzhi.publishing.rules.figures import protected
from gongzhi.publishing.rules.hiding import MARK, Hidden, hide, neutral_title, street_of
from gongzhi.publishing.rules.regions import Region, merged, read_regions, rounded, written
from gongzhi.publishing.rules.stages import Stage, stage_of

__all__ = [
    "MARK",
    "Hidden",
    "Pace",
    "Place",
    "Region",
    "Stage",
    "Verdict",
    "class_of",
    "hide",
    "is_due",
    "merged",
    "neutral_title",
    "protected",
    "read_regions",
    "rounded",
    "scopes_of",
    "stage_of",
    "street_of",
    "strictest",
    "written",
]
