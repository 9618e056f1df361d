"""What modules above the register add to a matter's page, and which moves they may hold back."""

from collections.abc import Mapping

from gongzhi.agreements import queries as agreements
from gongzhi.centres import actions as lending
from gongzhi.centres import queries as centres
from gongzhi.disputes import queries as disputes
from gongzhi.docking import queries as docking
from gongzhi.dossiers import queries as dossiers
from gongzhi.duty import queries as duty
from gongzhi.matters.kind import Gate, MakeBlock
from gongzhi.oversight import queries as oversight
from gongzhi.talks import actions as sitting
from gongzhi.talks import queries as talks

BLOCKS: tuple[MakeBlock, ...] = (
    disputes.matter_block,
    talks.matter_block,
    agreements.matter_block,
    dossiers.matter_block,
    docking.matter_block,
    oversight.matter_block,
    duty.matter_block,
)
# Papers that other modules have for the bound file of a dispute, beside those filled from the answers.
FILE_PAPERS: tuple[dossiers.MakePapers, ...] = (talks.papers_of,)
# Who lends rooms for sittings.
HOUSE = sitting.House(centres.rooms_to_lend, lending.lend, lending.take_back)
GATES: Mapping[str, tuple[Gate, ...]] = {
    "close": (oversight.needs_evidence,),
    "take_effect": (agreements.needs_signatures,),
    "add_party": (agreements.needs_rest,),
    "put_right_party": (agreements.needs_rest,),
    "party_leaves": (agreements.needs_rest,),
    "archive": (dossiers.needs_whole_file,),
    "terminate": (talks.needs_attempts,),
}
