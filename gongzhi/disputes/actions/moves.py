"""What the dispute's moves do, beyond the change of state."""

from gongzhi.matters.kind import Effect

EFFECTS: dict[str, Effect] = {}
