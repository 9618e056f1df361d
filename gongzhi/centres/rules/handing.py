"""What 110 may hand over: of the four fields police × urgent only one comes to the centre."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Whether the centre takes it; `field` names the field of the two by two."""

    is_taken: bool
    field: str  # neither, urgent, police, both


def handed_over(*, is_police: bool, is_urgent: bool) -> Verdict:
    """The police deal with police matters, urgent or not, and with urgent ones of any kind."""
    field = {(False, False): "neither", (False, True): "urgent", (True, False): "police"}
    return Verdict(not (is_police or is_urgent), field.get((is_police, is_urgent), "both"))
