"""What is asked about disputes."""

from gongzhi.disputes.forms.entry import (
    EntryForm,
    KindForm,
    OpenFileForm,
    OwnDataForm,
    SayingForm,
    side_forms,
    sides_of,
)
from gongzhi.disputes.forms.moves import INPUTS
from gongzhi.disputes.forms.parties import LeaveForm, PartyForm

__all__ = [
    "INPUTS", "EntryForm", "KindForm", "LeaveForm", "OpenFileForm", "OwnDataForm", "PartyForm", "SayingForm", "side_forms", "sides_of",
]  # fmt: skip
