"""What a court said of an agreement, as the ministry's form counts it; the case itself stands in docking."""

from gongzhi.disputes.models import Dispute


def keep_court_word(*, matter_id: int, confirmation: str = "", suit: str = "") -> None:
    """Keep whether a confirmation was asked for or given, and what became of a suit on the agreement."""
    said = {"confirmation": confirmation, "suit": suit}
    if told := {name: word for name, word in said.items() if word}:
        Dispute.objects.filter(pk=matter_id).update(**told)
