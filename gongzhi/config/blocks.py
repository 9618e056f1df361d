"""What modules above the register add to a matter's page, and which moves they may hold back."""

from collections.abc import Mapping

from gongzhi.docking import queries as docking
from gongzhi.matters.kind import Gate, MakeBlock
from gongzhi.oversight import queries as oversight

BLOCKS: tuple[MakeBlock, ...] = (oversight.matter_block, docking.matter_block)
GATES: Mapping[str, tuple[Gate, ...]] = {"close": (oversight.needs_evidence,)}
