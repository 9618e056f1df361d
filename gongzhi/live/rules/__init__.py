"""What is kept in memory for viewers, and how it is written to them."""

from gongzhi.live.rules.hub import Hub, News, Publication
from gongzhi.live.rules.writing import alive, beat, comment, reset, retry_after, tile, written

__all__ = [
    "Hub", "News", "Publication", "alive", "beat", "comment", "reset", "retry_after", "tile", "written",
]  # fmt: skip
