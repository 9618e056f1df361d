"""The stages the public reads, and which of the register's states belong to which."""

from enum import StrEnum


class Stage(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    PAUSED = "paused"
    CHECKING = "checking"
    SETTLED = "settled"
    ENDED = "ended"  # not accepted, merged or void


OPEN = (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING, Stage.PAUSED, Stage.CHECKING)
_STAGES = {
    "to_verify": Stage.RECEIVED,
    "to_register": Stage.RECEIVED,
    "to_correct": Stage.ACCEPTED,
    "to_dispatch": Stage.ACCEPTED,
    "returned": Stage.ACCEPTED,
    "in_transfer": Stage.ACCEPTED,
    "objected": Stage.ACCEPTED,
    "to_accept": Stage.ACCEPTED,
    "handling": Stage.HANDLING,
    "suspended": Stage.PAUSED,
    "to_check": Stage.CHECKING,
    "to_close": Stage.CHECKING,
}


def stage_of(*, state: str, is_open: bool, is_settled: bool) -> Stage:
    """Return the public stage; a state of a kind unknown here counts as being handled while it is open."""
    if is_open:
        return _STAGES.get(state, Stage.HANDLING)
    return Stage.SETTLED if is_settled else Stage.ENDED
