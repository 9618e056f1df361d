"""What follows from what. Read a row as: when this happens, these things happen next."""

from gongzhi.agreements import reactions as agreements
from gongzhi.agreements.events import AgreementSealed
from gongzhi.allowances import reactions as allowances
from gongzhi.allowances.events import AllowancePaid, PaymentReturned
from gongzhi.assessment import reactions as assessment
from gongzhi.assessment.events import AppealDecided, PublicationAsked, ResultsPublished
from gongzhi.base.bus import Reaction
from gongzhi.centres import reactions as centres
from gongzhi.centres.events import PartnerSummoned
from gongzhi.clocks import reactions as clocks
from gongzhi.clocks.events import (
    CalendarChanged,
    ClockEscalated,
    ClockMoved,
    ClockOverdue,
    ClockResumed,
    ClockWarned,
)
from gongzhi.command import reactions as command
from gongzhi.disputes import reactions as disputes
from gongzhi.disputes.events import PartiesForgotten, PartyJoined, PartyLeft
from gongzhi.docking import reactions as docking
from gongzhi.docking.events import DocketMoved, MessageQueued
from gongzhi.dossiers import reactions as dossiers
from gongzhi.dossiers.events import FileReviewed
from gongzhi.duty import reactions as duty
from gongzhi.duty.events import (
    BulletinPublished,
    BulletinRecalled,
    HandoverOffered,
    InstructionEnded,
    InstructionIssued,
    InstructionLate,
    InstructionMoved,
    SwapMoved,
)
from gongzhi.field import reactions as field
from gongzhi.field.events import QuickMediationRecorded
from gongzhi.figures import reactions as figures
from gongzhi.incidents import reactions as incidents
from gongzhi.learning import reactions as learning
from gongzhi.learning.events import TrainingAsked
from gongzhi.matters import reactions as matters
from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.oversight import reactions as oversight
from gongzhi.patrol import reactions as patrol
from gongzhi.patrol.events import PlanReleased, ShiftEnded, ShiftStarted, VisitRecorded
from gongzhi.places import reactions as places
from gongzhi.places.events import ImportConfirmed, ImportReceived
from gongzhi.publishing import reactions as publishing
from gongzhi.publishing.events import (
    MatterPublished,
    PhotosArrived,
    PublicationEnded,
    PublicStateChanged,
)
from gongzhi.residents import reactions as residents
from gongzhi.rewards import reactions as rewards
from gongzhi.rewards.events import AwardApproved, PayoutFailed
from gongzhi.talks import reactions as talks
from gongzhi.talks.events import OfferAccepted

REACTIONS: dict[type, tuple[Reaction, ...]] = {
    MatterOpened: (
        matters.tell_of_opening,
        publishing.consider_opened,
        patrol.call_for_matter,
        command.ring,
        centres.register_opened,
    ),
    MatterMoved: (
        matters.tell_of_move,
        incidents.dispatch_by_matrix,
        incidents.tell_of_command,
        rewards.weigh,
        allowances.weigh,
        publishing.follow_move,
        oversight.follow_move,
        patrol.call_for_matter,
        learning.note_decision,
        dossiers.follow_move,
        talks.follow_dispute,
        docking.follow_dispute,
    ),
    PlanReleased: (patrol.share_anew,),
    ShiftStarted: (patrol.tell_presence,),
    ShiftEnded: (patrol.tell_presence,),
    VisitRecorded: (figures.note_work,),
    QuickMediationRecorded: (field.hand_to_disputes,),
    AwardApproved: (rewards.tell_of_award,),
    PayoutFailed: (rewards.tell_of_failure,),
    FileReviewed: (allowances.note_score,),
    AllowancePaid: (allowances.tell_of_payment,),
    PaymentReturned: (allowances.tell_of_return,),
    ClockWarned: (matters.tell_of_warning, incidents.tell_of_transfer_clock),
    ClockOverdue: (matters.tell_of_overdue, incidents.tell_of_transfer_clock),
    ClockEscalated: (matters.tell_of_escalation, incidents.tell_of_transfer_clock),
    CalendarChanged: (clocks.recount,),
    ClockMoved: (matters.follow_clocks,),
    ClockResumed: (matters.go_on,),
    ImportReceived: (places.check_file,),
    ImportConfirmed: (places.write_file,),
    MatterPublished: (residents.note_published,),
    PublicStateChanged: (residents.note_change,),
    PublicationEnded: (residents.forget,),
    PhotosArrived: (publishing.blur_photos,),
    PublicationAsked: (assessment.freeze_lists,),
    ResultsPublished: (assessment.tell_of_results,),
    AppealDecided: (assessment.tell_of_decision,),
    InstructionIssued: (duty.tell_of_instruction,),
    InstructionMoved: (duty.tell_of_step,),
    InstructionEnded: (duty.tell_of_end,),
    InstructionLate: (duty.tell_of_delay,),
    BulletinPublished: (duty.tell_of_bulletin,),
    BulletinRecalled: (duty.tell_of_bulletin,),
    SwapMoved: (duty.tell_of_swap,),
    HandoverOffered: (duty.tell_of_handover,),
    TrainingAsked: (learning.retrain,),
    MessageQueued: (docking.send_message,),
    DocketMoved: (docking.tell_of_step,),
    PartnerSummoned: (centres.tell_of_summons,),
    AgreementSealed: (agreements.certify,),
    OfferAccepted: (agreements.draft_offer,),
    PartiesForgotten: (
        disputes.forget_scans,
        talks.forget,
        agreements.forget,
        dossiers.forget,
        docking.forget,
    ),
    PartyJoined: (talks.welcome,),
    PartyLeft: (talks.part_with,),
}
