"""What the dispute's moves do, beyond the change of state."""

from gongzhi.disputes.actions.moves.agreeing import AGREEING
from gongzhi.disputes.actions.moves.ending import ENDING
from gongzhi.disputes.actions.moves.entering import ENTERING
from gongzhi.disputes.actions.moves.mediating import MEDIATING
from gongzhi.disputes.actions.moves.sides import PARTS, SIDES
from gongzhi.matters.kind import Effect

__all__ = ["EFFECTS", "PARTS"]

EFFECTS: dict[str, Effect] = {**ENTERING, **MEDIATING, **AGREEING, **ENDING, **SIDES}
