"""What modules above the register add to a matter's page, and which moves they may hold back."""

from collections.abc import Mapping

from gongzhi.disputes import queries as disputes
from gongzhi.matters.kind import Gate, MakeBlock
from gongzhi.oversight import queries as oversight
from gongzhi.talks import queries as talks

BLOCKS: tuple[MakeBlock, ...] = (
    disputes.matter_block,
    talks.matter_block,
    oversight.matter_block,
)
GATES: Mapping[str, tuple[Gate, ...]] = {
    "close": (oversight.needs_evidence,),
    "terminate": (talks.needs_attempts,),
}
