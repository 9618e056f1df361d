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

__all__ = [
    "INPUTS", "EntryForm", "KindForm", "OpenFileForm", "OwnDataForm", "SayingForm", "side_forms", "sides_of",
]  # fmt: skip
