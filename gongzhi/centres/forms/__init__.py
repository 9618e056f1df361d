"""What is asked at the centre."""

from gongzhi.centres.forms.houses import (
    BookForm,
    CheckForm,
    CounterForm,
    PartnerForm,
    ReplyForm,
    RoomForm,
    SummonForm,
    TicketForm,
    TransferForm,
)
from gongzhi.centres.forms.intake import (
    ApplyForm,
    AtOnceForm,
    DeclineForm,
    IntakeForm,
    SideForm,
    TriageForm,
    answers_of,
    sides_formset,
    sides_of,
)
from gongzhi.centres.forms.work import (
    AdvanceForm,
    CampaignForm,
    EndCampaignForm,
    EndForm,
    EnterForm,
    FindingForm,
    HelpForm,
    OwnerForm,
    PartForm,
    SettleForm,
)

__all__ = [
    "AdvanceForm", "ApplyForm", "AtOnceForm", "BookForm", "CampaignForm", "CheckForm", "CounterForm", "DeclineForm",
    "EndCampaignForm", "EndForm", "EnterForm", "FindingForm", "HelpForm", "IntakeForm", "OwnerForm", "PartForm",
    "PartnerForm", "ReplyForm", "RoomForm", "SettleForm", "SideForm", "SummonForm", "TicketForm", "TransferForm",
    "TriageForm", "answers_of", "sides_formset", "sides_of",
]  # fmt: skip
