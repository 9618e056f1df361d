"""What a matter says to statistics; plain values in and out."""

from gongzhi.figures.rules.answers import Answer, answer
from gongzhi.figures.rules.facts import Promises, promises
from gongzhi.figures.rules.paths import areas_around, town_of, village_of
from gongzhi.figures.rules.stays import Stage, Stay, is_whole, stays, was_late

__all__ = [
    "Answer", "Promises", "Stage", "Stay", "answer", "areas_around", "is_whole", "promises", "stays", "town_of", "village_of", "was_late",
]  # fmt: skip
