"""What may be kept and how it is cleaned: bytes in, facts and clean bytes out."""

from gongzhi.files.rules.inspecting import inspect
from gongzhi.files.rules.kinds import Clean, Kind, Limit, Problem, Unusable, kind_of
from gongzhi.files.rules.likeness import NEAR, apart, bands_of
from gongzhi.files.rules.names import clean_name
from gongzhi.files.rules.ranges import byte_range

__all__ = [
    "NEAR", "Clean", "Kind", "Limit", "Problem", "Unusable",
    "apart", "bands_of", "byte_range", "clean_name", "inspect", "kind_of",
]  # fmt: skip
